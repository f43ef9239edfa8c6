"""What a verdict's number measures, in words that need no minus sign."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.phrases import phrase_of
from repsight.core.report import Verdict
from repsight.core.spec import ExerciseSpec

__all__ = ["as_read", "subject_of"]


def subject_of(rule: str, spec: ExerciseSpec | None) -> str:
    """What the values of a rule measure, for example ``knee angle``; empty if unknown."""
    rules = spec.book.rules if spec else ()
    return next((phrase_of(known.signal) for known in rules if known.id == rule), "")


def as_read(verdict: Verdict, subject: str) -> tuple[Verdict, str]:
    """A height below zero turned upside down: ``knee above hip`` -0.4 is ``hip above knee`` 0.4.

    Anything else comes back as it was.
    """
    if not (verdict.value < 0 and " above " in subject):
        return verdict, subject
    low, high = -verdict.expected_high, -verdict.expected_low
    turned = replace(verdict, value=-verdict.value, expected_low=low, expected_high=high)
    return turned, _upside_down(subject)


def _upside_down(subject: str) -> str:
    first, _, second = subject.partition(" above ")
    if " " in first or " " in second:  # "floor above left hip" is nobody's language
        return f"{first} below {second}"
    return f"{second} above {first}"
