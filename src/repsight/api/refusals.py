"""What was refused is said in the log: what kind of thing, how often, and nothing about whom."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final, Literal

__all__ = ["Refusal", "Refusals"]

#: Why somebody was refused. The log says no more: no address, path, name or key.
Refusal = Literal["another host name", "another site", "no key", "no live set"]

#: Who tries again and again fills no disk.
_QUIET_S: Final = 60.0
_log: Final = logging.getLogger("repsight")


class Refusals:
    """Counts refusals and logs each kind once a minute at most, with how many there were."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[Refusal, int] = {}
        self._told_s: dict[Refusal, float] = {}

    def add(self, kind: Refusal) -> None:
        """One more of a kind."""
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        now_s = self._clock()
        last_s = self._told_s.get(kind)
        if last_s is None or now_s - last_s >= _QUIET_S:
            self._told_s[kind] = now_s
            _log.warning("refused: %s (%d so far)", kind, count)
