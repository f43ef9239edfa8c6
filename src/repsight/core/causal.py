"""Filters for live use: each value is decided with what came before it, and the lag is declared."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, pi, sqrt

__all__ = ["JumpGuard", "OneEuro"]

#: Nobody covers the whole range of a movement more quickly than this, or half of it between two
#: frames (heuristic).
_QUICKEST_S = 0.15
_JUMP_SHARE = 0.5


@dataclass(slots=True)
class JumpGuard:
    """Holds back a value that jumped until the next one agrees; without delay for movements.

    A jump is more than half the ``usual`` range at once, and faster than anybody moves.
    """

    _t_s: float = float("nan")
    _value: float = float("nan")
    _doubted: float = float("nan")

    def push(self, t_s: float, value: float, *, usual: float) -> float:
        """The value to believe at ``t_s``; NaN input is given back and changes nothing."""
        if isnan(value):
            return value
        most = usual * max(_JUMP_SHARE, (t_s - self._t_s) / _QUICKEST_S)
        agrees = abs(value - self._doubted) <= most
        if abs(value - self._value) > most and not agrees:
            self._doubted = value
            return self._value
        self._t_s, self._value, self._doubted = t_s, value, float("nan")
        return value


@dataclass(slots=True)
class OneEuro:
    """Causal speed-adaptive low pass for one number (Casiez et al. 2012).

    ``lag_s`` is its delay at rest; when the value moves quickly the delay shrinks. NaN input
    gives the last value back and leaves the state alone.
    """

    min_cutoff_hz: float = 3.0
    speed_gain: float = 3.0
    _t_s: float = float("nan")
    _value: float = float("nan")
    _slope: float = 0.0

    @property
    def lag_s(self) -> float:
        """Delay of the filter for a slow movement."""
        return 1.0 / (2.0 * pi * self.min_cutoff_hz)

    def push(self, t_s: float, value: float) -> float:
        """Filtered value at ``t_s``."""
        if isnan(value):
            return self._value
        if isnan(self._value):
            self._t_s, self._value = t_s, value
            return value
        step_s = max(t_s - self._t_s, 1e-4)
        slope = (value - self._value) / step_s
        self._slope += _gain(1.0, step_s) * (slope - self._slope)
        cutoff_hz = self.min_cutoff_hz + self.speed_gain * sqrt(abs(self._slope))
        self._value += _gain(cutoff_hz, step_s) * (value - self._value)
        self._t_s = t_s
        return self._value


def _gain(cutoff_hz: float, step_s: float) -> float:
    """Weight of the newest sample for a first-order low pass."""
    rate = 2.0 * pi * cutoff_hz * step_s
    return rate / (rate + 1.0)
