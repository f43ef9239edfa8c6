"""How a number changed between sets and over weeks: said only where it is beyond the error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite, nan
from typing import Final, Literal

import numpy as np

from repsight.core.report import Measure
from repsight.core.types import FloatArray

__all__ = ["LEAST_DAYS", "LEAST_SESSIONS", "Change", "Direction", "change_over", "difference"]

Direction = Literal["rising", "falling", "no_change", "unknown"]

#: Fewer days of training, or less time between the first and the last, show no trend (heuristic).
LEAST_SESSIONS: Final = 4
LEAST_DAYS: Final = 7.0
#: Two-sided 95 %.
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a number moved, with its one-sigma error, and whether that can be told.

    ``direction`` is ``no_change`` within the error and ``unknown`` where there is too little to
    tell; ``amount`` and ``error`` are NaN then if nothing could be computed.
    """

    direction: Direction
    amount: float = nan
    error: float = nan


def difference(first: Measure, second: Measure) -> Change:
    """Second minus first; ``unknown`` if one of them, its unit or its error is unknown."""
    error = hypot(first.error, second.error)
    amount = second.value - first.value
    if first.unit != second.unit or not isfinite(amount) or not isfinite(error):
        return Change("unknown")
    return Change(_direction(amount, error), amount, error)


def change_over(days: Sequence[float], measures: Sequence[Measure]) -> Change:
    """Change from the first to the last of ``days`` (increasing or not, fractions allowed).

    Sets of one day share their camera, their warm-up and so their error: each day gives one
    value, the median of its sets. The line through the days is Theil and Sen's; its error comes
    from the scatter around it or from the error of the single values, whichever is larger.
    """
    at, values, errors = _by_day(days, measures)
    if len(at) < LEAST_SESSIONS or at[-1] - at[0] < LEAST_DAYS:
        return Change("unknown")
    first, second = np.triu_indices(len(at), k=1)
    slope = float(np.median((values[second] - values[first]) / (at[second] - at[first])))
    rest = values - slope * at
    # two numbers of the line are taken from the same values, so that they scatter less around it
    scatter = float(np.sqrt(np.sum((rest - rest.mean()) ** 2) / (len(at) - 2)))
    sigma = max(scatter, float(np.median(errors)))
    span = float(at[-1] - at[0])
    error = span * sigma / float(np.std(at) * np.sqrt(len(at)))
    return Change(_direction(slope * span, error * _few(len(at))), slope * span, error)


def _few(count: int) -> float:
    """How much wider 95 % is with ``count`` days than with many: Student's t over the normal."""
    freedom = count - 2
    return 1.0 + 1.4 / freedom + 2.0 / freedom**2


def _direction(amount: float, error: float) -> Direction:
    if abs(amount) <= _Z * error:
        return "no_change"
    return "rising" if amount > 0 else "falling"


def _by_day(
    days: Sequence[float], measures: Sequence[Measure]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Whole days in order with their median value and error; unknown ones are left out."""
    by_day: dict[int, list[Measure]] = {}
    for day, measure in zip(days, measures, strict=True):
        if isfinite(measure.value) and isfinite(measure.error):
            by_day.setdefault(int(day // 1), []).append(measure)
    at = sorted(by_day)
    values = [float(np.median([one.value for one in by_day[day]])) for day in at]
    errors = [float(np.median([one.error for one in by_day[day]])) for day in at]
    return np.array(at, dtype=np.float64), np.array(values), np.array(errors)
