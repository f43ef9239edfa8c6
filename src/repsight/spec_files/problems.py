"""What is wrong in an exercise file, and where."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Path", "Problem", "words_of"]

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
