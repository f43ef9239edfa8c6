"""Which repetitions of a set compare with one another."""

from __future__ import annotations

import numpy as np

from repsight.core.alike import alike_by


def test_one_side_and_one_view_all_compare():
    assert alike_by(["both"] * 3, np.array([12.0, 20.0, 8.0])) == (0, 0, 0)


def test_the_two_sides_do_not_compare():
    assert alike_by(["left", "left", "right"], np.zeros(3)) == (0, 0, 1)


def test_who_turns_round_within_a_set_is_compared_before_and_after_on_its_own():
    assert alike_by(["both"] * 5, np.array([42.0, 45.0, 40.0, 5.0, 3.0])) == (0, 0, 0, 1, 1)


def test_a_slow_turn_is_one_view_and_the_back_lies_across_the_end_of_the_circle():
    assert alike_by(["both"] * 4, np.array([0.0, 15.0, 30.0, 45.0])) == (0, 0, 0, 0)
    assert alike_by(["both"] * 2, np.array([175.0, -176.0])) == (0, 0)


def test_an_unknown_view_is_taken_for_the_usual_one():
    assert alike_by(["both"] * 4, np.array([80.0, np.nan, 82.0, 5.0])) == (0, 0, 0, 1)
    assert alike_by(["both"] * 2, np.full(2, np.nan)) == (0, 0)
