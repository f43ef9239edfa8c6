"""Numbers of every repetition and of the whole set, each with its error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot, isfinite, nan, radians, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.alike import alike_of
from repsight.core.barpath import bar_metrics
from repsight.core.body import is_square_yaw
from repsight.core.measure import Scene, measure_side
from repsight.core.medians import known_median
from repsight.core.reading import Signals, default_sigma, sigma_in, unit_of
from repsight.core.report import Measure, Rep
from repsight.core.sides import spec_for
from repsight.core.signals import Angle, Deviation, Distance, Height, Lean, Offset
from repsight.core.skeleton import BILATERAL
from repsight.core.smoothness import spectral_arc_length
from repsight.core.spec import ExerciseSpec, Hold, Metric
from repsight.core.trend import MIN_REPS, running_loss_percent, theil_sen
from repsight.core.types import FloatArray
from repsight.core.velocity import frame_rate_hz, metric_speeds, speeds, stroke

__all__ = ["rep_metrics", "set_metrics"]

#: Trends of these come with every set, besides those of the exercise's own metrics.
_WATCHED: Final = ("range", "smoothness", "eccentric", "pause", "concentric")
#: A difference between sides below this share cannot be told from measuring error (heuristic).
_SIDE_SIGMA: Final = 0.05
#: Lowering, pause and lifting are this uncertain however many pictures there are; with fewer, by
#: the time between two (heuristic; ``python -m benchmarks.low_rates`` prints how often it holds).
_TEMPO_SIGMA_S: Final = 0.05
#: The side nearer to the camera seems to move further: by this share times the sine of the yaw, one
#: sigma. Symmetric arm raises of the digital athlete, 20 degrees off, measure 12 % (heuristic).
_SIDE_SIGMA_TURNED: Final = 0.25
#: Both sides compare while the trunk stands at least this much of its length in the picture: of
#: somebody who lies, one side is nearer or hidden whatever the camera's yaw (heuristic).
_UPRIGHT_SHARE: Final = 0.6
#: The ends of a hold are this uncertain: a position is not left within one frame (heuristic).
_HELD_SIGMA_S: Final = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """What the numbers of single repetitions are relative to."""

    spec: ExerciseSpec
    signals: Signals
    driver: FloatArray
    full_range: float
    height_m: float


def rep_metrics(
    signals: Signals, spec: ExerciseSpec, reps: Sequence[Rep], *, height_m: float = nan
) -> list[dict[str, Measure]]:
    """Metrics of each repetition by id; NaN values where view or visibility do not allow them.

    Velocities are relative to the usual range of repetitions that are alike (``alike_of``), losses
    to the fastest of them: the farther side and the turned lifter move less in the picture.

    A spell of a hold has those of the exercise's own and nothing that moves.
    """
    if isinstance(spec.movement, Hold):
        return [_book_metrics(spec, rep, signals) for rep in reps]
    wholes = [_set_of(spec_for(spec, rep.side), signals, height_m) for rep in reps]
    drafts = [
        stroke(signals.scene, whole.driver, rep, spec=whole.spec).excursion
        for whole, rep in zip(wholes, reps, strict=True)
    ]
    alike = np.array(alike_of(signals, reps))
    usual = {int(one): known_median(np.array(drafts)[alike == one]) for one in np.unique(alike)}
    found = [
        _of_rep(replace(whole, full_range=usual[int(one)]), rep)
        for whole, rep, one in zip(wholes, reps, alike, strict=True)
    ]
    for measures, loss in zip(found, _losses(found, alike), strict=True):
        measures["velocity_loss"] = loss
    return found


def _losses(found: Sequence[dict[str, Measure]], alike: NDArray[np.intp]) -> Iterator[Measure]:
    speed = np.array([measures["mean_velocity"].value for measures in found])
    losses = running_loss_percent(speed, alike.tolist())
    for measures, loss, one in zip(found, losses, alike, strict=True):
        error = measures["mean_velocity"].error
        best = np.fmax.reduce(speed[alike == one])
        yield Measure(float(loss), "%", float(100.0 * hypot(error, error) / best))


def _set_of(spec: ExerciseSpec, signals: Signals, height_m: float) -> _Set:
    return _Set(spec, signals, signals.series(spec.cycle.driver).values, nan, height_m)


def _book_metrics(spec: ExerciseSpec, rep: Rep, signals: Signals) -> dict[str, Measure]:
    return {metric.id: _book_metric(metric, rep, signals) for metric in spec.book.metrics}


def _of_rep(whole: _Set, rep: Rep) -> dict[str, Measure]:
    spec, signals = whole.spec, whole.signals
    scene = signals.scene
    made = stroke(scene, whole.driver, rep, spec=spec)
    measures = _book_metrics(spec, rep, signals)
    sigma = default_sigma(spec.cycle.driver, scene.view.name)
    measures["range"] = Measure(made.excursion, unit_of(spec.cycle.driver), sigma)
    works_first = spec.cycle.concentric == "before"
    is_whole = signals.start_seen(rep) if works_first else signals.end_seen(rep)
    measures |= speeds(made, whole.full_range if is_whole else nan)
    measures |= metric_speeds(scene, rep, spec=spec, height_m=whole.height_m)
    measures["smoothness"] = _smoothness(whole, rep)
    measures["left_right_difference"] = _left_right(whole, rep)
    measures["sway"] = _sway(whole, rep)
    if spec.bar == "hands":
        measures |= bar_metrics(scene, rep, spec=spec)
    return measures


def _book_metric(metric: Metric, rep: Rep, signals: Signals) -> Measure:
    view = signals.view_of(rep)
    if view not in metric.views or signals.scene.view.name not in metric.views:
        return Measure(nan, metric.unit, nan)
    reading = signals.read(metric.signal, rep, when=metric.when, pick=metric.pick)
    declared = sigma_in(view, metric.sigma, metric.view_sigma)
    torn = signals.disagreement(metric.signal, rep, when=metric.when, pick=metric.pick)
    return Measure(reading.value, metric.unit, hypot(declared, reading.noise, torn))


def _smoothness(whole: _Set, rep: Rep) -> Measure:
    """SPARC of the driver's speed through the concentric, at an even rate."""
    made = stroke(whole.signals.scene, whole.driver, rep, spec=whole.spec)
    rate_hz = frame_rate_hz(whole.signals.scene.track.t_s)
    if len(made.t_s) < 3:
        return Measure(nan, "SPARC", nan)
    even_s = np.arange(made.t_s[0], made.t_s[-1], 1.0 / rate_hz)
    speed = (
        np.gradient(np.interp(even_s, made.t_s, made.values), even_s)
        if len(even_s) > 2
        else (np.empty(0))
    )
    # 0.1: scatter of SPARC of one stroke at 30 Hz on the digital athlete (heuristic)
    return Measure(spectral_arc_length(speed, rate_hz), "SPARC", 0.1)


