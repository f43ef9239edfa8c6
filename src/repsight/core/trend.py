"""How a number changes from repetition to repetition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray

__all__ = ["MIN_REPS", "running_loss_percent", "theil_sen"]

#: Fewer repetitions than this show no trend (heuristic).
MIN_REPS: Final = 5
#: As many comparisons as five repetitions give.
_MIN_PAIRS: Final = MIN_REPS * (MIN_REPS - 1) // 2


def theil_sen(values: FloatArray, alike: Sequence[int] = ()) -> tuple[float, float]:
    """Median slope per repetition and its one-sigma error; NaN below five known values.

    Only repetitions whose number in ``alike`` is equal are compared; without it, all are.
    """
    number = np.flatnonzero(np.isfinite(values))
    if len(number) < MIN_REPS:
        return nan, nan
    known = values[number]
    group = np.array(alike, np.intp)[number] if len(alike) else np.zeros(len(number), np.intp)
    first, second = np.triu_indices(len(number), k=1)
    compare = group[first] == group[second]
    first, second = first[compare], second[compare]
    if len(first) < _MIN_PAIRS:
        return nan, nan
    slopes = (known[second] - known[first]) / (number[second] - number[first])
    slope = float(np.median(slopes))
    rest = _apart_from_groups(known - slope * number, group, np.median)
    scatter = 1.4826 * float(np.median(np.abs(rest)))
    spread = float(np.std(_apart_from_groups(number.astype(float), group, np.mean)))
    return slope, scatter / (spread * float(np.sqrt(len(number))))


def _apart_from_groups(
    values: FloatArray, group: NDArray[np.intp], middle: Callable[[FloatArray], np.floating]
) -> FloatArray:
    """Values less the middle of their group."""
    numbers, place = np.unique(group, return_inverse=True)
    return values - np.array([middle(values[group == one]) for one in numbers])[place]


def running_loss_percent(values: FloatArray, alike: Sequence[int] = ()) -> FloatArray:
    """(N,) percent below the best value so far among those alike; NaN stays NaN."""
    group = np.array(alike, np.intp) if len(alike) else np.zeros(len(values), np.intp)
    loss = np.full(len(values), nan)
    for one in np.unique(group):
        mine = group == one
        best = np.fmax.accumulate(values[mine])
        usable = best > 0
        loss[mine] = np.where(
            usable, 100.0 * (best - values[mine]) / np.where(usable, best, 1.0), nan
        )
    return loss
