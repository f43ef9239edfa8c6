"""How a number changes from repetition to repetition."""

from __future__ import annotations

from math import nan
from typing import Final

import numpy as np

from repsight.core.types import FloatArray

__all__ = ["MIN_REPS", "running_loss_percent", "theil_sen"]

#: Fewer repetitions than this show no trend (heuristic).
MIN_REPS: Final = 5


def theil_sen(values: FloatArray) -> tuple[float, float]:
    """Median slope per repetition and its one-sigma error; NaN below five known values."""
    number = np.flatnonzero(np.isfinite(values))
    if len(number) < MIN_REPS:
        return nan, nan
    known = values[number]
    first, second = np.triu_indices(len(number), k=1)
    slopes = (known[second] - known[first]) / (number[second] - number[first])
    slope = float(np.median(slopes))
    rest = known - slope * number
    scatter = 1.4826 * float(np.median(np.abs(rest - np.median(rest))))
    return slope, scatter / float(np.std(number) * np.sqrt(len(number)))


def running_loss_percent(values: FloatArray) -> FloatArray:
    """(N,) percent below the best value so far; NaN stays NaN."""
    best = np.fmax.accumulate(values) if len(values) else values
    usable = best > 0
    return np.where(usable, 100.0 * (best - values) / np.where(usable, best, 1.0), nan)