def _left_right(whole: _Set, rep: Rep) -> Measure:
    """Difference of the driver's range, left minus right, percent of the larger.

    NaN where one side did the repetition or led it, where the camera does not stand straight
    before or behind the lifter, and of somebody who lies.
    """
    driver, signals = whole.spec.cycle.driver, whole.signals
    unknown = Measure(nan, "%", nan)
    if rep.side != "both" or not isinstance(
        driver, Angle | Lean | Height | Offset | Distance | Deviation
    ):
        return unknown
    t_s = signals.scene.track.t_s
    inside = (t_s >= rep.start_s) & (t_s <= rep.end_s)
    if not (_is_square(signals, rep) and _is_upright(signals.scene, inside)):
        return unknown
    left, right = (measure_side(driver, signals.scene, side)[inside] for side in ("left", "right"))
    both = np.isfinite(left) & np.isfinite(right)
    if both.mean() < 0.6:
        return unknown
    ranges = float(np.ptp(left[both])), float(np.ptp(right[both]))
    share = (ranges[0] - ranges[1]) / max(ranges) if max(ranges) > 0 else nan
    turned = _SIDE_SIGMA_TURNED * abs(sin(radians(signals.yaw_deg_of(rep))))
    return Measure(100.0 * share, "%", 100.0 * hypot(_SIDE_SIGMA, _SIDE_SIGMA, turned))


def _is_square(signals: Signals, rep: Rep) -> bool:
    return signals.scene.view.is_square and is_square_yaw(signals.yaw_deg_of(rep))


def _is_upright(scene: Scene, inside: NDArray[np.bool_]) -> bool:
    y = scene.track.xy[inside, :, 1]
    hips, shoulders = (y[:, list(BILATERAL[name])].mean(axis=1) for name in ("hip", "shoulder"))
    share = (hips - shoulders) / scene.body.in_picture("trunk")[inside]
    return known_median(share) >= _UPRIGHT_SHARE


