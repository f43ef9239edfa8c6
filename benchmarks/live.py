"""What live coaching costs the server: ``python -m benchmarks.live``.

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

from repsight.athlete.performance import perform
from repsight.exercises import spec_of
from repsight.live.memory import settle_memory
from repsight.live.messages import said_step
from repsight.live.session import LiveSession, LiveStart
from repsight.live.wire import encode_frame

EXERCISES = ("squat", "deadlift", "push_up", "shoulder_press", "biceps_curl")
RATE_HZ = 30.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Times in milliseconds of every frame, and growth of memory in MB over the second half."""

    frame_ms: np.ndarray
    counted: int
    wanted: int
    grown_mb: float


def measure(lifters: int, seconds: float) -> Cost:
    """Let ``lifters`` train for ``seconds`` each."""
    films = {name: _film(name, seconds) for name in EXERCISES}
    names = [EXERCISES[i % len(EXERCISES)] for i in range(lifters)]
    sessions = [LiveSession.begin(LiveStart(str(i), n), spec_of(n)) for i, n in enumerate(names)]
    arrivals = heapq.merge(*(_arrivals(i, films[n][0]) for i, n in enumerate(names)))
    spent: list[float] = []
    half_mb = 0.0
    total = sum(len(films[name][0]) for name in names)
    for _, lifter, data in arrivals:
        began = time.thread_time()
        step = sessions[lifter].take(data)
        said_step(sessions[lifter], step.events, engine_ms=0.0)
        spent.append(1e3 * (time.thread_time() - began))
        if len(spent) == total // 2:
            half_mb = _memory_mb()
    counted = sum(session.engine.count for session in sessions)
    wanted = sum(films[name][1] for name in names)
    return Cost(np.array(spent), counted, wanted, _memory_mb() - half_mb)


def _film(name: str, seconds: float) -> tuple[list[bytes], int]:
    """Live frames of one set, and how many repetitions end in them."""
    done = perform(name, reps=max(2, int(seconds / 3)), seed=7)
    track = done.track(fps=RATE_HZ)
    ends_s = [rep.end_s for rep in done.truth.reps if rep.end_s <= seconds]
    last_s = ends_s[-1] + 0.3 if ends_s else seconds  # nothing is half done
    frames = [f for f in track.frames() if f.t_s <= last_s]
    return [encode_frame(seq, frame) for seq, frame in enumerate(frames)], len(ends_s)


def _arrivals(lifter: int, frames: list[bytes]) -> Iterator[tuple[float, int, bytes]]:
    begun_s = (lifter * 0.37) % 3.0
    return ((begun_s + seq / RATE_HZ, lifter, data) for seq, data in enumerate(frames))


def _memory_mb() -> float:
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    settle_memory()  # as a server does
    cost = measure(asked.lifters, asked.seconds)
    middle, high, highest = np.percentile(cost.frame_ms, [50, 95, 99])
    per_core = 1000.0 / (RATE_HZ * cost.frame_ms.mean())
    print(f"lifters at the same time     {asked.lifters}, {asked.seconds:.0f} s each")
    print(f"frames                       {len(cost.frame_ms)}")
    times = f"p50 {middle:.2f} ms, p95 {high:.2f} ms, p99 {highest:.2f} ms"
    print(f"processor time of a frame    {times}")
    print(f"lifters that one core serves {per_core:.0f} at {RATE_HZ:.0f} frames a second")
    print(f"repetitions counted          {cost.counted}, done {cost.wanted}")
    print(f"memory, second half          {cost.grown_mb:+.1f} MB")


if __name__ == "__main__":
    main()
