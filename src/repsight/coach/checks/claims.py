"""What is never claimed: health, muscles, safety, calories, certainty; and nobody's orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from repsight.coach.checks.evidence import Problem, Said, words_of
from repsight.coach.checks.lexicon import names_of, pattern

__all__ = ["claim_problems", "forbidden_in", "is_claim", "is_disclaimed"]


#: Each group of words by the kind of claim it makes.
_FORBIDDEN: Final = {name.removeprefix("claim_"): pattern(name) for name in names_of("claim_")}

_DISCLAIMED: Final = pattern("disclaimed")
_BREAK: Final = pattern("break")
_NOT_PERFECT: Final = re.compile(
    r"\b(?:not|n't|nothing is|nobody is|no rep is|never|need(?:s)? not be)\s+(?:\w+\s+){0,3}$"
)
_CERTAIN: Final = pattern("certain")
_UNCERTAIN: Final = frozenset({"watch", "too_close_to_call", "unsure", "cannot_judge"})
_SURE_KINDS: Final = frozenset({"judgement", "count", "exercise", "verdict", "not_judged"})
_DENIED_CERTAINTY: Final = re.compile(
    r"\b(?:not|n't|nothing|less than|far from|never|no)\s+(?:\w+\s+){0,2}$"
)
_FOR_DOCTORS: Final = re.compile(
    r"\s*(?:is|are) (?:a |an )?(?:questions?|matters?|topics?|something) for (?:a |your )?"
    r"(?:doctor|physio)"
    r"|\s*(?:can|will|could|should|would) (?:tell|help|judge|answer|look|know|say|decide)\b"
)
#: What will happen to the lifter; what the coach will do is no claim.
_COMING: Final = re.compile(
    r"(?<!\bi )\b(?:will|going to|gonna)\b(?! (?:not )?(?:decide|call)\b)|\b\w+'ll\b"
)
_SHORT: Final = 4


def forbidden_in(text: str) -> tuple[str, str]:
    """The first forbidden claim in a text as (kind, word); empty texts if there is none.

    Honest disclaimers ("a camera cannot see pain") are no claims.
    """
    for kind, words in _FORBIDDEN.items():
        for found in words.finditer(text):
            if not _is_disclaimed(text, found, kind):
                return kind, found[0]
    return "", ""


@lru_cache(maxsize=1024)
def is_claim(word: str) -> bool:
    """Whether a word in small letters is one of a forbidden claim, disclaimed or not."""
    return any(words.fullmatch(word) for words in _FORBIDDEN.values())


def _is_disclaimed(text: str, found: re.Match[str], kind: str) -> bool:
    if kind in {"abuse", "orders"}:
        return False
    if kind == "promise" and found[0].lower().startswith("perfect"):
        return bool(_NOT_PERFECT.search(text[: found.start()]))
    return is_disclaimed(text, found.start()) or bool(_FOR_DOCTORS.match(text, found.end()))


def is_disclaimed(text: str, at: int) -> bool:
    """Whether what stands at this place of a text in small letters is said not to be known."""
    return any(
        start <= at < end or (end <= at + 1 and not _BREAK.search_between(text, end, at))
        for start, end in _denials(text)
    )


@lru_cache(maxsize=256)
def _denials(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(denial.span() for denial in _DISCLAIMED.finditer(text))


def claim_problems(said: Said) -> Iterator[Problem]:
    """Forbidden claims, certainty where there is none, and words taken from untrusted texts."""
    text = said.bare
    if any(fact.kind == "goal" and fact.metric == "muscle" for fact in said.facts):
        text = re.sub(r"\bmuscle\b", "size", text)
    kind, word = forbidden_in(text)
    if kind:
        yield said.problem(f"claim_{kind}", f"claims {word!r}")
    unsure = [f for f in said.facts if f.verdict in _UNCERTAIN and f.kind in _SURE_KINDS]
    unsure += [fact for fact in said.facts if fact.kind == "trend"]
    if unsure or said.plan.is_unsure:
        for found in _CERTAIN.finditer(text):
            if not _DENIED_CERTAINTY.search(text[: found.start()]) and said.is_describing:
                yield said.problem("too_sure", f"{found[0]!r} about something uncertain")
                break
    coming = _COMING.search(text)
    if said.is_describing and coming and coming[0] not in said.support:
        yield said.problem("claim_future", f"{coming[0]!r}: what comes is in no fact")
    yield from _taken(said)


def _taken(said: Said) -> Iterator[Problem]:
    """Words in a row, or a strange word, that come from notes or names."""
    own = words_of(said.text)
    for source in said.ledger.untrusted:
        theirs = words_of(source)
        runs = {tuple(theirs[i : i + _SHORT]) for i in range(len(theirs) - _SHORT + 1)}
        mine = {tuple(own[i : i + _SHORT]) for i in range(len(own) - _SHORT + 1)}
        shared = [run for run in runs & mine if " ".join(run) not in said.support]
        if shared:
            yield said.problem("repeats_notes", f"repeats {' '.join(shared[0])!r}")
