"""What live coaching costs the server: ``python -m benchmarks.live [--sockets]``.

Many lifters train at the same time: rendered sets of several exercises, each begun at another
moment, arrive as live frames in the order of their capture times. Measured is the processor time
of every frame (decode, engine, events), which other load on the machine does not change, and how
many lifters one core can serve at that.
"""

from __future__ import annotations

import argparse
import heapq
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.live_films import RATE_HZ, begun_s, exercise_of, film
from benchmarks.live_sockets import Served, measure_served
from repsight.exercises import spec_of
from repsight.live.memory import settle_memory
from repsight.live.messages import Spent, said_step
from repsight.live.session import LiveSession, LiveStart


@dataclass(frozen=True, slots=True)
class Cost:
    """Times in milliseconds of every frame, and growth of memory in MB over the second half."""

    frame_ms: np.ndarray
    counted: int
    wanted: int
    grown_mb: float


def measure(lifters: int, seconds: float) -> Cost:
    """Let ``lifters`` train for ``seconds`` each."""
    names = [exercise_of(i) for i in range(lifters)]
    films = {name: film(name, seconds) for name in names}
    sessions = [LiveSession.begin(LiveStart(str(i), n), spec_of(n)) for i, n in enumerate(names)]
    arrivals = heapq.merge(*(_arrivals(i, films[n][0]) for i, n in enumerate(names)))
    spent: list[float] = []
    half_mb = 0.0
    total = sum(len(films[name][0]) for name in names)
    for _, lifter, data in arrivals:
        began = time.thread_time()
        step = sessions[lifter].take(data)
        said_step(sessions[lifter], step.events, Spent())
        spent.append(1e3 * (time.thread_time() - began))
        if len(spent) == total // 2:
            half_mb = _memory_mb()
    counted = sum(session.engine.count for session in sessions)
    wanted = sum(films[name][1] for name in names)
    return Cost(np.array(spent), counted, wanted, _memory_mb() - half_mb)


def _arrivals(lifter: int, frames: list[bytes]) -> Iterator[tuple[float, int, bytes]]:
    return ((begun_s(lifter) + seq / RATE_HZ, lifter, data) for seq, data in enumerate(frames))


def _memory_mb() -> float:
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--sockets", action="store_true", help="at a running server, in real time")
    asked = parser.parse_args()
    if asked.sockets:
        _print_served(measure_served(asked.lifters, asked.seconds), asked.lifters, asked.seconds)
        return
    settle_memory()  # as a server does
    cost = measure(asked.lifters, asked.seconds)
    per_core = 1000.0 / (RATE_HZ * cost.frame_ms.mean())
    print(f"lifters at the same time     {asked.lifters}, {asked.seconds:.0f} s each")
    print(f"frames                       {len(cost.frame_ms)}")
    print(f"processor time of a frame    {_spread(cost.frame_ms)}")
    print(f"lifters that one core serves {per_core:.0f} at {RATE_HZ:.0f} frames a second")
    print(f"repetitions counted          {cost.counted}, done {cost.wanted}")
    print(f"memory, second half          {cost.grown_mb:+.1f} MB")


def _print_served(served: Served, lifters: int, seconds: float) -> None:
    seen, loads = served.trained, served.loads
    memory = ", ".join(f"{one.memory_mb:.0f}" for one in loads[1:])
    print(f"lifters at the same time     {lifters}, {seconds:.0f} s each, {RATE_HZ:.0f} Hz")
    lost = f"acknowledged {seen.acknowledged}, lost {seen.sent - seen.acknowledged}"
    print(f"frames sent                  {seen.sent}, {lost}")
    print(f"connections that broke off   {seen.broken}")
    print(f"repetitions counted          {seen.counted}, done {seen.wanted}")
    print(f"engine, a frame              {_spread(seen.engine_ms)}")
    print(f"answers                      {seen.answers}")
    print(f"round trip of a frame        {_spread(seen.round_trip_ms)}")
    print(f"lifters late                 {_spread(seen.late_ms)}")
    print(f"server                       {_cost(served)}")
    print(f"memory, quarter, half, end   {memory} MB in {loads[-1].processes} processes")


def _cost(served: Served) -> str:
    share = f"{served.processor_share:.2f} processor seconds a second"
    return f"{share}, {served.frame_ms:.3f} ms a frame"


def _spread(times_ms: np.ndarray) -> str:
    if not len(times_ms):
        return "nothing was answered"
    middle, high, highest = np.percentile(times_ms, [50, 95, 99])
    return f"p50 {middle:.2f} ms, p95 {high:.2f} ms, p99 {highest:.2f} ms"


if __name__ == "__main__":
    main()
