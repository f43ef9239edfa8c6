"""Change over a set."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.core.trend import running_loss_percent, theil_sen


def test_one_odd_repetition_does_not_make_a_trend():
    slope, error = theil_sen(np.array([1.0, 2.0, 3.0, 40.0, 5.0, 6.0]))
    assert slope == pytest.approx(1.0)
    assert error >= 0.0


def test_unknown_repetitions_keep_their_place():
    slope, _ = theil_sen(np.array([0.0, np.nan, 2.0, 3.0, np.nan, 5.0, 6.0]))
    assert slope == pytest.approx(1.0)


def test_four_repetitions_show_no_trend():
    assert np.isnan(theil_sen(np.array([1.0, 2.0, 3.0, 4.0]))).all()


def test_loss_is_measured_from_the_best_so_far():
    loss = running_loss_percent(np.array([0.8, 1.0, 0.9, np.nan, 0.7]))
    assert loss[:3] == pytest.approx([0.0, 0.0, 10.0])
    assert np.isnan(loss[3])
    assert loss[4] == pytest.approx(30.0)


def test_no_repetitions_have_no_loss():
    assert running_loss_percent(np.empty(0)).shape == (0,)


def test_a_step_between_sides_is_no_trend():
    values = np.array([70.0, 70.0, 70.0, 70.0, 70.0, 100.0, 100.0, 100.0, 100.0, 100.0])
    assert theil_sen(values)[0] > 2.0
    slope, error = theil_sen(values, [0] * 5 + [1] * 5)
    assert (slope, error) == (0.0, 0.0)


def test_a_trend_shared_by_both_sides_is_found_though_they_differ():
    left, right = np.arange(4.0), 50.0 + np.arange(4.0)
    values = np.stack([left, right], axis=1).ravel()  # in turn
    slope, _ = theil_sen(values, [0, 1] * 4)
    assert slope == pytest.approx(0.5)


def test_too_few_that_compare_show_no_trend():
    assert np.isnan(theil_sen(np.arange(6.0), [0, 1, 2, 0, 1, 2])).all()


def test_a_side_loses_against_its_own_best():
    loss = running_loss_percent(np.array([2.0, 1.0, 1.8, 0.9]), [0, 1, 0, 1])
    assert loss == pytest.approx([0.0, 0.0, 10.0, 10.0])
