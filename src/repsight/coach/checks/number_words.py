"""Numbers, units, repetitions and times as they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from repsight.coach.checks.lexicon import alternatives, names_of

__all__ = ["Reading", "RepRef", "clocks_in", "numbers_in", "rep_refs_in", "spelled_out"]

_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_WORD_VALUE: Final = {
    **{word: i for i, word in enumerate(_ONES)},
    **{word: 10 * i for i, word in enumerate(_TENS, start=2)},
    "hundred": 100,
    "dozen": 12,
}
_TENS_AND_ONES: Final = re.compile(rf"\b({'|'.join(_TENS)})[- ]({'|'.join(_ONES[1:10])})\b")
_HUNDREDS: Final = re.compile(r"\b(?:(a|one|two|three|\d)\s+)hundred(?:\s+and)?(?:\s+(\d{1,2}))?\b")
_POINT: Final = re.compile(r"\b(\d+)\s+point\s+(\d+(?:\s+\d)*)\b")
_SINGLE: Final = re.compile(
    rf"\b({'|'.join(w for w in _WORD_VALUE if w not in {'one', 'hundred'})})\b"
)
_UNIT_NAMES: Final = names_of("unit_")
_NAMES: Final = tuple(name.removeprefix("unit_").replace("_", " ") for name in _UNIT_NAMES)
#: Words that may stand between a number and its unit.
_BETWEEN: Final = (
    r"more|fewer|less|full|good|clean|judged|counted|whole|of your|of the|of those|of these|of"
    r"|out of|extra|further|other|solid|steady|of them|your|consecutive|such|last|first|valid"
    r"|proper|the"
)
_UNIT: Final = re.compile(
    rf"\s*-?\s*(?:(?:{_BETWEEN})\s+)*(?:"
    + "|".join(f"(?P<u{i}>{alternatives(name)})" for i, name in enumerate(_UNIT_NAMES))
    + ")",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}\b)")
_NUMBER: Final = re.compile(r"(?<![\w.])(\d+)(?:[.,](\d+))?(?!\d)")
_DIGIT: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d{2})(?:\.(\d))?\b")
_NOUN: Final = r"(?:reps?|repetitions?|holds?|spells?)"
_MEASURED: Final = r"\s*(?:degrees?|percent|seconds?|%|kg|lb|\N{DEGREE SIGN}|\.\d)"
_AND: Final = (
    r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*|\s+(?:to|through)\s+"
    r"|\s*[-\N{EN DASH}]\s*)"
)
_REP_LIST: Final = re.compile(
    rf"\b{_NOUN}(?:,\s+(?=\d+\s+and\s+\d)|\s+(?:numbers?\s+|no\.?\s*|#)?)"
    rf"(\d+(?:{_AND}(?:rep\s+)?\d+(?!{_MEASURED}))*)(?!{_MEASURED})",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    rf"\b(?:numbers?|at(?=\s+\d+\s+and\s+\d))\s+(\d+(?:{_AND}(?:number\s+)?\d+)*)(?!{_MEASURED})(?![:\d])"
)
_SPAN: Final = re.compile(r"(\d+)\s*(?:to|through|[-\N{EN DASH}])\s*(?:rep\s+)?(\d+)")
_ORDINAL: Final = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d+)(?:st|nd|rd|th))\s+(?:(?:good|full|counted|clean)\s+)?{_NOUN}\b"
)
_LAST: Final = re.compile(rf"\b(?:last|final|closing)\s+(?:(\d+)\s+)?(?:of\s+your\s+)?{_NOUN}\b")
_FIRST: Final = re.compile(rf"\b(?:first|opening)\s+(\d+)\s+{_NOUN}\b")
_ONE_UNIT: Final = re.compile(
    r"\b(?:one|a single|only one|just one)\s+"
    r"(?=(?:of\s+your\s+)?(?:(?:good|full|counted|clean)\s+)?(?:reps?|repetitions?|holds?|sets?|seconds?|degrees?|movements?"
    r"|attempts?|percent)\b)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number in a text with its unit word (empty if none) and the decimals it is given with."""

    value: float
    unit: str
    decimals: int
    start: int


