"""What a verdict's number measures, in words that need no minus sign."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from repsight.core.phrases import phrase_of
from repsight.core.report import Verdict
from repsight.core.signals import Lean
from repsight.core.spec import ExerciseSpec, Pick

__all__ = ["CHANGES", "as_read", "subject_of", "upside_down"]

#: Values of these picks say how far a signal moved, not where it was.
CHANGES: Final[dict[Pick, str]] = {"change": "change", "range": "movement", "fall": "fall"}
_OPPOSITES: Final = (
    (" above ", " below "), (" below ", " above "), (" in front of ", " behind "),
)  # fmt: skip


def subject_of(rule: str, spec: ExerciseSpec | None) -> str:
    """What the values of a rule measure, for example ``knee angle`` or ``change of trunk lean``.

    Empty if the rule or the exercise is unknown.
    """
    for known in spec.book.rules if spec else ():
        if known.id == rule:
            phrase = phrase_of(known.signal)
            if isinstance(known.signal, Lean) and known.signal.signed:
                phrase += " forwards"
            return f"{CHANGES[known.pick]} of {phrase}" if known.pick in CHANGES else phrase
    return ""


def as_read(verdict: Verdict, subject: str) -> tuple[Verdict, str]:
    """A value below zero turned upside down: ``knee above hip`` -0.4 is ``hip above knee`` 0.4.

    A value whose subject has no direction comes back as it was.
    """
    turned = upside_down(subject)
    if not verdict.value < 0 or turned == subject:
        return verdict, subject
    low, high = -verdict.expected_high, -verdict.expected_low
    read = replace(verdict, value=-verdict.value, expected_low=low, expected_high=high)
    return read, turned


def upside_down(subject: str) -> str:
    """What a value below zero of ``subject`` means; unchanged if it has no direction."""
    if subject.startswith(tuple(f"{change} of " for change in CHANGES.values())):
        return subject
    first, above, second = subject.partition(" above ")
    if above and " " not in first and " " not in second:
        return f"{second} above {first}"
    if subject.endswith(" forwards"):
        return subject.replace(" forwards", " backwards")
    for one, other in _OPPOSITES:  # "floor above left hip" is nobody's language
        if one in subject:
            return subject.replace(one, other)
    return subject
