"""Numbers that are written oddly, and numbers that only mean something together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Final

from repsight.coach.checks.evidence import Problem, Said
from repsight.core.report import Fact

__all__ = ["is_in_backed_pair", "odd_numbers", "wrong_shares"]

_ODD: Final = re.compile(
    r"\b\d+(?!(?:st|nd|rd|th|s|kg|lb|lbs|deg)\b)[a-z]\w*"
    r"|(?<![\w.:])0\d+(?!:)"
    r"|(?<![\w.)%])[-\N{MINUS SIGN}+]\d+|\b\d+/\d+"
)
_ONE_MORE: Final = re.compile(
    r"\b(?:1|one|an?) (?:more|extra|bonus|additional|further|spare|fewer|less)\b|\bbonus\b"
)
_ROMAN: Final = re.compile(r"\b[IVXLC]{2,}\b")
_VAGUE: Final = re.compile(
    r"\b(?:a couple of|a few|several|many|a handful of|plenty of|loads of|dozens of) (?:\w+ )?"
    r"(?:exercise|reps?\b)|\b(?:nearly|almost|about|around|under|roughly) (?:\d|a dozen)"
    r"|\bover (?:\d+|a dozen) (?:exercise|reps?\b)"
)
#: A count is a count: neither a bound nor a guess.
_GUESSED: Final = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|approximately|circa|up to|at least"
    r"|at most|no less than|more than|less than|fewer than|well over|just over|just under|close to"
    r"|some|maybe|perhaps)"
    r"\s+\d+\b|\b\d+(?:\.\d+)? or (?:so|more|less|fewer|\d+)\b"
    r"|\b\d+ (?:and a half|or thereabouts)\b"
)
_LIST: Final = re.compile(r"\breps? \d+(?:(?:, (?:and )?| and )\d+)+")
_OF: Final = re.compile(r"\b(\d+) of (?:your |the )?(\d+)\b(?! (?:seconds?|degrees?))")
_MORE: Final = re.compile(
    r"\b(\d+) (?:reps? |seconds? )?(?:more|fewer|less|longer|shorter)\b(?! than now)"
)
#: How much something changed, which is not how much it was before.
_BY: Final = re.compile(r"\bby (\d+(?:\.\d+)?)\b")
_DECIMAL: Final = re.compile(r"\d+(?:\.\d+)?")
_LEFT_OUT: Final = re.compile(
    r"(?<!of )(?<!of the )(?<!of your )\b(\d+) (?:movements?|tr(?:y|ies)|attempts?)\b"
    r"[^.,]*\b(?:out|not|something else)\b"
)
#: Facts whose own value is a count.
_COUNTED: Final = frozenset({"rep", "movement", "set", "hold"})


def odd_numbers(said: Said, text: str) -> Iterator[Problem]:
    """Ways of writing a number that a reader would take for another one."""
    for found in (*_ODD.finditer(text), *_ROMAN.finditer(said.text)):
        if found[0].lower() not in said.support:
            yield said.problem("number", f"{found[0]!r} is no plain number")
    if said.slot == "overview" and (more := _ONE_MORE.search(text)):
        yield said.problem("number", f"{more[0]!r} beside the count")
    if said.slot in {"overview", "not_counted"} and (guess := _GUESSED.search(text)):
        yield said.problem("number", f"{guess[0]!r} where there is a count")
    if said.slot == "overview" and (vague := _VAGUE.search(said.bare)):
        yield said.problem("number", f"{vague[0]!r} where there is a count")
    for found in _LIST.finditer(text):
        numbers = re.findall(r"\d+", found[0])
        if len(set(numbers)) < len(numbers):
            yield said.problem("rep", f"{found[0]!r} names one twice")


def wrong_shares(said: Said, text: str) -> Iterator[Problem]:
    """``2 of 5``, ``3 more``, ``4 movements left out``: numbers with one meaning only."""
    for found in _OF.finditer(text):
        pair = (int(found[1]), int(found[2]))
        if not any(pair in _pairs(fact, said.total()) for fact in said.facts):
            yield said.problem("number", f"{found[0]!r} is in no cited fact")
    changes = {
        round(abs(fact.value))
        for fact in said.facts
        if fact.kind == "history" and fact.metric in {"reps", "held"}
    }
    for found in _MORE.finditer(text):
        if changes and int(found[1]) not in changes:
            yield said.problem("number", f"{found[0]!r}, but the change is {min(changes)}")
    past = [fact for fact in said.facts if fact.kind == "history"]
    by = {number for fact in past for number in _DECIMAL.findall(fact.words.get("amount", ""))}
    for found in _BY.finditer(text) if past else ():
        if found[1] not in by:
            yield said.problem("number", f"{found[0]!r}, but the change is another")
    left_out = {round(fact.value) for fact in said.facts if fact.kind == "rejected_count"}
    for found in _LEFT_OUT.finditer(text):
        if left_out and int(found[1]) not in left_out:
            yield said.problem("number", f"{found[1]} left out, but there are {min(left_out)}")


def is_in_backed_pair(at: int, said: Said, text: str) -> bool:
    """Whether the number at this place is one of an ``n of m`` that a cited fact gives."""
    return any(
        found.start() <= at < found.end()
        and any((int(found[1]), int(found[2])) in _pairs(fact, said.total()) for fact in said.facts)
        for found in _OF.finditer(text)
    )


def _pairs(fact: Fact, total: int) -> set[tuple[int, int]]:
    """``n of m`` that this fact gives the right to say."""
    judged = int(fact.words.get("judged") or total)
    pairs = {(len(fact.reps), judged), (len(fact.reps), total)}
    if isfinite(fact.value) and fact.unit in _COUNTED:
        attempts = int(fact.words.get("attempts") or total)
        pairs |= {(round(fact.value), attempts), (total, attempts), (round(fact.value), total)}
    return pairs
