"""The benchmark of the live server, at the smallest size that runs all of it."""

from __future__ import annotations

import pytest

from benchmarks.live import measure
from benchmarks.live_films import film
from benchmarks.live_sockets import measure_served


def test_lifters_at_a_running_server_lose_no_frame() -> None:
    served = measure_served(lifters=2, seconds=3.0)
    seen = served.trained
    assert (
        seen.sent == seen.acknowledged == sum(len(film(n, 3.0)[0]) for n in ("squat", "deadlift"))
    )
    assert seen.counted == seen.wanted
    assert len(seen.engine_ms) == len(seen.round_trip_ms) == seen.sent
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
