"""Lifters at the sockets of a live server, in a process of their own, as cheap as it can be.

They share the machine with the server. So frames are made before the first one is sent, one loop
serves all sockets, and what the server said is read when all is over.
"""

from __future__ import annotations

import heapq
import json
import selectors
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from typing import Final

import numpy as np

from benchmarks.live_films import RATE_HZ, begun_s, exercise_of, film
from benchmarks.live_line import BINARY, TEXT, Line, framed
from repsight.live.wire import VERSION

__all__ = ["Trained", "train"]

#: Answers that are still on their way when the last frame was sent.
_GRACE_S: Final = 60.0
#: The moment that all begin at: the last one has been welcomed by then.
_LEAD_S: Final = 0.5
#: How often it is looked whether all is answered.
_LOOK_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Trained:
    """What the lifters saw.

    ``late_ms`` is how much later than planned each frame was sent, ``round_trip_ms`` how long
    each took to be acknowledged, ``engine_ms`` what the answers say of the engine for each frame,
    and ``broken`` how many connections did not last.
    """

    sent: int
    acknowledged: int
    counted: int
    wanted: int
    broken: int
    answers: int
    engine_ms: np.ndarray
    round_trip_ms: np.ndarray
    late_ms: np.ndarray


class _Lifter:
    """One set: what is sent when, and what came back."""

    def __init__(self, number: int, seconds: float, *, line: Line) -> None:
        self.number = number
        self.frames, self.wanted = _framed_film(exercise_of(number), seconds)
        self.line = line
        self.sent_s: list[float] = []
        self.due_s: list[float] = []

    def due(self, begin_s: float) -> Iterator[tuple[float, int]]:
        first_s = begin_s + begun_s(self.number)
        return ((first_s + seq / RATE_HZ, self.number) for seq in range(len(self.frames)))

    def send(self, due_s: float) -> None:
        frame = self.frames[len(self.sent_s)]
        self.due_s.append(due_s)
        self.sent_s.append(time.monotonic())
        self.line.send(frame)

    @property
    def is_done(self) -> bool:
        return not self.line.is_open or self.acknowledged == len(self.frames)

    @property
    def acknowledged(self) -> int:
        return json.loads(self.line.heard[-1].text).get("next", 0) if self.line.heard else 0


@cache
def _framed_film(name: str, seconds: float) -> tuple[list[bytes], int]:
    frames, reps = film(name, seconds)
    return [framed(data, BINARY) for data in frames], reps


def train(told: Connection, address: str, key: str, *, lifters: int, seconds: float) -> None:
    """Let ``lifters`` train for ``seconds``; tells ``told`` when they begin, then what they saw."""
    for number in range(lifters):
        _framed_film(exercise_of(number), seconds)
    training = [
        _Lifter(number, seconds, line=_opened(address, key, exercise_of(number)))
        for number in range(lifters)
    ]
    told.send(None)
    _train(training)
    told.send(_together(training))


def _opened(address: str, key: str, exercise: str) -> Line:
    line = Line(address, key=key)
    start = {"version": VERSION, "exercise": exercise, "aspect_ratio": 1.0}
    line.send(framed(json.dumps({"start": start}).encode(), TEXT))
    said = json.loads(line.first())
    if said["kind"] != "welcome":
        raise RuntimeError(said)
    line.socket.settimeout(0.0)  # nobody waits for one lifter
    return line


def _train(training: list[_Lifter]) -> None:
    """Send every frame at its time; listen until all are acknowledged or nothing comes."""
    with selectors.DefaultSelector() as selector:
        for one in training:
            selector.register(one.line.socket, selectors.EVENT_READ, one)
        begin_s = time.monotonic() + _LEAD_S
        for due_s, number in heapq.merge(*(one.due(begin_s) for one in training)):
            while (wait_s := due_s - time.monotonic()) > 0:
                _listen(selector, wait_s)
            training[number].send(due_s)
        _listen(selector, 0.0)
        end_s = time.monotonic() + _GRACE_S
        while time.monotonic() < end_s and not all(one.is_done for one in training):
            look_s = time.monotonic() + _LOOK_S
            while (wait_s := look_s - time.monotonic()) > 0:
                _listen(selector, wait_s)
            for one in training:
                one.line.send(b"")
    for one in training:
        one.line.send(framed(b'{"finish": false}', TEXT))
        one.line.socket.close()


def _listen(selector: selectors.BaseSelector, wait_s: float) -> None:
    for key, _ in selector.select(wait_s):
        key.data.line.hear()
        if not key.data.line.is_open:
            selector.unregister(key.fileobj)


def _together(training: list[_Lifter]) -> Trained:
    said = [[json.loads(one.text) for one in lifter.line.heard] for lifter in training]
    steps = [[one for one in texts if one["kind"] == "step"] for texts in said]
    return Trained(
        sent=sum(len(one.sent_s) for one in training),
        acknowledged=sum(texts[-1]["next"] for texts in steps if texts),
        counted=sum(texts[-1]["count"] for texts in steps if texts),
        wanted=sum(one.wanted for one in training),
        broken=sum(not one.line.is_open for one in training),
        answers=sum(map(len, steps)),
        engine_ms=np.concatenate([[], *map(_engine_ms, steps)]),
        round_trip_ms=np.concatenate([_round_trips_ms(one) for one in training]),
        late_ms=1e3 * np.concatenate([np.subtract(o.sent_s, o.due_s) for o in training]),
    )


def _engine_ms(steps: list[dict[str, float]]) -> np.ndarray:
    """Of each frame: an answer tells the slowest of its frames, and the others together."""
    done, slowest_ms, all_ms = (
        np.array([one[name] for one in steps]) for name in ("next", "engine_ms", "engine_all_ms")
    )
    others = np.diff(done, prepend=0) - 1
    new = others >= 0
    each_ms = (all_ms - slowest_ms)[new] / np.maximum(others[new], 1)
    return np.concatenate([slowest_ms[new], np.repeat(each_ms, others[new])])


def _round_trips_ms(lifter: _Lifter) -> np.ndarray:
    """From sending each frame to the first answer that acknowledges it."""
    answers = [(one.at_s, json.loads(one.text)) for one in lifter.line.heard]
    known = [(at_s, said["next"]) for at_s, said in answers if said["kind"] == "step"]
    at_s, until = np.array(known, dtype=float).reshape(-1, 2).T
    done = int(until.max(initial=0.0))
    first = np.searchsorted(until, np.arange(done), side="right")
    return 1e3 * (at_s[first] - np.array(lifter.sent_s[:done]))
