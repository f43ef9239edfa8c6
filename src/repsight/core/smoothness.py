"""Smoothness of a movement as its spectral arc length (SPARC)."""

from __future__ import annotations

from math import nan
from typing import Final

import numpy as np

from repsight.core.types import FloatArray

__all__ = ["spectral_arc_length"]

#: Zero-padding and amplitude threshold of Balasubramanian et al. 2015.
_PAD_LEVEL: Final = 4
_MIN_AMPLITUDE: Final = 0.05
#: Cut-off frequency; a camera of 30 frames a second carries less (heuristic).
_CUT_OFF_HZ: Final = 10.0
_SLOW_CAMERA_CUT_OFF_HZ: Final = 6.0
_SLOW_CAMERA_HZ: Final = 45.0
_MIN_FRAMES: Final = 8


def spectral_arc_length(speed: FloatArray, frame_rate_hz: float) -> float:
    """SPARC of a speed profile (N,) at an even rate: about -1.6 for a smooth stroke, lower if not.

    NaN below eight frames, with unknown values, without movement, or when the rate cannot carry
    the cut-off frequency.
    """
    cut_off_hz = _CUT_OFF_HZ if frame_rate_hz >= _SLOW_CAMERA_HZ else _SLOW_CAMERA_CUT_OFF_HZ
    if len(speed) < _MIN_FRAMES or frame_rate_hz < 2 * cut_off_hz or not np.isfinite(speed).all():
        return nan
    padded = 2 ** (int(np.ceil(np.log2(len(speed)))) + _PAD_LEVEL)
    amplitude = np.abs(np.fft.rfft(np.abs(speed), padded))
    if amplitude[0] <= 0:
        return nan
    amplitude = amplitude / amplitude.max()
    frequency_hz = np.fft.rfftfreq(padded, 1.0 / frame_rate_hz)
    below = frequency_hz <= cut_off_hz
    amplitude, frequency_hz = amplitude[below], frequency_hz[below]
    strong = np.flatnonzero(amplitude >= _MIN_AMPLITUDE)
    amplitude = amplitude[strong[0] : strong[-1] + 1]
    frequency_hz = frequency_hz[strong[0] : strong[-1] + 1]
    if len(frequency_hz) < 2:
        return nan
    step = np.diff(frequency_hz) / (frequency_hz[-1] - frequency_hz[0])
    return float(-np.sum(np.hypot(step, np.diff(amplitude))))
