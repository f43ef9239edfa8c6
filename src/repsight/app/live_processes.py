"""Processes that follow live sets, so that many lifters do not wait for one another.

They hold engines and nothing else: frames are kept, and acknowledged, by the process that asks.
One that dies takes nothing along; its sets are followed again from their frames.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Condition, Lock, Thread
from typing import Final, NamedTuple, cast

from repsight.app.live_seats import EngineGone, Following, Wanted
from repsight.core.events import Event
from repsight.live.memory import settle_memory

__all__ = ["BesideSeat", "EngineProcesses", "follow_sets"]

_END_S: Final = 3.0
#: Questions are gathered for this long after some were sent; one alone leaves at once.
_GATHER_S: Final = 0.01


class _Sit(NamedTuple):
    seat: int
    wanted: Wanted


class _Welcome(NamedTuple):
    seat: int


class _Follow(NamedTuple):
    seat: int
    frames: tuple[bytes, ...]
    behind_ms: float


class _Finish(NamedTuple):
    seat: int
    rest: tuple[bytes, ...]


class _Leave(NamedTuple):
    seat: int


_Question = _Sit | _Welcome | _Follow | _Finish | _Leave
_Answer = str | tuple[Event, ...] | None


class _Failed(NamedTuple):
    """An answer that could not be given, in the words of the error."""

    why: str


def follow_sets(asked: Connection) -> None:
    """Answer questions, some at a time, until whoever asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the server, which ends us
    settle_memory()
    table = _Table()
    while True:
        try:
            questions = cast("list[_Question]", asked.recv())
            asked.send_bytes(pickle.dumps([table.answered(one) for one in questions]))
        except (EOFError, OSError):
            return


class _Table:
    """The sets that this process follows."""

    def __init__(self) -> None:
        self._sets: dict[int, Following] = {}
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="repsight-look")

    def answered(self, question: _Question) -> _Answer | _Failed:
        """The answer; an error is one set's, and the others go on."""
        try:
            return self._answer(question)
        except Exception as error:  # noqa: BLE001 - told to whoever asked, who raises it
            return _Failed(repr(error))

    def _answer(self, question: _Question) -> _Answer:
        match question:
            case _Sit(seat, wanted):
                self._sets[seat] = Following(wanted, self._beside)
                return None
            case _Welcome(seat):
                return self._sets[seat].welcome()
            case _Follow(seat, frames, behind_ms):
                return self._sets[seat].follow(frames, behind_ms=behind_ms)
            case _Finish(seat, rest):
                return self._sets.pop(seat).finish(rest)
            case _Leave(seat):
                self._sets.pop(seat, None)
                return None


class _EngineProcess:
    """One process and the line to it: questions and answers in the same order.

    Questions leave together, a hundred times a second at most: to wake the other
    process, and to be woken by it, costs more than to ask. A thread sends, so that whoever asks
    never waits for a process that has too much to do.
    """

    def __init__(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(
            target=follow_sets, args=(theirs,), name="repsight-engines", daemon=True
        )
        self._process.start()
        theirs.close()
        self._gathered: list[tuple[_Question, Future[_Answer]]] = []
        self._open: deque[list[Future[_Answer]]] = deque()
        self._changed = Condition()
        self.is_gone = False
        self.sets = 0
        Thread(target=self._send, name="repsight-questions", daemon=True).start()
        Thread(target=self._listen, name="repsight-answers", daemon=True).start()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def ask(self, question: _Question) -> Future[_Answer]:
        answer: Future[_Answer] = Future()
        answer.set_running_or_notify_cancel()  # whoever stops waiting does not take it back
        with self._changed:
            if not self.is_gone:
                self._gathered.append((question, answer))
                self._changed.notify()
                return answer
        answer.set_exception(EngineGone())
        return answer

    def stop(self) -> None:
        self._process.terminate()
        self._process.join(_END_S)

    def _send(self) -> None:
        while questions := self._next_questions():
            try:
                # as ``send`` does, without a pickler for what only children may inherit
                self._line.send_bytes(pickle.dumps(questions))
            except OSError:
                return  # the listener tells everybody who waits
            time.sleep(_GATHER_S)

    def _next_questions(self) -> list[_Question]:
        """All that were gathered, once there is one; none when the process is gone."""
        with self._changed:
            self._changed.wait_for(lambda: self._gathered or self.is_gone)
            if self.is_gone:
                return []
            gathered, self._gathered = self._gathered, []
            self._open.append([answer for _, answer in gathered])
            return [question for question, _ in gathered]

    def _listen(self) -> None:
        while True:
            try:
                said = cast("list[_Answer | _Failed]", self._line.recv())
            except (EOFError, OSError):
                break
            for answer, one in zip(self._open.popleft(), said, strict=True):
                if isinstance(one, _Failed):
                    answer.set_exception(RuntimeError(one.why))
                else:
                    answer.set_result(one)
        with self._changed:
            self.is_gone = True
            self._line.close()
            waiting = [one for asked in self._open for one in asked]
            waiting += [answer for _, answer in self._gathered]
            self._changed.notify()
        for answer in waiting:
            answer.set_exception(EngineGone())


class BesideSeat:
    """A seat in another process."""

    def __init__(self, process: _EngineProcess, number: int, wanted: Wanted) -> None:
        """Made by ``EngineProcesses``."""
        self._process, self._number = process, number
        process.sets += 1
        process.ask(_Sit(number, wanted))

    @property
    def pid(self) -> int | None:
        """The process that the set is followed in."""
        return self._process.pid

    def welcome(self) -> Future[str]:
        """As the port."""
        return cast("Future[str]", self._process.ask(_Welcome(self._number)))

    def follow(self, frames: Sequence[bytes], *, behind_ms: float = 0.0) -> Future[str]:
        """As the port."""
        asked = self._process.ask(_Follow(self._number, tuple(frames), behind_ms))
        return cast("Future[str]", asked)

    def finish(self, rest: Sequence[bytes]) -> Future[tuple[Event, ...]]:
        """As the port."""
        self._process.sets -= 1
        asked = self._process.ask(_Finish(self._number, tuple(rest)))
        return cast("Future[tuple[Event, ...]]", asked)

    def leave(self) -> None:
        """As the port."""
        self._process.sets -= 1
        self._process.ask(_Leave(self._number))


class EngineProcesses:
    """As many processes as there are processors, each started when it is first needed."""

    def __init__(self, most: int = 0) -> None:
        """At most ``most`` of them; 0 is one for each processor that we may use."""
        self._most = most or _processors()
        self._running: list[_EngineProcess] = []
        self._numbers = count()
        self._alone = Lock()

    def seat(self, wanted: Wanted) -> BesideSeat:
        """A seat where the fewest sets are followed."""
        with self._alone:
            self._running = [one for one in self._running if not one.is_gone]
            idle = min(self._running, key=lambda one: one.sets, default=None)
            if idle is None or (idle.sets and len(self._running) < self._most):
                idle = _EngineProcess()
                self._running.append(idle)
            return BesideSeat(idle, next(self._numbers), wanted)

    def stop(self) -> None:
        """Nobody is followed any more."""
        with self._alone:
            for one in self._running:
                one.stop()
            self._running.clear()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
