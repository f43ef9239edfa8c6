"""Who else is in the picture."""

from __future__ import annotations

from math import nan
from pathlib import Path

import numpy as np
import pytest

from benchmarks.clips import Clip, Landmarks, keep
from benchmarks.several_people import (
    ALONE,
    COMPANY,
    Tried,
    cameraman,
    clips_in_company,
    company,
    place_of,
    real_sets,
    rows_of,
    rows_of_real,
)
from repsight.athlete.camera import project
from repsight.athlete.performance import perform
from tests.pictures import pictures_of


@pytest.mark.parametrize("name", COMPANY)
def test_the_others_do_not_stand_where_the_lifter_is(name: str):
    made = perform("squat", reps=2, seed=1)
    others = company(name, made, 1)
    assert bool(others) == (name != ALONE)
    assert all(np.hypot(*one.at_m) > 1.0 for one in others)


@pytest.mark.parametrize("name", [name for name in COMPANY if "walks" in name])
def test_who_walks_past_is_gone_before_the_set_is_over(name: str):
    made = perform("squat", reps=3, seed=1)
    (walker,) = company(name, made, 1)
    assert walker.delay_s > 0
    assert walker.delay_s + walker.performance.truth.duration_s <= made.truth.duration_s


def test_places_are_told_as_the_camera_sees_them():
    made = perform("squat", reps=1, seed=1)
    body = made.points_at(np.array([0.0]))
    x, y = place_of(0.5, 0.0)
    right = project(body + np.array([x, y, 0.0]), cameraman(made)).xy
    here = project(body, cameraman(made)).xy
    assert np.all(right[..., 0] > here[..., 0])
    x, y = place_of(0.0, 1.0)
    behind = project(body + np.array([x, y, 0.0]), cameraman(made))
    assert np.all(behind.depth_m > project(body, cameraman(made)).depth_m)


def test_each_company_has_its_rows_after_those_of_all():
    done = [Tried("squat", name, 3, 3 + number, 1.0) for number, name in enumerate(COMPANY)]
    exact, or_refused, said, *each = rows_of(done)
    assert (exact.n, exact.value, or_refused.value, said.value) == (len(COMPANY) - 1, 0.0, 0.0, 0.0)
    assert [row.value for row in each[::2]] == [1.0, *[0.0] * (len(COMPANY) - 1)]


def test_a_set_that_is_refused_for_its_picture_is_not_held_against_the_count():
    done = [Tried("squat", COMPANY[1], 3, 2, 0.4, is_said=True, is_refused=True)]
    exact, or_refused, said, *_ = rows_of(done)
    assert (exact.value, or_refused.value, said.value) == (0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("people", "others"), [("2", True), ("3+", True), ("many", True), ("0-1", False), ("", False)]
)
def test_labels_say_how_many_are_in_the_picture(people: str, others: bool):
    assert _clip("squat_1", 3, people).is_in_company == others


def test_real_clips_with_others_in_them_are_counted(tmp_path: Path):
    made = perform("squat", reps=3, seed=2)
    track = made.track(made.camera(yaw_deg=90.0), seed=2)
    clips = [_clip("squat_1", 3, "2"), _clip("squat_2", 5, "many"), _clip("squat_3", 3, "1")]
    for clip in clips:
        keep(tmp_path / f"{clip.path.stem}.npz", track, pictures_of(track))
    right, wrong = real_sets(clips_in_company(clips), Landmarks(tmp_path))
    assert (right.is_exact, wrong.is_exact) == (True, False)
    assert rows_of_real([right, wrong])[0].value == 0.5


def _clip(stem: str, reps: int, people: str) -> Clip:
    path = Path(f"{stem}.mp4")
    return Clip(path, "squat", reps, "high", (), nan, "", "", "", people=people)
