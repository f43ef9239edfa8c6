"""What is wrong in an exercise file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["Path", "Problem", "listed", "one_of", "words_of"]

#: Where something stands: names of tables and keys, and numbers in lists.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct at ``path``: what is there, and what was wanted."""

    path: Path
    what: str
    wanted: str

    def line(self, file: str, number: int) -> str:
        """``my.toml:12: rule.depth: ...``, as editors and compilers say it."""
        where = f"{file}:{number}: " if number else f"{file}: "
        place = words_of(self.path)
        return f"{where}{place + ': ' if place else ''}{self.what} {self.wanted}".rstrip()


def words_of(path: Path) -> str:
    """``rule 2, expected.low``: lists are counted from one."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f" {part + 1},"
        else:
            words += f"{' ' if words.endswith(',') else '.' if words else ''}{part}"
    return words.rstrip(",")


def listed(names: Iterable[str]) -> str:
    """``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def one_of(known: Iterable[str], given: str) -> str:
    """What could have been meant: the nearest name first, else all of them."""
    names = sorted(known)
    near = get_close_matches(given, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Wanted one of: {', '.join(names)}."
