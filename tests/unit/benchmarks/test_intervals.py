"""Intervals and tables of the benchmarks."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.intervals import Row, bootstrap, share, table, wilson
from benchmarks.plain_counter import count_plainly, prominent_peaks, strongest_period
from repsight.core.types import PoseTrack


def test_wilson_interval_of_nine_in_ten() -> None:
    assert wilson(9, 10) == pytest.approx((0.596, 0.982), abs=0.001)


def test_wilson_interval_of_nothing_is_unknown() -> None:
    assert all(np.isnan(end) for end in wilson(0, 0))


def test_bootstrap_is_the_same_on_every_run() -> None:
    values = [0.0, 1.0, 0.5, 0.25]
    low, high = bootstrap(values)
    assert bootstrap(values) == (low, high)
    assert low < np.mean(values) < high


def test_a_table_says_what_was_not_measured() -> None:
    text = table([Row("speed", "<= 1", float("nan"), 0), share("found", "", [True, False])])
    assert "| speed | <= 1 | not measured | 0 |  |" in text
    assert "| found |  | 50.0 % | 2 |" in text


def test_peaks_need_prominence() -> None:
    signal = np.array([0, 1, 0.9, 1.05, 0, 0.2, 0, 1, 0.0])
    assert prominent_peaks(signal, 0.5, 2) == [3, 7]


def test_period_of_a_sine() -> None:
    period, strength = strongest_period(np.sin(np.arange(600) * 2 * np.pi / 40))
    assert period == 40
    assert strength > 0.8


def test_the_plain_counter_counts_a_sine() -> None:
    t_s = np.arange(0, 20, 1 / 30)
    xy = np.random.default_rng(0).normal(0.5, 0.001, (len(t_s), 33, 2))
    xy[..., 1] += np.linspace(0, 0.3, 33) * np.sin(2 * np.pi * t_s / 2)[:, None]
    assert abs(count_plainly(PoseTrack(t_s, xy, np.ones(xy.shape[:2]))) - 10) <= 1


def test_the_plain_counter_sees_nobody_in_gaps() -> None:
    xy = np.full((90, 33, 2), np.nan)
    assert count_plainly(PoseTrack(np.arange(90) / 30, xy, np.zeros((90, 33)))) == 0
