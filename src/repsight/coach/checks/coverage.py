"""A sentence says what it is there to say: the finding, the cue, the advice, and not another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.findings import concepts_in
from repsight.coach.checks.lexicon import words_in
from repsight.coach.checks.poles import poles_in

__all__ = ["coverage_problems"]

_WORD: Final = re.compile(r"[a-z]+")
_STEM: Final = 4
_HALF, _THIRD = 0.5, 0.33
_FINDING: Final = frozenset({"fix", "watch", "close"})
_DOING: Final = frozenset({"cue", "camera"})
#: Topics that say where and not what.
_PARTS_OF_BODY: Final = frozenset(
    {"hips", "knees", "heels", "toes", "elbows", "hands", "arms", "back", "head", "legs", "feet",
     "shoulders", "wrists", "bar"}
)  # fmt: skip
_RELATION: Final = re.compile(
    r"\b(?!(?:the|your|you|it|that|this|each|every|all|them|until|with|and) )"
    r"(?P<first>[a-z]{3,}) (?:[a-z]+ ){0,2}?"
    r"(?P<how>before|below|above|over|under|behind|beneath|ahead of|in front of)"
    r" (?:(?:the|your|a|top|of)\s+)*(?P<then>[a-z]{3,})"
)
_TURNED: Final = {"before": "after", "below": "above", "above": "below", "over": "under",
                  "under": "over", "behind": "in front of", "beneath": "above",
                  "ahead of": "behind", "in front of": "behind"}  # fmt: skip
_SAME: Final = {"before": "before|ahead of|faster than|quicker than|earlier than",
                "below": "below|under|beneath|lower than",
                "under": "below|under|beneath|lower than",
                "above": "above|over|higher than", "over": "above|over|higher than"}  # fmt: skip
_NOUN: Final = re.compile(r"^(?:the|your|top|you|it|that|this|each|every|all|them|keep|stay)$")
_UNTIL: Final = re.compile(r"\buntil\b")
_TOO_SOON: Final = re.compile(
    r"^(?!.*\b(?:not|never|no|avoid|without|nothing)\b)(?!.*n't\b)"
    r".*\bbefore (?:your|the) (?P<what>[a-z]{3,})"
)


def coverage_problems(said: Said) -> Iterator[Problem]:
    """Problems of a line that leaves out, or turns round, what it is about."""
    yield from _turned_round(said)
    if said.slot in _FINDING:
        wanted = _told(said, "title") + [text for card in said.cards for text in card.fault]
        topics = {one for text in wanted for one in concepts_in(text.lower())} - _PARTS_OF_BODY
        poles = {pole for text in wanted for pole in poles_in(text.lower())}
        is_told = topics & concepts_in(said.bare) or poles & poles_in(said.bare)
        if not is_told and not _covers(said.low, wanted):
            yield said.problem("empty", f"does not say what was found: {wanted[0]!r}")
    elif said.slot in _DOING:
        wanted = _told(said, "do")
        wanted += [text for card in said.cards for text in (*card.points, *card.drills)]
        share = _HALF if said.slot == "cue" else _THIRD
        if wanted and not (_covers(said.low, wanted, share=share) or _relates(said.low, wanted)):
            yield said.problem("empty", f"does not say what to do: {wanted[0]!r}")


def _told(said: Said, word: str) -> list[str]:
    return [fact.words[word] for fact in said.facts if fact.words.get(word)]


def _relates(text: str, wanted: list[str]) -> bool:
    """Whether both things of a relation are named: ``hip lower than the knee``."""
    own = _stems(text)
    return any({first, then} <= own for one in wanted for first, _, then in _relations(one.lower()))


def _covers(text: str, wanted: list[str], *, share: float = _HALF) -> bool:
    own = _stems(text)
    for one in wanted:
        stems = _stems(one.lower())
        if not stems or len(own & stems) >= share * len(stems):
            return True
    return False


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    plain = words_in("free")
    return frozenset(word[:_STEM] for word in _WORD.findall(text) if word not in plain)


def _turned_round(said: Said) -> Iterator[Problem]:
    """``The bar before the hips``, or a ``before`` where the cue says ``until``."""
    if said.slot not in {*_FINDING, *_DOING, "praise"}:
        return
    told_so = "good" if said.slot == "praise" else "title"
    for told in (*_told(said, told_so), *_told(said, "do")):
        for first, how, then in _relations(told.lower()):
            gap = r"\b[^.,;:!?]*?"
            same, turned = _SAME.get(how, re.escape(how)), re.escape(_TURNED[how])
            if re.search(rf"\b{then}\w*{gap}\b(?:{same})\b{gap}\b{first}\w*"
                         rf"|\b{first}\w*{gap}\b{turned}\b{gap}\b{then}\w*", said.low):  # fmt: skip
                yield said.problem("opposite", f"turns round {told!r}")
                return
    if said.slot == "cue" and any(_UNTIL.search(told) for told in _told(said, "do")):
        found = _TOO_SOON.search(said.low)
        if found and found["what"][:_STEM] in said.support:
            yield said.problem("opposite", f"{found[0]!r} where it says until")


@lru_cache(maxsize=512)
def _relations(text: str) -> tuple[tuple[str, str, str], ...]:
    """Pairs of things of which one is below, before or over the other."""
    return tuple(
        (re.escape(found["first"][:_STEM]), found["how"], re.escape(found["then"][:_STEM]))
        for found in _RELATION.finditer(text)
        if not _NOUN.match(found["first"])
        and not _NOUN.match(found["then"])
        and found["first"][:_STEM] != found["then"][:_STEM]
    )
