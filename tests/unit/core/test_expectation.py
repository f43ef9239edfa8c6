"""Expected posture: from the lifter's own rest, best, median and proportions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.body import Body
from repsight.athlete.performance import perform
from repsight.core.balance import lift_off_lean, squat_lean
from repsight.core.expectation import bands_for
from repsight.core.measure import observe
from repsight.core.reading import Reading, Signals, default_sigma, sigma_in, turning_sigma, unit_of
from repsight.core.refine import refine
from repsight.core.signals import Angle, Height, Lean, Ratio, Shift, Spread
from repsight.core.spec import Balance, Fixed, OwnBest, OwnMedian, OwnRest, Rule
from repsight.exercises import spec_of

LEAN = Lean("hip", "shoulder", "near")
LONG_THIGHS = Body(thigh=0.275, trunk=0.262)
SHORT_THIGHS = Body(thigh=0.228, trunk=0.305)


def _rule(expected) -> Rule:
    return Rule(
        "x", "X", LEAN, "turn", "median", expected, "deg", 1.0, ("side",),
        cue="c", source="s", joints=("hip",),
    )  # fmt: skip


def _set(body: Body | None = None, exercise: str = "squat"):
    made = perform(exercise, reps=3, seed=2, body=body, variation=None)
    scene = observe(made.track(noise=0.0))
    spec = spec_of(exercise)
    return Signals(scene, spec.cycle.concentric), refine(scene, spec).reps


def _band(expected, body: Body | None = None, values: list[float] | None = None):
    signals, reps = _set(body)
    if values is None:
        readings = [signals.read(LEAN, rep, when="turn", pick="median") for rep in reps]
    else:
        readings = [Reading(value, 0.0, 0.0, 1.0) for value in values]
    return bands_for(
        _rule(expected), reps, signals=signals, series=signals.series(LEAN), readings=readings,
    )[0]  # fmt: skip


def test_a_fixed_band_is_exact():
    band = _band(Fixed(1.0, 2.0))
    assert (band.low, band.high, band.sigma) == (1.0, 2.0, 0.0)


def test_own_rest_is_how_the_lifter_stands():
    band = _band(OwnRest(low=-5.0, high=5.0))
    assert -1.0 < band.low + 5.0 < 15.0
    assert band.high - band.low == pytest.approx(10.0)


def test_own_median_is_known_as_well_as_the_repetitions_agree():
    steady = _band(OwnMedian(high=2.0), values=[10.0, 10.0, 10.0, 10.0])
    assert (steady.high, steady.sigma) == (12.0, 0.0)
    unsteady = _band(OwnMedian(high=2.0), values=[6.0, 8.0, 12.0, 14.0])
    assert unsteady.sigma > 1.0
    assert not _band(OwnMedian(high=2.0), values=[6.0, 8.0]).is_known


def test_own_best_looks_up_for_a_lower_limit_and_down_for_an_upper_one():
    assert _band(OwnBest(low=-10.0)).low > 20.0
    assert _band(OwnBest(high=10.0)).high < 20.0


def test_own_references_are_unknown_where_nothing_was_seen():
    signals, reps = _set()
    series = replace(signals.series(LEAN), values=signals.series(LEAN).values * np.nan)
    for expected in (OwnRest(low=0.0), OwnBest(low=0.0)):
        band = bands_for(_rule(expected), reps, signals=signals, series=series, readings=[])[0]
        assert not band.is_known


def test_long_thighs_are_expected_to_lean_further_under_the_same_bar():
    under_bar: list[float] = []
    for body in (LONG_THIGHS, SHORT_THIGHS):
        signals, reps = _set(body)
        at = int(np.argmin(np.abs(signals.scene.track.t_s - reps[0].turn_s)))
        under_bar.append(float(squat_lean(signals.scene, trunk_share=1.0)[2, at]))
    assert under_bar[0] > under_bar[1] + 4.0


def test_nobody_is_expected_to_lean_beyond_all_measure():
    assert _band(Balance("squat", high=0.0), LONG_THIGHS).high <= 65.0


@pytest.mark.parametrize("body", [LONG_THIGHS, SHORT_THIGHS, Body()])
def test_a_balanced_squat_leans_within_its_own_band(body: Body):
    signals, reps = _set(body)
    leans = squat_lean(signals.scene, trunk_share=1.0)
    for rep in reps:
        at = int(np.argmin(np.abs(signals.scene.track.t_s - rep.turn_s)))
        lean = signals.series(LEAN).values[at]
        assert leans[:, at].min() - 2.0 < lean < leans[:, at].max() + 2.0


def test_balance_needs_to_know_where_the_lifter_faces():
    signals, reps = _set()
    view = replace(signals.scene.view, facing=0.0 * signals.scene.view.facing)
    blind = Signals(replace(signals.scene, view=view), "after")
    band = bands_for(
        _rule(Balance("squat", high=0.0)), reps, signals=blind, series=blind.series(LEAN),
        readings=[],
    )[0]  # fmt: skip
    assert not band.is_known


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_clean_pull_starts_within_the_lean_of_its_proportions(seed: int):
    made = perform("deadlift", reps=2, seed=seed, variation="conventional")
    scene = observe(made.track(noise=0.0))
    signals = Signals(scene, "before")
    reps = refine(scene, spec_of("deadlift")).reps
    expected = _rule(Balance("deadlift", low=-8.0, high=8.0))
    band = bands_for(expected, reps, signals=signals, series=signals.series(LEAN), readings=[])[0]
    lean = signals.read(LEAN, reps[0], when="start", pick="median").value
    assert band.low < lean < band.high
    assert lift_off_lean(scene).shape == (2, len(scene.track))


def test_errors_grow_off_the_side_and_off_the_front():
    assert default_sigma(LEAN, "front") > default_sigma(LEAN, "side")
    assert default_sigma(Ratio(Spread("knee", "leg"), Spread("ankle", "leg")), "side") > 0.05
    assert sigma_in("front", 1.0, (("front", 3.0),)) == 3.0
    assert sigma_in("side", 1.0, (("front", 3.0),)) == 1.0
    assert turning_sigma(Shift("hip", "ankle", "leg"), 0.0) == 0.0
    assert turning_sigma(Shift("hip", "ankle", "leg"), 20.0) > 0.05
    assert turning_sigma(LEAN, 20.0) == 0.0


def test_units_follow_the_signal():
    assert unit_of(Angle("hip", "knee", "ankle")) == "deg"
    assert unit_of(Height("hip", "floor", "leg")) == "leg"
    assert unit_of(Ratio(Spread("knee", "leg"), Spread("ankle", "leg"))) == "ratio"
