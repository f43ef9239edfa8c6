"""Where a causal driver is within one excursion: rest, on the way out, or on the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
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
#: Levels on the way out are told apart in steps of this share of the smallest excursion.
_STEP_SHARE = 0.01
#: Nobody leaves a turnaround and is back at it this quickly: a wild frame or two (heuristic).
_BLIP_S = 0.25


@dataclass(slots=True)
class PhaseMachine:
    """Follows one oriented driver (its turnaround is high) without looking ahead.

    ``low`` and ``low_s`` are where the excursion set out, ``high`` and ``high_s`` its extreme,
    ``back`` the lowest value since. It starts as if at rest, and rest follows the lowest value,
    so a recording that begins on the way down cannot invent an excursion.

    An excursion that set out again before most of the last one was undone still has its home
    where that one set out.
    """

    phase: Literal["void", "rest", "out", "back", "home"] = "void"
    low: float = 0.0
    low_s: float = 0.0
    high: float = 0.0
    high_s: float = 0.0
    back: float = 0.0
    _home: float = inf
    _risen_s: float = 0.0
    _fallen_s: float = 0.0
    _top_s: float = 0.0
    _climb: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

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

    @property
    def set_out_s(self) -> float:
        """When the excursion left rest: the last moment near its lowest value."""
        level = self.low + _REST_SHARE * (self.high - self.low)
        below = [t_s for t_s, u in self._climb if u <= level]
        return below[-1] if below else self.low_s

    def _settle(self, t_s: float, u: float) -> None:
        self.phase, self.low, self.low_s = "rest", u, t_s
        self._climb = [(t_s, u)]

    def _climbs(self, t_s: float, u: float, least: float) -> None:
        """Keep the last moment at each level, in steps, so that rest of any length fits."""
        while self._climb and self._climb[-1][1] > u - _STEP_SHARE * least:
            self._climb.pop()
        self._climb.append((t_s, u))

    def _rest(self, t_s: float, u: float, least: float) -> list[Transition]:
        self._climbs(t_s, u, least)
        if u <= self.low + _REST_SHARE * least:
            self.low, self.low_s = min(u, self.low), t_s
        if u - self.low < least:
            return []
        self.phase, self.high, self.high_s, self._risen_s = "out", u, t_s, t_s
        self._home = min(self._home, self.low)
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
        self.phase, self.back, self._fallen_s, self._top_s = "back", u, t_s, t_s
        return ["turned"]

    def _back(self, t_s: float, u: float, least: float, wanted: float) -> list[Transition]:
        if u > self.high + _TURN_SHARE * wanted:
            self.phase, self.high, self.high_s, self._risen_s = "out", u, t_s, t_s
            return ["resumed"]
        way = self.high - self.low
        if self.high - u < _TURN_SHARE * way:
            self._top_s = t_s
        if u < self.back:
            self.back, self._fallen_s = u, t_s
        is_home = self.high - u >= _RETURN_SHARE * (self.high - self._home)
        if not (is_home or self._sets_out(t_s, u, least) or self._rests(t_s, wanted)):
            return []
        self.phase = "home"
        if is_home or self.high - self.back >= wanted:
            self._home = inf  # home is where the next excursion sets out
        return ["returned"]

    def _sets_out(self, t_s: float, u: float, least: float) -> bool:
        """Setting out again before rest ends an excursion too: the next starts at its lowest."""
        if u - self.back < least:
            return False
        if t_s - self._top_s > _BLIP_S:
            return True
        self.back, self._fallen_s = u, t_s
        return False

    def _rests(self, t_s: float, wanted: float) -> bool:
        """Whether enough is undone, and no more of it for a while."""
        return self.high - self.back >= wanted and t_s - self._fallen_s >= _HOLD_S
