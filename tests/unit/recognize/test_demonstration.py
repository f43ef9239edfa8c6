"""What carries a movement is told from one demonstration."""

from __future__ import annotations

import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.core.refine import refine
from repsight.recognize.demonstration import drive_of
from repsight.recognize.drafted import draft

MOVEMENTS = ["squat", "deadlift", "push_up", "sit_up", "lunge"]


def _scene(exercise: str, *, reps: int, seed: int, yaw_deg: float = 90.0) -> Scene:
    done = perform(exercise, reps=reps, seed=seed)
    return observe(done.track(done.camera(yaw_deg=yaw_deg), seed=seed))


@pytest.mark.parametrize("exercise", MOVEMENTS)
def test_what_one_lifter_shows_is_counted_in_another(exercise: str):
    scene = _scene(exercise, reps=5, seed=3)
    drive = drive_of(scene, 5)
    assert drive is not None
    learned = draft("shown", "Shown", scene=scene, drive=drive)
    assert len(refine(_scene(exercise, reps=4, seed=11), learned).reps) == 4


@pytest.mark.parametrize(
    ("exercise", "works"),
    [("squat", "after"), ("push_up", "after"), ("deadlift", "before"), ("sit_up", "before")],
)
def test_the_work_is_where_the_body_rises(exercise: str, works: str):
    drive = drive_of(_scene(exercise, reps=5, seed=3), 5)
    assert drive is not None
    assert drive.cycle.concentric == works


def test_limbs_that_take_turns_are_followed_each():
    done = perform("biceps_curl", reps=6, seed=3, variation="alternating")
    drive = drive_of(observe(done.track(done.camera(yaw_deg=0.0), seed=3)), 6)
    assert drive is not None
    assert drive.cycle.sides == "each"
    assert {rep.side for rep in drive.reps} == {"left", "right"}


@pytest.mark.parametrize("said", [2, 9])
def test_another_number_than_was_done_finds_nothing(said: int):
    assert drive_of(_scene("squat", reps=5, seed=3), said) is None


@pytest.mark.parametrize("nothing", ["standing", "plank"])
def test_who_keeps_still_shows_nothing(nothing: str):
    assert drive_of(observe(perform(nothing, seed=2).track(seed=2)), 3) is None


def test_another_movement_does_not_pass_as_the_one_that_was_shown():
    scene = _scene("push_up", reps=5, seed=3)
    drive = drive_of(scene, 5)
    assert drive is not None
    learned = draft("shown", "Shown", scene=scene, drive=drive)
    assert refine(_scene("shoulder_press", reps=4, seed=5), learned).reps == ()


def test_stopping_short_of_what_was_shown_is_found():
    scene = _scene("squat", reps=5, seed=3)
    drive = drive_of(scene, 5)
    assert drive is not None
    short_turn, short_rest = draft("shown", "Shown", scene=scene, drive=drive).book.rules
    assert short_turn.id == "short_turn"
    assert short_rest.id == "short_rest"
    assert short_turn.views == ("side",)
