"""Exercises drafted from one clip, tried on others: ``python -m benchmarks.learning``.

Each labelled clip with at least three counted repetitions teaches the exercise once; the draft
then counts other clips of the same movement, by other sources where there are any. ``--folder``
names the clips.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels
from benchmarks.intervals import Row, share, table
from benchmarks.provenance import provenance
from repsight.app.learn import Demonstration, learn_from_track
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.types import PoseTrack
from repsight.errors import Unjudgeable

__all__ = ["Tried", "main", "try_all"]

SHARED = Path(__file__).resolve().parents[2] / "shared" / "clips"
LEAST_REPS = 3
TRIES = 5  # other clips that a draft is tried on


@dataclass(frozen=True, slots=True)
class Tried:
    """What one demonstration gave: (truth, count) of other clips; None where it was refused."""

    clip: Clip
    counts: tuple[tuple[int, int], ...] | None


def try_all(clips: Sequence[tuple[Clip, PoseTrack]]) -> Iterator[Tried]:
    """Every clip teaches once; movements with a single clip have nothing to be tried on."""
    groups: dict[str, list[tuple[Clip, PoseTrack]]] = defaultdict(list)
    for clip, track in clips:
        groups[clip.exercise].append((clip, track))
    for group in groups.values():
        for clip, track in group:
            yield Tried(clip, _tried(clip, track, group))


def _tried(
    clip: Clip, track: PoseTrack, group: Sequence[tuple[Clip, PoseTrack]]
) -> tuple[tuple[int, int], ...] | None:
    shown = Demonstration("learned", "Learned", clip.reps or 0)
    try:
        spec = learn_from_track(track, shown, source="a clip").spec
    except Unjudgeable:
        return None
    others = [(one, seen) for one, seen in group if one.source != clip.source] or [
        (one, seen) for one, seen in group if one is not clip
    ]
    return tuple(
        (one.reps or 0, len(refine(observe(seen), spec).reps)) for one, seen in others[:TRIES]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table on stdout and every miss on stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=SHARED)
    folder = parser.parse_args(arguments).folder
    wanted = [
        clip
        for clip in read_labels(folder)
        if clip.is_counted and not clip.is_negative and (clip.reps or 0) >= LEAST_REPS
    ]
    source = Landmarks(KEPT)
    done = list(try_all(list(landmarks_of(wanted, source))))
    print(table(list(_rows(done))))
    print(f"\n{provenance(map(source.file_of, wanted))}")
    for one in done:
        for truth, count in one.counts or ():
            if truth != count:
                print(f"{one.clip.path.stem}: {count} of {truth}", file=sys.stderr)
    return 0


def _rows(done: Sequence[Tried]) -> Iterator[Row]:
    counts = [pair for one in done for pair in one.counts or ()]
    yield share("demonstrations learned from", "", [one.counts is not None for one in done])
    yield share("other clips: exact", "", [truth == count for truth, count in counts])
    yield share("other clips: within one", "", [abs(truth - count) <= 1 for truth, count in counts])


if __name__ == "__main__":
    sys.exit(main())
