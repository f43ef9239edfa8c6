"""The BlazePose landmark model on one person: 33 points in the frame and in space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import ByteArray, Picture
from repsight.core.skeleton import COUNT
from repsight.core.types import FloatArray
from repsight.pose.crop import crop
from repsight.pose.roi import Roi, roi_from_circle
from repsight.pose.runtime import Float32Array
from repsight.pose.weights import run_model

__all__ = ["CROP_PX", "PRESENT", "Pose", "estimate_pose", "pose_in_crop"]

_Cells = NDArray[np.intp]
_Mask = NDArray[np.bool_]

CROP_PX: Final = 256

#: The model's own threshold for "a person is here".
PRESENT: Final = 0.5

_OUTPUTS: Final = ("landmarks", "score", "heatmap", "world")
_POINTS: Final = 39  # 33 landmarks, then the centre and rim of the body circle, then hands
_CENTRE, _RIM = 33, 34
_USED: Final = 35
_HEATMAP_PX: Final = 64
_REACH: Final[_Cells] = np.arange(-3, 4)
_MIN_HEAT: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One person in one picture.

    ``xy`` (33, 2) in frame heights, ``visibility`` (33,) and ``presence`` 0..1, ``world``
    (33, 3) in metres around the hips, ``roi`` the square that was looked at, ``next_roi`` the
    square that fits the person found.
    """

    xy: FloatArray
    visibility: FloatArray
    world: FloatArray
    presence: float
    roi: Roi
    next_roi: Roi

    @property
    def is_present(self) -> bool:
        """Whether the model believes in a person."""
        return self.presence >= PRESENT


def estimate_pose(picture: Picture, roi: Roi, *, model: str) -> Pose:
    """Run ``lite``, ``full`` or ``heavy`` on the square ``roi``; same input, same output."""
    return pose_in_crop(crop(picture, roi, size_px=CROP_PX, replicate=True), roi, model=model)


def pose_in_crop(pixels: ByteArray, roi: Roi, *, model: str) -> Pose:
    """The pose in pixels (256, 256, 3) that were cut out at ``roi``."""
    raw, score, heat, world = run_model(model, _OUTPUTS, pixels)
    rows = raw.reshape(_POINTS, 5)[:_USED].astype(np.float64)
    shares = _refined(rows[:, :2] / CROP_PX, heat[0, :_USED])
    placed = roi.to_frame(shares)
    return Pose(
        xy=placed[:COUNT],
        visibility=_sigmoid(rows[:COUNT, 3]),
        world=roi.turned(world.reshape(_POINTS, 3)[:COUNT].astype(np.float64)),
        presence=float(score.reshape(())),
        roi=roi,
        next_roi=roi_from_circle(placed[_CENTRE], placed[_RIM]),
    )


def _sigmoid(values: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):  # exp(800) is infinite, and 1 / infinite is right
        return 1 / (1 + np.exp(-values))


def _refined(shares: FloatArray, heat: Float32Array) -> FloatArray:
    """Pull each point to the centre of heat around it, where its heat map is confident."""
    cell = np.trunc(shares * _HEATMAP_PX).astype(np.intp)
    inside = ((cell >= 0) & (cell < _HEATMAP_PX)).all(axis=1)
    columns: _Cells = cell[:, :1] + _REACH
    rows: _Cells = cell[:, 1:] + _REACH
    on_map = _within(rows)[:, :, None] & _within(columns)[:, None, :]
    point = np.arange(len(shares))[:, None, None]
    window = heat[point, _clipped(rows)[:, :, None], _clipped(columns)[:, None, :]]
    weight = _sigmoid(window.astype(np.float64))
    weight *= on_map
    in_columns, in_rows = weight.sum(axis=1), weight.sum(axis=2)
    total = in_rows.sum(axis=1)
    sure = inside & (weight.max((1, 2)) >= _MIN_HEAT)
    divisor = np.where(sure, total, 1.0) * _HEATMAP_PX
    x = (in_columns * columns).sum(axis=1) / divisor
    y = (in_rows * rows).sum(axis=1) / divisor
    return np.where(sure[:, None], np.stack([x, y], -1), shares)


def _within(cells: _Cells) -> _Mask:
    return (cells >= 0) & (cells < _HEATMAP_PX)


def _clipped(cells: _Cells) -> _Cells:
    return np.minimum(np.maximum(cells, 0), _HEATMAP_PX - 1)
