"""Key moments and curves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.moments import curves_of, moments_of
from repsight.core.reading import Signals
from repsight.core.refine import refine
from repsight.core.report import Limit
from repsight.core.spec import Crossing, Moment, PhaseShare
from repsight.exercises import spec_of


@pytest.fixture(scope="module")
def pull():
    made = perform("deadlift", reps=2, seed=4)
    track = made.track(noise=0.0)
    scene = observe(track.part(track.t_s <= made.truth.end_s + 0.3))
    spec = spec_of("deadlift")
    return made, Signals(scene, "before"), spec, refine(scene, spec).reps


def test_a_deadlift_has_its_four_moments_near_the_truth(pull):
    made, signals, spec, reps = pull
    for rep, truth in zip(reps, made.truth.reps, strict=True):
        seen = {moment.id: moment for moment in moments_of(signals, spec, rep)}
        assert list(seen) == ["setup", "first_pull", "knee_pass", "lockout"]
        true = {moment.name: moment.t_s for moment in truth.moments}
        for name, t_s in true.items():
            if name in seen:
                assert seen[name].t_s == pytest.approx(t_s, abs=0.35)


def test_a_moment_carries_the_values_of_the_curves_there(pull):
    _, signals, spec, reps = pull
    lockout = moments_of(signals, spec, reps[0])[-1]
    assert set(lockout.measures) == {curve_id for curve_id, _, _ in spec.book.curves}
    assert lockout.measures["hip_angle"].value > 165.0
    assert lockout.measures["hip_angle"].unit == "deg"
    assert lockout.measures["shoulder_height"].error > 0.0


def test_moments_outside_the_recording_are_left_out(pull):
    _, signals, spec, reps = pull
    t_s = signals.scene.track.t_s
    cut = replace(
        reps[0], start_seen=False, end_seen=False, start_s=float(t_s[0]), end_s=float(t_s[-1])
    )
    moments = (Moment("a", "A", "start"), Moment("b", "B", "end"), Moment("c", "C", "turn"))
    only = replace(spec, book=replace(spec.book, moments=moments))
    assert [moment.id for moment in moments_of(signals, only, cut)] == ["c"]


def test_a_level_that_is_never_crossed_is_no_moment(pull):
    _, signals, spec, reps = pull
    never = Moment("x", "X", Crossing(spec.cycle.driver, 99.0, "concentric"))
    only = replace(spec, book=replace(spec.book, moments=(never,)))
    assert moments_of(signals, only, reps[0]) == ()


def test_shares_of_a_phase_come_in_order(pull):
    _, signals, spec, reps = pull
    moments = tuple(
        Moment(f"m{share}", "M", PhaseShare("eccentric", share / 10)) for share in (2, 5, 8)
    )
    only = replace(spec, book=replace(spec.book, moments=moments))
    seen = moments_of(signals, only, reps[0])
    assert [moment.id for moment in seen] == ["m2", "m5", "m8"]
    assert seen[0].t_s > reps[0].turn_s


def test_curves_span_the_set_and_hold_their_limits(pull):
    _, signals, spec, reps = pull
    limits = {"hip_angle": (Limit("Lockout", 160.0, float("nan")),)}
    curves = {curve.id: curve for curve in curves_of(signals, spec, reps, limits=limits)}
    assert curves["hip_angle"].limits == limits["hip_angle"]
    assert curves["knee_angle"].limits == ()
    assert curves["hip_angle"].t_s[0] <= reps[0].start_s
    assert curves["hip_angle"].t_s[-1] >= reps[-1].end_s
    assert np.nanmax(curves["hip_angle"].values) <= 180.0


def test_no_repetition_no_curve(pull):
    _, signals, spec, _ = pull
    assert curves_of(signals, spec, (), limits={}) == ()
