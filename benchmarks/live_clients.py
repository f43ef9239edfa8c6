"""Lifters at the sockets of a live server, in a process of their own."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.live_films import RATE_HZ, begun_s, exercise_of, film
from repsight.live.wire import VERSION

__all__ = ["Trained", "train"]

#: Answers that are still on their way when the last frame was sent.
_GRACE_S: Final = 60.0
#: The moment that all begin at: the last one has been welcomed by then.
_LEAD_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Trained:
    """What the lifters saw. ``late_ms`` is how much later than planned each frame was sent."""

    sent: int
    acknowledged: int
    counted: int
    wanted: int
    engine_ms: np.ndarray
    round_trip_ms: np.ndarray
    late_ms: np.ndarray


@dataclass(slots=True)
class _Lifter:
    number: int
    frames: list[bytes]
    wanted: int
    sent_s: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    engine_ms: list[float] = field(default_factory=list)
    round_trip_ms: list[float] = field(default_factory=list)
    acknowledged: int = 0
    count: int = 0

    async def train(self, socket: ClientConnection, begin_s: float) -> None:
        """Send every frame at its time; listen until the last one is acknowledged."""
        listening = asyncio.create_task(self._listen(socket))
        for seq, data in enumerate(self.frames):
            due_s = begin_s + seq / RATE_HZ
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
            self.sent_s.append(time.monotonic())
            self.late_ms.append(1e3 * (self.sent_s[-1] - due_s))
            await socket.send(data)
        await asyncio.wait([listening], timeout=_GRACE_S)
        listening.cancel()
        await socket.send('{"finish": false}')

    async def _listen(self, socket: ClientConnection) -> None:
        while self.acknowledged < len(self.frames):
            said = json.loads(await socket.recv())
            self.acknowledged, self.count = said["next"], said["count"]
            self.engine_ms.append(said["engine_ms"])
            sent_s = self.sent_s[self.acknowledged - 1]
            self.round_trip_ms.append(1e3 * (time.monotonic() - sent_s))


def train(told: Connection, address: str, key: str, *, lifters: int, seconds: float) -> None:
    """Let ``lifters`` train for ``seconds``; tells ``told`` when they begin, then what they saw."""
    told.send(asyncio.run(_train(told, address, key, lifters, seconds)))


async def _train(told: Connection, address: str, key: str, lifters: int, seconds: float) -> Trained:
    training = [_Lifter(n, *film(exercise_of(n), seconds)) for n in range(lifters)]
    sockets = [await _opened(address, key, exercise_of(one.number)) for one in training]
    began_s = time.monotonic() + _LEAD_S
    told.send(None)
    async with asyncio.TaskGroup() as tasks:
        for one, socket in zip(training, sockets, strict=True):
            tasks.create_task(one.train(socket, began_s + begun_s(one.number)))
    for socket in sockets:
        await socket.close()
    return _together(training)


async def _opened(address: str, key: str, exercise: str) -> ClientConnection:
    cookie = {"Cookie": f"repsight={key}"}
    socket = await connect(address, additional_headers=cookie, compression=None)
    start = {"version": VERSION, "exercise": exercise, "aspect_ratio": 1.0}
    await socket.send(json.dumps({"start": start}))
    said = json.loads(await socket.recv())
    if said["kind"] != "welcome":
        raise RuntimeError(said)
    return socket


def _together(training: list[_Lifter]) -> Trained:
    return Trained(
        sent=sum(len(one.sent_s) for one in training),
        acknowledged=sum(one.acknowledged for one in training),
        counted=sum(one.count for one in training),
        wanted=sum(one.wanted for one in training),
        engine_ms=np.concatenate([one.engine_ms for one in training]),
        round_trip_ms=np.concatenate([one.round_trip_ms for one in training]),
        late_ms=np.concatenate([one.late_ms for one in training]),
    )
