"""Changes are claimed beyond the error and not within it."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest

from repsight.core.change import change_over, difference
from repsight.core.report import Measure


def measures(values, error: float = 1.0) -> list[Measure]:
    return [Measure(float(value), "deg", error) for value in values]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (Measure(10, "deg", 1), Measure(20, "deg", 1), "rising"),
        (Measure(20, "deg", 1), Measure(10, "deg", 1), "falling"),
        (Measure(10, "deg", 1), Measure(12, "deg", 1), "no_change"),
        (Measure(10, "deg", nan), Measure(20, "deg", 1), "unknown"),
        (Measure(10, "deg", 1), Measure(nan, "deg", 1), "unknown"),
        (Measure(10, "deg", 1), Measure(20, "leg", 1), "unknown"),
    ],
)
def test_a_difference_is_held_against_both_errors(first, second, said):
    assert difference(first, second).direction == said


def test_a_steady_rise_over_weeks_is_said_with_its_amount():
    change = change_over([0, 7, 14, 21, 28], measures([50, 55, 60, 65, 70]))
    assert change.direction == "rising"
    assert change.amount == pytest.approx(20)


def test_a_rise_within_the_error_is_none():
    assert change_over([0, 7, 14, 21], measures([50, 51, 52, 53], 8.0)).direction == "no_change"


@pytest.mark.parametrize(
    ("days", "values"),
    [([0, 7, 14], [1, 20, 40]), ([0, 1, 2, 3], [1, 20, 40, 60]), ([], []), ([0] * 9, range(9))],
)
def test_few_days_or_a_short_time_show_no_trend(days, values):
    assert change_over(days, measures(values)).direction == "unknown"


def test_sets_of_one_day_are_one_piece_of_evidence():
    days = [0.1, 0.2, 0.3, 0.4, 30.1, 30.2, 30.3, 30.4]
    assert change_over(days, measures([1, 1, 1, 1, 50, 50, 50, 50])).direction == "unknown"


def test_unknown_values_are_left_out():
    values = measures([50, 55, nan, 60, 65, 70])
    assert change_over([0, 7, 10, 14, 21, 28], values).amount == pytest.approx(20)


@pytest.mark.parametrize("sessions", [4, 6, 12])
def test_noise_is_seldom_taken_for_a_trend(sessions):
    random = np.random.default_rng(sessions)
    days = np.arange(sessions) * 7.0
    said = [
        change_over(list(days), measures(random.normal(60, 3, sessions), 3.0)).direction
        for _ in range(400)
    ]
    assert np.mean([one != "no_change" for one in said]) < 0.05


def test_one_wild_day_does_not_make_a_trend():
    values = measures([60, 60.5, 59.5, 60, 90, 60.2, 59.8, 60])
    assert change_over(list(range(0, 56, 7)), values).direction == "no_change"
