"""One live set under way: its frames in order and on disk, and what follows it.

Whoever speaks with the page takes frames as they come and asks when there is time: what came
meanwhile is one question, so that a machine with too much to do has fewer questions, not more.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Final

from repsight.app.live_seats import EngineGone, Seat
from repsight.core.events import Event
from repsight.errors import UserMistake
from repsight.live.journal import Journal
from repsight.live.session import FrameOrder, LiveStart

__all__ = ["AT_ONCE", "LiveRoom"]

#: Frames that a seat is given at once: others wait no longer for them.
AT_ONCE: Final = 30


@dataclass(slots=True)
class LiveRoom:
    """A set under way; ``heard_s`` is when it was last heard of, on the monotonic clock.

    ``gathered`` are frames on disk that nobody was asked about yet; every ``pace_s`` at most they
    should be. ``moving`` is held while the set gets another seat. Frames come from the loops of
    several doors and are read back by other threads, so everything that changes the set is done
    by one at a time.
    """

    start: LiveStart
    seat: Seat
    journal: Journal
    heard_s: float
    order: FrameOrder = field(default_factory=FrameOrder)
    gathered: deque[bytes] = field(default_factory=deque[bytes])
    is_over: bool = False
    pace_s: float = 0.0
    moving: Lock = field(default_factory=Lock)
    _since_s: float = 0.0
    _asked: deque[list[bytes]] = field(default_factory=deque[list[bytes]])
    _alone: RLock = field(default_factory=RLock)

    def take(self, data: bytes) -> None:
        """One message: what is new is on disk when this returns. UserMistake after the end."""
        with self._alone:
            self.check_open()
            fresh = self.order.take(data)
            self.journal.add(b"".join(fresh))
            if not self.gathered:
                self._since_s = time.monotonic()
            self.gathered.extend(fresh)

    def ask(self) -> Future[str]:
        """The answer to the frames that were gathered, or to as many as may be asked at once."""
        with self._alone:
            waited_s = time.monotonic() - self._since_s if self.gathered else 0.0
            frames = [self.gathered.popleft() for _ in range(min(AT_ONCE, len(self.gathered)))]
            self._asked.append(frames)
            answer = self.seat.follow(frames, behind_ms=1e3 * waited_s)
        answer.add_done_callback(self._answered)
        return answer

    def answered(self) -> int:
        """How many of the frames on disk have an answer, from the first on."""
        with self._alone:
            return self.order.next_seq - sum(map(len, self._asked)) - len(self.gathered)

    def sit(self, seat: Seat) -> None:
        """Another seat, which knows the frames that have an answer; the others are asked again."""
        with self._alone:
            self.seat = seat
            self.gathered.extendleft(data for one in reversed(self._asked) for data in one[::-1])
            self._asked.clear()

    def finish(self) -> Future[tuple[Event, ...]]:
        """The events of what was not asked about, and of what waits behind a gap."""
        with self._alone:
            self.check_open()
            return self.seat.finish([*self.gathered, *self.order.waiting()])

    def end(self) -> bool:
        """Nothing is taken any more, and the disk has it all; false where that was so before."""
        with self._alone:
            was_over, self.is_over = self.is_over, True
            if not was_over:
                self.journal.close()
            return not was_over

    def check_open(self) -> None:
        """UserMistake when the set is over."""
        if self.is_over:
            raise UserMistake(
                "This set is over.",
                wanted="A set that is under way.",
                next_step="Begin a new one; finished sets are in your list.",
            )

    def _answered(self, answer: Future[str]) -> None:
        """Seats answer in the order in which they are asked; what died has not answered."""
        if not isinstance(answer.exception(), EngineGone):
            with self._alone:
                self._asked.popleft()
