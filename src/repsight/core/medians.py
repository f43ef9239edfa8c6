"""Medians of what is known: numpy's own warn where nothing is, and are slow for few values."""

from __future__ import annotations

import numpy as np

from repsight.core.types import FloatArray

__all__ = ["known_median", "median", "medians", "nan_median", "or_zero", "quantile"]


def median(values: FloatArray) -> float:
    """Median of (N,) known values, N > 0; for a few several times as quick as numpy's."""
    ordered, half = np.sort(values), len(values) // 2
    return float(ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def medians(rows: FloatArray) -> FloatArray:
    """(N,) median of each row of (N, K), K > 0; NaN where any of it is."""
    ordered = np.sort(rows, axis=1)  # NaN sorts to the end
    count = rows.shape[1]
    middle = (ordered[:, (count - 1) // 2] + ordered[:, count // 2]) / 2
    return np.where(np.isnan(ordered[:, -1]), np.nan, middle)


def quantile(values: FloatArray, share: float) -> float:
    """Value below which ``share`` of (N,) known values lie, N > 0; as numpy's own, but sooner."""
    ordered = np.sort(values)
    at = (len(ordered) - 1) * share
    first = int(at)
    low, high = float(ordered[first]), float(ordered[min(first + 1, len(ordered) - 1)])
    part = at - first
    return high - (high - low) * (1 - part) if part >= 0.5 else low + (high - low) * part


def known_median(values: FloatArray) -> float:
    """Median of the finite ones of (N,) values; NaN if there are none."""
    known = values[np.isfinite(values)]
    return median(known) if known.size else float("nan")


def nan_median(stack: FloatArray) -> FloatArray:
    """(K, ...) median over the first axis of (N, K, ...), without NaN; NaN where all of it is."""
    if not len(stack):
        return np.full(stack.shape[1:], np.nan)
    ordered = np.sort(stack, axis=0)  # NaN sorts to the end
    if not np.isnan(ordered[-1]).any():
        return (ordered[(len(stack) - 1) // 2] + ordered[len(stack) // 2]) / 2
    count = np.sum(~np.isnan(stack), axis=0)
    low = np.maximum((count - 1) // 2, 0)
    high = np.minimum(count // 2, len(stack) - 1)
    pick_low = np.take_along_axis(ordered, low[None], axis=0)[0]
    pick_high = np.take_along_axis(ordered, high[None], axis=0)[0]
    return np.where(count > 0, (pick_low + pick_high) / 2, np.nan)


def or_zero(values: FloatArray) -> FloatArray:
    """The same values with 0 for NaN."""
    return np.where(np.isnan(values), 0.0, values)
