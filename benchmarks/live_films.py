"""Sets to train with at the live server: rendered, encoded as a page would send them."""

from __future__ import annotations

from functools import cache

from repsight.athlete.performance import perform
from repsight.live.wire import encode_frame

__all__ = ["EXERCISES", "RATE_HZ", "begun_s", "exercise_of", "film"]

EXERCISES = ("squat", "deadlift", "push_up", "shoulder_press", "biceps_curl")
RATE_HZ = 30.0


def exercise_of(lifter: int) -> str:
    """What the n-th lifter does."""
    return EXERCISES[lifter % len(EXERCISES)]


def begun_s(lifter: int) -> float:
    """When the n-th lifter begins: not all turn around at the same moment."""
    return (lifter * 0.37) % 3.0


@cache
def film(name: str, seconds: float) -> tuple[list[bytes], int]:
    """Live frames of one set, and how many repetitions end in them."""
    done = perform(name, reps=max(2, int(seconds / 3)), seed=7)
    track = done.track(fps=RATE_HZ)
    ends_s = [rep.end_s for rep in done.truth.reps if rep.end_s <= seconds]
    # nothing is half done
    last_s = ends_s[-1] + 0.3 if ends_s else min(seconds, done.truth.reps[0].start_s)
    frames = [f for f in track.frames() if f.t_s <= last_s]
    return [encode_frame(seq, frame) for seq, frame in enumerate(frames)], len(ends_s)
