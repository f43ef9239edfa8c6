"""Where a live set is followed: a seat beside its engine, in this process or in another.

``Seat`` is the port. Every answer is a ``Future``, so that whoever asks can wait as it likes; a
seat in this process has answered when it returns. Frames come in order and each once: that is
the business of whoever sits there, as is keeping them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeVar

from repsight.app.auto_live import AutoEngine
from repsight.app.auto_look import look_at
from repsight.core.calibration import Calibration
from repsight.core.events import Event
from repsight.core.spec import ExerciseSpec
from repsight.errors import RepsightError
from repsight.live.messages import Spent, said_step, said_welcome
from repsight.live.session import LiveSession, LiveStart

__all__ = ["EngineGone", "Following", "HereSeat", "Seat", "Wanted"]

_T = TypeVar("_T")

#: Processor time: waiting for a processor is no work of the engine. Wall time where it is coarse.
_FINE_S: Final = 1e-4
_clock_s: Final = (
    time.thread_time
    if time.get_clock_info("thread_time").resolution < _FINE_S
    else time.perf_counter
)


class EngineGone(RepsightError):
    """The process that followed the set is gone; what it was given is with whoever gave it."""

    def __init__(self) -> None:
        """Nothing to say but what to do."""
        super().__init__(
            "The process that followed this set is gone.",
            wanted="One that runs.",
            next_step="Follow the set again from its frames.",
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set to be followed.

    ``spec`` is the exercise as it is for this lifter; None finds out which it is, with what is
    ``known`` of the lifter.
    """

    start: LiveStart
    spec: ExerciseSpec | None
    known: tuple[Calibration, ...] = ()


class Seat(Protocol):
    """What follows one set. A future fails with EngineGone when the engine has died."""

    def welcome(self) -> Future[str]:
        """The message that says where the set stands."""
        ...

    def follow(self, frames: Sequence[bytes], *, behind_ms: float = 0.0) -> Future[str]:
        """The message that answers these frames, which are the next ones in order, or none.

        ``behind_ms`` is how long they had to wait.
        """
        ...

    def finish(self, rest: Sequence[bytes]) -> Future[tuple[Event, ...]]:
        """The set is over; ``rest`` came behind a gap. The seat is free afterwards."""
        ...

    def leave(self) -> None:
        """Nobody asks any more."""
        ...


class Following:
    """One set and its engine."""

    def __init__(self, wanted: Wanted, beside: Executor) -> None:
        """Looks which exercise it is run on ``beside``."""
        if wanted.spec is None:
            look = partial(look_at, known=wanted.known)
            self._session = LiveSession(wanted.start, AutoEngine(look, beside))
        else:
            self._session = LiveSession.begin(wanted.start, wanted.spec)

    def welcome(self) -> str:
        """The message that says where the set stands."""
        return said_welcome(self._session)

    def follow(self, frames: Sequence[bytes], *, behind_ms: float = 0.0) -> str:
        """The message that answers ``frames``, with the time that they took."""
        events: list[Event] = []
        spent = Spent(behind_ms=behind_ms)
        for data in frames:
            began_s = _clock_s()
            events += self._session.take(data).events
            spent = spent.and_frame(1e3 * (_clock_s() - began_s))
        return said_step(self._session, events, spent)

    def finish(self, rest: Sequence[bytes]) -> tuple[Event, ...]:
        """What became certain by the end."""
        events = [event for data in rest for event in self._session.take(data).events]
        return (*events, *self._session.finish())


class HereSeat:
    """A seat in this process: every question is answered on the spot."""

    def __init__(self, wanted: Wanted, beside: Executor) -> None:
        """As ``Following``."""
        self._following = Following(wanted, beside)

    def welcome(self) -> Future[str]:
        """As the port."""
        return _answered(self._following.welcome)

    def follow(self, frames: Sequence[bytes], *, behind_ms: float = 0.0) -> Future[str]:
        """As the port."""
        return _answered(lambda: self._following.follow(frames, behind_ms=behind_ms))

    def finish(self, rest: Sequence[bytes]) -> Future[tuple[Event, ...]]:
        """As the port."""
        return _answered(lambda: self._following.finish(rest))

    def leave(self) -> None:
        """Nothing to give back."""


def _answered(ask: Callable[[], _T]) -> Future[_T]:
    answer: Future[_T] = Future()
    try:
        answer.set_result(ask())
    except Exception as error:  # noqa: BLE001 - raised to whoever reads the answer
        answer.set_exception(error)
    return answer
