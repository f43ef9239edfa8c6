"""The quick figures that must not fall: `python -m benchmarks.quick [--write]`.

A set of every exercise as landmarks of the digital athlete, seeded, so the same code gives the
same figures; and a spread of short real clips where they and their landmarks are here.
``--write`` keeps them in ``benchmarks/baseline.json``; tests compare every change with that file
and fail when a figure falls beyond what chance allows.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from zlib import crc32

from benchmarks.clips import KEPT, Clip, kept_track, read_labels
from benchmarks.conditions import CONDITIONS, made_set, repeated
from benchmarks.counting import NAMES
from benchmarks.robustness import Tried, try_track
from benchmarks.routers import unseen_router
from benchmarks.variants import spread
from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = [
    "BASELINE",
    "REAL",
    "Figure",
    "fallen",
    "main",
    "measure_all",
    "measure_real",
    "read_baseline",
    "tracked_clips",
]

BASELINE = Path(__file__).with_name("baseline.json")
SHARED = Path(__file__).resolve().parents[2] / "shared"
#: How the names of figures of real clips begin.
REAL = "real clips"
NEGATIVES = ("standing", "talking", "walking", "racking")
#: Difficulties of the quick run, by group and level.
_HARD = (("frame rate", "10 Hz"), ("landmark error", "2 x"), ("camera turned away", "30 degrees"))
_SEED = 900
#: One-sided 95 %.
_Z = 1.645


@dataclass(frozen=True, slots=True)
class Figure:
    """``hits`` of ``n`` cases."""

    hits: int
    n: int

    @property
    def margin(self) -> float:
        """Hits that chance alone may cost a program that is as good (binomial, one-sided 95 %)."""
        # no rate is surer than the cases that it was measured on
        rate = min(self.hits / self.n, 1.0 - 0.5 / self.n)
        return _Z * sqrt(self.n * rate * (1.0 - rate))


def measure_all() -> dict[str, Figure]:
    """Every quick figure by name."""
    figures: dict[str, Figure] = {}
    exercises = repeated()
    usual = [_tried(exercise) for exercise in exercises]
    figures["counted exactly, exercise given"] = _share([one.off_given == 0 for one in usual])
    figures["off by one at most, exercise given"] = _share([one.off_given <= 1 for one in usual])
    figures["counted exactly, exercise found"] = _share([one.off_found == 0 for one in usual])
    figures["exercise recognised"] = _share([one.is_recognised for one in usual])
    for condition in CONDITIONS:
        if (condition.group, condition.level) in _HARD:
            figures[f"counted exactly, {condition.group} {condition.level}"] = _share(
                [
                    _count(exercise, condition.film(made, yaw_deg, _SEED)) == made.truth.counted
                    for exercise in exercises
                    for made, yaw_deg in [made_set(exercise, _seed_of(exercise))]
                ]
            )
    figures["nothing counted where nothing is done"] = _share(
        [
            not any(one.rep_count for one in assess_track(track))
            for name in NEGATIVES
            for made in [perform(name, seed=_SEED, hold_s=12.0)]
            for track in [made.track(made.camera(yaw_deg=45.0), seed=_SEED)]
        ]
    )
    return figures


def tracked_clips(shared: Path, landmarks: Path = KEPT) -> list[Clip]:
    """The same short clips of every exercise, and without any; none unless all are tracked."""
    labels = shared / "clips"
    if not (labels / "labels.csv").is_file():
        return []
    clips = spread(read_labels(labels), 1)
    return clips if all((landmarks / f"{one.path.stem}.npz").is_file() for one in clips) else []


def measure_real(clips: Sequence[Clip], landmarks: Path = KEPT) -> dict[str, Figure]:
    """The quick figures of real clips, by routers that saw no clip of the same source."""
    given: list[bool] = []
    found: list[bool] = []
    quiet: list[bool] = []
    for clip in clips:
        track = kept_track(landmarks / f"{clip.path.stem}.npz")
        sets = assess_track(track, router=unseen_router(clip.path.stem))
        counted = sum(one.rep_count for one in sets)
        if clip.is_negative:
            quiet.append(counted == 0)
            continue
        name = NAMES.get(clip.exercise, clip.exercise)
        found.append(counted == clip.reps)
        given.append(_count(name if name in catalog() else "unknown", track) == clip.reps)
    return {
        f"{REAL} counted exactly, exercise given": _share(given),
        f"{REAL} counted exactly, exercise found": _share(found),
        f"{REAL} without exercise: nothing counted": _share(quiet),
    }


def _seed_of(exercise: str) -> int:
    """The same set of an exercise whatever else there is in the catalog."""
    return crc32(exercise.encode()) % 1000


def _tried(exercise: str) -> Tried:
    seed = _seed_of(exercise)
    made, yaw_deg = made_set(exercise, seed)
    track = made.track(made.camera(yaw_deg=yaw_deg), seed=seed)
    done = try_track(exercise, made.truth.counted, track)
    if done.off_given or done.off_found or not done.is_recognised:
        print(done, file=sys.stderr)
    return done


def _count(exercise: str, track: PoseTrack) -> int:
    return sum(one.rep_count for one in assess_track(track, exercise=exercise))


def _share(hits: Sequence[bool]) -> Figure:
    return Figure(sum(hits), len(hits))


def read_baseline() -> dict[str, Figure]:
    """The figures that were kept."""
    stored: dict[str, dict[str, int]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {name: Figure(**value) for name, value in stored.items()}


def fallen(now: dict[str, Figure], before: dict[str, Figure]) -> list[str]:
    """Sentences about the figures that fell beyond chance, or are not measured any more."""
    told: list[str] = []
    for name, old in before.items():
        new = now.get(name)
        if new is None:
            told.append(f"{name}: not measured any more")
        elif new.hits / new.n < (old.hits - old.margin) / old.n:
            told.append(f"{name}: {new.hits} of {new.n}, was {old.hits} of {old.n}")
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 if one fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep these figures as the baseline")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    options = parser.parse_args(arguments)
    now, before = measure_all(), read_baseline()
    clips = tracked_clips(options.shared)
    if clips:
        now |= measure_real(clips)
    else:
        print("Real clips or their landmarks are not here: their figures stay.", file=sys.stderr)
        now |= {name: one for name, one in before.items() if name.startswith(REAL)}
    print("| what | hits | n |\n|---|---|---|")
    for name, figure in now.items():
        print(f"| {name} | {figure.hits} | {figure.n} |")
    if options.write:
        stored = {name: {"hits": one.hits, "n": one.n} for name, one in now.items()}
        BASELINE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        return 0
    worse = fallen(now, before)
    for sentence in worse:
        print(sentence, file=sys.stderr)
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
