"""What each difficulty costs: `python -m benchmarks.robustness [--seeds N] [--every K] [--found]`.

Balanced sets of exercises with repetitions, filmed as recommended, as landmarks with a
realistic error; one difficulty at a time. By default every third exercise, other ones for each
difficulty, so that the whole takes minutes. Prints a Markdown table: sets counted exactly and off
by one at most with the exercise given, and with ``--found`` (which takes four times as long)
counted exactly and recognised without.
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
    """One set: how far off the count was, given and found, and whether it was recognised.

    ``off_found`` is None where the exercise was only given.
    """

    exercise: str
    off_given: int
    off_found: int | None = None
    is_recognised: bool = False


def try_track(exercise: str, reps: int, track: PoseTrack, *, finds: bool = True) -> Tried:
    """Count one set with its exercise given and, with ``finds``, without."""
    given = sum(one.rep_count for one in assess_track(track, exercise=exercise))
    if not finds:
        return Tried(exercise, abs(given - reps))
    found = assess_track(track)
    return Tried(
        exercise, abs(given - reps), abs(sum(one.rep_count for one in found) - reps),
        {one.exercise.id for one in found} == {exercise},
    )  # fmt: skip


def try_condition(
    condition: Condition, exercises: Sequence[str], seeds: int, *, finds: bool = False
) -> list[Tried]:
    """Every exercise under one difficulty; without ``finds`` only with its exercise given."""
    done: list[Tried] = []
    for exercise in exercises:
        for seed in range(seeds):
            made, yaw_deg = made_set(exercise, 700 + seed)
            track = condition.film(made, yaw_deg, seed)
            done.append(try_track(exercise, made.truth.counted, track, finds=finds))
    return done


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; what went wrong goes to stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="sets of each exercise a condition")
    parser.add_argument("--every", type=int, default=3, help="take every K-th exercise in turn")
    parser.add_argument("--found", action="store_true", help="recognise the exercise as well")
    options = parser.parse_args(arguments)
    more = " exact, found | recognised |" if options.found else ""
    print(f"| difficulty | | n | exact, given | off by one at most |{more}")
    print("|---|---|---|---|---|" + "---|---|" * options.found)
    for number, condition in enumerate(CONDITIONS):
        exercises = repeated()[number % options.every :: options.every]
        done = try_condition(condition, exercises, options.seeds, finds=options.found)
        cells = [
            _percent([one.off_given == 0 for one in done]),
            _percent([one.off_given <= 1 for one in done]),
        ]
        if options.found:
            cells += [
                _percent([one.off_found == 0 for one in done]),
                _percent([one.is_recognised for one in done]),
            ]
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
