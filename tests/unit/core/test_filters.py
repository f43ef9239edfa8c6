"""Cleaning keeps what moved and drops what only flickered."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.filters import (
    clean,
    fill_gaps,
    reject_outliers,
    running_median,
    smooth,
)
from repsight.core.types import PoseTrack


def _wave(seconds: float = 4.0, rate_hz: float = 30.0) -> tuple[np.ndarray, np.ndarray]:
    t_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    return t_s, 0.5 + 0.2 * np.sin(2 * np.pi * 0.5 * t_s)[:, None]


def test_smoothing_keeps_the_height_of_a_turnaround():
    t_s, clean_wave = _wave()
    assert np.abs(smooth(t_s, clean_wave) - clean_wave).max() < 0.004


def test_smoothing_takes_away_most_of_white_noise():
    t_s, wave = _wave()
    noisy = wave + np.random.default_rng(1).normal(0, 0.01, wave.shape)
    assert np.std(smooth(t_s, noisy) - wave) < 0.6 * np.std(noisy - wave)


def test_smoothing_has_no_delay():
    t_s, wave = _wave()
    smoothed = smooth(t_s, wave)[:, 0]
    first = t_s < 1.5  # the next crest is as high
    peak_s, wanted_s = (t_s[one[first].argmax()] for one in (smoothed, wave[:, 0]))
    assert abs(peak_s - wanted_s) < 1 / 30


@pytest.mark.parametrize("rate_hz", [10.0, 24.0, 60.0, 120.0])
def test_smoothing_means_seconds_and_not_frames(rate_hz: float):
    t_s, wave = _wave(rate_hz=rate_hz)
    assert np.abs(smooth(t_s, wave) - wave).max() < 0.01


def test_smoothing_leaves_missing_values_missing():
    t_s, wave = _wave()
    wave[20:40] = np.nan
    smoothed = smooth(t_s, wave)
    assert np.isnan(smoothed[20:40]).all()
    assert np.isfinite(np.delete(smoothed, slice(20, 40), axis=0)).all()


def test_a_short_gap_is_bridged_and_a_long_one_is_not():
    t_s, wave = _wave()
    wave[10:15] = np.nan
    wave[50:80] = np.nan
    filled = fill_gaps(t_s, wave)
    assert np.isfinite(filled[10:15]).all()
    assert np.isnan(filled[50:80]).all()


def test_nothing_is_invented_before_the_first_and_after_the_last_known_value():
    t_s, wave = _wave()
    wave[:3] = np.nan
    wave[-3:] = np.nan
    filled = fill_gaps(t_s, wave)
    assert np.isnan(filled[:3]).all()
    assert np.isnan(filled[-3:]).all()


def test_a_column_known_once_stays_as_it_is():
    t_s, wave = _wave()
    wave[1:] = np.nan
    assert np.isnan(fill_gaps(t_s, wave)[1:]).all()


def test_a_single_jump_is_dropped_and_the_movement_kept():
    t_s, wave = _wave()
    wave[33] += 0.3
    kept = reject_outliers(t_s, wave, floor=0.02)
    assert np.isnan(kept[33]).all()
    assert np.isfinite(np.delete(kept, 33)).all()


def test_the_running_median_ignores_missing_values_and_says_so_when_there_are_none():
    t_s = np.arange(10) / 10.0
    values = np.array([1.0, 1, 1, np.nan, np.nan, np.nan, np.nan, 2, 2, 2])
    middle = running_median(t_s, values, window_s=0.1)
    assert middle[2] == 1.0
    assert np.isnan(middle[4])
    assert running_median(t_s[:0], values[:0], window_s=1.0).size == 0


def test_cleaning_keeps_the_global_motion_of_the_body():
    track = perform("squat", reps=2, seed=3).track(noise=0)
    cleaned = clean(track)
    assert np.nanmax(np.abs(cleaned.xy[:, 23:25] - track.xy[:, 23:25])) < 0.004


def test_cleaning_an_empty_track_gives_it_back():
    empty = PoseTrack.from_frames([])
    assert clean(empty) is empty
