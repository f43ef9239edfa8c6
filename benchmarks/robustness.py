"""What each difficulty costs: `python -m benchmarks.robustness [--seeds N] [--every K]`.

Balanced sets of exercises with repetitions, filmed as recommended, as landmarks with a
realistic error; one difficulty at a time. Prints a Markdown table: sets counted exactly and off
by one at most with the exercise given, and counted exactly and recognised without.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.conditions import CONDITIONS, Condition, made_set, repeated
from benchmarks.intervals import wilson
from repsight.app.assess import assess_track
from repsight.core.types import PoseTrack

__all__ = ["Tried", "main", "try_condition", "try_track"]


@dataclass(frozen=True, slots=True)
class Tried:
    """One set: how far off the count was, given and found, and whether it was recognised."""

    exercise: str
    off_given: int
    off_found: int
    is_recognised: bool


def try_track(exercise: str, reps: int, track: PoseTrack) -> Tried:
    """Count one set with its exercise given and without."""
    given = sum(one.rep_count for one in assess_track(track, exercise=exercise))
    found = assess_track(track)
    return Tried(
        exercise, abs(given - reps), abs(sum(one.rep_count for one in found) - reps),
        {one.exercise.id for one in found} == {exercise},
    )  # fmt: skip


def try_condition(condition: Condition, exercises: Sequence[str], seeds: int) -> list[Tried]:
    """Every exercise under one difficulty."""
    done: list[Tried] = []
    for exercise in exercises:
        for seed in range(seeds):
            made, yaw_deg = made_set(exercise, 700 + seed)
            track = condition.film(made, yaw_deg, seed)
            done.append(try_track(exercise, made.truth.counted, track))
    return done


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; what went wrong goes to stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="sets of each exercise a condition")
    parser.add_argument("--every", type=int, default=1, help="take every K-th exercise in turn")
    options = parser.parse_args(arguments)
    print("| difficulty | | n | exact, given | off by one at most | exact, found | recognised |")
    print("|---|---|---|---|---|---|---|")
    for number, condition in enumerate(CONDITIONS):
        exercises = repeated()[number % options.every :: options.every]
        done = try_condition(condition, exercises, options.seeds)
        cells = (
            _percent([one.off_given == 0 for one in done]),
            _percent([one.off_given <= 1 for one in done]),
            _percent([one.off_found == 0 for one in done]),
            _percent([one.is_recognised for one in done]),
        )
        print(f"| {condition.group} | {condition.level} | {len(done)} | {' | '.join(cells)} |")
        wrong = sorted({one.exercise for one in done if one.off_given})
        if wrong:
            print(f"{condition.group} {condition.level}: {', '.join(wrong)}", file=sys.stderr)
    return 0


def _percent(hits: Sequence[bool]) -> str:
    low, high = wilson(sum(hits), len(hits))
    return f"{100 * sum(hits) / len(hits):.0f} % ({100 * low:.0f} to {100 * high:.0f})"


if __name__ == "__main__":
    sys.exit(main())
