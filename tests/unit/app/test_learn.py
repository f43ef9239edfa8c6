"""A new exercise from one demonstration, as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repsight.app.learn import Demonstration, learn, learn_from_track
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack
from repsight.errors import Unjudgeable, UnreadableSource, UserMistake
from repsight.landmarks_io import save_landmarks
from repsight.spec_files.read import spec_from_text

SHOWN = Demonstration("my_press", "My press", 4)


def _track() -> PoseTrack:
    return perform("shoulder_press", reps=4, seed=6).track(seed=6)


def test_the_file_is_the_exercise_and_says_where_it_is_from():
    learned = learn_from_track(_track(), SHOWN, source="demo.mp4")
    assert spec_from_text(learned.text, {}) == learned.spec
    assert "Drafted from 4 repetitions in demo.mp4" in learned.text
    assert learned.spec.name == "My press"


def test_a_landmark_file_teaches_as_well(tmp_path: Path):
    save_landmarks(tmp_path / "demo.npz", _track())
    assert learn(tmp_path / "demo.npz", SHOWN).spec.id == "my_press"


def test_a_wrong_number_is_told_with_what_was_seen():
    with pytest.raises(Unjudgeable, match=r"stands out 7 times in this clip: .+ in it"):
        learn_from_track(_track(), Demonstration("my_press", "My press", 7), source="demo.mp4")


def test_nobody_in_the_clip_is_told():
    track = _track()
    empty = PoseTrack(track.t_s, np.full_like(track.xy, np.nan), np.zeros_like(track.visibility))
    with pytest.raises(Unjudgeable, match="stands out 4 times"):
        learn_from_track(empty, SHOWN, source="demo.mp4")


def test_landmarks_that_nobody_ever_saw_teach_nothing():
    track = _track()
    guessed = replace(track, visibility=np.zeros_like(track.visibility))
    with pytest.raises(Unjudgeable, match="No landmark was seen in any of the"):
        learn_from_track(guessed, SHOWN, source="x.npz")


@pytest.mark.parametrize("frames", [0, 1, 5])
def test_a_few_frames_or_none_teach_nothing(frames: int):
    with pytest.raises(Unjudgeable, match="hardly anybody was seen"):
        learn_from_track(_track().part(slice(frames)), SHOWN, source="demo.mp4")


@pytest.mark.parametrize("nothing", ["still", "talking", "walking"])
def test_one_movement_of_somebody_who_does_no_exercise_is_not_taken_for_it(nothing: str):
    track = perform(nothing, reps=0, seed=1).track()
    with pytest.raises(Unjudgeable, match="stands out 1 times"):
        learn_from_track(track, Demonstration("my_press", "X", 1), source="demo.mp4")


@pytest.mark.parametrize("exercise", ["My press", "1st", "", "unknown"])
def test_an_id_that_cannot_be_one_is_a_mistake(exercise: str):
    with pytest.raises(UserMistake):
        learn_from_track(_track(), Demonstration(exercise, "X", 4), source="demo.mp4")


def test_no_repetition_and_no_file_are_mistakes(tmp_path: Path):
    with pytest.raises(UserMistake, match="teach nothing"):
        learn_from_track(_track(), Demonstration("my_press", "X", 0), source="demo.mp4")
    with pytest.raises(UnreadableSource):
        learn(tmp_path / "none.mp4", SHOWN)
