"""The plain class-agnostic counter that ours is compared with.

Around fifteen signals (heights, principal components); the period of each from its
autocorrelation, repetitions as peaks whose prominence is 35 % of the signal's range and whose
distance is half a period; the median of the counts, weighted by the autocorrelation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray, PoseTrack

__all__ = ["count_plainly", "prominent_peaks", "strongest_period"]

_JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]
_HEIGHTS = [(0, 0), (11, 12), (13, 14), (15, 16), (23, 24), (25, 26), (27, 28)]
_COMPONENTS = 4
_PROMINENCE_SHARE = 0.35
_WINDOW = 9  # samples of smoothing
_SHORTEST = 12  # samples of a period
_LONGEST = 240
_FIRST_PEAK_SHARE = 0.8  # the first peak this close to the highest is the period
_FEWEST = 30


def count_plainly(track: PoseTrack) -> int:
    """Repetitions in a track at about 30 Hz; 0 if nobody was seen."""
    seen = np.asarray(np.isfinite(track.xy[:, _JOINTS]).all(axis=(1, 2)))
    if seen.sum() < _FEWEST:
        return 0
    xy = track.xy[:, :, :2]
    votes = [_vote(signal) for signal in _signals(_bridged(xy, seen)).T]
    counts = np.array([count for count, _ in votes])
    weights = np.array([max(weight, 0.0) for _, weight in votes])
    if not weights.sum():
        return 0
    order = np.argsort(counts)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return round(float(counts[order][middle]))


def _bridged(xy: FloatArray, seen: NDArray[np.bool_]) -> FloatArray:
    flat = xy.reshape(len(xy), -1)
    at = np.flatnonzero(seen)
    columns = [np.interp(np.arange(len(xy)), at, column[at]) for column in flat.T]
    return np.stack(columns, axis=1).reshape(xy.shape)


def _signals(xy: FloatArray) -> FloatArray:
    heights = [xy[:, list(pair), 1].mean(axis=1) for pair in _HEIGHTS]
    across = [xy[:, list(pair), 0].mean(axis=1) for pair in _HEIGHTS[1:5]]
    joints = xy[:, _JOINTS].reshape(len(xy), -1)
    left, scale, _ = np.linalg.svd(joints - joints.mean(axis=0), full_matrices=False)
    parts = [left[:, i] * scale[i] for i in range(min(_COMPONENTS, len(scale)))]
    kernel = np.hanning(_WINDOW + 2)[1:-1]
    kernel /= kernel.sum()
    half = _WINDOW // 2
    return np.stack([
        np.convolve(np.pad(signal, half, mode="edge"), kernel, "valid")
        for signal in (*heights, *across, *parts)
    ], axis=1)  # fmt: skip


def _vote(signal: FloatArray) -> tuple[float, float]:
    period, strength = strongest_period(signal)
    low, high = np.percentile(signal, [5, 95])
    if not period or high - low < 1e-9:
        return 0.0, 0.0
    counts = [
        len(prominent_peaks(sign * signal, _PROMINENCE_SHARE * (high - low), 0.5 * period))
        for sign in (1, -1)
    ]
    return float(np.mean(counts)), strength


def strongest_period(signal: FloatArray) -> tuple[int, float]:
    """Period in samples and its autocorrelation; (0, 0.0) if there is none."""
    centred = signal - signal.mean()
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    overlap = np.fft.irfft(np.abs(spectrum) ** 2)[: len(centred)]
    overlap /= max(float(overlap[0]), 1e-12)
    last = min(_LONGEST, len(signal) // 2)
    peaks = [
        i
        for i in range(_SHORTEST, last - 1)
        if overlap[i - 1] < overlap[i] >= overlap[i + 1] and overlap[i] > 0
    ]
    if not peaks:
        return 0, 0.0
    highest = max(float(overlap[i]) for i in peaks)
    first = next(i for i in peaks if overlap[i] >= _FIRST_PEAK_SHARE * highest)
    return first, float(overlap[first])


def prominent_peaks(signal: FloatArray, prominence: float, distance: float) -> list[int]:
    """Indices of maxima that stand out by ``prominence``, the higher of two near ones."""
    found: list[int] = []
    for i in range(1, len(signal) - 1):
        if not signal[i - 1] < signal[i] >= signal[i + 1]:
            continue
        higher = np.flatnonzero(signal > signal[i])
        before, after = higher[higher < i], higher[higher > i]
        left = signal[(before[-1] if len(before) else 0) : i + 1].min()
        right = signal[i : (after[0] if len(after) else len(signal))].min()
        if signal[i] - max(left, right) >= prominence:
            found.append(i)
    kept: list[int] = []
    for i in sorted(found, key=lambda at: -signal[at]):
        if all(abs(i - other) >= distance for other in kept):
            kept.append(i)
    return sorted(kept)
