"""The lifter's own body: segment lengths, scale in the picture, view and facing."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from repsight.core.filters import running_median
from repsight.core.medians import known_median, median, nan_median, or_zero, quantile
from repsight.core.signals import LengthUnit
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import Proportions, ViewName
from repsight.core.types import FloatArray, PoseTrack

__all__ = [
    "Body",
    "View",
    "is_square_yaw",
    "measure_body",
    "measure_view",
    "proportioned",
    "view_of_yaw",
]

#: Segments of the body as pairs of points, in the order of columns of ``_segments``.
_PAIRS: tuple[tuple[str, str], ...] = (
    ("hip", "knee"), ("knee", "ankle"), ("hip", "shoulder"), ("shoulder", "elbow"),
    ("elbow", "wrist"), ("heel", "toe"),
)  # fmt: skip
#: Which of these make up a length.
_PARTS: dict[LengthUnit, tuple[int, ...]] = {
    "leg": (0, 1), "thigh": (0,), "shank": (1,), "trunk": (2,), "arm": (3, 4),
    "upper_arm": (3,), "forearm": (4,), "foot": (5,),
}  # fmt: skip
_WIDTHS: dict[LengthUnit, str] = {"shoulder_width": "shoulder", "hip_width": "hip"}
_ENDS = [
    np.array([BILATERAL[pair[end]][side] for pair in _PAIRS for side in (0, 1)]) for end in (0, 1)
]

#: Toes and heels, and the nose twice with the ears: the first of a pair is ahead of the second.
_FRONTS, _BEHINDS = [31, 32, 0, 0], [29, 30, 7, 8]
#: Left and right points that hide each other side on.
_LIMBS = [11, 13, 23, 25, 27], [12, 14, 24, 26, 28]

#: |yaw| up to which a view counts as front; within 25 degrees of 90 as side (heuristic,
#: widened from 20 by the error of yaw from pose landmarks: heuristic).
_FRONT_YAW_DEG = 28.0
_SIDE_YAW_DEG = 25.0
#: Left and right compare up to this far from straight ahead: further round, the side that is nearer
#: to the camera looks higher or lower by itself. Clips filmed from straight ahead measure up to 14,
#: those filmed from half round mostly more (heuristic).
_SQUARE_YAW_DEG = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Segment lengths and their scale in the picture.

    ``lengths`` are metres when world landmarks exist (``is_metric``), else frame heights.
    ``scale`` (N,) is frame heights per unit of ``lengths`` at each frame.
    """

    lengths: dict[LengthUnit, float]
    scale: FloatArray
    is_metric: bool

    def in_picture(self, unit: LengthUnit) -> FloatArray:
        """(N,) length of ``unit`` in frame heights, unforeshortened; NaN if never seen."""
        return self.lengths[unit] * self.scale


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Where the camera stands relative to the lifter.

    ``yaw_deg`` (N,): 0 faces the camera, +90 faces the picture's right edge, 180 turns the back.
    ``facing`` (N,): +1 faces the right edge, -1 the left one, 0 unknown (front or back).
    ``near_left`` (N,): the left side is nearer to the camera or better seen.
    """

    name: ViewName
    median_yaw_deg: float
    yaw_deg: FloatArray
    facing: FloatArray
    near_left: FloatArray

    @property
    def is_square(self) -> bool:
        """Whether the camera stands straight before or behind the lifter."""
        return is_square_yaw(self.median_yaw_deg)


def measure_body(track: PoseTrack) -> Body:
    """Lengths and scale from a cleaned track; lengths are NaN where nothing was seen."""
    world = track.world
    is_metric = world is not None and bool(np.isfinite(world).any())
    points = world if is_metric and world is not None else track.xy
    segments = _segments(points)
    typical = _middles(segments) if is_metric else _longest(segments)
    lengths: dict[LengthUnit, float] = {
        unit: float(sum(typical[k] for k in parts)) for unit, parts in _PARTS.items()
    }
    for unit, point in _WIDTHS.items():
        width = _width(points, point)
        lengths[unit] = known_median(width) if is_metric else _high(width)
    for unit, length in lengths.items():
        lengths[unit] = length if length > 0 else float("nan")  # points that lie on each other
    scale = _scale(track, points) if is_metric else np.ones(len(track))
    return Body(lengths, scale, is_metric)


def proportioned(body: Body, known: Proportions) -> Body:
    """The body with known proportions; how long trunk and leg are together stays as measured."""
    whole = body.lengths["trunk"] + body.lengths["leg"]
    lengths = dict(body.lengths)
    lengths["trunk"], lengths["leg"] = known.trunk * whole, known.leg * whole
    lengths["arm"] = known.arm * whole
    return Body(lengths, body.scale, body.is_metric)


def _width(points: FloatArray, name: str) -> FloatArray:
    left, right = BILATERAL[name]
    between = points[:, left] - points[:, right]
    return np.sqrt((between * between).sum(axis=1))


def _segments(points: FloatArray) -> FloatArray:
    """(N, S, 2) length of every segment of _PAIRS on the left and on the right."""
    between = points[:, _ENDS[0]] - points[:, _ENDS[1]]
    squares = between * between
    total = squares[..., 0] + squares[..., 1]
    if points.shape[2] > 2:
        total += squares[..., 2]
    return np.sqrt(total).reshape(len(points), len(_PAIRS), 2)


def _middles(segments: FloatArray) -> FloatArray:
    """(S,) median length over all frames and both sides."""
    return nan_median(np.concatenate([segments[..., 0], segments[..., 1]]))


def _longest(segments: FloatArray) -> list[float]:
    """Length of each in the picture: a foreshortened one is short, so the longest views count."""
    return [_high(seen) for seen in segments.max(axis=2).T]


def _high(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return quantile(known, 0.9) if known.size else float("nan")


def _scale(track: PoseTrack, world: FloatArray) -> FloatArray:
    """(N,) frame heights per metre: least squares of picture on world, median over +-1.5 s."""
    picture, metres = track.xy[:, 11:], world[:, 11:, :2]
    # a joint that is hidden for the whole clip says nothing of the others
    known = np.isfinite(picture[..., 0] + picture[..., 1] + metres[..., 0] + metres[..., 1])
    picture, metres = _centred(picture, known), _centred(metres, known)
    above = (picture * metres).sum(axis=(1, 2))
    below = (metres * metres).sum(axis=(1, 2))
    raw = np.where(below > 1e-6, above / np.where(below > 1e-6, below, 1.0), np.nan)
    return running_median(track.t_s, np.where(raw > 0, raw, np.nan), window_s=1.5)


def _centred(points: FloatArray, known: NDArray[np.bool_]) -> FloatArray:
    """(N, P, 2) points around the middle of the known ones of each frame; 0 for the others."""
    if known.all():
        return points - points.sum(axis=1, keepdims=True) / points.shape[1]
    seen = np.where(known[..., None], points, 0.0)
    count = np.maximum(known.sum(axis=1), 1)[:, None, None]
    return np.where(known[..., None], seen - seen.sum(axis=1, keepdims=True) / count, 0.0)


def measure_view(track: PoseTrack, body: Body) -> View:
    """Camera yaw, facing and near side for every frame, and one name for the whole track."""
    yaw_deg = _yaw(track, body)
    known = yaw_deg[np.isfinite(yaw_deg)]
    middle = _circular_median(known) if known.size else float("nan")
    facing = np.sign(np.where(np.abs(np.sin(np.radians(yaw_deg))) > 0.5, yaw_deg, 0.0))
    return View(view_of_yaw(middle), middle, yaw_deg, or_zero(facing), _near_left(track, yaw_deg))


def is_square_yaw(yaw_deg: float) -> bool:
    """Whether left and right compare at this camera yaw; not for NaN."""
    off_deg = abs(yaw_deg)
    return min(off_deg, 180.0 - off_deg) <= _SQUARE_YAW_DEG


def view_of_yaw(yaw_deg: float) -> ViewName:
    """Name of a camera yaw; ``unknown`` for NaN."""
    turned = abs(yaw_deg)
    if isnan(turned):
        return "unknown"
    if abs(turned - 90.0) <= _SIDE_YAW_DEG:
        return "side"
    if turned <= _FRONT_YAW_DEG:
        return "front"
    return "back" if turned >= 180.0 - _FRONT_YAW_DEG else "oblique"


def _circular_median(yaw_deg: FloatArray) -> float:
    """Median angle, safe at the +-180 seam: the middle is taken around the mean direction."""
    mean = np.angle(np.exp(1j * np.radians(yaw_deg)).mean())
    around = np.angle(np.exp(1j * (np.radians(yaw_deg) - mean)))
    return float(np.degrees(np.angle(np.exp(1j * (mean + median(around))))))


def _yaw(track: PoseTrack, body: Body) -> FloatArray:
    """(N,) yaw in degrees, smoothed over a second; its sign follows where toes and nose point."""
    across, away = _left_right_axis(track, body)
    side = _pointing(track)
    away = np.where(np.isfinite(side) & (side != 0), np.abs(away) * np.sign(side), away)
    vector = running_median(track.t_s, np.array([across, away]).T, window_s=0.5)
    return np.degrees(np.arctan2(vector[:, 1], vector[:, 0]))


def _left_right_axis(track: PoseTrack, body: Body) -> tuple[FloatArray, FloatArray]:
    """Vector right -> left of shoulders and hips: across the picture, and away from the camera.

    Without world landmarks the part away from the camera is what is missing to a usual
    shoulder width of 0.75 trunk lengths (heuristic).
    """
    pairs = [BILATERAL["shoulder"], BILATERAL["hip"]]
    if track.world is not None and body.is_metric:
        axis = sum(track.world[:, left] - track.world[:, right] for left, right in pairs)
        axis = np.asarray(axis)
        return axis[:, 0], axis[:, 2]
    (left, right), _ = pairs
    across = (track.xy[:, left, 0] - track.xy[:, right, 0]) / (0.75 * body.lengths["trunk"])
    across = np.clip(across, -1.0, 1.0)
    return across, np.sqrt(1.0 - across**2)


def _pointing(track: PoseTrack) -> FloatArray:
    """(N,) positive where toes, nose and (bent over or lying) head point to the right edge."""
    x, y = track.xy[..., 0], track.xy[..., 1]
    ahead = (x[:, _FRONTS] - x[:, _BEHINDS]) * track.visibility[:, _FRONTS]
    trunk_x = (x[:, 11] + x[:, 12] - x[:, 23] - x[:, 24]) / 2
    trunk_y = (y[:, 11] + y[:, 12] - y[:, 23] - y[:, 24]) / 2
    bent = np.abs(trunk_x) > np.abs(trunk_y)
    parts = np.concatenate([ahead, np.where(bent, 0.5 * trunk_x, 0.0)[:, None]], axis=1)
    total = np.where(np.isfinite(parts), parts, 0.0).sum(axis=1)
    return running_median(track.t_s, total, window_s=1.0)


def _near_left(track: PoseTrack, yaw_deg: FloatArray) -> FloatArray:
    """1.0 where the left side is nearer (turned right side away) or clearly better seen."""
    left, right = (track.visibility[:, side].sum(axis=1) / len(side) for side in _LIMBS)
    score = running_median(track.t_s, left - right, window_s=1.0)
    turned = or_zero(np.sin(np.radians(yaw_deg)))
    return (score - 0.5 * turned > 0).astype(np.float64)
