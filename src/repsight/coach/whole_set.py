"""One set of a clip with its number and what its exercise knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repsight.coach.naming import PLAIN_MEASURES, inside
from repsight.core.report import SetReport
from repsight.core.spec import ExerciseSpec

__all__ = ["WholeSet", "all_reps"]


@dataclass(frozen=True, slots=True)
class WholeSet:
    """A set, its number in the clip and what its exercise knows."""

    seen: SetReport
    number: int
    spec: ExerciseSpec | None
    subjects: Mapping[str, str]

    @property
    def total(self) -> int:
        """Count of repetitions, or of spells of a hold."""
        return len(self.seen.holds) if self.is_hold else self.seen.rep_count

    @property
    def is_hold(self) -> bool:
        """Whether something was held."""
        return self.seen.counts == "holds" or bool(self.seen.holds)

    @property
    def noun(self) -> str:
        """``rep`` or ``hold``."""
        return "hold" if self.is_hold else "rep"

    def metric_name(self, metric: str) -> str:
        """A measure as it is called inside a sentence."""
        if metric in PLAIN_MEASURES:
            return PLAIN_MEASURES[metric]
        for known in self.spec.book.metrics if self.spec else ():
            if known.id == metric:
                return _in_order(inside(known.name))
        return metric.replace("_", " ")


def _in_order(name: str) -> str:
    """``hip angle, most folded`` -> ``most folded hip angle``."""
    what, comma, which = name.partition(", ")
    return f"{which} {what}" if comma and not which.startswith("in ") else name


def all_reps(whole: WholeSet) -> tuple[int, ...]:
    """The numbers of all repetitions or spells."""
    return tuple(range(1, whole.total + 1))
