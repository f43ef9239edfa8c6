"""What a lifter of these proportions is expected to look like: the band a value is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, isfinite, nan, radians
from typing import Final, assert_never

import numpy as np

from repsight.core.balance import lift_off_lean, squat_lean
from repsight.core.body import proportioned
from repsight.core.reading import Reading, Series, Signals
from repsight.core.spec import Balance, Expectation, Fixed, OwnBest, OwnMedian, OwnRest, Rule
from repsight.core.types import FloatArray
from repsight.core.windows import Span

__all__ = ["Band", "bands_for", "why_unknown"]

#: One-sigma error of the balance model in degrees: bar place on the back, mass shares, mid-foot.
_BALANCE_SIGMA_DEG: Final = 6.0
#: Off the pure side view both feet and the far hip shift the model (heuristic).
_TURNED_DEG: Final = 20.0
#: The own best is this percentile, so that one odd frame does not set the standard.
_BEST_PERCENT: Final = 95.0


@dataclass(frozen=True, slots=True)
class Band:
    """What is expected: ``low`` to ``high``, themselves known to ``sigma``; NaN if unknown."""

    low: float
    high: float
    sigma: float

    @property
    def is_known(self) -> bool:
        """False where the lifter's own reference was not seen."""
        return isfinite(self.sigma)


_UNKNOWN: Final = Band(nan, nan, nan)


def bands_for(
    rule: Rule,
    reps: Sequence[Span],
    *,
    signals: Signals,
    series: Series,
    readings: Sequence[Reading],
) -> list[Band]:
    """The band of one rule for each repetition of the set.

    ``series`` is the judged signal, ``readings`` its values for all ``reps``.
    """
    if isinstance(rule.expected, Balance):
        return [_balanced(rule.expected, rep, signals) for rep in reps]
    return [_of_set(rule.expected, reps, signals, series, readings)] * len(reps)


def _of_set(
    expected: Fixed | OwnRest | OwnMedian | OwnBest,
    reps: Sequence[Span],
    signals: Signals,
    series: Series,
    readings: Sequence[Reading],
) -> Band:
    """The band that all repetitions of a set are held against."""
    match expected:
        case Fixed(low, high):
            return Band(low, high, 0.0)
        case OwnRest():
            return _rested(expected, _at_rest(signals, series, reps), signals)
        case OwnMedian(low, high):
            others = np.array([reading.value for reading in readings])
            return _around(others, low, high) if np.isfinite(others).sum() > 2 else _UNKNOWN
        case OwnBest(low, high):
            return _best(series, low, high)
        case _:
            assert_never(expected)


def why_unknown(expected: Expectation) -> str:
    """Why there is no band to hold a value against."""
    match expected:
        case OwnMedian():
            return "it takes three repetitions to know what is usual for you"
        case OwnRest():
            return "you were not seen at rest, to compare with"
        case Balance():
            return "your feet or your facing could not be seen well enough"
        case Fixed() | OwnBest():
            return "there was nothing to compare with"


def _rested(expected: OwnRest, seen: FloatArray, signals: Signals) -> Band:
    """Around the rest seen in this set, else around the one a calibration knows from this side."""
    band = _around(seen, expected.low, expected.high)
    known = expected.known
    if band.is_known or known is None or known.view != signals.scene.view.name:
        return band
    return Band(known.value + expected.low, known.value + expected.high, known.sigma)


def _at_rest(signals: Signals, series: Series, reps: Sequence[Span]) -> FloatArray:
    read = [signals.read_series(series, rep, when="rest", pick="median") for rep in reps]
    return np.array([reading.value for reading in read])


def _around(own: FloatArray, low: float, high: float) -> Band:
    """Band around the median of own values, known as well as they agree."""
    own = own[np.isfinite(own)]
    if not own.size:
        return _UNKNOWN
    middle = float(np.median(own))
    scatter = 1.4826 * float(np.median(np.abs(own - middle)))
    return Band(middle + low, middle + high, 1.25 * scatter / float(np.sqrt(len(own))))


def _best(series: Series, low: float, high: float) -> Band:
    known = series.values[np.isfinite(series.values)]
    if not known.size:
        return _UNKNOWN
    is_high_best = isfinite(low)
    best = float(np.percentile(known, _BEST_PERCENT if is_high_best else 100 - _BEST_PERCENT))
    return Band(best + low, best + high, 0.0)


def _balanced(expected: Balance, rep: Span, signals: Signals) -> Band:
    """Lean that keeps the load over mid-foot, between all models of where the load sits."""
    scene = signals.scene
    if expected.proportions is not None:
        scene = replace(scene, body=proportioned(scene.body, expected.proportions))
    t_s = scene.track.t_s
    if expected.load == "squat":
        frames = (t_s >= rep.turn_start_s) & (t_s <= rep.turn_end_s)
        leans = squat_lean(scene, trunk_share=expected.trunk_share)[:, frames]
    else:
        frames = np.abs(t_s - rep.start_s) <= 0.1
        leans = lift_off_lean(scene)[:, frames]
    known = leans[:, np.isfinite(leans).all(axis=0)]
    if not known.size:
        return _UNKNOWN
    middle = np.median(known, axis=1)
    spread = 1.4826 * float(np.median(np.abs(known - middle[:, None])))
    turned = _TURNED_DEG * abs(cos(radians(signals.yaw_deg_of(rep))))
    sigma = hypot(_BALANCE_SIGMA_DEG, spread, turned)
    return Band(float(middle.min()) + expected.low, float(middle.max()) + expected.high, sigma)
