"""Every exercise of the catalog, counted: `python -m benchmarks.every_exercise [--bodies N]`.

Sets of the digital athlete as landmarks with a realistic error, the exercise given, filmed as
recommended (obliquely where one limb would hide the other). Prints a Markdown table: how many
sets were counted as done, in how many nothing but the full repetitions was counted, and how well
the time in a position was told; what went wrong goes to stderr, set by set.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.conditions import filmed_from_deg, repeated
from benchmarks.intervals import Row, median_interval, share, table
from repsight.app.assess import assess_track
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.spec import Hold
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = ["KINDS", "Kind", "Tried", "held", "main", "rows_of", "tried"]

#: The camera of every lifter stands a little elsewhere.
_TURNED_DEG = (0.0, 15.0, -15.0)
_SEED = 1200
_HELD_S = 12.0
#: Hips in position move less than this up and down.
_STEADY_M = 0.06


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to do a set: the share of the full range of each repetition, in turn."""

    name: str
    range_ratio: tuple[float, ...]
    reps: int
    mark: str = "100 %"


KINDS = (
    Kind("as many counted as done", (1.0,), 4),
    Kind("two fifths of the way among full ones: not counted", (1.0, 1.0, 0.4), 6),
    Kind("half of the way among full ones: not counted", (1.0, 1.0, 0.5), 6),
    Kind("half of the way throughout: none counted, or an issue told", (0.5,), 4),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One set: how many full repetitions it had, how many were counted, and with which issues."""

    exercise: str
    kind: str
    wanted: int
    counted: int
    issues: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether exactly the full repetitions were counted; where none was full, a word will do.

        Somebody's small range is counted after itself, and judged by the standard.
        """
        return self.wanted == self.counted or (not self.wanted and bool(self.issues))


def tried(exercise: str, kind: Kind, bodies: int, *, seed: int = _SEED) -> Iterator[Tried]:
    """``bodies`` lifters, each with another variation and from a little elsewhere."""
    variations = STYLES[exercise].variations
    for body in range(bodies):
        variation, turned_deg = variations[body % len(variations)], _TURNED_DEG[body % 3]
        made = perform(
            exercise, reps=kind.reps, variation=variation, seed=seed + body,
            range_ratio=kind.range_ratio,
        )  # fmt: skip
        track = _filmed(made, turned_deg, body)
        sets = assess_track(track, exercise=exercise)
        issues = {v.rule for one in sets for v in one.verdicts if v.outcome == "issue"}
        done = Tried(
            exercise, kind.name, made.truth.counted, sum(one.rep_count for one in sets),
            tuple(sorted(issues)),
        )  # fmt: skip
        if not done.is_right:
            print(f"{done} {variation}, body {body}", file=sys.stderr)
        yield done


def _filmed(made: Performance, turned_deg: float, seed: int) -> PoseTrack:
    yaw_deg = filmed_from_deg(made) + turned_deg
    return made.track(made.camera(yaw_deg=yaw_deg), seed=seed)


def held(exercise: str, bodies: int, *, seed: int = _SEED) -> Iterator[float]:
    """Seconds of time in position reported beyond those that were done, one for each body."""
    variations = STYLES[exercise].variations
    for body in range(bodies):
        variation = variations[body % len(variations)]
        made = perform(exercise, variation=variation, seed=seed + body, hold_s=_HELD_S)
        sets = assess_track(_filmed(made, _TURNED_DEG[body % 3], body), exercise=exercise)
        off_s = sum(one.held_s for one in sets) - _held_s(made)
        if abs(off_s) > 1.0:
            print(f"{exercise} {variation}, body {body}: {off_s:+.1f} s", file=sys.stderr)
        yield off_s


def _held_s(made: Performance) -> float:
    """How long the hips were up: all the time for who neither sinks nor rises."""
    height = made.points[:, 23:25, 2].mean(axis=1)
    is_up = height > height.max() - max(float(np.ptp(height)) / 2.0, _STEADY_M)
    return float(np.diff(made.t_s, prepend=0.0)[is_up].sum())


def rows_of(done: Sequence[Tried]) -> list[Row]:
    """All exercises together for each kind of set, then those in which one was wrong."""
    rows: list[Row] = []
    for kind in KINDS:
        mine = [one for one in done if one.kind == kind.name]
        if not mine:
            continue
        rows.append(share(f"every exercise: {kind.name}", kind.mark, [o.is_right for o in mine]))
        rows += [
            share(f"{name.replace('_', ' ')}: {kind.name}", "",
                  [one.is_right for one in mine if one.exercise == name])
            for name in sorted({one.exercise for one in mine if not one.is_right})
        ]  # fmt: skip
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=4, help="sets of each exercise and kind")
    parser.add_argument("--seed", type=int, default=_SEED, help="of the first lifter")
    options = parser.parse_args(arguments)
    done = [
        one
        for kind in KINDS
        for name in repeated()
        for one in tried(name, kind, options.bodies, seed=options.seed)
    ]
    holds = sorted(n for n in STYLES if n in catalog() and isinstance(catalog()[n].movement, Hold))
    off_s = np.array(
        [one for name in holds for one in held(name, 2 * options.bodies, seed=options.seed)]
    )
    rows = rows_of(done)
    low, high = median_interval([abs(one) for one in off_s])
    rows += [
        Row("holds: time in position, s off", "", float(np.median(np.abs(off_s))), len(off_s),
            low, high),
        share("holds: time in position within 1 s", "100 %", [abs(one) <= 1.0 for one in off_s]),
    ]  # fmt: skip
    print(table(rows))
    print(f"\n{len(repeated())} exercises with repetitions, {len(holds)} held; "
          "exercises without a row of their own made no mistake.")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
