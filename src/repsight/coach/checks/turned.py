"""Advice must not be turned round: ``turn a light off`` is not ``turn a light on``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from repsight.coach.checks.evidence import Problem, Said, words_of

__all__ = ["turned_problems"]

_ADVISING: Final = frozenset({"cue", "next", "camera"})
#: Words of advice and what would turn it round.
_OPPOSITES: Final = (
    ("below", "above"), ("under", "over"), ("inside", "outside"),
    ("closer", "further"), ("wide", "narrow"), ("straight", "bent"),
    ("slowly", "fast"), ("slower", "faster"), ("lighter", "heavier"), ("lower", "higher"),
    ("bright", "dark"), ("apart", "together"),
    ("front", "behind"), ("deep", "shallow"), ("deeper", "shallower"),
    ("forward", "backward"), ("early", "late"),
)  # fmt: skip
#: These are turned round only where a picture is spoken of: ``on the next rep`` is no switch.
_OF_PICTURES: Final = (("on", "off"), ("light", "dark"), ("still", "moving"))


def _turned(pairs: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    return {
        word: {b if word == a else a for a, b in pairs if word in {a, b}}
        for pair in pairs
        for word in pair
    }


_OTHER: Final = _turned(_OPPOSITES)
_OTHER_PICTURE: Final = _turned((*_OPPOSITES, *_OF_PICTURES))
_DENIED: Final = re.compile(
    r"\b(?:do not|don't|never|avoid|without|no longer)\s+(?:\w+ly\s+)?(\w+)"
)
#: A limit to what is to be done more of.
_NO_FURTHER: Final = re.compile(
    r"\b(?:no|not|never|n't) (?:any )?"
    r"(?:lower|deeper|further|higher|wider|longer|faster|slower|more)\b"
    r"(?! than (?:that|this|you need|necessary))"
)
_STEM: Final = 3
_COMMON: Final = frozenset(
    {"the", "you", "your", "add", "let", "set", "rep", "reps", "any", "and", "for", "look", "more"}
)


def turned_problems(said: Said) -> Iterator[Problem]:
    """Directions and denials that say the opposite of the cue, the card or the advice."""
    if said.slot not in _ADVISING:
        return
    own, told = set(words_of(said.low)), set(words_of(said.support))
    other = _OTHER_PICTURE if said.slot == "camera" else _OTHER
    for word in sorted(own & other.keys() - told):
        meant = other[word] & told
        if meant and not meant & own:
            yield said.problem("opposite", f"{word!r} where it says {min(meant)!r}")
    limit = _NO_FURTHER.search(said.low)
    if limit and limit[0] not in said.support:
        yield said.problem("opposite", f"{limit[0]!r}, which no cue says")
    yield from _denied(said)


def _denied(said: Said) -> Iterator[Problem]:
    """A thing to do with a ``do not`` before it, which no cue and no card has."""
    does = {
        word[:_STEM]
        for fact in said.facts
        for word in words_of(fact.words.get("do", ""))
        if len(word) >= _STEM and word not in _COMMON
    }
    for found in _DENIED.finditer(said.low):
        if found[1][:_STEM] in does and found[0] not in said.support:
            yield said.problem("opposite", f"{found[0]!r}, which is what to do")
