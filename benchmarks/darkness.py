"""Real clips made darker: `python -m benchmarks.darkness [--shared FOLDER] [--clips N]`.

Every picture of a sample of the labelled clips is dimmed in linear light, given the noise of a
sensor that gathered so little of it, and tracked anew. Prints a Markdown table: clips counted
exactly with their exercise given, and clips refused because of the picture. With ``--brighten``
the dark pictures are tried once more with their local contrast stretched. 2 without clips.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.brightened import brightened
from benchmarks.changed_pictures import Change, ChangedPictures
from benchmarks.clips import Clip, read_labels
from benchmarks.intervals import Row, share, table
from repsight.app.assess import assess_track
from repsight.core.picture import ByteArray
from repsight.core.quality import assess_quality
from repsight.pose.port import TrackOptions, load_backend
from repsight.video.read import open_clip

__all__ = ["Told", "darker", "dimmed", "main", "sample_of", "try_clip"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
STOPS = (0.0, -1.0, -3.0, -5.0)
_MARKED = -3.0
_FOUR = ("squat", "deadlift", "push_up", "shoulder_press")
_LONGEST_S = 10.0
_GAMMA = 2.2
#: Electrons at full white and read noise of a phone's small sensor, heuristic.
_WELL = 4000.0
_READ = 6.0
_SEED = 77


def darker(stops: float) -> Change:
    """Pictures ``stops`` darker; the same picture is the same in every pass."""

    def change(rgb: ByteArray, t_s: float) -> ByteArray:
        return dimmed(rgb, stops, np.random.default_rng([_SEED, round(1000 * t_s)]))

    return change


def dimmed(rgb: ByteArray, stops: float, rng: np.random.Generator) -> ByteArray:
    """Pixels (H, W, 3) with ``2 ** stops`` of their light, and the noise that this little has."""
    if not stops:
        return rgb
    levels = (np.arange(256) / 255.0) ** _GAMMA * 2.0**stops
    light = levels.astype(np.float32)[rgb]
    spread = np.sqrt(light / _WELL + (_READ / _WELL) ** 2)
    noisy = light + spread * rng.standard_normal(light.shape, dtype=np.float32)
    return np.rint(255.0 * np.clip(noisy, 0.0, 1.0) ** (1.0 / _GAMMA)).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Told:
    """What came out for a clip at one darkness."""

    stops: float
    is_exact: bool
    is_refused: bool
    is_brightened: bool = False


def sample_of(clips: Sequence[Clip], count: int) -> list[Clip]:
    """The same ``count`` short clips of the four exercises every time."""
    fit = [
        clip for clip in clips
        if clip.exercise in _FOUR and clip.is_counted and clip.reps
        and clip.duration_s <= _LONGEST_S
    ]  # fmt: skip
    chosen = np.random.default_rng(_SEED).permutation(len(fit))[:count]
    return [fit[i] for i in sorted(chosen)]


def try_clip(clip: Clip, stops: float, *, brighten: bool = False) -> Told:
    """Track a darkened clip and count it."""
    change = darker(stops)
    source = ChangedPictures(
        open_clip(clip.path),
        (lambda rgb, t_s: brightened(change(rgb, t_s))) if brighten else change,
    )
    made = load_backend("blazepose").track(source, TrackOptions())
    sets = assess_track(made.track, exercise=clip.exercise)
    is_refused = assess_quality(made.track, made.picture).level == "bad"
    is_exact = sum(one.rep_count for one in sets) == clip.reps
    return Told(stops, is_exact, is_refused, brighten)


def rows_of(done: Sequence[Told]) -> list[Row]:
    """Exact and refused by darkness."""
    rows: list[Row] = []
    usual = [one.is_exact for one in done if one.stops == 0]
    kinds = {(-one.stops, one.is_brightened) for one in done}
    for darker, is_brightened in sorted(kinds):
        stops = -darker
        here = [one for one in done if (one.stops, one.is_brightened) == (stops, is_brightened)]
        name = f"{stops:g} EV" if stops else "as filmed"
        name += ", brightened" if is_brightened else ""
        kept = sum(usual) / max(len(usual), 1) - 0.1
        mark = f">= {kept:.1%} or refused" if stops == _MARKED and not is_brightened else ""
        rows += [
            share(f"{name}: counted exactly", "", [one.is_exact for one in here]),
            share(f"{name}: exactly, or refused for the picture", mark.replace("%", " %"),
                  [one.is_exact or one.is_refused for one in here]),
        ]  # fmt: skip
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--clips", type=int, default=20, help="how many clips")
    parser.add_argument("--brighten", action="store_true", help="try local contrast as well")
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    done: list[Told] = []
    for clip in sample_of(read_labels(folder), options.clips):
        done += [try_clip(clip, stops) for stops in STOPS]
        if options.brighten:
            done += [try_clip(clip, stops, brighten=True) for stops in STOPS if stops <= _MARKED]
        print(clip.path.stem, done[-len(STOPS) :], file=sys.stderr)
    print(table(rows_of(done)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
