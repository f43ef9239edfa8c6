"""Turning a signal of the vocabulary into one number per frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal, assert_never

import numpy as np

from repsight.core.body import Body, View, measure_body, measure_view
from repsight.core.filters import clean, running_median
from repsight.core.medians import known_median
from repsight.core.signals import (
    Angle,
    Asymmetry,
    Deviation,
    Distance,
    Height,
    Lean,
    LengthUnit,
    Offset,
    Place,
    Ratio,
    Shift,
    Side,
    Signal,
    Spread,
    Stagger,
    Travel,
)
from repsight.core.skeleton import BILATERAL
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["OneSide", "Scene", "measure", "measure_side", "observe", "points_of", "visibility_of"]

OneSide = Literal["left", "right"]
_SIDES: Final[tuple[OneSide, OneSide]] = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A cleaned track together with the lifter's body and the camera's view.

    ``floor_y`` (N,) is the level of the lifter's feet in frame heights (y down).
    """

    track: PoseTrack
    body: Body
    view: View
    floor_y: FloatArray

    def part(self, where: slice) -> Scene:
        """The same scene for some of its frames; body lengths and view name stay."""
        body = Body(self.body.lengths, self.body.scale[where], self.body.is_metric)
        view = View(
            self.view.name, self.view.median_yaw_deg, self.view.yaw_deg[where],
            self.view.facing[where], self.view.near_left[where],
        )  # fmt: skip
        return Scene(self.track.part(where), body, view, self.floor_y[where])


def observe(track: PoseTrack) -> Scene:
    """Clean a raw track and measure body, view and floor."""
    cleaned = clean(track)
    body = measure_body(cleaned)
    left, right = BILATERAL["ankle"]
    feet = (cleaned.xy[:, left, 1] + cleaned.xy[:, right, 1]) / 2
    floor_y = running_median(cleaned.t_s, feet, window_s=4.0)
    return Scene(cleaned, body, measure_view(cleaned, body), floor_y)


def measure(  # noqa: PLR0911 - one return for each kind of signal
    signal: Signal, scene: Scene
) -> FloatArray:
    """(N,) values of ``signal``; NaN where a point is unseen.

    ``worse`` is measured like ``near`` here: judging both sides is the judge's business, with
    ``measure_side``.
    """
    match signal:
        case Ratio(numerator, denominator):
            below = measure(denominator, scene)
            usable = np.abs(below) > 1e-3
            return np.where(
                usable, measure(numerator, scene) / np.where(usable, below, 1.0), np.nan
            )
        case Spread(point, unit):
            left, right = (_picture(point, scene, side) for side in ("left", "right"))
            return np.abs(left[:, 0] - right[:, 0]) / scene.body.in_picture(unit)
        case Asymmetry(point, unit):
            left, right = (_picture(point, scene, side) for side in ("left", "right"))
            return (right[:, 1] - left[:, 1]) / scene.body.in_picture(unit)
        case Shift(point, reference, unit):
            return _shift(point, reference, scene) / scene.body.in_picture(unit)
        case Stagger(point, unit):
            return _stagger(point, unit, scene)
        case Place(point, unit):
            left, right = (_picture(point, scene, side)[:, 0] for side in ("left", "right"))
            return (left + right) / 2 / _typical(scene.body.in_picture(unit))
        case _:
            return _by_side(signal, scene, signal.side)


def _shift(point: str, reference: str, scene: Scene) -> FloatArray:
    """(N,) sideways distance in frame heights towards the lifter's left; NaN side on."""
    middle = [
        (_picture(name, scene, "left")[:, 0] + _picture(name, scene, "right")[:, 0]) / 2
        for name in (point, reference)
    ]
    sign = {"front": 1.0, "back": -1.0}.get(scene.view.name, np.nan)
    return (middle[0] - middle[1]) * sign


