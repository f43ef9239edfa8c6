"""Which movements count, judged against an athlete whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from repsight.athlete.performance import Performance, perform
from repsight.core.measure import Scene, observe
from repsight.core.posture import membership
from repsight.core.refine import Refined, driver_of, own_range, refine
from repsight.core.signals import Angle
from repsight.core.spec import Gate
from repsight.core.types import PoseFrame, PoseTrack
from repsight.exercises import spec_of

FOUR = ("squat", "deadlift", "push_up", "shoulder_press")
#: Movements without repetitions in which each exercise must find none.
IDLE = ("still", "standing", "talking", "walking", "plank")


def _refined(exercise: str, *, yaw_deg: float = 90.0, noise: float = 1.0, **how) -> Refined:
    performance = perform(exercise, seed=2, **how)
    track = performance.track(performance.camera(yaw_deg=yaw_deg), noise=noise, seed=2)
    return refine(observe(_set_of(performance, track)), spec_of(exercise))


def _set_of(performance: Performance, track: PoseTrack) -> PoseTrack:
    """Without what follows the set: standing up without the bar looks like one more pull."""
    return track.part(track.t_s <= performance.truth.end_s + 0.5)


@pytest.mark.parametrize("yaw_deg", [0, 45, 90, -90, 135])
@pytest.mark.parametrize("exercise", FOUR)
def test_every_full_repetition_counts_from_every_side(exercise: str, yaw_deg: float):
    assert len(_refined(exercise, yaw_deg=yaw_deg, reps=4).reps) == 4


@pytest.mark.parametrize("exercise", FOUR)
def test_half_repetitions_among_full_ones_are_rejected_with_a_reason(exercise: str):
    refined = _refined(exercise, reps=6, range_ratio=[1.0, 1.0, 0.45, 1.0, 0.45, 1.0])
    assert len(refined.reps) == 4
    partial = [r for r in refined.rejected if r.reason == "partial_range"]
    assert len(partial) == 2
    assert all("%" in r.explanation and r.value < r.wanted for r in partial)


@pytest.mark.parametrize("hidden_s", [1.3, 2.0, 3.0])
def test_a_repetition_does_not_stretch_back_to_the_set_up_where_its_end_was_not_seen(
    hidden_s: float,
):
    made = perform("shoulder_press", reps=4, seed=1)
    track = made.track(made.camera(yaw_deg=0.0), seed=1)
    first = made.truth.reps[0]
    hidden = (track.t_s > first.turn_s - 0.3) & (track.t_s < first.turn_s - 0.3 + hidden_s)
    xy, world = track.xy.copy(), np.array(track.world)
    xy[hidden] = world[hidden] = np.nan
    reps = refine(observe(replace(track, xy=xy, world=world)), spec_of("shoulder_press")).reps
    longest = max(rep.end_s - rep.start_s for rep in made.truth.reps)
    assert len(reps) >= 2
    assert all(rep.end_s - rep.start_s < 1.2 * longest for rep in reps)
    assert reps[-1].end_s == pytest.approx(made.truth.reps[-1].end_s, abs=0.3)


def test_standing_up_after_the_last_half_repetition_does_not_make_it_whole():
    made = perform(
        "lunge", reps=6, range_ratio=[1.0, 1.0, 0.5], variation="split", seed=1203
    )  # fmt: skip
    scene = observe(made.track(made.camera(yaw_deg=-90.0), seed=3))
    assert len(refine(scene, spec_of("lunge")).reps) == 4


@pytest.mark.parametrize("variation", ["conventional", "sumo", "trap_bar"])
def test_pulls_of_half_the_way_are_no_deadlifts(variation: str):
    refined = _refined("deadlift", reps=4, range_ratio=0.5, variation=variation)
    assert refined.reps == ()
    assert all(one.explanation for one in refined.rejected)


@pytest.mark.parametrize("exercise", FOUR)
@pytest.mark.parametrize("idle", IDLE)
def test_doing_nothing_gives_no_repetition(idle: str, exercise: str):
    performance = perform(idle, seed=4)
    for yaw_deg in (0.0, 90.0):
        scene = observe(performance.track(performance.camera(yaw_deg=yaw_deg), seed=4))
        assert refine(scene, spec_of(exercise)).reps == ()


@pytest.mark.parametrize("exercise", FOUR)
def test_turnarounds_are_where_the_athlete_turned(exercise: str):
    performance = perform(exercise, reps=3, seed=8)
    track = _set_of(performance, performance.track(seed=8))
    refined = refine(observe(track), spec_of(exercise))
    for rep, truth in zip(refined.reps, performance.truth.reps, strict=True):
        # a held turnaround is a band: anywhere inside it is right
        assert truth.turn_start_s - 0.2 <= rep.turn_s <= truth.turn_end_s + 0.2


@pytest.mark.parametrize("exercise", FOUR)
def test_phases_add_up_and_leave_rest_outside(exercise: str):
    for rep in _refined(exercise, reps=3).reps:
        parts = rep.eccentric_s + rep.pause_s + rep.concentric_s
        assert parts == pytest.approx(rep.end_s - rep.start_s, abs=1e-9)
        assert rep.start_s <= rep.turn_start_s <= rep.turn_s <= rep.turn_end_s <= rep.end_s


def test_repetitions_do_not_overlap():
    reps = _refined("squat", reps=5).reps
    assert all(a.end_s <= b.start_s for a, b in pairwise(reps))


def test_a_squat_cut_off_at_the_bottom_is_not_finished():
    performance = perform("squat", reps=3, seed=2)
    track = performance.track(seed=2)
    cut = track.part(track.t_s <= performance.truth.reps[2].turn_s + 0.1)
    refined = refine(observe(cut), spec_of("squat"))
    assert len(refined.reps) == 2
    assert refined.rejected[-1].reason == "not_finished"


def test_a_pull_that_ends_at_lockout_counts_and_lowering_alone_does_not():
    performance = perform("deadlift", reps=1, seed=2)
    track = performance.track(seed=2)
    truth = performance.truth.reps[0]
    pull = track.part(track.t_s <= truth.turn_end_s)
    lowering = track.part((track.t_s >= truth.turn_s) & (track.t_s <= truth.end_s))
    assert len(refine(observe(pull), spec_of("deadlift")).reps) == 1
    assert refine(observe(lowering), spec_of("deadlift")).reps == ()


def test_a_lifter_lost_for_a_moment_is_still_counted():
    track = perform("squat", reps=4, seed=2).track(seed=2)
    xy = track.xy.copy()
    gone = (track.t_s > 4.0) & (track.t_s < 4.3)
    xy[gone] = np.nan
    scene = observe(replace(track, xy=xy))
    assert len(refine(scene, spec_of("squat")).reps) == 4


def test_nobody_gives_nothing():
    track = PoseTrack.from_frames([PoseFrame.missing(i / 30) for i in range(60)])
    refined = refine(observe(track), spec_of("squat"))
    assert refined.reps == ()
    assert refined.rejected == ()


def test_an_empty_track_gives_nothing():
    empty = PoseTrack.from_frames([])
    assert refine(_scene_of(empty), spec_of("squat")).reps == ()


def _scene_of(track: PoseTrack) -> Scene:
    return observe(track)


def test_partials_do_not_drag_the_own_range_down():
    assert own_range([1.0, 1.0, 0.5, 0.5, 1.0]) == 1.0
    assert np.isnan(own_range([]))


@pytest.mark.parametrize(
    ("value", "expected"), [(5.0, 1.0), (10.5, 0.75), (11.0, 0.5), (12.0, 0.0), (float("nan"), 1.0)]
)
def test_membership_falls_off_over_the_soft_width(value: float, expected: float):
    gate = Gate(Angle("hip", "knee", "ankle"), "turn", low=0.0, high=10.0, soft=2.0)
    assert membership(gate, value) == pytest.approx(expected)


def test_the_driver_keeps_its_own_sign():
    scene = observe(perform("squat", reps=1, seed=2).track(seed=2))
    driver = driver_of(scene, spec_of("squat").cycle)
    assert driver[3] > np.nanmin(driver)
