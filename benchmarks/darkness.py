"""Real clips made darker: `python -m benchmarks.darkness [--shared FOLDER] [--clips N]`.

Every picture of a few labelled clips, the same ones every time, is dimmed in linear light, given
the noise of a sensor that gathered so little of it, and tracked anew. Prints a Markdown table:
clips counted exactly with their exercise given, and clips refused because of the picture; then
every clip that was counted otherwise than by hand. With ``--brighten`` the dark pictures are
tried once more with their local contrast stretched. Landmarks are kept in ``--landmarks``, so
that a second run is quick. 2 without clips.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np

from benchmarks.brightened import brightened
from benchmarks.changed_pictures import Change, ChangedPictures
from benchmarks.clips import Clip, keep, kept_picture, kept_track, read_labels, shown_name
from benchmarks.intervals import Row, share, table
from benchmarks.provenance import provenance
from repsight.app.assess import assess_track
from repsight.app.track_clip import usual_rate_hz
from repsight.core.picture import ByteArray
from repsight.core.quality import assess_quality
from repsight.pose.port import TrackOptions, load_backend
from repsight.video.read import open_clip

__all__ = [
    "Told",
    "darker",
    "dimmed",
    "failures",
    "main",
    "rows_of",
    "sample_of",
    "tracked",
    "try_clip",
]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "build" / "darkness"
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

    clip: str
    stops: float
    reps: int
    counted: int
    is_refused: bool
    is_brightened: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it was counted as by hand."""
        return self.counted == self.reps


def sample_of(clips: Sequence[Clip], count: int) -> list[Clip]:
    """The same ``count`` short clips every time, of the four exercises in turn."""
    order = np.random.default_rng(_SEED).permutation(len(clips))
    fit = [
        clip for clip in (clips[i] for i in order)
        if clip.exercise in _FOUR and clip.is_counted and clip.reps
        and clip.duration_s <= _LONGEST_S
    ]  # fmt: skip
    mine = [[clip for clip in fit if clip.exercise == name] for name in _FOUR]
    turns = [clip for turn in zip_longest(*mine) for clip in turn if clip is not None]
    return turns[:count]


def tracked(clip: Clip, stops: float, folder: Path, *, brighten: bool = False) -> Path:
    """The file that keeps the landmarks of a darkened clip; it is made where there is none."""
    file = folder / f"{clip.path.stem}.{stops:g}{'-brightened' * brighten}.npz"
    if not file.is_file():
        change = darker(stops)
        reader = open_clip(clip.path)
        source = ChangedPictures(
            reader, (lambda rgb, t_s: brightened(change(rgb, t_s))) if brighten else change
        )
        options = TrackOptions(rate_hz=usual_rate_hz(reader.info))
        made = load_backend("blazepose").track(source, options)
        keep(file, made.track, made.picture)
    return file


def try_clip(clip: Clip, stops: float, folder: Path, *, brighten: bool = False) -> Told:
    """Count a darkened clip with its exercise given."""
    file = tracked(clip, stops, folder, brighten=brighten)
    track = kept_track(file)
    sets = assess_track(track, exercise=clip.exercise)
    return Told(
        clip.path.stem, stops, clip.reps or 0, sum(one.rep_count for one in sets),
        assess_quality(track, kept_picture(file)).level == "bad", brighten,
    )  # fmt: skip


def rows_of(done: Sequence[Told]) -> list[Row]:
    """Exact and refused by darkness."""
    rows: list[Row] = []
    usual = [one.is_exact for one in done if one.stops == 0]
    kinds = {(-one.stops, one.is_brightened) for one in done}
    for darker, is_brightened in sorted(kinds):
        stops = -darker
        here = [one for one in done if (one.stops, one.is_brightened) == (stops, is_brightened)]
        name = _name(stops, is_brightened=is_brightened)
        kept = sum(usual) / max(len(usual), 1) - 0.1
        mark = f">= {kept:.1%} or refused" if stops == _MARKED and not is_brightened else ""
        rows += [
            share(f"{name}: counted exactly", "", [one.is_exact for one in here]),
            share(f"{name}: exactly, or refused for the picture", mark.replace("%", " %"),
                  [one.is_exact or one.is_refused for one in here]),
        ]  # fmt: skip
    return rows


def failures(done: Sequence[Told]) -> str:
    """Every clip whose count is not that by hand, as a Markdown table."""
    lines = ["| clip | darkness | by hand | counted | refused |", "|---|---|---|---|---|"]
    lines += [
        f"| {shown_name(one.clip)} | {_name(one.stops, is_brightened=one.is_brightened)} | "
        f"{one.reps} | {one.counted} | {'yes' if one.is_refused else 'no'} |"
        for one in done
        if not one.is_exact
    ]
    return "\n".join(lines)


def _name(stops: float, *, is_brightened: bool) -> str:
    return (f"{stops:g} EV" if stops else "as filmed") + ", brightened" * is_brightened


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--landmarks", type=Path, default=KEPT, help="folder of what was tracked")
    parser.add_argument("--clips", type=int, default=12, help="how many clips")
    parser.add_argument("--brighten", action="store_true", help="try local contrast as well")
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    tries = [(stops, False) for stops in STOPS]
    tries += [(stops, True) for stops in STOPS if options.brighten and stops <= _MARKED]
    done: list[Told] = []
    clips = sample_of(read_labels(folder), options.clips)
    for clip in clips:
        for stops, brighten in tries:
            done.append(try_clip(clip, stops, options.landmarks, brighten=brighten))
            print(done[-1], file=sys.stderr)
    print(table(rows_of(done)))
    print(f"\nEvery count that is not the one by hand:\n\n{failures(done)}")
    files = (
        tracked(clip, stops, options.landmarks, brighten=more)
        for clip in clips
        for stops, more in tries
    )
    print(f"\n{provenance(files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
