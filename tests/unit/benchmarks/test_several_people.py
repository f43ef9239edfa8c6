"""Who else is in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.several_people import (
    ALONE,
    COMPANY,
    Tried,
    cameraman,
    company,
    place_of,
    rows_of,
)
from repsight.athlete.camera import project
from repsight.athlete.performance import perform


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
