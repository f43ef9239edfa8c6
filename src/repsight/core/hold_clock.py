"""The causal clock of a hold: time in position while it is being held."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, isnan, nan

from repsight.core.causal import OneEuro
from repsight.core.events import HoldEnded, HoldStarted, HoldTime
from repsight.core.holds import HELD_FROM, UNSEEN_S, gate_scores
from repsight.core.measure import Scene
from repsight.core.spec import Hold

__all__ = ["HoldClock"]


@dataclass(slots=True)
class HoldClock:
    """Follows the gates of ``hold`` frame by frame without looking ahead.

    ``number`` counts the holds, ``held_s`` is the time of all of them, the running one included.
    A spell is announced once it has lasted ``min_s``, as of when it began.
    """

    hold: Hold
    number: int = 0
    _done_s: float = 0.0
    _start_s: float = nan
    _last_s: float = nan
    _is_announced: bool = False
    _filters: list[OneEuro] = field(default_factory=list[OneEuro])

    @property
    def held_s(self) -> float:
        """Time in position so far, of holds that were long enough."""
        return self._done_s + (self._last_s - self._start_s if self._is_announced else 0.0)

    @property
    def is_running(self) -> bool:
        """Whether a position is being held just now."""
        return self._is_announced

    def push(self, t_s: float, scene: Scene | None) -> list[HoldStarted | HoldTime | HoldEnded]:
        """Take the newest frame as a scene of its own; None where nobody was seen."""
        score = nan if scene is None else self._score(t_s, scene)
        if isnan(score):
            return self._close(t_s) if t_s - self._last_s > UNSEEN_S else []
        if score < HELD_FROM:
            return self._close(t_s) if t_s - self._last_s >= self.hold.blink_s else []
        events = self._close(t_s) if t_s - self._last_s > UNSEEN_S else []
        was_s = 0.0 if isnan(self._start_s) else self._last_s - self._start_s
        if isnan(self._start_s):
            self._start_s = t_s
        self._last_s = t_s
        return [*events, *self._running(t_s, was_s)]

    def finish(self) -> list[HoldStarted | HoldTime | HoldEnded]:
        """No more frames: a spell that is still held ends with them."""
        return self._close(self._last_s)

    def _score(self, t_s: float, scene: Scene) -> float:
        """Agreement of the weakest gate, steadied; NaN when none can be told."""
        scores = gate_scores(self.hold, scene)[:, -1]
        while len(self._filters) < len(scores):
            self._filters.append(OneEuro())
        pairs = zip(self._filters, scores, strict=True)
        steady = [one.push(t_s, float(value)) for one, value in pairs if not isnan(value)]
        return min(steady, default=nan)

    def _running(self, t_s: float, was_s: float) -> list[HoldStarted | HoldTime | HoldEnded]:
        lasted_s = t_s - self._start_s
        events: list[HoldStarted | HoldTime | HoldEnded] = []
        if not self._is_announced and lasted_s >= self.hold.min_s:
            self._is_announced = True
            self.number += 1
            events.append(HoldStarted(t_s, self.number, self._start_s))
        if self._is_announced and (events or floor(lasted_s) > floor(was_s)):
            events.append(HoldTime(t_s, self.number, lasted_s, self.held_s))
        return events

    def _close(self, t_s: float) -> list[HoldStarted | HoldTime | HoldEnded]:
        """The spell is over as of when it was last in position."""
        start_s, end_s, was_announced = self._start_s, self._last_s, self._is_announced
        held_s = self.held_s
        self._start_s, self._is_announced = nan, False
        if not was_announced:
            return []
        self._done_s = held_s
        return [HoldEnded(t_s, self.number, start_s, end_s)]
