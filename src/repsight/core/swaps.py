"""Left and right exchanged for a moment: found by how far the points would have to jump."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.medians import medians, quantile
from repsight.core.skeleton import MIRROR
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["fix_swaps"]

#: What is exchanged, and the points that tell: the whole body, then head and arms, then the legs,
#: which are often exchanged alone in a side view. The face tells little.
_PARTS: Final = (
    (slice(0, 33), slice(11, 33)),
    (slice(0, 23), slice(11, 23)),
    (slice(23, 33), slice(23, 33)),
)
#: An exchange that lasts longer is a body that turned.
_LONGEST_S: Final = 1.0
#: Changing over must save more than it covers itself, and this much (frame heights) ...
_LEAST_SAVED: Final = 0.005
#: ... or so many times what fast movements of this track cover in a frame: limbs that pass each
#: other look exchanged in the one frame in which they do.
_FAST: Final = (0.9, 3.0)
#: What a second of exchanged sides costs: of two ways that jump alike the shorter exchange wins.
_COST_A_SECOND: Final = 0.4


def fix_swaps(track: PoseTrack) -> PoseTrack:
    """Undo frames in which left and right were exchanged for a moment, also of the legs alone.

    A run of frames is mirrored back where that spares the points clearly more way than it costs.
    Only short exchanges (at most a second) are undone: a longer one is a turn. Frames without
    points say nothing and stay.
    """
    for part, telling in _PARTS:
        rows = _exchanged(track.t_s, track.xy, telling)
        if rows.any():
            track = _mirrored(track, rows, part)
    return track


def _mirrored(track: PoseTrack, rows: NDArray[np.bool_], part: slice) -> PoseTrack:
    """The track with left and right of ``part`` exchanged in ``rows``."""
    xy, visibility = track.xy.copy(), track.visibility.copy()
    world = None if track.world is None else track.world.copy()
    other = MIRROR[part]
    xy[rows, part] = track.xy[rows][:, other]
    visibility[rows, part] = track.visibility[rows][:, other]
    if world is not None and track.world is not None:
        world[rows, part] = track.world[rows][:, other]
    return replace(track, xy=xy, visibility=visibility, world=world)


def _exchanged(t_s: FloatArray, xy: FloatArray, telling: slice) -> NDArray[np.bool_]:
    """(N,) frames in which the sides of the points of ``telling`` are exchanged."""
    before = xy[:-1, telling]
    kept = _covered(xy[1:, telling] - before)
    if not np.any(kept > _LEAST_SAVED):  # nothing moved so far that an exchange could spare it
        return np.zeros(len(t_s), dtype=np.bool_)
    crossed = 2.0 * _covered(xy[1:, MIRROR[telling]] - before)
    if not np.any(kept > crossed + _LEAST_SAVED):  # never where either is unknown
        return np.zeros(len(t_s), dtype=np.bool_)
    usual = quantile(kept[np.isfinite(kept)], _FAST[0])
    changed = crossed + max(_LEAST_SAVED, _FAST[1] * usual)
    if not np.any(kept > changed):
        return np.zeros(len(t_s), dtype=np.bool_)
    rows = _cheapest(np.nan_to_num(kept), np.nan_to_num(changed), np.diff(t_s) * _COST_A_SECOND)
    for first, last in _runs(rows):
        if t_s[last - 1] - t_s[first] > _LONGEST_S:
            rows[first:last] = False
    return rows


def _cheapest(kept: FloatArray, changed: FloatArray, stay: FloatArray) -> NDArray[np.bool_]:
    """(N,) whether each frame is exchanged, at the least cost in all; the first is not.

    From frame to frame it costs ``kept`` to stay with a label, ``changed`` to change over, and
    ``stay`` more to be exchanged.
    """
    as_is, exchanged = 0.0, np.inf
    came_over = np.zeros((len(kept), 2), dtype=np.bool_)
    for i, (same, change, extra) in enumerate(zip(kept, changed, stay, strict=True)):
        to_as_is, to_exchanged = exchanged + change, as_is + change
        came_over[i] = to_as_is < as_is + same, to_exchanged < exchanged + same
        as_is = min(to_as_is, as_is + same)
        exchanged = min(to_exchanged, exchanged + same) + extra
    rows = np.zeros(len(kept) + 1, dtype=np.bool_)
    rows[-1] = exchanged < as_is
    for i in range(len(kept) - 1, -1, -1):
        rows[i] = rows[i + 1] ^ came_over[i, int(rows[i + 1])]
    return rows


def _covered(steps: FloatArray) -> FloatArray:
    """(N,) way that the points of (N, K, 2) steps usually cover: one wild point says nothing."""
    return medians(np.hypot(steps[..., 0], steps[..., 1]))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open index ranges in which ``flags`` is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
