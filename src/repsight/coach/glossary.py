"""What words of a report mean, for those who ask."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, cast

__all__ = ["definitions", "meaning_of"]

_ASKS: Final = re.compile(
    r"\bwhat (?:does|do|did) (?:you mean by |it mean |the word )?(?P<a>.+?)"
    r"(?: mean(?: here)?)?\s*\??$"
    r"|\bwhat(?: is|'s| are) (?:a |an |the |meant by )?(?P<b>[^?]+?)\s*\??$"
    r"|\bexplain (?:the |what )?(?P<c>[^?]+?)(?: is| means?)?\s*\??$"
    r"|\bhow (?P<d>accurate|reliable|exact)\b"
    r"|\bmeaning of (?:the )?(?P<e>[^?]+?)\s*\??$"
)
_MARKS: Final = re.compile(r"[^a-z0-9 -]|\b(?:a|an|the|my|your)\b")


def meaning_of(question: str) -> str:
    """The definition that a question (in small letters) asks for; empty if it asks for none."""
    found = _ASKS.search(question)
    if found is None:
        return ""
    asked = next(part for part in found.groups() if part)
    return definitions().get(" ".join(_MARKS.sub(" ", asked).split()), "")


@cache
def definitions() -> dict[str, str]:
    """Definitions by each name of a term."""
    text = (files("repsight.coach") / "glossary.toml").read_text(encoding="utf-8")
    terms = cast("list[dict[str, list[str] | str]]", tomllib.loads(text)["term"])
    return {name: str(term["text"]) for term in terms for name in term["names"]}
