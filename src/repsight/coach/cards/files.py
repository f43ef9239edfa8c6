"""Cards from TOML files: those of the package, and packs in a folder of the user's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, cast

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.model import LISTS, TOPICS, Card
from repsight.errors import UnreadableSource

__all__ = ["builtin_deck", "read_pack", "read_texts"]

_KEYS: Final = frozenset({*LISTS, "id", "generic"})
_LARGEST: Final = 400_000


@cache
def builtin_deck() -> Deck:
    """The cards of the package."""
    folder = files("repsight.coach.cards") / "data"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return Deck(tuple(read_texts(texts, is_builtin=True)))


def read_pack(folder: Path) -> tuple[Card, ...]:
    """The cards of every ``*.toml`` in a folder; UnreadableSource names file and card."""
    if not folder.is_dir():
        raise _broken(str(folder), "is not a folder")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise _broken(str(folder), "holds no .toml file")
    return tuple(read_texts({path.name: _read(path) for path in paths}))


def read_texts(texts: Mapping[str, str], *, is_builtin: bool = False) -> Iterator[Card]:
    """The cards in TOML texts by file name; UnreadableSource names file and card."""
    for name in sorted(texts):
        try:
            data: dict[str, object] = tomllib.loads(texts[name])
        except tomllib.TOMLDecodeError as error:
            raise _broken(name, f"is not TOML: {error}") from error
        yield from _cards(name, data, is_builtin=is_builtin)


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path.name, "cannot be read as text") from error
    if len(text) > _LARGEST:
        raise _broken(path.name, "is far too large for a pack of cards")
    return text


def _cards(name: str, data: Mapping[str, object], *, is_builtin: bool) -> Iterator[Card]:
    exercises = _texts(data.get("exercises", []), name, "exercises")
    sources = _texts(data.get("sources", []), name, "sources")
    for topic, entries in data.items():
        if topic in {"exercises", "sources"}:
            continue
        if topic not in TOPICS or not isinstance(entries, list):
            known = ", ".join(TOPICS)
            raise _broken(name, f"has an unknown part '{topic}'; known: {known}")
        for entry in cast("list[object]", entries):
            if not isinstance(entry, dict):
                raise _broken(name, f"has a {topic} that is not a table")
            items = cast("dict[str, object]", entry)
            items = {"sources": list(sources), **items}
            yield _card(name, topic, items, exercises=exercises, is_builtin=is_builtin)


def _card(
    name: str,
    topic: str,
    entry: Mapping[str, object],
    *,
    exercises: tuple[str, ...],
    is_builtin: bool,
) -> Card:
    about = _texts(entry.get("about", []), name, f"a {topic} card's about")
    own = _texts(entry.get("exercises", list(exercises)), name, "exercises")
    known = entry.get("id") or f"{topic}.{own[0] if own else 'any'}.{about[0] if about else '?'}"
    if strange := sorted(set(entry) - _KEYS):
        raise _broken(name, f"card {known}: unknown entry '{strange[0]}'")
    lists = {
        key: _texts(entry[key], name, f"card {known}: {key}")
        for key in LISTS
        if key in entry and key not in {"about", "exercises"}
    }
    return Card(
        id=str(known), topic=topic, about=about, exercises=own,
        generic=entry.get("generic") is True, is_builtin=is_builtin, pack=name, **lists,
    )  # fmt: skip


def _texts(data: object, name: str, what: str) -> tuple[str, ...]:
    if isinstance(data, str):
        return (data,)
    if isinstance(data, list):
        parts = cast("list[object]", data)
        if all(isinstance(part, str) for part in parts):
            return tuple(str(part) for part in parts)
    raise _broken(name, f"{what} is neither a text nor a list of texts")


def _broken(name: str, what: str) -> UnreadableSource:
    return UnreadableSource(
        f"The card file {name} {what}.", wanted="A file like those in docs/coach.md.",
        next_step="Check it: repsight coach cards check FOLDER",
    )  # fmt: skip
