"""Where a sentence can be seen: the curve that shows what its facts are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from repsight.core.report import CoachSentence, Fact, SetReport
from repsight.core.signals import Signal
from repsight.core.spec import ExerciseSpec
from repsight.exercises import catalog

__all__ = ["placed"]

#: Facts about the movement as a whole: its own signal shows them.
_OF_THE_MOVEMENT = frozenset(
    {"count", "judgement", "rejected", "rejected_count", "steady", "trend", "velocity_loss"}
)


def placed(
    sentence: CoachSentence, facts: Iterable[Fact], sets: tuple[SetReport, ...]
) -> CoachSentence:
    """The sentence with the id of the curve that shows its facts.

    Where what was measured is not drawn, the curve of the movement shows the moment.
    """
    if not 0 < sentence.set_number <= len(sets):
        return sentence
    seen = sets[sentence.set_number - 1]
    spec = catalog().get(seen.exercise.id)
    drawn = [curve.id for curve in seen.curves]
    for fact in facts:
        own = _own_curve(fact, spec)
        curve = own if own in drawn else next(iter(drawn), "")
        if curve and (own in drawn or fact.kind in _OF_THE_MOVEMENT):
            return replace(sentence, curve=curve)
    return sentence


def _own_curve(fact: Fact, spec: ExerciseSpec | None) -> str:
    signal = _signal_of(fact, spec) if spec else None
    if spec is None or signal is None:
        return ""
    return next((name for name, _, drawn in spec.book.curves if drawn == signal), "")


def _signal_of(fact: Fact, spec: ExerciseSpec) -> Signal | None:
    for rule in spec.book.rules:
        if rule.id == fact.metric and fact.kind in {"judgement", "verdict", "past_issue"}:
            return rule.signal
    for metric in spec.book.metrics:
        if metric.id == fact.metric and fact.kind in {"measure", "trend"}:
            return metric.signal
    return None
