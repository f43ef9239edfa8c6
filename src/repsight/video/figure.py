"""The lifter's skeleton as strokes: near side strong, far side quiet, unsure joints left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene
from repsight.core.skeleton import BILATERAL, BONES, Landmark, columns, middle
from repsight.core.types import FloatArray
from repsight.video.palette import FAR_SIDE, ISSUE, JOINT, NEAR_SIDE
from repsight.video.strokes import Strokes, ring

__all__ = ["Figure", "Posture", "joint_columns", "skeleton_strokes"]

#: Landmarks less visible than this are left out, up to the second they are drawn quietly.
_UNSEEN: Final = 0.3
_UNSURE: Final = 0.6
#: A gap in the track longer than this is not bridged.
_BRIDGE_S: Final = 0.25
#: A landmark this visible is worth keeping free of text.
_LIKELY: Final = 0.2
_LONG_BONES: Final = np.stack(
    [columns("shoulder", "hip", "knee"), columns("hip", "knee", "ankle")], axis=1
)
_BONES: Final = np.array(BONES)
#: Where a bone is looked at between its ends.
_ALONG: Final = (0.25, 0.5, 0.75)
#: Even columns from 11 on are the right side, odd ones the left.
_SIDE: Final = np.where(_BONES[:, 0] % 2 == _BONES[:, 1] % 2, _BONES[:, 0] % 2, -1)
_IS_FOOT: Final[NDArray[np.bool_]] = _BONES.max(axis=1) > int(Landmark.RIGHT_ANKLE)
_JOINTS: Final = np.array(columns("shoulder", "elbow", "wrist", "hip", "knee", "ankle"))


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """The lifter at one moment in pixels.

    ``xy`` (33, 2), ``visibility`` (33,); ``near_left`` says which side is towards the camera and
    ``is_sided`` whether that matters in this view. ``trunk_px`` is the length of the trunk.
    """

    t_s: float
    xy: FloatArray
    visibility: FloatArray
    near_left: bool
    is_sided: bool
    trunk_px: float


class Figure:
    """A lifter over time on a picture whose height is ``height_px``."""

    def __init__(self, scene: Scene, height_px: float) -> None:
        self.scene = scene
        self.height_px = height_px
        self._trunk = np.nan_to_num(scene.body.in_picture("trunk")) * height_px
        self._times_s: list[float] = scene.track.t_s.tolist()
        self._is_sided = scene.view.name in {"side", "oblique"}

    def index_at(self, t_s: float) -> int:
        """The frame of the track nearest to ``t_s``; -1 if the track has none."""
        times = self._times_s
        if not times:
            return -1
        after = bisect_left(times, t_s)
        if after == 0 or after == len(times):
            return min(after, len(times) - 1)
        return after - 1 if t_s - times[after - 1] <= times[after] - t_s else after

    def trunk_px(self, index: int) -> float:
        """Length of the trunk at a frame of the track; 0 where it is unknown."""
        return float(self._trunk[index])

    def outline(self, index: int) -> FloatArray:
        """(P, 2) points on the body in pixels: landmarks, along bones and trunk, the crown."""
        track = self.scene.track
        points = np.where(track.visibility[index, :, None] > _LIKELY, track.xy[index], np.nan)
        shoulders, hips = middle(points, "shoulder"), middle(points, "hip")
        first = np.concatenate([points[_LONG_BONES[:, 0]], shoulders[None]])
        last = np.concatenate([points[_LONG_BONES[:, 1]], hips[None]])
        between = [first * (1 - share) + last * share for share in _ALONG]
        crown = 1.6 * points[:1] - 0.6 * shoulders
        return np.concatenate([points, *between, crown]) * self.height_px

    def at(self, t_s: float) -> Posture | None:
        """The posture at ``t_s``, between two frames in a straight line; None where unseen."""
        track, nearest = self.scene.track, self.index_at(t_s)
        if nearest < 0 or abs(track.t_s[nearest] - t_s) > _BRIDGE_S:
            return None
        xy, visibility = self._between(t_s, nearest)
        if not np.isfinite(xy).any():
            return None
        return Posture(
            t_s,
            xy * self.height_px,
            np.nan_to_num(visibility),
            near_left=bool(self.scene.view.near_left[nearest] > 0.5),
            is_sided=self._is_sided,
            trunk_px=float(self._trunk[nearest]),
        )

    def _between(self, t_s: float, nearest: int) -> tuple[FloatArray, FloatArray]:
        track = self.scene.track
        other = nearest + (1 if t_s > track.t_s[nearest] else -1)
        if not 0 <= other < len(track):
            return track.xy[nearest], track.visibility[nearest]
        gap_s = abs(track.t_s[other] - track.t_s[nearest])
        share = abs(t_s - track.t_s[nearest]) / gap_s
        if gap_s > _BRIDGE_S or share == 0:
            return track.xy[nearest], track.visibility[nearest]
        mixed = track.xy[nearest] * (1 - share) + track.xy[other] * share
        unknown = ~np.isfinite(mixed)
        mixed[unknown] = track.xy[nearest][unknown]
        return mixed, track.visibility[nearest]


def joint_columns(joints: Iterable[str], side: str, posture: Posture) -> list[int]:
    """Landmark columns of names such as ``knee``, ``left_hip`` or ``mid_foot``.

    A name without a side means the side of the finding: left, right, the near one, or both.
    """
    near = "left" if posture.near_left else "right"
    wanted = {"left": ("left",), "right": ("right",), "near": (near,)}.get(side, ("left", "right"))
    found: list[int] = []
    for joint in joints:
        sides = wanted
        name = joint
        for own in ("left", "right"):
            if joint.startswith(f"{own}_"):
                sides, name = (own,), joint.removeprefix(f"{own}_")
        for part in ("heel", "toe") if name == "mid_foot" else (name,):
            found += [column for one in sides if (column := _column(part, one)) >= 0]
    return list(dict.fromkeys(found))


def _column(name: str, side: str) -> int:
    if name in BILATERAL:
        return BILATERAL[name][0 if side == "left" else 1]
    return int(Landmark.__members__.get(f"{side}_{name}".upper(), -1))


def skeleton_strokes(posture: Posture, bone_px: float, marked: Iterable[int] = ()) -> list[Strokes]:
    """Far side, near side, marked bones and joints, in drawing order."""
    radius = _radius(posture, bone_px)
    outline = max(1.0, radius * 0.4)
    marked = list(marked)
    sure, quiet, issue = _sorted_bones(posture, marked)
    seen = _JOINTS[posture.visibility[_JOINTS] >= _UNSURE]
    dots = posture.xy[seen]
    strokes = [
        Strokes(_segments(posture, quiet), radius * 0.72, FAR_SIDE, 0.85, outline),
        Strokes(_segments(posture, sure), radius, NEAR_SIDE, 1.0, outline),
        Strokes(_segments(posture, issue), radius, ISSUE, 1.0, outline),
        Strokes(np.hstack([dots, dots]), radius * 0.62, JOINT, 1.0, 0.0),
    ]
    rings = [
        ring(posture.xy[column], radius * 3.6)
        for column in marked
        if posture.visibility[column] >= _UNSEEN and np.isfinite(posture.xy[column]).all()
    ]
    if rings:
        strokes.append(Strokes(np.concatenate(rings), radius * 0.8, ISSUE, 1.0, outline))
    return strokes


def _radius(posture: Posture, bone_px: float) -> float:
    """A small lifter gets thin bones, so that the body stays to be seen."""
    if posture.trunk_px <= 0:
        return bone_px
    return max(min(bone_px, 0.028 * posture.trunk_px), min(1.25, bone_px))


def _sorted_bones(
    posture: Posture, marked: list[int]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks over the bones: drawn strongly, quietly, and as part of a finding."""
    visible = posture.visibility[_BONES].min(axis=1)
    near = 1 if posture.near_left else 0
    far = (_SIDE >= 0) & (near != _SIDE) & posture.is_sided
    seen = visible >= np.where(far, (_UNSEEN + _UNSURE) / 2, _UNSEEN)
    seen &= ~far | ~_IS_FOOT  # a far foot without its shin is only clutter
    issue = seen & np.isin(_BONES, marked).all(axis=1) if marked else np.zeros_like(seen)
    sure = seen & ~far & (visible >= _UNSURE) & ~issue
    return sure, seen & ~sure & ~issue, issue


def _segments(posture: Posture, which: NDArray[np.bool_]) -> FloatArray:
    pairs = _BONES[which]
    return np.hstack([posture.xy[pairs[:, 0]], posture.xy[pairs[:, 1]]])
