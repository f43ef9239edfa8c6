"""What comes before the first and after the last repetition is not one."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.performance import Performance, perform
from repsight.core.leaving import LEFT, UNSURE_LAST
from repsight.core.measure import observe
from repsight.core.refine import Refined, refine
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of


def _track(made: Performance, yaw_deg: float = 90.0) -> PoseTrack:
    return made.track(made.camera(yaw_deg=yaw_deg), seed=1)


def _refined(track: PoseTrack, exercise: str) -> Refined:
    return refine(observe(track), spec_of(exercise))


@pytest.mark.parametrize("yaw_deg", [90.0, -60.0, 20.0, 180.0])
def test_standing_up_after_the_last_deadlift_and_walking_off_does_not_count(yaw_deg: float):
    done = _refined(_track(perform("deadlift", reps=3, seed=1, walk_in=True), yaw_deg), "deadlift")
    assert len(done.reps) == 3
    late = [one.explanation for one in done.rejected if one.turn_s > done.reps[-1].end_s]
    assert late in ([LEFT], ["the feet walked off"])
    assert UNSURE_LAST not in done.notes


def test_standing_there_for_long_after_the_last_deadlift_does_not_count():
    made = perform("deadlift", reps=2, seed=1, stands_up=True, tail_s=9.0)
    assert len(_refined(_track(made), "deadlift").reps) == 2


def test_a_recording_that_ends_upright_says_that_the_last_one_is_unsure():
    done = _refined(_track(perform("deadlift", reps=2, seed=1, stands_up=True)), "deadlift")
    assert done.notes == (UNSURE_LAST,)


@pytest.mark.parametrize("exercise", ["squat", "push_up", "shoulder_press", "deadlift"])
def test_what_the_recording_cuts_off_half_way_through_the_work_does_not_count(exercise: str):
    made = perform(exercise, reps=3, seed=2)
    last = made.truth.reps[-1]
    works_first = exercise in {"shoulder_press", "deadlift"}
    work = (last.start_s, last.turn_start_s) if works_first else (last.turn_end_s, last.end_s)
    track = _track(made)
    half = _refined(track.part(track.t_s <= np.mean(work)), exercise)
    assert len(half.reps) == 2
    whole = _refined(track.part(track.t_s <= work[1] + 0.1), exercise)
    assert len(whole.reps) == 3


def test_what_stops_with_the_recording_is_named_not_finished():
    made = perform("squat", reps=3, seed=2)
    last = made.truth.reps[-1]
    track = _track(made)
    cut = _refined(track.part(track.t_s <= (last.turn_end_s + last.end_s) / 2), "squat")
    assert [one.reason for one in cut.rejected] == ["not_finished"]


def test_lifting_the_weight_to_the_shoulders_is_outside_the_first_press():
    made = perform("shoulder_press", reps=3, seed=7, walk_in=True)
    done = _refined(_track(made), "shoulder_press")
    for rep, true in zip(done.reps, made.truth.reps, strict=True):
        assert rep.start_s == pytest.approx(true.start_s, abs=0.35)
        assert rep.end_s == pytest.approx(true.end_s, abs=0.35)
