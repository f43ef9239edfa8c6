"""Cleaning of landmark signals: outliers, left/right swaps, gaps and jitter.

Zero-phase: everything here sees the whole track (``causal`` holds what does not). Everything is in
seconds, so frame rate does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repsight.core.medians import median, nan_median, or_zero, quantile
from repsight.core.swaps import fix_swaps
from repsight.core.types import FloatArray, PoseTrack

__all__ = [
    "believable",
    "clean",
    "fill_gaps",
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
#: Places whose surroundings are in memory at the same time.
_AT_ONCE = 2000


def clean(track: PoseTrack) -> PoseTrack:
    """Swaps undone, outliers dropped, short gaps bridged, jitter smoothed; same times.

    Frames without a person stay NaN where the gap is longer than _MAX_GAP_S. Global motion of
    the body in the picture is kept.
    """
    if len(track) == 0:
        return track
    track = fix_swaps(replace(track, xy=believable(track.xy)))
    n, width = len(track), 2 * track.xy.shape[1]
    whole = track.xy.reshape(n, -1)
    if track.world is not None:
        whole = np.hstack([whole, believable(track.world).reshape(n, -1)])
    seen = np.flatnonzero(np.any(np.isfinite(whole), axis=0))
    kept: FloatArray = whole[:, seen]
    in_picture = int(np.count_nonzero(seen < width))
    kept[:, :in_picture] = reject_outliers(
        track.t_s, kept[:, :in_picture], floor=_OUTLIER_SHARE * _extent(track.xy)
    )
    cleaned = np.full_like(whole, np.nan)
    cleaned[:, seen] = smooth(track.t_s, fill_gaps(track.t_s, kept))
    world = None if track.world is None else cleaned[:, width:].reshape(track.world.shape)
    return replace(
        track,
        xy=cleaned[:, :width].reshape(track.xy.shape),
        visibility=or_zero(track.visibility),
        world=world,
        plate=None if track.plate is None else _clean_plate(track.t_s, track.plate),
    )


def _clean_plate(t_s: FloatArray, plate: FloatArray) -> FloatArray:
    """The plate's path like the landmarks': wild values gone, gaps bridged, smoothed."""
    return smooth(t_s, fill_gaps(t_s, believable(plate)))


def believable(points: FloatArray) -> FloatArray:
    """The same points (any shape) with NaN for infinite and absurdly far coordinates."""
    far = np.abs(points)
    if not np.fmax.reduce(far, axis=None, initial=0.0) > _FARTHEST:  # it leaves NaN out
        return points
    return np.where(far > _FARTHEST, np.nan, points)


def _extent(xy: FloatArray) -> float:
    """Usual size of the person in frame heights, the longer way; 0 when never seen."""
    points = xy[:, 11:].transpose(1, 2, 0).copy()  # extremes are found soonest along rows
    spans = (points.max(axis=0) - points.min(axis=0)).max(axis=0)
    known = spans[np.isfinite(spans)]
    return median(known) if known.size else 0.0


def reject_outliers(
    t_s: FloatArray, values: FloatArray, *, floor: float, window_s: float = 0.2
) -> FloatArray:
    """Values (N, K) with isolated jumps from the local median replaced by NaN.

    Nothing nearer to the median than ``floor`` is an outlier.
    """
    windows = _windows(t_s, window_s, is_symmetric=True)
    rows, columns = np.nonzero(_is_far_off(values, windows, floor=floor))
    if not rows.size:
        return values
    away = np.abs(values[rows, columns] - nan_median(values[windows[:, rows], columns]))
    around = _windows(t_s, window_s, is_symmetric=False)[:, rows]
    # one jump moves the median by about a frame's worth of the movement around it
    limit = floor + 2.0 * or_zero(nan_median(_steps(values)[around, columns]))
    is_jumpy = away > limit  # seldom any: only around these is the spread looked at
    if not is_jumpy.any():
        return values
    rows, columns, away, limit = rows[is_jumpy], columns[is_jumpy], away[is_jumpy], limit[is_jumpy]
    wide = _windows(t_s, 4 * window_s, is_symmetric=False)
    is_jump = away > np.maximum(limit, 6.0 * _spread(values, (rows, columns), windows, wide))
    kept = values.copy()
    kept[rows[is_jump], columns[is_jump]] = np.nan
    return kept


def _spread(
    values: FloatArray,
    places: tuple[NDArray[np.intp], NDArray[np.intp]],
    near: NDArray[np.intp],
    wide: NDArray[np.intp],
) -> FloatArray:
    """(P,) median distance, in the ``wide`` window of a place, from the median ``near`` by."""
    spreads: list[FloatArray] = [np.empty(0)]
    for first in range(0, len(places[0]), _AT_ONCE):
        rows, columns = (one[first : first + _AT_ONCE] for one in places)
        around = wide[:, rows]
        middle = nan_median(values[near[:, around], columns])
        spreads.append(or_zero(nan_median(np.abs(values[around, columns] - middle))))
    return np.concatenate(spreads)


def _is_far_off(
    values: FloatArray, windows: NDArray[np.intp], *, floor: float
) -> NDArray[np.bool_]:
    """(N, K) values further than ``floor`` from the median of their window (W, N).

    A value is that near exactly if more than half of its window is not further above, and more
    than half not further below: counting is much cheaper than sorting.
    """
    above, below, known = np.zeros((3, *values.shape), dtype=np.int8)
    for rows in windows:
        ahead: FloatArray = values[rows]
        ahead -= values
        above += np.less_equal(ahead, floor).view(np.int8)
        below += np.greater_equal(ahead, -floor).view(np.int8)
        known += np.isfinite(ahead).view(np.int8)
    half = known // 2
    return ((above <= half) | (below <= half)) & np.isfinite(values)


def _steps(values: FloatArray) -> FloatArray:
    """(N, K) change from the frame before; 0 in the first."""
    return np.abs(np.diff(values, axis=0, prepend=values[:1]))


def running_median(
    t_s: FloatArray, values: FloatArray, *, window_s: float, is_symmetric: bool = False
) -> FloatArray:
    """Median over +-window_s (values (N,) or (N, K)); NaN only where all of it is NaN.

    The window is turned into a count of frames by the median frame time. Near an edge it keeps
    its width, or with ``is_symmetric`` shrinks so that a movement is not pulled to one side.
    """
    if not len(t_s):
        return values
    return nan_median(values[_windows(t_s, window_s, is_symmetric=is_symmetric)])


def _windows(t_s: FloatArray, window_s: float, *, is_symmetric: bool) -> NDArray[np.intp]:
    """(W, N) rows that a running median looks at around each row."""
    n = len(t_s)
    step_s = median(t_s[1:] - t_s[:-1]) if n > 1 else window_s
    half = min(max(round(window_s / max(step_s, 1e-6)), 1), max(1, (n - 1) // 2))
    stride = max(1, half // 12)  # long windows are sampled: a median does not need every frame
    offsets = np.arange(-half, half + 1, stride)[:, None]
    rows = np.arange(n)
    if not is_symmetric:
        return np.minimum(np.maximum(rows + offsets, 0), n - 1)
    room = np.minimum(rows, rows[::-1])
    return rows + np.minimum(np.maximum(offsets, -room), room)


def fill_gaps(t_s: FloatArray, values: FloatArray, *, max_gap_s: float = _MAX_GAP_S) -> FloatArray:
    """Bridge NaN gaps up to ``max_gap_s`` linearly in time; (N, K) in and out."""
    filled = values.copy()
    for columns, is_known in _alike(~np.isnan(values)):
        holes = np.flatnonzero(~is_known)
        if not holes.size:
            continue
        known = np.flatnonzero(is_known)
        after = np.searchsorted(known, holes)
        inside = (after > 0) & (after < len(known))
        holes, after = holes[inside], after[inside]
        first, last = known[after - 1], known[after]
        gap_s = t_s[last] - t_s[first]
        is_short = gap_s <= max_gap_s
        holes, first, last = holes[is_short], first[is_short], last[is_short]
        share = ((t_s[holes] - t_s[first]) / gap_s[is_short])[:, None]
        around = values[first[:, None], columns], values[last[:, None], columns]
        filled[holes[:, None], columns] = around[0] + share * (around[1] - around[0])
    return filled


def _alike(
    is_known: NDArray[np.bool_],
) -> Iterator[tuple[NDArray[np.intp] | slice, NDArray[np.bool_]]]:
    """Columns of (N, K) flags that miss the same rows, and their (N,) flags; none all false."""
    if is_known.size and is_known.all():  # what is seen throughout needs no telling apart
        yield slice(None), is_known[:, 0]
        return
    packed = np.packbits(is_known, axis=0).T
    flags, width = packed.tobytes(), packed.shape[1]
    alike: dict[bytes, list[int]] = {}
    for k in np.flatnonzero(is_known.any(axis=0)).tolist():
        alike.setdefault(flags[k * width : (k + 1) * width], []).append(k)
    for columns in alike.values():
        yield np.array(columns), is_known[:, columns[0]]


def smooth(t_s: FloatArray, values: FloatArray, *, sigma_s: float = _SMOOTH_SIGMA_S) -> FloatArray:
    """Zero-phase local quadratic fit with a Gaussian window; (N, K), NaN stays NaN.

    Works on uneven times. A quadratic keeps the height of turnarounds, which a plain average
    would flatten. Where too few neighbours are known the value is returned as it is.
    """
    if len(t_s) < 5:
        return values
    neighbours = _neighbours(t_s, sigma_s)
    fitted = np.full_like(values, np.nan)
    # weights depend on times and gaps alone: most columns miss nothing, or the same frames
    for columns, is_known in _alike(np.isfinite(values)):
        fitted[:, columns] = _fitted(values[:, columns], is_known, neighbours)
    return fitted


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    """(W, N) rows near each row, how many sigmas away in time, and their Gaussian weight."""

    rows: NDArray[np.intp]
    u: FloatArray
    weight: FloatArray


def _neighbours(t_s: FloatArray, sigma_s: float) -> _Neighbours:
    n, reach = len(t_s), _reach(t_s, 2.5 * sigma_s)
    rows = np.arange(n) + np.arange(-reach, reach + 1)[:, None]
    inside = (rows >= 0) & (rows < n)
    rows = np.minimum(np.maximum(rows, 0), n - 1)
    u = (t_s[rows] - t_s) / sigma_s
    return _Neighbours(rows, u, np.where(inside, np.exp(-0.5 * u * u), 0.0))


def _fitted(values: FloatArray, valid: NDArray[np.bool_], near: _Neighbours) -> FloatArray:
    """(N, K) local fits of columns that are known in the ``valid`` (N,) frames; NaN elsewhere."""
    shares = _shares(near, valid)
    n, reach = len(values), len(shares) // 2
    known = np.zeros((n + 2 * reach, values.shape[1]))
    known[reach : reach + n] = np.where(valid[:, None], values, 0.0)
    fitted, part = np.zeros_like(values), np.empty_like(values)
    for first, share in enumerate(shares):
        fitted += np.multiply(share[:, None], known[first : first + n], out=part)
    fitted[~valid] = np.nan
    return fitted


def _shares(near: _Neighbours, valid: NDArray[np.bool_]) -> FloatArray:
    """(W, N) share of each neighbour in the value at u = 0 of the weighted quadratic fit.

    From the moment sums by Cramer's rule. Where too few neighbours are known the value itself.
    """
    weight = near.weight * valid[near.rows]
    s = [weight.sum(axis=0)]
    part = weight
    for _ in range(4):
        part = part * near.u
        s.append(part.sum(axis=0))
    minors = s[2] * s[4] - s[3] ** 2, s[1] * s[4] - s[2] * s[3], s[1] * s[3] - s[2] ** 2
    determinant = s[0] * minors[0] - s[1] * minors[1] + s[2] * minors[2]
    solvable = determinant > 1e-3 * np.maximum(s[0], 1e-9) ** 3
    fit = minors[0] + near.u * (near.u * minors[2] - minors[1])
    own = np.zeros((len(weight), 1))
    own[len(weight) // 2] = 1.0
    return np.where(solvable, weight * fit / np.where(solvable, determinant, 1.0), own)


def _reach(t_s: FloatArray, span_s: float) -> int:
    """Frames that ``span_s`` can cover at the densest part of the track, at most 60."""
    step_s = quantile(t_s[1:] - t_s[:-1], 0.1)
    return int(np.clip(np.ceil(span_s / max(step_s, 1e-4)), 1, 60))
