"""The line a repetition has to reach: a rule book's depth, or the lifter's own turnaround."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.barpath import hand_path
from repsight.core.filters import running_median
from repsight.core.measure import Scene
from repsight.core.medians import known_median
from repsight.core.report import SetReport
from repsight.core.signals import Height
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec, Fixed, Rule
from repsight.core.types import FloatArray

__all__ = ["TargetLine", "target_line"]

_IndexRow = NDArray[np.intp]

_TRAVELLERS: Final = ("wrist", "shoulder", "hip")
#: A movement whose turnaround moves less than this (leg lengths) needs no line.
_LEAST_TRAVEL: Final = 0.06
_STEADY_S: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class TargetLine:
    """A horizontal line over time in frame heights: level ``y`` (N,) and ends ``x`` (N, 2)."""

    t_s: FloatArray
    y: FloatArray
    x: FloatArray
    label: str
    start_s: float
    end_s: float

    def at(self, index: int, t_s: float) -> tuple[float, float, float] | None:
        """Level and both ends at a frame of the track; None outside the set or where unseen."""
        if index < 0 or not self.start_s <= t_s <= self.end_s:
            return None
        level, (left, right) = float(self.y[index]), self.x[index]
        return (level, float(left), float(right)) if isfinite(level + left + right) else None


def target_line(one: SetReport, spec: ExerciseSpec | None, scene: Scene) -> TargetLine | None:
    """The line of a set, or None if nothing can be promised of it.

    A rule of the book on the height of one joint over another at the turnaround gives a line
    that moves with that other joint. Otherwise the lifter's own turnaround gives one: the level
    that the hands or the trunk usually reach. It is not a standard and is not called one.
    """
    if spec is None or not len(scene.track) or not one.reps:
        return None
    for rule in spec.book.rules:
        if _is_depth_line(rule) and _was_judged(rule, one):
            return _from_rule(rule, one, scene)
    return _from_own_turns(one, spec, scene)


def _is_depth_line(rule: Rule) -> bool:
    return (
        rule.when == "turn"
        and isinstance(rule.signal, Height)
        and rule.signal.reference in BILATERAL
        and isinstance(rule.expected, Fixed)
    )


def _was_judged(rule: Rule, one: SetReport) -> bool:
    return any(v.rule == rule.id and v.outcome != "cannot_judge" for v in one.verdicts)


def _from_rule(rule: Rule, one: SetReport, scene: Scene) -> TargetLine | None:
    """The line goes with the quieter of the two joints; the other one has to pass it."""
    signal, band = rule.signal, rule.expected
    if not isinstance(signal, Height) or not isinstance(band, Fixed):
        return None
    is_ceiling = isfinite(band.high)
    limit = band.high if is_ceiling else band.low
    if not isfinite(limit):
        return None
    unit = scene.body.in_picture(signal.unit)
    point, reference = _near(signal.point, scene), _near(signal.reference, scene)
    if _travel(reference, one, scene) <= _travel(point, one, scene):
        mover, anchor, shift, is_below = signal.point, reference, -limit, is_ceiling
    else:
        mover, anchor, shift, is_below = signal.reference, point, limit, not is_ceiling
    half = 0.75 * unit
    ends = np.stack([anchor[:, 0] - half, anchor[:, 0] + half], axis=1)
    way = "below" if is_below else "above"
    return TargetLine(
        scene.track.t_s, anchor[:, 1] + shift * unit, ends,
        f"{mover.capitalize()} {way} this line", one.start_s, one.end_s,
    )  # fmt: skip


def _travel(way: FloatArray, one: SetReport, scene: Scene) -> float:
    """How far a joint moves up and down over the set, in frame heights."""
    inside = (scene.track.t_s >= one.start_s) & (scene.track.t_s <= one.end_s)
    heights = way[inside, 1]
    heights = heights[np.isfinite(heights)]
    return float(np.subtract(*np.percentile(heights, (90, 10)))) if heights.size else 0.0


def _from_own_turns(one: SetReport, spec: ExerciseSpec, scene: Scene) -> TargetLine | None:
    """Kept relative to the lifter's feet, so that it stays right when the camera moves."""
    times = scene.track.t_s
    turns = np.array([int(np.argmin(np.abs(times - rep.turn_s))) for rep in one.reps], dtype=int)
    starts = np.array([int(np.argmin(np.abs(times - rep.start_s))) for rep in one.reps], dtype=int)
    path = hand_path(scene) if spec.bar == "hands" else _traveller(scene, starts, turns)
    if path is None:
        return None
    feet, unit = _feet(scene), scene.body.in_picture("leg")
    seen = (path - feet) / unit[:, None]
    level, begin = known_median(seen[turns, 1]), known_median(seen[starts, 1])
    if not isfinite(level) or abs(level - begin) < _LEAST_TRAVEL:
        return None
    name = next((m.name for m in spec.book.moments if m.at == "turn"), "turnaround")
    centre = feet[:, 0] + known_median(seen[turns, 0]) * unit
    half = 0.6 * scene.body.in_picture("arm")
    return TargetLine(
        times, feet[:, 1] + level * unit, np.stack([centre - half, centre + half], axis=1),
        f"Your usual {name.lower()}", one.start_s, one.end_s,
    )  # fmt: skip


def _feet(scene: Scene) -> FloatArray:
    """(N, 2) middle of the feet, steadied over time."""
    middle = scene.track.xy[:, list(BILATERAL["ankle"]), 0].mean(axis=1)
    steady = running_median(scene.track.t_s, middle, window_s=_STEADY_S)
    return np.stack([steady, scene.floor_y], axis=1)


def _traveller(scene: Scene, starts: _IndexRow, turns: _IndexRow) -> FloatArray | None:
    """Way of the joint that travels furthest up and down between start and turnaround."""
    paths = [scene.track.xy[:, list(BILATERAL[name])].mean(axis=1) for name in _TRAVELLERS]
    travels = np.array([known_median(np.abs(path[turns, 1] - path[starts, 1])) for path in paths])
    return paths[int(np.nanargmax(travels))] if np.isfinite(travels).any() else None


def _near(name: str, scene: Scene) -> FloatArray:
    """(N, 2) the near side's joint; in a front view the middle of both."""
    left, right = (scene.track.xy[:, column] for column in BILATERAL[name])
    if scene.view.name in {"front", "back"}:
        return (left + right) / 2
    return np.where(scene.view.near_left[:, None] > 0.5, left, right)
