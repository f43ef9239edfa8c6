"""Cleaning of landmark signals: outliers, left/right swaps, gaps and jitter.

The zero-phase functions see the whole track; ``OneEuro`` is the causal twin for live use and
declares its lag. Everything is in seconds, so frame rate does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from repsight.core.skeleton import MIRROR
from repsight.core.types import FloatArray, PoseTrack

__all__ = [
    "OneEuro",
    "believable",
    "clean",
    "fill_gaps",
    "fix_swaps",
    "reject_outliers",
    "running_median",
    "smooth",
]

#: Gaussian width of the zero-phase smoother; near a 6 Hz low pass.
_SMOOTH_SIGMA_S = 0.06
#: Gaps up to this long are bridged; longer ones stay NaN so that nothing is invented.
_MAX_GAP_S = 0.35
#: No landmark of a person in the picture is further than this from its corner (frame heights,
#: metres): beyond it a backend has gone wrong.
_FARTHEST = 100.0
#: A landmark further than this share of the person from the local median may be an outlier.
_OUTLIER_SHARE = 0.03


def clean(track: PoseTrack) -> PoseTrack:
    """Swaps undone, outliers dropped, short gaps bridged, jitter smoothed; same times.

    Frames without a person stay NaN where the gap is longer than _MAX_GAP_S. Global motion of
    the body in the picture is kept.
    """
    if len(track) == 0:
        return track
    track = fix_swaps(replace(track, xy=believable(track.xy)))
    xy = track.xy.reshape(len(track), -1)
    kept = reject_outliers(track.t_s, xy, floor=_OUTLIER_SHARE * _extent(track.xy))
    xy = smooth(track.t_s, fill_gaps(track.t_s, kept))
    world = track.world
    if world is not None:
        flat = believable(world).reshape(len(track), -1)
        world = smooth(track.t_s, fill_gaps(track.t_s, flat)).reshape(world.shape)
    return PoseTrack(
        track.t_s, xy.reshape(track.xy.shape), np.nan_to_num(track.visibility), world,
        track.aspect_ratio,
    )  # fmt: skip


def believable(points: FloatArray) -> FloatArray:
    """The same points with NaN for infinite and absurdly far coordinates."""
    is_wild = ~(np.abs(points) <= _FARTHEST) & ~np.isnan(points)
    return np.where(is_wild, np.nan, points) if is_wild.any() else points


def _extent(xy: FloatArray) -> float:
    """Usual size of the person in frame heights, the longer way; 0 when never seen."""
    spans = np.ptp(xy[:, 11:], axis=1).max(axis=1)
    known = spans[np.isfinite(spans)]
    return float(np.median(known)) if known.size else 0.0


def fix_swaps(track: PoseTrack) -> PoseTrack:
    """Undo frames in which left and right were exchanged for a moment.

    A frame is mirrored back when the mirrored labelling continues the previous frames clearly
    better. Only short exchanges (at most a second) are undone: a longer one is a turn.
    """
    swapped = _swapped_frames(track.xy)
    for first, last in _runs(swapped):
        if track.t_s[last - 1] - track.t_s[first] > 1.0:
            swapped[first:last] = False
    if not swapped.any():
        return track
    xy, visibility = track.xy.copy(), track.visibility.copy()
    xy[swapped] = xy[swapped][:, MIRROR]
    visibility[swapped] = visibility[swapped][:, MIRROR]
    world = track.world
    if world is not None:
        world = world.copy()
        world[swapped] = world[swapped][:, MIRROR]
    return PoseTrack(track.t_s, xy, visibility, world, track.aspect_ratio)


def _swapped_frames(xy: FloatArray) -> NDArray[np.bool_]:
    """(N,) frames whose labelling is exchanged relative to the start of the track."""
    body = slice(11, 33)
    kept = np.linalg.norm(np.diff(xy[:, body], axis=0), axis=2).sum(axis=1)
    crossed = np.linalg.norm(xy[1:, MIRROR[body]] - xy[:-1, body], axis=2).sum(axis=1)
    flips = np.nan_to_num(kept, nan=0.0) > 2.0 * np.nan_to_num(crossed, nan=np.inf) + 0.05
    return np.concatenate([[False], np.cumsum(flips) % 2 == 1])


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open index ranges in which ``flags`` is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def reject_outliers(
    t_s: FloatArray, values: FloatArray, *, floor: float, window_s: float = 0.2
) -> FloatArray:
    """Values (N, K) with isolated jumps from the local median replaced by NaN.

    Nothing nearer to the median than ``floor`` is an outlier.
    """
    middle = running_median(t_s, values, window_s=window_s, is_symmetric=True)
    away = np.abs(values - middle)
    spread = running_median(t_s, away, window_s=4 * window_s)
    # one jump moves the median by about a frame's worth of the movement around it
    steps = np.abs(np.diff(values, axis=0, prepend=values[:1]))
    step = np.nan_to_num(running_median(t_s, steps, window_s=window_s))
    limit = np.maximum(floor + 2.0 * step, 6.0 * np.nan_to_num(spread))
    return np.where(away > limit, np.nan, values)


def running_median(
    t_s: FloatArray, values: FloatArray, *, window_s: float, is_symmetric: bool = False
) -> FloatArray:
    """Median over +-window_s (values (N,) or (N, K)); NaN only where all of it is NaN.

    The window is turned into a count of frames by the median frame time. Near an edge it keeps
    its width, or with ``is_symmetric`` shrinks so that a movement is not pulled to one side.
    """
    n = len(t_s)
    if n == 0:
        return values
    step_s = float(np.median(np.diff(t_s))) if n > 1 else window_s
    half = int(np.clip(round(window_s / max(step_s, 1e-6)), 1, max(1, (n - 1) // 2)))
    stride = max(1, half // 12)  # long windows are sampled: a median does not need every frame
    offsets = np.arange(-half, half + 1, stride)
    index = np.clip(np.arange(n)[None, :] + offsets[:, None], 0, n - 1)
    if is_symmetric:
        room = np.minimum(np.arange(n), np.arange(n)[::-1])
        index = np.arange(n)[None, :] + np.clip(offsets[:, None], -room, room)
    return _nan_median(values[index])


def _nan_median(stack: FloatArray) -> FloatArray:
    """Median over axis 0 ignoring NaN, without a warning where everything is NaN."""
    ordered = np.sort(stack, axis=0)  # NaN sorts to the end
    count = np.sum(~np.isnan(stack), axis=0)
    low = np.maximum((count - 1) // 2, 0)
    high = np.maximum(count // 2, 0)
    pick_low = np.take_along_axis(ordered, low[None], axis=0)[0]
    pick_high = np.take_along_axis(ordered, np.minimum(high, len(stack) - 1)[None], axis=0)[0]
    return np.where(count > 0, (pick_low + pick_high) / 2, np.nan)


def fill_gaps(t_s: FloatArray, values: FloatArray, *, max_gap_s: float = _MAX_GAP_S) -> FloatArray:
    """Bridge NaN gaps up to ``max_gap_s`` linearly in time; (N, K) in and out."""
    filled = values.copy()
    for k in np.flatnonzero(np.isnan(values).any(axis=0)):
        column = values[:, k]
        known = np.flatnonzero(~np.isnan(column))
        if len(known) < 2:
            continue
        before = np.clip(np.searchsorted(known, np.arange(len(t_s)), side="right") - 1, 0, None)
        after = np.clip(before + 1, None, len(known) - 1)
        gap_s = t_s[known[after]] - t_s[known[before]]
        inside = (t_s >= t_s[known[0]]) & (t_s <= t_s[known[-1]]) & (gap_s <= max_gap_s)
        holes = np.isnan(column) & inside
        filled[holes, k] = np.interp(t_s[holes], t_s[known], column[known])
    return filled


def smooth(t_s: FloatArray, values: FloatArray, *, sigma_s: float = _SMOOTH_SIGMA_S) -> FloatArray:
    """Zero-phase local quadratic fit with a Gaussian window; (N, K), NaN stays NaN.

    Works on uneven times. A quadratic keeps the height of turnarounds, which a plain average
    would flatten. Where too few neighbours are known the value is returned as it is.
    """
    n = len(t_s)
    if n < 5:
        return values
    valid = ~np.isnan(values)
    known = np.where(valid, values, 0.0)
    sums = np.zeros((5, *values.shape))
    products = np.zeros((3, *values.shape))
    reach = _reach(t_s, 2.5 * sigma_s)
    for offset in range(-reach, reach + 1):
        rows = np.arange(n) + offset
        inside = (rows >= 0) & (rows < n)
        rows = np.clip(rows, 0, n - 1)
        u = (t_s[rows] - t_s) / sigma_s
        weight = np.where(inside, np.exp(-0.5 * u * u), 0.0)[:, None] * valid[rows]
        powers = u[:, None] ** np.arange(5)
        sums += weight[None] * powers.T[:, :, None]
        products += (weight * known[rows])[None] * powers.T[:3, :, None]
    return np.where(valid, _quadratic_at_zero(sums, products, values), np.nan)


def _reach(t_s: FloatArray, span_s: float) -> int:
    """Frames that ``span_s`` can cover at the densest part of the track, at most 60."""
    step_s = float(np.percentile(np.diff(t_s), 10))
    return int(np.clip(np.ceil(span_s / max(step_s, 1e-4)), 1, 60))


def _quadratic_at_zero(s: FloatArray, p: FloatArray, fallback: FloatArray) -> FloatArray:
    """Value at u = 0 of the weighted quadratic fit given its moment sums (Cramer's rule)."""
    minor_0 = s[2] * s[4] - s[3] * s[3]
    minor_1 = s[1] * s[4] - s[2] * s[3]
    minor_2 = s[1] * s[3] - s[2] * s[2]
    determinant = s[0] * minor_0 - s[1] * minor_1 + s[2] * minor_2
    solvable = determinant > 1e-3 * np.maximum(s[0], 1e-9) ** 3
    value = p[0] * minor_0 - p[1] * minor_1 + p[2] * minor_2
    return np.where(solvable, value / np.where(solvable, determinant, 1.0), fallback)


@dataclass(slots=True)
class OneEuro:
    """Causal speed-adaptive low pass for one number (Casiez et al. 2012).

    ``lag_s`` is its delay at rest; when the value moves quickly the delay shrinks. NaN input
    gives the last value back and leaves the state alone.
    """

    min_cutoff_hz: float = 3.0
    speed_gain: float = 3.0
    _t_s: float = float("nan")
    _value: float = float("nan")
    _slope: float = 0.0

    @property
    def lag_s(self) -> float:
        """Delay of the filter for a slow movement."""
        return 1.0 / (2.0 * pi * self.min_cutoff_hz)

    def push(self, t_s: float, value: float) -> float:
        """Filtered value at ``t_s``."""
        if isnan(value):
            return self._value
        if isnan(self._value):
            self._t_s, self._value = t_s, value
            return value
        step_s = max(t_s - self._t_s, 1e-4)
        slope = (value - self._value) / step_s
        self._slope += _gain(1.0, step_s) * (slope - self._slope)
        cutoff_hz = self.min_cutoff_hz + self.speed_gain * sqrt(abs(self._slope))
        self._value += _gain(cutoff_hz, step_s) * (value - self._value)
        self._t_s = t_s
        return self._value


def _gain(cutoff_hz: float, step_s: float) -> float:
    """Weight of the newest sample for a first-order low pass."""
    rate = 2.0 * pi * cutoff_hz * step_s
    return rate / (rate + 1.0)