def _sway(whole: _Set, rep: Rep) -> Measure:
    """Sideways wander of the pelvis over the feet, seen from the front or back."""
    signals = whole.signals
    if signals.view_of(rep) not in ("front", "back"):
        return Measure(nan, "shoulder_width", nan)
    scene = signals.scene
    inside = (scene.track.t_s >= rep.start_s) & (scene.track.t_s <= rep.end_s)
    x = scene.track.xy[inside, :, 0]
    hips, ankles = (x[:, list(BILATERAL[name])].mean(axis=1) for name in ("hip", "ankle"))
    aside = (hips - ankles) / scene.body.in_picture("shoulder_width")[inside]
    aside = aside[np.isfinite(aside)]
    return Measure(float(np.std(aside)) if aside.size > 3 else nan, "shoulder_width", 0.02)


def set_metrics(
    signals: Signals, spec: ExerciseSpec, reps: Sequence[Rep], found: Sequence[dict[str, Measure]]
) -> dict[str, Measure]:
    """Medians over the repetitions, velocity loss, range decay and trends of the set.

    Trends compare repetitions that are alike (``alike_of``).

    Of a hold, medians over its spells and the longest of them.
    """
    if not reps:
        return {}
    if isinstance(spec.movement, Hold):
        longest = Measure(max(rep.end_s - rep.start_s for rep in reps), "s", _HELD_SIGMA_S)
        middles = {name: _median([one[name] for one in found]) for name in found[0]}
        return {**middles, "longest_hold": longest}
    columns = _columns(reps, found, signals.scene.track.t_s)
    measures = {name: _median(parts) for name, parts in columns.items() if name != "velocity_loss"}
    measures["left_right_difference"] = _told_apart(columns["left_right_difference"])
    one_rep = len(reps) == 1  # which loses nothing and keeps nothing
    measures["velocity_loss"] = Measure(nan, "%", nan) if one_rep else found[-1]["velocity_loss"]
    watched = [metric.id for metric in spec.book.metrics] + list(_WATCHED)
    if len(reps) >= MIN_REPS:
        alike = alike_of(signals, reps)
        for name in watched:
            measures[f"{name}_trend"] = _trend(columns[name], alike)
        measures["range_decay"] = _decay(reps, alike)
    return measures


def _columns(
    reps: Sequence[Rep], found: Sequence[dict[str, Measure]], t_s: FloatArray
) -> dict[str, list[Measure]]:
    names = list(found[0]) if found else []
    columns = {name: [measures[name] for measures in found] for name in names}
    for name in ("eccentric", "pause", "concentric"):
        columns[name] = [
            Measure(getattr(rep, f"{name}_s"), "s", _tempo_sigma_s(rep, t_s)) for rep in reps
        ]
    return columns


def _tempo_sigma_s(rep: Rep, t_s: FloatArray) -> float:
    """How uncertain the parts of a repetition are: no better than the pictures are apart."""
    inside = t_s[(t_s >= rep.start_s) & (t_s <= rep.end_s)]
    apart_s = float(np.median(np.diff(inside))) if len(inside) > 1 else 0.0
    return max(_TEMPO_SIGMA_S, apart_s)


def _median(parts: Sequence[Measure]) -> Measure:
    values = np.array([part.value for part in parts])
    known = np.isfinite(values)
    if not known.any():
        return Measure(nan, parts[0].unit, nan)
    errors = np.array([part.error for part in parts])[known]
    return Measure(float(np.median(values[known])), parts[0].unit, float(np.median(errors)))


def _told_apart(parts: Sequence[Measure]) -> Measure:
    """The median difference, or NaN when it is within its scatter or its error."""
    middle = _median(parts)
    values = np.array([part.value for part in parts])
    scatter = float(np.nanstd(values)) if np.isfinite(values).any() else nan
    if abs(middle.value) <= max(scatter, 1.64 * middle.error):
        return Measure(nan, middle.unit, middle.error)
    return middle


def _trend(parts: Sequence[Measure], alike: Sequence[int]) -> Measure:
    slope, error = theil_sen(np.array([part.value for part in parts]), alike)
    return Measure(slope, f"{parts[0].unit}/rep", error)


def _decay(reps: Sequence[Rep], alike: Sequence[int]) -> Measure:
    """Loss of range in percent of the median range per repetition; positive when it shrinks.

    From the shares that the table of repetitions shows, so that the two agree.
    """
    values = np.array([rep.range_share for rep in reps])
    middle = known_median(values)
    slope, error = theil_sen(values, alike)
    if not isfinite(middle) or middle == 0:
        return Measure(nan, "%/rep", nan)
    return Measure(-100.0 * slope / middle, "%/rep", 100.0 * error / abs(middle))
