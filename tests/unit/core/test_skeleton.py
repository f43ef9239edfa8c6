"""Landmarks by name."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.core.skeleton import BILATERAL, COUNT, Landmark, columns, middle


def test_columns_are_those_of_the_named_landmarks_left_before_right():
    assert columns("hip", "toe") == [
        Landmark.LEFT_HIP, Landmark.RIGHT_HIP, Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX,
    ]  # fmt: skip


def test_a_point_that_does_not_exist_has_no_columns():
    with pytest.raises(KeyError):
        columns("tail")


@pytest.mark.parametrize("point", BILATERAL)
def test_the_middle_lies_half_way_between_left_and_right_in_every_frame(point):
    points = np.random.default_rng(0).normal(size=(4, COUNT, 3))
    left, right = BILATERAL[point]
    np.testing.assert_array_equal(middle(points, point), points[:, [left, right]].mean(axis=1))
    np.testing.assert_array_equal(middle(points[0], point), points[0, [left, right]].mean(axis=0))