@dataclass(frozen=True, slots=True)
class RepRef:
    """Repetitions named by their number."""

    reps: tuple[int, ...]
    start: int


@lru_cache(maxsize=4096)
def spelled_out(text: str) -> str:
    """The text in small letters with every number word as digits: ``twenty-five`` is ``25``.

    ``one`` becomes a number only before a unit; ordinals stay.
    """
    text = _THOUSANDS.sub("", text.lower())
    text = _TENS_AND_ONES.sub(lambda m: str(_WORD_VALUE[m[1]] + _WORD_VALUE[m[2]]), text)
    text = _ONE_UNIT.sub("1 ", text)
    text = _SINGLE.sub(lambda m: str(_WORD_VALUE[m[1]]), text)
    text = _HUNDREDS.sub(_hundreds, text)
    text = _POINT.sub(lambda m: f"{m[1]}.{m[2].replace(' ', '')}", text)
    return re.sub(rf"\b(a|one) {'hundred'}\b", "100", text)


def _hundreds(found: re.Match[str]) -> str:
    first = found[1]
    many = 1 if first in {"a", "one"} else _WORD_VALUE.get(first) or int(first)
    return str(100 * many + int(found[2] or 0))


def clocks_in(text: str) -> list[float]:
    """Times of the clip such as ``0:07``, in seconds."""
    return [60.0 * int(m[1]) + int(m[2]) + int(m[3] or 0) / 10 for m in _CLOCK.finditer(text)]


def rep_refs_in(text: str, *, total: int, with_ordinals: bool = True) -> Iterator[RepRef]:
    """Repetitions named in a text whose numbers are digits; ``last`` counts from ``total``.

    ``with_ordinals`` also reads ``the third rep`` and ``the last two reps``.
    """
    has_digits = bool(_DIGIT.search(text))
    for found in _REP_LIST.finditer(text) if has_digits else ():
        numbers = {int(number) for number in re.findall(r"\d+", found[1])}
        for span in _SPAN.finditer(found[1]):
            numbers |= set(range(int(span[1]), min(int(span[2]), int(span[1]) + 500) + 1))
        yield RepRef(tuple(sorted(numbers)), found.start())
    for found in _NUMBERED.finditer(text) if has_digits else ():
        yield RepRef(tuple(int(number) for number in re.findall(r"\d+", found[1])), found.start())
    if not with_ordinals:
        return
    for found in _ORDINAL.finditer(text):
        number = _ORDINALS.index(found[1]) + 1 if found[1] else int(found[2])
        yield RepRef((number,), found.start())
    for found in _LAST.finditer(text):
        many = min(int(found[1] or 1), 500)
        yield RepRef(tuple(range(max(1, total - many + 1), total + 1)), found.start())
    for found in _FIRST.finditer(text):
        yield RepRef(tuple(range(1, min(int(found[1]), 500) + 1)), found.start())


def numbers_in(text: str) -> Iterator[Reading]:
    """Every number that is neither a time of the clip nor part of a list of repetitions."""
    if not _DIGIT.search(text):
        return
    taken = [found.span() for found in _CLOCK.finditer(text)]
    taken += [found.span(1) for found in _REP_LIST.finditer(text)]
    taken += [found.span(1) for found in _NUMBERED.finditer(text)]
    taken += [
        found.span(1) for pattern in (_LAST, _FIRST) for found in pattern.finditer(text) if found[1]
    ]
    for found in _NUMBER.finditer(text):
        if any(first <= found.start() < last for first, last in taken):
            continue
        decimals = len(found[2] or "")
        value = float(f"{found[1]}.{found[2] or 0}")
        unit = _unit_after(text, found.end())
        yield Reading(value, unit, decimals, found.start())


def _unit_after(text: str, at: int) -> str:
    found = _UNIT.match(text, at)
    if not found:  # "10 to 20 degrees": the unit of the range
        span = re.match(r"\s*(?:to|or|and|[-\N{EN DASH}])\s*\d+(?:[.,]\d+)?", text[at:])
        found = _UNIT.match(text, at + span.end()) if span else None
    if not found:
        return ""
    return next(_NAMES[i] for i in range(len(_NAMES)) if found[f"u{i}"] is not None)