def _stagger(point: str, unit: LengthUnit, scene: Scene) -> FloatArray:
    """(N,) distance along where the lifter faces: across the picture side on, else in world."""
    if scene.view.name == "side":
        left, right = (_picture(point, scene, side)[:, 0] for side in ("left", "right"))
        return np.abs(left - right) / scene.body.in_picture(unit)
    world = scene.track.world
    if world is None or not scene.body.is_metric:
        return np.full(len(scene.track), np.nan)
    left, right = BILATERAL["hip"]
    across = world[:, left, ::2] - world[:, right, ::2]
    length = np.linalg.norm(across, axis=1)
    forward = np.stack([across[:, 1], -across[:, 0]], axis=1)
    left, right = BILATERAL[point]
    apart = world[:, left, ::2] - world[:, right, ::2]
    along = (apart * forward).sum(axis=1) / np.where(length > 1e-6, length, np.nan)
    return np.abs(along) / scene.body.lengths[unit]


_Sided = Angle | Lean | Height | Offset | Distance | Deviation | Travel


def _by_side(signal: _Sided, scene: Scene, side: Side) -> FloatArray:
    if side == "left" or side == "right":  # noqa: PLR1714 - narrows the type
        return measure_side(signal, scene, side)
    if side == "lead" or side == "trail":  # noqa: PLR1714 - narrows the type
        return np.full(len(scene.track), np.nan)
    left, right = measure_side(signal, scene, "left"), measure_side(signal, scene, "right")
    if side == "mean":
        return _weighted(left, right, scene, points_of(signal))
    return np.where(scene.view.near_left > 0.5, left, right)


def _weighted(left: FloatArray, right: FloatArray, scene: Scene, points: list[str]) -> FloatArray:
    """Mean of both sides, each weighted by the square of its least visible point."""
    weights = [visibility_of(points, scene, side) ** 2 + 1e-3 for side in _SIDES]
    if np.isfinite(left + right).all():
        return (left * weights[0] + right * weights[1]) / (weights[0] + weights[1])
    total = summed = np.zeros(len(left))
    for values, wanted in zip((left, right), weights, strict=True):
        known = np.isfinite(values)
        weight = np.where(known, wanted, 0.0)
        total, summed = total + weight, summed + np.where(known, values, 0.0) * weight
    is_known = total > 0
    return np.where(is_known, summed / np.where(is_known, total, 1.0), np.nan)


def points_of(signal: Signal) -> list[str]:
    """Names of the points a signal looks at, with ``mid_foot`` resolved.

    ``floor`` and ``picture`` are no points of the body.
    """
    match signal:
        case Ratio(numerator, denominator):
            names = points_of(numerator) + points_of(denominator)
        case Angle(first, vertex, last):
            names = [first, vertex, last]
        case Lean(lower, upper):
            names = [lower, upper]
        case Height(point, reference) | Offset(point, reference):
            names = [point, reference]
        case Distance(first, second):
            names = [first, second]
        case Deviation(point, start, end):
            names = [point, start, end]
        case Spread(point) | Asymmetry(point) | Stagger(point) | Travel(point) | Place(point):
            names = [point]
        case Shift(point, reference):
            names = [point, reference]
        case _:
            assert_never(signal)
    names = [
        part for name in names for part in (("heel", "toe") if name == "mid_foot" else (name,))
    ]
    return [name for name in names if name not in {"floor", "picture"}]


def visibility_of(points: list[str], scene: Scene, side: OneSide) -> FloatArray:
    """(N,) visibility of the least visible of the points on one side."""
    column = 0 if side == "left" else 1
    seen = [scene.track.visibility[:, BILATERAL[name][column]] for name in points]
    return reduce(np.minimum, seen)  # for one frame at half the cost of picking columns


