"""A change or comparison needs a fact that measured it, in that direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.lexicon import Words, pattern
from repsight.core.report import Fact

__all__ = ["change_problems"]

_MEASURED: Final = frozenset(
    {"trend", "velocity_loss", "history", "difference", "past_issue", "steady"}
)
#: Facts that know of earlier sets.
_OF_THE_PAST: Final = frozenset({"history", "past_issue"})
_PAST: Final = pattern("past")
_CLAIM: Final = pattern("change_claim")
_UP: Final = pattern("change_up")
_DOWN: Final = pattern("change_down")
_SLOWER: Final = pattern("change_slower")
_FASTER: Final = pattern("change_faster")
_SHORTER: Final = pattern("change_shorter")
_FURTHER: Final = pattern("change_further")
_BETTER: Final = pattern("change_better")
_WORSE: Final = pattern("change_worse")
_SAME: Final = pattern("change_same")
#: Against an earlier set: what must, and what must not, be said.
_MORE: Final = pattern("than_before_more")
_FEWER: Final = pattern("than_before_fewer")
_IS_MORE: Final = pattern("than_before_is_more")
_IS_FEWER: Final = pattern("than_before_is_fewer")
_OTHER: Final = pattern("than_before_other")


_DOWN_PHASE: Final = re.compile(
    r"\b(?:way down|descents?|lowering|going down|down phase|eccentric)\b"
)
_UP_PHASE: Final = re.compile(r"\b(?:way up|ascents?|lifting|going up|coming up|concentric)\b")
#: The other half of the repetition than the one that was timed.
_OTHER_PHASE: Final = {
    "velocity_loss": _DOWN_PHASE,
    "concentric": _DOWN_PHASE,
    "eccentric": _UP_PHASE,
}


_Patterns = tuple[Words | re.Pattern[str], ...]
#: What must not be said and of what one must, by the kind of change and its direction.
_DIRECTIONS: Final[dict[str, tuple[_Patterns, _Patterns]]] = {
    "velocity_loss": ((_FASTER, _BETTER, _SAME), (_SLOWER, _DOWN)),
    "phase_rising": ((_FASTER, _BETTER, _SHORTER), (_SLOWER, _UP)),
    "phase_falling": ((_SLOWER, _WORSE, _UP), (_FASTER, _SHORTER, _DOWN)),
    "range_share_rising": ((_SHORTER, _WORSE), (_FURTHER, _UP)),
    "range_share_falling": ((_FURTHER, _BETTER), (_SHORTER, _DOWN)),
    "measure_rising": ((_DOWN, _BETTER, _WORSE), (_UP,)),
    "measure_falling": ((_UP, _BETTER, _WORSE), (_DOWN,)),
    "past_issue": ((_WORSE,), ()),
    "steady": ((_WORSE, _SLOWER, _FASTER), ()),
}


def change_problems(said: Said) -> Iterator[Problem]:
    """Changes that no fact has, or that go the other way than the fact."""
    text = said.bare
    measured = [fact for fact in said.facts if fact.kind in _MEASURED]
    claim = next((m for m in _CLAIM.finditer(text) if m[0] not in said.support), None)
    if claim and not measured and said.slot != "why":
        yield said.problem("change", f"{claim[0]!r} without a measured change")
    past = next((m for m in _PAST.finditer(text) if m[0] not in said.support), None)
    if past and said.is_describing and not any(fact.kind in _OF_THE_PAST for fact in said.facts):
        yield said.problem("change", f"{past[0]!r} without a fact of an earlier set")
    if said.slot == "change":
        for fact in measured[:1]:
            wrong = _OTHER_PHASE.get(fact.metric)
            if wrong and (found := wrong.search(text)) and found[0] not in said.support:
                yield said.problem("change", f"{found[0]!r}, but it was measured elsewhere")
        if not measured:
            yield said.problem("change", "a change without a measured one")
        for fact in measured[:1]:
            yield from _against(said, text, fact)


def _against(said: Said, text: str, fact: Fact) -> Iterator[Problem]:
    wrong, right = _directions(fact)
    if fact.kind == "history":  # "the way down" is the name of what changed
        text = text.replace(fact.words.get("name", "").lower() or "\0", " ")
    found = next((m for pattern in wrong if (m := pattern.search(text))), None)
    if found:
        yield said.problem("direction", f"{found[0]!r}, but {fact.text}")
    elif right and not any(pattern.search(text) for pattern in right):
        yield said.problem("direction", f"does not say which way: {fact.text}")


def _directions(fact: Fact) -> tuple[_Patterns, _Patterns]:
    """Patterns that must not be there, and those of which one must."""
    if fact.kind == "history":
        return _history_directions(fact.verdict)
    if fact.kind == "trend":
        kind = fact.metric if fact.metric == "range_share" else "measure"
        kind = "phase" if fact.metric in {"concentric", "eccentric", "pause"} else kind
        return _DIRECTIONS[f"{kind}_{fact.verdict}"]
    return _DIRECTIONS.get(fact.kind, ((), ()))


def _history_directions(verdict: str) -> tuple[_Patterns, _Patterns]:
    if verdict == "rising":
        return (_IS_FEWER,), (_MORE,)
    if verdict == "falling":
        return (_IS_MORE,), (_FEWER,)
    return (_OTHER,), (_SAME,)
