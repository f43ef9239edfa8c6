"""How often the bar's path follows its plate: ``python -m benchmarks.barpath [--shared FOLDER]``.

Every labelled clip of an exercise with a bar is tracked and counted with its exercise given. The
plate can be followed only where the camera stands at the side; without it the path follows the hand
nearer to the camera. Prints Markdown; which clips it was stands below the table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels, shown_name
from benchmarks.counting import NAMES, SHARED
from benchmarks.intervals import share, table
from benchmarks.provenance import provenance
from repsight.core.barpath import bar_way
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.types import PoseTrack
from repsight.exercises import catalog, spec_of

__all__ = ["main", "plates_followed"]


def plates_followed(track: PoseTrack, exercise: str) -> list[tuple[bool, bool]]:
    """For each repetition: whether it was filmed from the side, and its path follows the plate."""
    scene = observe(track)
    is_side = scene.view.name == "side"
    reps = refine(scene, spec_of(exercise)).reps
    return [(is_side, bar_way(scene, r.start_s, r.end_s).seen_by == "plate") for r in reps]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table on stdout and progress on stderr; 2 without clips."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--exercise", default="deadlift")
    parser.add_argument("--landmarks", type=Path, default=KEPT)
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    clips = [one for one in read_labels(folder) if _is_of(one, options.exercise)]
    source = Landmarks(options.landmarks)
    found = {
        shown_name(clip.path.stem): plates_followed(track, options.exercise)
        for clip, track in landmarks_of(clips, source)
    }
    reps = [rep for one in found.values() for rep in one]
    rows = [
        share("repetitions whose path follows the plate", "", (plate for _, plate in reps)),
        share("of those filmed from the side", "", (plate for is_side, plate in reps if is_side)),
    ]
    print(table(rows))
    followed = [name for name, one in found.items() if any(plate for _, plate in one)]
    print(f"\nFollowed in {len(followed)} of {len(found)} clips: {', '.join(followed) or 'none'}.")
    print(f"\n{provenance(map(source.file_of, clips))}")
    return 0


def _is_of(clip: Clip, exercise: str) -> bool:
    return exercise in catalog() and NAMES.get(clip.exercise, clip.exercise) == exercise


if __name__ == "__main__":
    raise SystemExit(main())
