"""Medians of what is known."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest

from repsight.core.medians import known_median, median, medians, nan_median, quantile


@pytest.mark.parametrize("values", [[3.0], [1.0, 9.0], [5.0, 1.0, 9.0], [4.0, 1.0, 9.0, 2.0]])
def test_a_median_is_that_of_numpy(values):
    assert median(np.array(values)) == np.median(values)


def test_what_is_unknown_or_infinite_does_not_count():
    assert known_median(np.array([nan, 1.0, np.inf, 3.0])) == 2.0


def test_the_median_of_nothing_known_is_unknown():
    assert isnan(known_median(np.array([])))
    assert isnan(known_median(np.array([nan, nan])))


def test_each_column_has_the_median_of_its_own_known_values():
    stack = np.array([[1.0, nan, nan], [3.0, 5.0, nan], [9.0, 7.0, nan]])
    np.testing.assert_array_equal(nan_median(stack), [3.0, 6.0, nan])
    assert nan_median(np.empty((0, 2))).shape == (2,)


@pytest.mark.parametrize("count", [1, 2, 5, 10, 11, 64])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_quantile_is_that_of_numpy(count, share):
    values = np.random.default_rng(count).normal(size=count)
    assert quantile(values, share) == np.quantile(values, share)


@pytest.mark.parametrize("count", [1, 4, 7])
def test_the_median_of_a_row_is_that_of_numpy_and_unknown_with_a_hole(count):
    rows = np.random.default_rng(count).normal(size=(5, count))
    rows[2, 0] = nan
    np.testing.assert_array_equal(medians(rows), np.median(rows, axis=1))
