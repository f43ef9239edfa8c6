"""What is learned of a lifter changes what counts for them, and only what it may change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.calibration import calibrate, calibrated
from repsight.core.expectation import bands_for
from repsight.core.measure import observe
from repsight.core.reading import Signals
from repsight.core.refine import refine
from repsight.core.spec import Balance, OwnRest, Proportions
from repsight.errors import UserMistake
from repsight.exercises import spec_of
from tests.live_sets import run_live

SQUAT = spec_of("squat")


def squats(range_ratio, *, reps: int = 3, seed: int = 4, **other):
    made = perform("squat", reps=reps, seed=seed, range_ratio=range_ratio, lead_s=3.0, tail_s=3.0,
                   **other)  # fmt: skip
    return made.track(fps=20, seed=seed)


@pytest.fixture(scope="module")
def full():
    return calibrate(observe(squats(1.0, reps=2)), SQUAT)


@pytest.fixture(scope="module")
def limited():
    return calibrate(observe(squats(0.3, reps=2)), SQUAT)


def counted(track, *known) -> int:
    return sum(one.rep_count for one in assess_track(track, exercise="squat", calibrations=known))


def test_range_proportions_and_rest_are_learned(full):
    scene = observe(squats(1.0))
    assert full.view == "side"
    assert full.reps == 2
    assert full.own_range.value == pytest.approx(refine(scene, SQUAT).own_range, rel=0.1)
    lengths = scene.body.lengths
    share = lengths["trunk"] / (lengths["trunk"] + lengths["leg"])
    assert full.proportions.trunk == pytest.approx(share, rel=0.08)
    assert full.proportions.trunk + full.proportions.leg == pytest.approx(1.0)
    assert full.at_turn == {}


def test_a_lifter_of_little_range_is_counted_by_their_own(limited):
    track = squats(0.3, reps=4, seed=4)
    assert counted(track) <= 1
    assert counted(track, limited) == 4


def test_the_rule_book_stays_the_same_for_a_lifter_of_little_range(limited):
    (seen,) = assess_track(squats(0.3, reps=4), exercise="squat", calibrations=[limited])
    depth = [one for one in seen.verdicts if one.rule == "shallow" and one.rep]
    assert depth
    assert all(one.outcome == "issue" for one in depth)


def test_half_repetitions_of_a_lifter_with_full_range_do_not_count(full):
    halves = squats(0.45, reps=4)
    assert counted(halves) == 4  # nobody knows what this lifter can do
    (seen,) = assess_track(halves, exercise="squat", calibrations=[full])
    assert seen.rep_count == 0
    assert {one.reason for one in seen.rejected} == {"partial_range"}


def test_full_repetitions_count_as_before(full, limited):
    track = squats(1.0, reps=5, seed=4)
    assert counted(track) == counted(track, full) == 5
    assert counted(track, limited) == 5


def test_an_ordinary_range_never_makes_counting_laxer(full):
    assert calibrated(SQUAT, [full]).cycle.floor == SQUAT.cycle.floor


def test_little_range_has_a_least(limited):
    tiny = replace(limited, own_range=replace(limited.own_range, value=0.001))
    assert calibrated(SQUAT, [tiny]).cycle.floor == pytest.approx(SQUAT.cycle.floor / 2)
    still = perform("still", seed=3, hold_s=10.0).track(fps=20)
    assert counted(still, tiny) == 0


@pytest.mark.parametrize("ratio", [1.0, (1.0, 0.45, 1.0), 0.3])
def test_a_live_set_has_the_report_of_its_recording(full, limited, ratio):
    track = squats(ratio, reps=4, seed=7)
    for known in (full, limited):
        engine, _ = run_live(track, calibrated(SQUAT, [known]))
        (recorded,) = assess_track(track, exercise="squat", calibrations=[known])
        assert repr(engine.report()) == repr(recorded)  # NaN is no equal of itself


def test_another_exercise_gets_the_proportions_and_nothing_else(full):
    deadlift = spec_of("deadlift")
    known = calibrated(deadlift, [full])
    assert known.movement == deadlift.movement
    assert known.posture == deadlift.posture
    balances = [r.expected for r in known.book.rules if isinstance(r.expected, Balance)]
    assert {one.proportions for one in balances} <= {full.proportions}
    assert calibrated(deadlift, []) is deadlift


def test_long_thighs_are_expected_to_lean_more(full):
    rule = next(r for r in SQUAT.book.rules if isinstance(r.expected, Balance))
    scene = observe(squats(1.0))
    signals, reps = Signals(scene, SQUAT.concentric), refine(scene, SQUAT).reps
    series = signals.series(rule.signal)

    def middle(trunk: float) -> float:
        known = Proportions(trunk, 1.0 - trunk, full.proportions.arm)
        told = replace(rule, expected=replace(rule.expected, low=0.0, proportions=known))
        band = bands_for(told, reps, signals=signals, series=series, readings=())[0]
        return band.low

    assert middle(0.33) > middle(0.40)


def test_the_known_rest_serves_where_none_is_seen(full):
    rule = next(r for r in SQUAT.book.rules if isinstance(r.expected, OwnRest)
                and r.id in full.at_rest)  # fmt: skip
    told = next(r for r in calibrated(SQUAT, [full]).book.rules if r.id == rule.id)
    scene = observe(squats(1.0))
    signals, reps = Signals(scene, SQUAT.concentric), refine(scene, SQUAT).reps
    hidden = replace(signals.series(rule.signal), values=np.full(len(scene.track), np.nan))

    def band(which, series):
        return bands_for(which, reps, signals=signals, series=series, readings=())[0]

    assert not band(rule, hidden).is_known
    assert band(told, hidden).is_known
    seen = signals.series(rule.signal)
    assert band(told, seen) == band(rule, seen)  # what is seen goes first
    turned = replace(told, expected=replace(told.expected, known=replace(
        told.expected.known, view="front")))  # fmt: skip
    assert not band(turned, hidden).is_known


@pytest.mark.parametrize(
    ("track", "why"),
    [
        (lambda: perform("standing", seed=1, hold_s=8.0).track(fps=15), "could be seen"),
        (lambda: squats(1.0, reps=1), "Only 1 whole repetition"),
        (lambda: squats((1.0, 0.78), reps=4), "different range"),
    ],
)
def test_what_shows_too_little_is_said(track, why):
    with pytest.raises(UserMistake, match=why):
        calibrate(observe(track()), SQUAT)


def test_a_hold_has_no_range_to_learn():
    with pytest.raises(UserMistake, match="held"):
        calibrate(observe(squats(1.0)), spec_of("plank"))
