"""The words that the verifier listens for, from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, cast

__all__ = ["Words", "alternatives", "lists_of", "names_of", "pattern", "words_in"]

_FORMS: Final = {"stems": r"\b(?:{})", "words": r"\b(?:{})\b", "raw": "(?:{})"}
#: What can stand before the letters that an alternative begins with, and matches no letter.
_BEFORE: Final = re.compile(r"^(?:\\b|\(\?<?[!=][^()]*\))+")
_LETTERS: Final = re.compile(r"[a-z0-9%][a-z0-9' -]*")
_RUN: Final = re.compile(r"[a-z0-9]+")
#: So many letters at the start of a word are compared.
_MOST: Final = 4


class Words:
    """One group of words as a regular expression for texts in small letters.

    Most texts have none of the group's words, so an alternative's first letters are looked for
    before anything is compiled or tried; a group that is never needed costs nothing.
    """

    __slots__ = ("_begins", "_compiled", "source")

    def __init__(self, source: str, begins: Sequence[str] = ()) -> None:
        """``begins``: a text with a match has a word that begins with one; empty if unknown."""
        self.source = source
        self._begins = frozenset(_cut(begin) for begin in begins)
        self._compiled: re.Pattern[str] | None = None

    def may_be_in(self, text: str) -> bool:
        """Whether a match is possible at all; cheap."""
        return not (self._begins and self._begins.isdisjoint(_beginnings_in(text)))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        return self._pattern.search(text) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, from left to right."""
        return self._pattern.finditer(text) if self.may_be_in(text) else iter(())

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self._pattern.fullmatch(text) if self.may_be_in(text) else None

    def search_between(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match between two places of the text."""
        return self._pattern.search(text, start, end) if self.may_be_in(text) else None

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled


def _cut(begin: str) -> str:
    """The letters of a beginning that are compared."""
    found = _RUN.match(begin)
    return found[0][:_MOST] if found else ""


@lru_cache(maxsize=2048)
def _beginnings_in(text: str) -> frozenset[str]:
    """The first letters of every word of a text, in every length that is compared."""
    runs = set(_RUN.findall(text))
    return frozenset(run[:length] for run in runs for length in range(1, _MOST + 1))


@cache
def pattern(name: str) -> Words:
    """The expression of one group of words, for texts in small letters."""
    for section, form in _FORMS.items():
        groups = _lexicon()[section]
        if name in groups:
            own = groups[name]
            begin = _first_letters(own) if section != "raw" else ""
            at_words = section != "raw" or all(text.startswith(r"\b") for text in own)
            return Words(begin + form.format("|".join(own)), _begins(own) if at_words else ())
    raise KeyError(name)


def _first_letters(own: Sequence[str]) -> str:
    """A look ahead at the letters that a group begins with: most words are passed over fast."""
    if not all(text[:1].isalnum() and text[1:2] not in {"?", "*", "{"} for text in own):
        return ""
    return rf"\b(?=[{''.join(sorted({text[0] for text in own}))}])"


def _begins(own: Iterable[str]) -> tuple[str, ...]:
    """The letters that each alternative must begin with; empty if one can begin with anything."""
    found: set[str] = set()
    for text in own:
        begins = list(_beginnings(text))
        if not all(begin[:1].isalnum() for begin in begins):
            return ()
        found.update(begins)
    return tuple(sorted(found))


def _beginnings(text: str) -> Iterator[str]:
    """The letters with which each branch of an alternative begins."""
    text = _BEFORE.sub("", text, count=1)
    if text.startswith("(?:"):
        inner, rest = _group(text)
        if rest[:1] in {"?", "*", "{"}:
            yield ""
            return
        for branch in _branches(inner):
            yield from _beginnings(branch)
        return
    if len(_branches(text)) > 1:
        for branch in _branches(text):
            yield from _beginnings(branch)
        return
    letters = _LETTERS.match(text)
    begin = letters[0] if letters else ""
    after = text[len(begin) : len(begin) + 1]
    yield begin[:-1] if after in {"?", "*", "{"} and after else begin


def _group(text: str) -> tuple[str, str]:
    """What stands in the group that a text begins with, and what follows it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[3:place], text[place + 1 :]
    return text, ""


def _branches(text: str) -> list[str]:
    """The text parted at each ``|`` that stands in no group."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def alternatives(name: str) -> str:
    """The alternatives of a group as one expression without a frame."""
    return "|".join(next(groups[name] for groups in _lexicon().values() if name in groups))


def words_in(name: str) -> frozenset[str]:
    """A plain list of words."""
    return frozenset(_lexicon()["lists"][name])


@cache
def lists_of(prefix: str) -> frozenset[str]:
    """Names of the plain lists that begin with ``prefix``."""
    return frozenset(name for name in _lexicon()["lists"] if name.startswith(prefix))


def names_of(prefix: str) -> tuple[str, ...]:
    """Names of the groups that begin with ``prefix``, in the order of the file."""
    return tuple(
        name for section in _FORMS for name in _lexicon()[section] if name.startswith(prefix)
    )


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    text = (files("repsight.coach.checks") / "lexicon.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, list[str]]]", tomllib.loads(text))
