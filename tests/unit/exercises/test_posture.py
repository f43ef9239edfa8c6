"""Other movements are not counted as the exercise that was asked for."""

from __future__ import annotations

import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.exercises import spec_of

FOUR = ("squat", "deadlift", "push_up", "shoulder_press")
OTHERS = ("walking", "racking", "talking", "plank", "biceps_curl", "sit_up")


@pytest.mark.parametrize("asked", FOUR)
@pytest.mark.parametrize("done", OTHERS)
def test_another_movement_is_not_counted_as_what_was_asked_for(done: str, asked: str):
    for seed, yaw_deg in enumerate((90.0, 0.0, 45.0)):
        made = perform(done, reps=3, seed=seed)
        scene = observe(made.track(made.camera(yaw_deg=yaw_deg), seed=seed))
        assert refine(scene, spec_of(asked)).reps == (), yaw_deg


def test_walking_from_any_side_is_no_repetition_of_anything():
    for seed in range(6):
        made = perform("walking", seed=seed, hold_s=20.0)
        scene = observe(made.track(made.camera(yaw_deg=60.0 * seed), seed=seed))
        assert all(refine(scene, spec_of(asked)).reps == () for asked in FOUR), seed


def test_a_quarter_squat_still_counts_when_nothing_deeper_is_done():
    made = perform("squat", reps=4, seed=3, range_ratio=0.5)
    scene = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    assert len(refine(scene, spec_of("squat")).reps) == 4


def test_feet_that_walk_off_are_named_as_the_reason():
    made = perform("lunge", reps=3, seed=1)
    scene = observe(made.track(made.camera(yaw_deg=90.0), seed=1))
    refused = refine(scene, spec_of("squat")).rejected
    assert any(one.reason == "wrong_posture" and "foot" in one.explanation for one in refused)
