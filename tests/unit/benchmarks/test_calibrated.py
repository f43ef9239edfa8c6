"""A part of a clip teaches what the rest is counted with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.calibrated import learn_and_count
from benchmarks.clips import Clip
from repsight.athlete.performance import perform


def clip_of(turns_s: list[float]) -> Clip:
    return Clip(
        Path("squat.mp4"), "squat", len(turns_s), "high", tuple(turns_s), 30.0, "a", "side", ""
    )


def test_the_rest_is_counted_with_and_without_what_was_learned():
    done = perform("squat", reps=5, seed=4)
    turns_s = [rep.turn_s for rep in done.truth.reps]
    found = learn_and_count(clip_of(turns_s), done.track(fps=15))
    assert (found.truth, found.without, found.known, found.why_not) == (3, 3, 3, "")


def test_what_teaches_nothing_says_why():
    done = perform("squat", reps=5, seed=4, range_ratio=[1.0, 0.5, 1.0, 1.0, 1.0])
    turns_s = [rep.turn_s for rep in done.truth.reps]
    assert learn_and_count(clip_of(turns_s), done.track(fps=15)).why_not
