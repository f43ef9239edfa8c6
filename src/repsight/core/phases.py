"""Where a causal driver is within one excursion: rest, on the way out, or on the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["PhaseMachine", "Transition"]

#: ``left`` rest, ``turned`` for certain, ``resumed`` the way out after what was only a stop,
#: ``returned`` most of the way (or set out again).
Transition = Literal["left", "turned", "resumed", "returned"]

#: The way back is done when this share of it is covered.
_RETURN_SHARE = 0.85
#: A turnaround is certain after this share of the excursion back, or this long without progress.
_TURN_SHARE = 0.12
_HOLD_S = 0.35
#: Rest lasts while the driver is within this share of the own range of its lowest value.
_REST_SHARE = 0.08


@dataclass(slots=True)
class PhaseMachine:
    """Follows one oriented driver (its turnaround is high) without looking ahead.

    ``low`` and ``low_s`` are where the excursion set out, ``high`` and ``high_s`` its extreme,
    ``back`` the lowest value since. It starts as if at rest, and rest follows the lowest value,
    so a recording that begins on the way down cannot invent an excursion.
    """

    phase: Literal["void", "rest", "out", "back", "home"] = "void"
    low: float = 0.0
    low_s: float = 0.0
    high: float = 0.0
    high_s: float = 0.0
    back: float = 0.0
    _risen_s: float = 0.0

    def step(self, t_s: float, u: float, *, least: float, wanted: float) -> list[Transition]:
        """Take one value; ``least`` is the smallest excursion followed, ``wanted`` a full one."""
        match self.phase:
            case "void":
                self._settle(t_s, u)
                return []
            case "home":  # until now the excursion just done could still be read
                self._settle(t_s, min(u, self.back))
                return []
            case "rest":
                return self._rest(t_s, u, least)
            case "out":
                return self._out(t_s, u, wanted)
            case "back":
                return self._back(t_s, u, least, wanted)

    def _settle(self, t_s: float, u: float) -> None:
        self.phase, self.low, self.low_s = "rest", u, t_s

    def _rest(self, t_s: float, u: float, least: float) -> list[Transition]:
        if u <= self.low + _REST_SHARE * least:
            self.low, self.low_s = min(u, self.low), t_s
        if u - self.low < least:
            return []
        self.phase, self.high, self.high_s, self._risen_s = "out", u, t_s, t_s
        return ["left"]

    def _out(self, t_s: float, u: float, wanted: float) -> list[Transition]:
        if u > self.high:
            if u > self.high + 0.02 * wanted:
                self._risen_s = t_s
            self.high, self.high_s = u, t_s
        way = self.high - self.low
        is_held = t_s - self._risen_s >= _HOLD_S and way >= wanted
        if self.high - u < _TURN_SHARE * max(way, wanted) and not is_held:
            return []
        self.phase, self.back = "back", u
        return ["turned"]

    def _back(self, t_s: float, u: float, least: float, wanted: float) -> list[Transition]:
        if u > self.high + _TURN_SHARE * wanted:
            self.phase, self.high, self.high_s, self._risen_s = "out", u, t_s, t_s
            return ["resumed"]
        self.back = min(self.back, u)
        is_home = self.high - u >= _RETURN_SHARE * (self.high - self.low)
        if not is_home and u - self.back < least:
            return []
        # Setting out again before rest ends an excursion too: the next starts at its lowest value.
        self.phase = "home"
        return ["returned"]
