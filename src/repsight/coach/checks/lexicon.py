"""The words that the verifier listens for, from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, cast

__all__ = ["alternatives", "names_of", "pattern", "words_in"]

_FORMS: Final = {"stems": r"\b(?:{})", "words": r"\b(?:{})\b", "raw": "(?:{})"}


def pattern(name: str) -> re.Pattern[str]:
    """The expression of one group of words, for texts in small letters."""
    for section, form in _FORMS.items():
        groups = _lexicon()[section]
        if name in groups:
            own = groups[name]
            begin = _first_letters(own) if section != "raw" else ""
            return re.compile(begin + form.format("|".join(own)))
    raise KeyError(name)


def _first_letters(own: Sequence[str]) -> str:
    """A look ahead at the letters that a group begins with: most words are passed over fast."""
    if not all(text[:1].isalnum() and text[1:2] not in {"?", "*", "{"} for text in own):
        return ""
    return rf"\b(?=[{''.join(sorted({text[0] for text in own}))}])"


def alternatives(name: str) -> str:
    """The alternatives of a group as one expression without a frame."""
    return "|".join(next(groups[name] for groups in _lexicon().values() if name in groups))


def words_in(name: str) -> frozenset[str]:
    """A plain list of words."""
    return frozenset(_lexicon()["lists"][name])


def names_of(prefix: str) -> tuple[str, ...]:
    """Names of the groups that begin with ``prefix``, in the order of the file."""
    return tuple(
        name for groups in _lexicon().values() for name in groups if name.startswith(prefix)
    )


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    text = (files("repsight.coach.checks") / "lexicon.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, list[str]]]", tomllib.loads(text))
