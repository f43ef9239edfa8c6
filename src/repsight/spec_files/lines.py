"""On which line of a TOML text something stands; parsers keep the values and forget the places."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from repsight.spec_files.problems import Path

__all__ = ["line_of", "places_of"]

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*([\w\"'.-]+)\s*=")
_STRING: Final = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')


def places_of(text: str) -> dict[Path, int]:
    """Line, from 1, of every table and key that begins a line."""
    places: dict[Path, int] = {}
    many: Counter[str] = Counter()
    table: Path = ()
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _STRING.sub("", line)
        if depth == 0 and (header := _HEADER.fullmatch(line)):
            table = _table(header[1], header[2], many)
            places.setdefault(table, number)
            continue
        if depth == 0 and (key := _KEY.match(line)):
            names = tuple(part.strip("\"'") for part in key[1].split("."))
            for end in range(1, len(names) + 1):
                places.setdefault((*table, *names[:end]), number)
        depth = max(0, depth + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))
    return places


def _table(opening: str, name: str, many: Counter[str]) -> Path:
    """Path of a header; each of a list of tables has its number."""
    parts = tuple(part.strip(" \"'") for part in name.split("."))
    if opening == "[":
        return parts
    many[name] += 1
    return (*parts, many[name] - 1)


def line_of(path: Path, places: dict[Path, int]) -> int:
    """Line of the smallest thing around ``path`` that has one; 1 for the file as a whole."""
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return places[path[:end]]
    return 1
