"""The benchmark of the live server, at the smallest size that runs all of it."""

from __future__ import annotations

import json
from multiprocessing import Pipe
from threading import Thread

import pytest
from websockets.sync.server import ServerConnection, serve

from benchmarks.live import measure
from benchmarks.live_clients import Trained, train
from benchmarks.live_films import film
from benchmarks.live_sockets import measure_served


def test_lifters_at_a_running_server_lose_no_frame() -> None:
    served = measure_served(lifters=2, seconds=3.0)
    seen = served.trained
    assert (
        seen.sent == seen.acknowledged == sum(len(film(n, 3.0)[0]) for n in ("squat", "deadlift"))
    )
    assert seen.counted == seen.wanted
    assert len(seen.round_trip_ms) == len(seen.late_ms) == seen.sent
    assert len(seen.engine_ms) == seen.sent >= seen.answers > 0
    assert seen.broken == 0
    assert len(served.loads) == 4


def test_lifters_without_sockets_are_counted_as_they_did() -> None:
    cost = measure(lifters=2, seconds=6.0)
    assert cost.counted == cost.wanted
    assert len(cost.frame_ms) == sum(len(film(n, 6.0)[0]) for n in ("squat", "deadlift"))


@pytest.mark.parametrize("seconds", [3.0, 6.0, 20.0])
def test_a_film_ends_with_nothing_half_done(seconds: float) -> None:
    frames, reps = film("squat", seconds)
    assert len(frames) <= 30 * (seconds + 0.3)
    assert reps <= seconds / 2


class _Moody:
    """Welcomes every lifter, takes what comes, and hangs up after a while."""

    def __init__(self, after: int) -> None:
        self.after = after

    def serve(self, socket: ServerConnection) -> None:
        socket.recv()
        socket.send('{"kind": "welcome", "next": 0}')
        for seq in range(self.after):
            socket.recv()
            said = {"kind": "step", "next": seq + 1, "count": 0, "engine_ms": 1.0,
                    "engine_all_ms": 1.0}  # fmt: skip
            socket.send(json.dumps(said))


def test_lifters_whose_connections_break_off_tell_what_they_had() -> None:
    ours, theirs = Pipe()
    with serve(_Moody(after=7).serve, "127.0.0.1", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        train(theirs, f"ws://127.0.0.1:{port}/api/live", "key", lifters=2, seconds=3.0)
        server.shutdown()
    assert ours.recv() is None
    seen: Trained = ours.recv()
    assert seen.broken == 2
    assert seen.acknowledged == 14 == len(seen.round_trip_ms)
    assert seen.sent > seen.acknowledged
