"""What was measured, drawn where it was measured: angles as arcs, distances as rulers.

The expected band lies beside the measured value in another colour, so that the eye can compare.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

import numpy as np

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
    Signal,
    Spread,
    Stagger,
    Travel,
)
from repsight.core.types import FloatArray
from repsight.video.palette import GOOD, INK, Rgb
from repsight.video.strokes import Strokes, polyline, ring

__all__ = ["Band", "Gauge", "Joints", "gauge_of"]

#: An angle in the picture further than this from the measured one is not drawn: the measured
#: one was taken in space.
_SAME_ANGLE_DEG: Final = 12.0
_NARROW_DEG: Final = 80.0
#: How far the band of an angle is drawn where it has no other end.
_OPEN_DEG: Final = 30.0
_DASHES: Final = 7


@dataclass(frozen=True, slots=True)
class Band:
    """A measured value and what was expected of it; a missing end is NaN or infinite."""

    value: float
    low: float = float("nan")
    high: float = float("nan")

    def within(self, least: float, most: float) -> tuple[float, float] | None:
        """Both ends; an open one is a little beyond the other, inside what is possible.

        None if nothing was expected.
        """
        if not isfinite(self.low) and not isfinite(self.high):
            return None
        low = self.low if isfinite(self.low) else self.high - _OPEN_DEG
        high = self.high if isfinite(self.high) else self.low + _OPEN_DEG
        return max(low, least), min(high, most)


@dataclass(frozen=True, slots=True, eq=False)
class Joints:
    """Where points are in pixels: ``at(name)`` for the side looked at, ``both(name)`` for two.

    ``unit_px`` gives a body length in pixels; ``floor_y`` is the level of the feet; ``facing``
    is +1 towards the right edge, -1 towards the left one, 0 unknown.
    """

    at: Callable[[str], FloatArray]
    both: Callable[[str], tuple[FloatArray, FloatArray]]
    unit_px: Callable[[LengthUnit], float]
    floor_y: float
    facing: float


@dataclass(frozen=True, slots=True, eq=False)
class Gauge:
    """Strokes, and where a label belongs: at ``anchor``, on the side ``away`` points to.

    ``in_space`` says that the value was measured in depth and cannot be seen in the picture.
    """

    strokes: list[Strokes] = field(default_factory=list[Strokes])
    anchor: FloatArray = field(default_factory=lambda: np.full(2, np.nan))
    away: FloatArray = field(default_factory=lambda: np.array([1.0, 0.0]))
    in_space: bool = False


@dataclass(frozen=True, slots=True)
class _Brush:
    line_px: float
    colour: Rgb

    def solid(self, segments: FloatArray, *, wide: float = 1.0) -> Strokes:
        return Strokes(segments, self.line_px * wide, self.colour, 1.0, self.line_px * 0.6)

    def dashed(self, start: FloatArray, end: FloatArray, colour: Rgb = INK) -> Strokes:
        shares = np.linspace(0, 1, 2 * _DASHES)[:, None]
        ends = start + shares * (end - start)
        segments = np.hstack([ends[0::2], ends[1::2]])
        return Strokes(segments, self.line_px * 0.6, colour, 0.95, self.line_px * 0.4)

    def expected(self, segments: FloatArray) -> Strokes:
        return Strokes(segments, self.line_px * 1.1, GOOD, 0.9, self.line_px * 0.5)


def gauge_of(signal: Signal, joints: Joints, band: Band, *, line_px: float, colour: Rgb) -> Gauge:
    """How ``signal`` is drawn; without strokes if a point is unseen."""
    return _gauge(signal, joints, band, _Brush(line_px, colour))


def _gauge(signal: Signal, joints: Joints, band: Band, brush: _Brush) -> Gauge:  # noqa: C901, PLR0911 - one line per signal
    match signal:
        case Ratio(numerator, _):
            return _gauge(numerator, joints, Band(float("nan")), brush)
        case Angle(first, vertex, last):
            return _angle(brush, [joints.at(name) for name in (first, vertex, last)], band)
        case Lean(lower, upper, _, signed):
            forwards = joints.facing if signed else 0.0
            return _lean(brush, joints.at(lower), joints.at(upper), band, forwards=forwards)
        case Height(point, "picture"):
            return Gauge([], joints.at(point), np.array([0.0, -1.0]))
        case Height(point, reference, unit):
            top, unit_px = joints.at(point), joints.unit_px(unit)
            if reference == "floor":
                return _height(brush, top, np.array([top[0], joints.floor_y]), unit_px, band)
            return _height(brush, top, joints.at(reference), unit_px, band)
        case Offset(point, reference, unit):
            scale = joints.unit_px(unit) * joints.facing
            return _offset(brush, joints.at(point), joints.at(reference), scale, band)
        case Deviation(point, start, end):
            return _deviation(brush, joints.at(point), joints.at(start), joints.at(end))
        case Distance(first, second):
            return _ruler(brush, joints.at(first), joints.at(second))
        case Spread(point) | Asymmetry(point) | Stagger(point):
            return _ruler(brush, *joints.both(point), level=isinstance(signal, Asymmetry))
        case Travel(point) | Place(point):
            return Gauge([], joints.at(point), np.array([1.0, 0.0]))
        case Shift(point, reference):
            middle = np.mean(joints.both(point), axis=0)
            below = np.mean(joints.both(reference), axis=0)
            return _offset(brush, middle, below, float("nan"), Band(float("nan")))


def _angle(brush: _Brush, points: list[FloatArray], band: Band) -> Gauge:
    first, vertex, last = points
    arms = first - vertex, last - vertex
    lengths = [float(np.linalg.norm(arm)) for arm in arms]
    if not all(isfinite(length) and length > 1 for length in lengths):
        return Gauge()
    start = _direction_deg(arms[0])
    sweep = (_direction_deg(arms[1]) - start + 180) % 360 - 180
    way = 1.0 if sweep >= 0 else -1.0
    radius = 0.42 * min(lengths)
    if abs(abs(sweep) - band.value) > _SAME_ANGLE_DEG:
        return _in_space(brush, vertex, radius)
    strokes = [brush.solid(ring(vertex, radius, start_deg=start, sweep_deg=sweep))]
    if (expected := band.within(0.0, 180.0)) is not None:
        low, high = expected
        strokes.append(brush.expected(
            ring(vertex, radius * 1.22, start_deg=start + way * low, sweep_deg=way * (high - low))
        ))  # fmt: skip
    middle = np.radians(start + sweep / 2)
    away = np.array([np.cos(middle), np.sin(middle)])
    if abs(sweep) < _NARROW_DEG:  # inside it, the label would hide both limbs
        return Gauge(strokes, vertex - away * radius * 0.2, -away)
    return Gauge(strokes, vertex + away * radius * 1.3, away)


def _lean(
    brush: _Brush, lower: FloatArray, upper: FloatArray, band: Band, *, forwards: float
) -> Gauge:
    """An arc from upright; ``forwards`` is where positive leans point, 0 to either side."""
    segment = upper - lower
    length = float(np.linalg.norm(segment))
    if not isfinite(length) or length <= 1:
        return Gauge()
    way = 1.0 if segment[0] >= 0 else -1.0
    sweep = way * abs((_direction_deg(segment) + 90 + 180) % 360 - 180)
    radius = 0.6 * length
    if abs(abs(sweep) - abs(band.value)) > _SAME_ANGLE_DEG:
        return _in_space(brush, lower, radius)
    strokes = [
        brush.dashed(lower, lower + np.array([0.0, -1.1 * length])),
        brush.solid(ring(lower, radius, start_deg=-90.0, sweep_deg=sweep)),
    ]
    if (expected := band.within(-120.0 if forwards else 0.0, 120.0)) is not None:
        low, high = (end * (forwards or way) for end in expected)
        arc = ring(lower, radius * 1.14, start_deg=-90 + low, sweep_deg=high - low)
        strokes.append(brush.expected(arc))
    return Gauge(strokes, (lower + upper) / 2, np.array([-way, 0.0]))


def _in_space(brush: _Brush, joint: FloatArray, radius: float) -> Gauge:
    """Only the place: an arc of another angle than the one that is written would mislead."""
    circle = ring(joint, min(0.35 * radius, 9 * brush.line_px))
    return Gauge([brush.solid(circle)], joint, np.array([1.0, 0.0]), in_space=True)


def _height(
    brush: _Brush, point: FloatArray, reference: FloatArray, unit_px: float, band: Band
) -> Gauge:
    """A ruler between two levels, standing on the lower one, and the level that was expected."""
    if not (np.isfinite(point).all() and np.isfinite(reference).all() and isfinite(unit_px)):
        return Gauge()
    lower, upper, sign = (
        (reference, point, 1.0) if reference[1] >= point[1] else (point, reference, -1.0)
    )
    foot, half = np.array([upper[0], lower[1]]), np.array([0.4 * unit_px, 0.0])
    strokes = [brush.dashed(foot - half, foot + half), brush.dashed(foot, lower)]
    for end in (band.low, band.high):
        if isfinite(end):
            level = np.array([foot[0], lower[1] - sign * end * unit_px])
            strokes.append(brush.expected(polyline(np.stack([level - half, level + half]))))
    strokes.append(brush.solid(_ended(upper, foot)))
    away = 1.0 if upper[0] >= lower[0] else -1.0
    return Gauge(strokes, (upper + foot) / 2, np.array([away, 0.0]))


def _offset(
    brush: _Brush, point: FloatArray, reference: FloatArray, scale_px: float, band: Band
) -> Gauge:
    """A ruler sideways from a plumb line through the reference."""
    if not (np.isfinite(point).all() and np.isfinite(reference).all()):
        return Gauge()
    foot = np.array([reference[0], point[1]])
    strokes = [brush.dashed(reference, foot), brush.solid(_ended(point, foot))]
    tall = 0.12 * abs(reference[1] - point[1]) + 4 * brush.line_px
    for end in (band.low, band.high):
        if isfinite(end) and isfinite(scale_px) and scale_px:
            x = reference[0] + end * scale_px
            strokes.append(brush.expected(np.array([[x, point[1] - tall, x, point[1] + tall]])))
    return Gauge(strokes, point, np.array([np.sign(point[0] - reference[0]) or 1.0, 0.0]))


def _deviation(brush: _Brush, point: FloatArray, start: FloatArray, end: FloatArray) -> Gauge:
    """The straight line, and the way from it to the point."""
    along = end - start
    length = float(np.linalg.norm(along))
    if not isfinite(length) or length <= 1 or not np.isfinite(point).all():
        return Gauge()
    foot = start + along * float((point - start) @ along) / length**2
    away = point - foot
    norm = float(np.linalg.norm(away))
    strokes = [brush.dashed(start, end, GOOD), brush.solid(_ended(point, foot))]
    return Gauge(strokes, point, away / norm if norm > 1 else np.array([0.0, -1.0]))


def _ruler(brush: _Brush, first: FloatArray, second: FloatArray, *, level: bool = False) -> Gauge:
    """A straight ruler; with ``level`` also the level of the first point at the second."""
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        return Gauge()
    strokes = [brush.solid(_ended(first, second))]
    if level:
        foot = np.array([second[0], first[1]])
        strokes = [brush.dashed(first, foot), brush.solid(_ended(foot, second))]
    return Gauge(strokes, (first + second) / 2, np.array([0.0, -1.0]))


def _ended(first: FloatArray, second: FloatArray) -> FloatArray:
    """A line with a short bar across each end."""
    along = second - first
    length = float(np.linalg.norm(along))
    if length < 1:
        return polyline(np.stack([first, second]))
    across = np.array([-along[1], along[0]]) / length * min(max(0.1 * length, 4.0), 12.0)
    bars = [np.stack([end - across, end + across]) for end in (first, second)]
    return np.concatenate([polyline(np.stack([first, second])), *map(polyline, bars)])


def _direction_deg(vector: FloatArray) -> float:
    """Clockwise in the picture from the x axis."""
    return float(np.degrees(np.arctan2(vector[1], vector[0])))