def measure_side(  # noqa: PLR0911 - one return for each kind of signal
    signal: _Sided, scene: Scene, side: OneSide
) -> FloatArray:
    """(N,) values of a sided signal on the left or the right."""
    match signal:
        case Angle(first, vertex, last):
            corner = _joint_coordinates(scene)
            a, b, c = (_column(corner, name, side) for name in (first, vertex, last))
            return _angle_between(a - b, c - b)
        case Lean(lower, upper, _, signed):
            return _lean(scene, (lower, upper), side, signed=signed)
        case Height(point, "picture", unit):
            place = 0.5 - _picture(point, scene, side)[:, 1]
            return place / _typical(scene.body.in_picture(unit))
        case Height(point, reference, unit):
            level = (
                scene.floor_y if reference == "floor" else _picture(reference, scene, side)[:, 1]
            )
            return (level - _picture(point, scene, side)[:, 1]) / scene.body.in_picture(unit)
        case Offset(point, reference, unit):
            ahead = _picture(point, scene, side)[:, 0] - _picture(reference, scene, side)[:, 0]
            facing = np.where(scene.view.facing == 0, np.nan, scene.view.facing)
            return ahead * facing / scene.body.in_picture(unit)
        case Travel(point, unit):
            facing = np.where(scene.view.facing == 0, np.nan, scene.view.facing)
            place = _picture(point, scene, side)[:, 0] * facing
            return place / _typical(scene.body.in_picture(unit))
        case Distance(first, second, unit):
            apart = _picture(first, scene, side) - _picture(second, scene, side)
            return np.linalg.norm(apart, axis=1) / scene.body.in_picture(unit)
        case Deviation(point, start, end, unit):
            p, a, b = (_picture(name, scene, side) for name in (point, start, end))
            return _below_line(p, a, b) / scene.body.in_picture(unit)
        case _:
            assert_never(signal)


def _typical(scale: FloatArray) -> float:
    """One scale for all frames: one that wobbles would move a place that is far from zero."""
    return known_median(scale)


def _picture(point: str, scene: Scene, side: OneSide) -> FloatArray:
    return _column(scene.track.xy, point, side)


def _column(points: FloatArray, name: str, side: OneSide) -> FloatArray:
    if name == "mid_foot":
        return (_column(points, "heel", side) + _column(points, "toe", side)) / 2
    return points[:, BILATERAL[name][0 if side == "left" else 1]]


def _joint_coordinates(scene: Scene) -> FloatArray:
    """Picture coordinates side on, world coordinates otherwise: each is the better one there."""
    world = scene.track.world
    if world is None or not scene.body.is_metric or scene.view.name in ("side", "unknown"):
        return scene.track.xy
    return world


def _angle_between(first: FloatArray, second: FloatArray) -> FloatArray:
    lengths = np.sqrt((first * first).sum(axis=1) * (second * second).sum(axis=1))
    cosine = (first * second).sum(axis=1) / np.where(lengths > 1e-9, lengths, np.nan)
    return np.degrees(np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0)))


def _lean(scene: Scene, ends: tuple[str, str], side: OneSide, *, signed: bool) -> FloatArray:
    """Angle from vertical; y points down in both coordinate systems."""
    points = _joint_coordinates(scene)
    segment = _column(points, ends[1], side) - _column(points, ends[0], side)
    across = np.abs(segment[:, 0])
    if segment.shape[1] > 2:
        across = np.hypot(across, segment[:, 2])
    lean = np.degrees(np.arctan2(across, -segment[:, 1]))
    if not signed:
        return lean
    picture = _picture(ends[1], scene, side) - _picture(ends[0], scene, side)
    facing = np.where(scene.view.facing == 0, np.nan, scene.view.facing)
    return lean * np.sign(picture[:, 0]) * facing


def _below_line(point: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """Perpendicular distance from the line; positive when the point is lower in the picture."""
    along = end - start
    length = np.linalg.norm(along, axis=1)
    length = np.where(length > 1e-9, length, np.nan)
    offset = point - start
    cross = along[:, 0] * offset[:, 1] - along[:, 1] * offset[:, 0]
    return cross / length * np.sign(np.where(along[:, 0] == 0, 1.0, along[:, 0]))
