"""Parts of a sentence that no fact carries: reasons, other people, subsets, all of it, echoes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from repsight.coach.checks.evidence import Problem, Said, words_of
from repsight.coach.checks.findings import is_backed_topic
from repsight.coach.checks.lexicon import lists_of, names_of, pattern, words_in
from repsight.coach.checks.number_words import rep_refs_in, spelled_out
from repsight.coach.checks.vocabulary import unbacked

__all__ = ["grounding_problems", "reasons_of"]

_REASON: Final = re.compile(
    r"\b(?:because(?: of)?|due to|thanks to|owing to|caused by|as a result of|on account of"
    r"|for lack of|since(?= (?:you|your(?! last| previous| first)|it|they|he|she|reps?)\b)"
    r"|which is why|that is why|that's why|so that's|probably from"
    r"|so(?: that)?(?= (?:you|your|they)\b)"
    r"|which (?:makes?|made|means|meant|causes?|puts?|takes?|took|shows?|builds?|gives?))\b"
    r"(?P<why>[^.;:!?]*)"
)
_OTHERS: Final = pattern("other_people")
_NEVER: Final = {name.removeprefix("not_in_"): pattern(name) for name in names_of("not_in_")}
_AT_START: Final = pattern("place_start")
_AT_END: Final = pattern("place_end")
_SUPERLATIVE: Final = pattern("superlative")
_ALL_OF_IT: Final = re.compile(
    r"(?<!not )\b(?:everything|all of (?:it|this|them)|it all|the whole lot)\b"
    r"(?! (?:but|except|besides|apart))[^.]*\b(?:count|judg|see|seen|saw|visib|clear|assess)\w*"
)
_ONLY: Final = re.compile(r"\b(?:only|just|solely|merely)\s+(?:in\s+|for\s+|your\s+|the\s+)*$")
_ALONE: Final = re.compile(r"^[\s,\d]*(?:and \d+ )?(?:alone|only)\b")
_SHORT_OF: Final = re.compile(
    r"\b(?:short|shy) (?:of|by)\b|\baway from\b|\bto go\b|\bleft to do\b|\bremain(?:s|ing)\b"
)
_NTH_SET: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) set\b"
)
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
                    "ninth", "tenth")  # fmt: skip
_ALSO_DID: Final = re.compile(
    r"\b(?:then|and|before|after|followed by|also|plus|as well as)\s+"
    r"(?:you\s+|that\s+|a\s+|some\s+)*"
    r"(?P<what>press|row|curl|lung|jump|squat|deadlift|dip|hop|ran|run|jog|swam|swim|cycl|stretch"
    r"|rest|crunch|plank|bridg|walk|danc|box|punch|pull|push|thr[eo]w|skip|sprint|climb|fell|fall"
    r"|slip|drop)\w*"
)
_PLACE: Final = re.compile(
    r"\b(?:after|following|behind|past|once|between|before|till|until|with|finished|done)\s+"
    r"(?:(?:your|the|reps?|number|counted|full)\s+)*$"
)
_LEAST_PAIRS: Final = 6
_DISTINCT: Final = 0.67


def grounding_problems(said: Said) -> Iterator[Problem]:
    """Problems of a line whose parts say more than its facts."""
    yield from _reasons(said)
    yield from _subsets(said)
    yield from _echoes(said)
    if (found := _OTHERS.search(said.bare)) and found[0] not in said.support:
        yield said.problem("claim_others", f"compares with others: {found[0]!r}")
    if said.slot in {"not_counted", "unjudged"} and (found := _ALL_OF_IT.search(said.bare)):
        yield said.problem("invented", f"{found[0]!r}, which was not all")
    yield from _out_of_place(said)
    if said.slot == "overview":
        yield from _beside_the_count(said)
    if said.slot == "not_counted":
        yield from _places(said)


def _reasons(said: Said) -> Iterator[Problem]:
    """A reason must be made of what the facts say: why somebody did something is in none."""
    if not said.is_describing and said.slot != "unjudged":
        return
    for found in _REASON.finditer(said.bare):
        plain, told = words_in("reason_plain"), said.support
        if said.slot == "not_counted":
            told += " " + reasons_of(said)
        words = [word for word in words_of(found["why"]) if word not in plain]
        words = [word for word in words if not is_backed_topic(word, said)]
        missing = unbacked(words, support=told)
        if missing:
            yield said.problem("claim_cause", f"gives a reason that no fact has: {missing[0]!r}")


def reasons_of(said: Said) -> str:
    """Words for why the tries of these facts did not count."""
    known = set(lists_of("reason_"))
    own = (f"reason_{fact.metric}" for fact in said.facts)
    return " ".join(" ".join(words_in(name)) for name in own if name in known)


def _subsets(said: Said) -> Iterator[Problem]:
    """``Only rep 4`` is wrong where the fact has reps 4 and 5."""
    if not said.is_describing:
        return
    text = spelled_out(said.low)
    sets = [set(fact.reps) for fact in said.facts if fact.kind == "judgement" and fact.reps]
    for ref in rep_refs_in(text, total=said.total()) if sets else ():
        alone = _ONLY.search(text[: ref.start]) or _ALONE.match(text[ref.start :].lstrip("reps "))
        if alone and set(ref.reps) not in sets:
            yield said.problem("rep", f"only reps {ref.reps}, but there were others")


def _out_of_place(said: Said) -> Iterator[Problem]:
    """What sentences of this job never say, superlatives, and the wrong end of the set."""
    never = _NEVER.get(said.slot)
    if never and (found := never.search(said.bare)) and found[0] not in said.support:
        yield said.problem("clause", f"{found[0]!r} is more than the facts say")
    if not said.is_describing or said.slot == "change":
        return
    if (found := _SUPERLATIVE.search(said.bare)) and found[0] not in said.support:
        yield said.problem("comparison", f"{found[0]!r}: nothing was compared")
    reps = {rep for fact in said.facts for rep in fact.reps}
    last = said.total()
    start, end = _AT_START.search(said.bare), _AT_END.search(said.bare)
    if start and start[0] not in said.support and reps and min(reps) > 1:
        yield said.problem("rep", "the start of the set is in no cited fact")
    if end and end[0] not in said.support and reps and last and max(reps) < last:
        yield said.problem("rep", "the end of the set is in no cited fact")


def _echoes(said: Said) -> Iterator[Problem]:
    words = [word for word in re.findall(r"[a-z]+|\d+", said.low) if word]
    pairs = list(pairwise(words))
    if len(pairs) >= _LEAST_PAIRS and len(set(pairs)) < _DISTINCT * len(pairs):
        yield said.problem("empty", "the same words again and again")


def _beside_the_count(said: Said) -> Iterator[Problem]:
    if found := _SHORT_OF.search(said.bare):
        yield said.problem("number", f"{found[0]!r} beside the count")
    numbers = {fact.set_number for fact in said.facts}
    for found in _NTH_SET.finditer(said.bare):
        if _ORDINALS.index(found[1]) + 1 not in numbers:
            yield said.problem("number", f"{found[0]!r} is in no cited fact")
    for found in _ALSO_DID.finditer(said.bare):
        if found["what"] not in said.support:
            yield said.problem("exercise", f"something else was done: {found[0]!r}")


def _places(said: Said) -> Iterator[Problem]:
    """A try that did not count is after, before or between repetitions, and is none of them."""
    text = spelled_out(said.low)
    for ref in rep_refs_in(text, total=said.total()):
        if not _PLACE.search(text[: ref.start]):
            yield said.problem("rep", f"reps {ref.reps} did count")
