"""Spectral arc length."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.core.smoothness import spectral_arc_length


def _stroke(rate_hz: float, shake: float = 0.0) -> np.ndarray:
    t = np.arange(0.0, 1.2, 1.0 / rate_hz) / 1.2
    return 30 * t**2 * (1 - t) ** 2 * (1.0 + shake * np.sin(2 * np.pi * 4.0 * t))


def test_a_shaky_stroke_is_less_smooth():
    assert spectral_arc_length(_stroke(60, 0.6), 60) < spectral_arc_length(_stroke(60), 60) - 0.1


def test_size_does_not_matter():
    assert spectral_arc_length(7.0 * _stroke(60), 60) == pytest.approx(
        spectral_arc_length(_stroke(60), 60)
    )


def test_a_minimum_jerk_stroke_is_about_as_smooth_as_it_gets():
    assert -2.2 < spectral_arc_length(_stroke(30), 30) < -1.2


@pytest.mark.parametrize(
    ("speed", "rate_hz"),
    [
        (np.ones(5), 60.0),
        (np.zeros(40), 60.0),
        (np.append(np.ones(20), np.nan), 60.0),
        (np.ones(40), 8.0),
    ],
)
def test_what_cannot_be_told_is_nan(speed: np.ndarray, rate_hz: float):
    assert np.isnan(spectral_arc_length(speed, rate_hz))
