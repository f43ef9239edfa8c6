"""Causal filters follow what moves and doubt what jumps."""

from __future__ import annotations

import numpy as np

from repsight.core.causal import JumpGuard, OneEuro


def test_the_causal_filter_follows_a_slow_movement_within_its_declared_lag():
    t_s = np.arange(0.0, 8.0, 1 / 30)
    wave = 0.5 + 0.2 * np.sin(np.pi * t_s)
    wave_filter = OneEuro(speed_gain=0.0)
    out = np.array([wave_filter.push(t, v) for t, v in zip(t_s, wave, strict=True)])
    late = t_s[60 + out[60:110].argmax()] - t_s[60 + wave[60:110].argmax()]
    assert abs(late - wave_filter.lag_s) <= 1 / 30 + 1e-9


def test_the_causal_filter_gives_the_last_value_for_a_missing_one():
    wave_filter = OneEuro()
    assert np.isnan(wave_filter.push(0.0, float("nan")))
    wave_filter.push(0.1, 1.0)
    assert wave_filter.push(0.2, float("nan")) == 1.0


def test_a_jump_is_believed_once_the_next_frame_agrees():
    guard = JumpGuard()
    believed = [guard.push(i / 30, u, usual=1.0) for i, u in enumerate([0, 0, 5, 0, 5, 5, 5.1])]
    assert believed == [0, 0, 0, 0, 0, 5, 5.1]


def test_a_quick_movement_is_no_jump():
    guard = JumpGuard()
    values = np.sin(np.linspace(0, 6 * np.pi, 60))  # three times there and back in two seconds
    assert [guard.push(i / 30, u, usual=2.0) for i, u in enumerate(values)] == list(values)
