"""Key moments of a repetition, the angles there, and the curves between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, nan
from typing import assert_never

import numpy as np

from repsight.core.reading import Signals, default_sigma, unit_of
from repsight.core.report import Curve, Limit, Measure, MomentSeen, Rep
from repsight.core.spec import Crossing, ExerciseSpec, Hold, Moment, PhaseShare
from repsight.core.types import FloatArray
from repsight.core.windows import window_of

__all__ = ["curves_of", "moments_of"]

#: Curves begin and end this long before the first and after the last repetition.
_MARGIN_S = 1.0


def moments_of(signals: Signals, spec: ExerciseSpec, rep: Rep) -> tuple[MomentSeen, ...]:
    """The exercise's key moments that were seen, in time order, with its curves' values there."""
    seen: list[MomentSeen] = []
    for moment in spec.book.moments:
        t_s = _time_of(moment, signals, spec, rep)
        if isfinite(t_s):
            seen.append(MomentSeen(moment.id, moment.name, t_s, _measures_at(signals, spec, t_s)))
    return tuple(sorted(seen, key=lambda moment: moment.t_s))


def _time_of(moment: Moment, signals: Signals, spec: ExerciseSpec, rep: Rep) -> float:
    """When the moment is; NaN if the recording cuts it off or its signal was hidden."""
    match moment.at:
        case "start":
            return rep.start_s if signals.start_seen(rep) else nan
        case "turn":
            return rep.turn_s
        case "end":
            return rep.end_s if signals.end_seen(rep) else nan
        case PhaseShare(phase, share):
            if isinstance(spec.movement, Hold):  # it has no phases
                return nan
            driver = signals.series(spec.cycle.driver).values
            t_s, values = _phase(signals, driver, rep, spec=spec, phase=phase)
            return _first_past(t_s, values, share)
        case Crossing(signal, level, phase):
            series = signals.series(signal).values
            t_s, values = _phase(signals, series, rep, spec=spec, phase=phase)
            above = np.flatnonzero((values[1:] >= level) & (values[:-1] < level))
            return float(t_s[above[0] + 1]) if above.size else nan
        case _:
            assert_never(moment.at)


def _phase(
    signals: Signals, values: FloatArray, rep: Rep, *, spec: ExerciseSpec, phase: str
) -> tuple[FloatArray, FloatArray]:
    """Times and known values within the eccentric or concentric."""
    when = "eccentric" if phase == "eccentric" else "concentric"
    ((from_s, to_s),) = window_of(when, rep, concentric=spec.concentric)
    t_s = signals.scene.track.t_s
    inside = (t_s >= from_s) & (t_s <= to_s) & np.isfinite(values)
    return t_s[inside], values[inside]


def _first_past(t_s: FloatArray, values: FloatArray, share: float) -> float:
    """First moment at which ``share`` of the way from first to last value is done."""
    if len(values) < 3 or values[-1] == values[0]:
        return nan
    done = (values - values[0]) / (values[-1] - values[0])
    return float(t_s[np.argmax(done >= share)])


def _measures_at(signals: Signals, spec: ExerciseSpec, t_s: float) -> dict[str, Measure]:
    view = signals.scene.view.name
    return {
        curve_id: Measure(signals.at(signal, t_s), unit_of(signal), default_sigma(signal, view))
        for curve_id, _, signal in spec.book.curves
    }


def curves_of(
    signals: Signals,
    spec: ExerciseSpec,
    reps: Sequence[Rep],
    *,
    limits: dict[str, tuple[Limit, ...]],
) -> tuple[Curve, ...]:
    """The exercise's curves over the set; ``limits`` are drawn into the curve of that id."""
    if not reps:
        return ()
    t_s = signals.scene.track.t_s
    inside = (t_s >= reps[0].start_s - _MARGIN_S) & (t_s <= reps[-1].end_s + _MARGIN_S)
    times = tuple(float(value) for value in t_s[inside])
    return tuple(
        Curve(
            curve_id, name, unit_of(signal), times,
            tuple(float(value) for value in signals.series(signal).values[inside]),
            limits.get(curve_id, ()),
        )
        for curve_id, name, signal in spec.book.curves
    )  # fmt: skip
