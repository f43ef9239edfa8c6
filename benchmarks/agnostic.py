"""Class-agnostic counting: `python -m benchmarks.agnostic [--shared FOLDER]`.

165 clips of eight movements as BlazePose landmarks, their repetitions counted by hand. Coordinates
are min-max scaled per frame and axis, so the gates in body lengths do not apply. Prints a
Markdown table on stdout (off-by-one accuracy over all clips, mean relative error over clips
with repetitions) for our counter and the plain one, and every miss on stderr.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.intervals import Row, bootstrap, share, table
from benchmarks.plain_counter import count_plainly
from repsight.core.periodic import count_repetitions
from repsight.core.types import PoseTrack

__all__ = ["Counted", "count_all", "load_clips", "main"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
FRAME_RATE_HZ = 30.0  # not recorded with the set


@dataclass(frozen=True, slots=True)
class Counted:
    """One clip: hand count and the counter's."""

    name: str
    exercise: str
    truth: int
    count: int

    @property
    def miss(self) -> int:
        """Distance from the truth in repetitions."""
        return abs(self.count - self.truth)


def load_clips(folder: Path) -> list[tuple[str, str, int, PoseTrack]]:
    """(name, movement, repetitions, track) of each clip; frames of zeros become NaN."""
    data = np.load(folder / "countix_fitness.npz")
    landmarks, offsets = data["landmarks"], data["offsets"]
    with (folder / "countix_fitness.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    clips: list[tuple[str, str, int, PoseTrack]] = []
    for i, row in enumerate(rows):
        points = landmarks[offsets[i] : offsets[i + 1]].astype(float)
        points[~points.any(axis=(1, 2))] = np.nan
        t_s = np.arange(len(points)) / FRAME_RATE_HZ
        track = PoseTrack(t_s, points[:, :, :2], np.ones(points.shape[:2]))
        clips.append((row["name"], row["exercise"], int(row["count"]), track))
    return clips


def count_all(
    clips: Sequence[tuple[str, str, int, PoseTrack]], counter: Callable[[PoseTrack], int]
) -> list[Counted]:
    """Every clip through one counter."""
    return [
        Counted(name, exercise, truth, counter(track)) for name, exercise, truth, track in clips
    ]


def count_ours(track: PoseTrack) -> int:
    """Our count, without the gates that need body lengths."""
    return count_repetitions(track, gates=None).count


def rows_of(who: str, done: Sequence[Counted], marks: tuple[str, str]) -> list[Row]:
    """Off-by-one, exact and mean relative error of one counter."""
    errors = np.array([clip.miss / clip.truth for clip in done if clip.truth])
    return [
        share(f"{who}: within one repetition", marks[0], [clip.miss <= 1 for clip in done]),
        share(f"{who}: exact", "", [clip.miss == 0 for clip in done]),
        Row(
            f"{who}: mean relative error", marks[1],
            float(errors.mean()), len(errors), *bootstrap(errors),
        ),
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 unless the landmark set is absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds landmarks/")
    options = parser.parse_args(arguments)
    folder = options.shared / "landmarks"
    if not (folder / "countix_fitness.npz").is_file():
        print("No landmark set here: give its folder with --shared.", file=sys.stderr)
        return 2
    clips = load_clips(folder)
    ours, plain = count_all(clips, count_ours), count_all(clips, count_plainly)
    found = [clip for clip, (*_, track) in zip(ours, clips, strict=True) if len(track)]
    rows = rows_of("Repsight", ours, (">= 72 %", "<= 0.22"))
    rows += rows_of("Plain counter", plain, ("", ""))
    rows.append(
        share("Repsight, clips with a pose: within one", "", [clip.miss <= 1 for clip in found])
    )
    for name, part in (("even", ours[::2]), ("odd", ours[1::2])):
        rows.append(
            share(f"Repsight, {name} clips: within one", "", [clip.miss <= 1 for clip in part])
        )
    for exercise in sorted({clip.exercise for clip in ours}):
        hits = [clip.miss <= 1 for clip in ours if clip.exercise == exercise]
        rows.append(share(f"Repsight, {exercise.replace('_', ' ')}: within one", "", hits))
    print(table(rows))
    empty = len(ours) - len(found)
    print(f"\n{empty} of {len(ours)} clips hold no pose at all; they count as missed.")
    for clip in ours:
        if clip.miss > 1:
            print(f"{clip.name}: {clip.count}, counted by hand {clip.truth}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
