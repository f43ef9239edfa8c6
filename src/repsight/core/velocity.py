"""How fast the working half of a repetition is: relative always, m/s only at a known scale."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isfinite, nan
from typing import Final

import numpy as np

from repsight.core.measure import Scene
from repsight.core.report import Measure
from repsight.core.signals import Height
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.core.windows import Span, window_of

__all__ = [
    "Stroke",
    "frame_rate_hz",
    "metres_per_frame_height",
    "metric_speeds",
    "speeds",
    "stroke",
]

#: Ankle to shoulder over standing height (Winter's segment shares; the athlete uses the same).
_STACK_SHARE: Final = 0.779
#: Metric speed needs at least this frame rate and a view this near to side on
#: (20 degrees: Trowell; the rate is a heuristic).
_MIN_RATE_HZ: Final = 45.0
_MAX_OFF_SIDE_DEG: Final = 20.0
#: Mean speed is taken over this middle part of the way; a shorter one is not a stroke.
_FROM_SHARE: Final = 0.1
_TO_SHARE: Final = 0.9
_MIN_STROKE_S: Final = 0.12
#: Relative error of a body scale taken from standing height (heuristic).
_SCALE_ERROR: Final = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """The concentric of one repetition: driver values (M,) at times (M,) and its duration."""

    t_s: FloatArray
    values: FloatArray
    frame_s: float

    @property
    def duration_s(self) -> float:
        """From first to last frame."""
        return float(self.t_s[-1] - self.t_s[0]) if len(self.t_s) else nan

    @property
    def mean(self) -> float:
        """Mean speed between a tenth and nine tenths of the way, in driver units a second.

        What is done after first arriving there, such as settling into lockout, does not count.
        """
        if not self.excursion > 0:
            return nan
        done = (self.values - self.values[0]) / (self.values[-1] - self.values[0])
        last = int(np.argmax(done >= _TO_SHARE))
        first = int(np.flatnonzero(done[: last + 1] <= _FROM_SHARE)[-1])
        lasted_s = float(self.t_s[last] - self.t_s[first])
        covered = abs(float(self.values[last] - self.values[first]))
        return covered / lasted_s if lasted_s >= _MIN_STROKE_S else nan

    @property
    def excursion(self) -> float:
        """How far the driver went, in its unit."""
        return abs(float(self.values[-1] - self.values[0])) if len(self.values) else nan

    @property
    def peak(self) -> float:
        """Largest speed, in driver units a second."""
        if len(self.t_s) < 3:
            return nan
        return float(np.max(np.abs(np.gradient(self.values, self.t_s))))


def frame_rate_hz(t_s: FloatArray) -> float:
    """Typical frame rate; NaN for fewer than two frames."""
    return float(1.0 / np.median(np.diff(t_s))) if len(t_s) > 1 else nan


def stroke(scene: Scene, driver: FloatArray, rep: Span, *, spec: ExerciseSpec) -> Stroke:
    """The driver during the concentric; empty where the driver was hidden or nothing is left."""
    t_s = scene.track.t_s
    ((from_s, to_s),) = window_of("concentric", rep, concentric=spec.cycle.concentric)
    inside = (t_s >= from_s) & (t_s <= to_s) & np.isfinite(driver)
    frame_s = 1.0 / frame_rate_hz(t_s) if len(t_s) > 1 else nan
    if inside.sum() < 3:
        return Stroke(np.empty(0), np.empty(0), frame_s)
    return Stroke(t_s[inside], driver[inside], frame_s)


def speeds(made: Stroke, full_range: float) -> dict[str, Measure]:
    """Mean and peak concentric speed in own full ranges a second."""
    mean, peak = made.mean / full_range, made.peak / full_range
    if not isfinite(mean):
        mean = peak = nan
    share = hypot(0.6 * made.frame_s / made.duration_s, 0.02) if made.duration_s > 0 else nan
    return {
        "mean_velocity": Measure(mean, "ROM/s", share * mean),
        "peak_velocity": Measure(peak, "ROM/s", 2.0 * share * peak),
    }


def metres_per_frame_height(scene: Scene, height_m: float) -> float:
    """Scale of the picture from the lifter's own height; NaN if that is unknown."""
    stack = scene.body.in_picture("leg") + scene.body.in_picture("trunk")
    stack = stack[np.isfinite(stack) & (stack > 0)]
    return _STACK_SHARE * height_m / float(np.median(stack)) if stack.size else nan


def metric_speeds(
    scene: Scene, rep: Span, *, spec: ExerciseSpec, height_m: float
) -> dict[str, Measure]:
    """Mean and peak concentric speed in m/s; NaN unless height, frame rate and view allow it."""
    off_side_deg = abs(abs(scene.view.median_yaw_deg) - 90.0)
    allowed = (
        isfinite(height_m)
        and frame_rate_hz(scene.track.t_s) >= _MIN_RATE_HZ * 0.98
        and off_side_deg <= _MAX_OFF_SIDE_DEG
    )
    made = stroke(scene, _level(scene, spec), rep, spec=spec) if allowed else None
    if made is None or not made.duration_s > 0:
        unknown = Measure(nan, "m/s", nan)
        return {"mean_bar_speed": unknown, "peak_bar_speed": unknown}
    scale = metres_per_frame_height(scene, height_m)
    mean, peak = scale * made.mean, scale * made.peak
    share = hypot(_SCALE_ERROR, 0.6 * made.frame_s / made.duration_s)
    return {
        "mean_bar_speed": Measure(mean, "m/s", share * mean),
        "peak_bar_speed": Measure(peak, "m/s", 2.0 * share * peak),
    }


def _level(scene: Scene, spec: ExerciseSpec) -> FloatArray:
    """(N,) height in frame heights of what is moved: hands with a bar, else the driver's point."""
    driver = spec.cycle.driver
    point = "wrist" if spec.bar == "hands" or not isinstance(driver, Height) else driver.point
    left, right = BILATERAL[point]
    near = np.where(scene.view.near_left > 0.5, scene.track.xy[:, left, 1],
                    scene.track.xy[:, right, 1])  # fmt: skip
    return -near
