"""Real clips with changes that should not matter: `python -m benchmarks.variants`.

A seeded spread of short labelled clips over the exercises is mirrored, made smaller, darker,
slower or cropped, tracked anew and counted with its exercise given and automatically, by a
router that saw no clip of the same source. Prints Markdown: per variant the clips that are
counted exactly and within one, those counted like the unchanged clip, and those recognised; then
every clip whose count changes. Landmarks are kept in ``--landmarks``, so that a second run is
quick. 2 without clips.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

import numpy as np

from benchmarks.changed_pictures import Change, ChangedPictures
from benchmarks.clips import Clip, keep, kept_track, read_labels, shown_name
from benchmarks.counting import NAMES
from benchmarks.darkness import darker
from benchmarks.intervals import Row, share, table
from benchmarks.provenance import provenance
from benchmarks.routers import unseen_router
from repsight.app.assess import assess_track
from repsight.app.track_clip import usual_rate_hz
from repsight.core.picture import ByteArray
from repsight.core.types import PoseTrack
from repsight.exercises import catalog
from repsight.pose.port import TrackOptions, load_backend
from repsight.video.read import open_clip

__all__ = ["UNCHANGED", "VARIANTS", "Counted", "Variant", "main", "rows_of", "spread", "told"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "build" / "variants"
_SEED = 2408
_LONGEST_S = 14.0
_MORE_OF = ("squat", "deadlift", "push_up", "shoulder_press")
_CROPPED = 0.04
_LOW_ROWS = 240


@dataclass(frozen=True, slots=True)
class Variant:
    """One change of the pictures, with at most ``rate_hz`` of them a second."""

    name: str
    change: Change
    rate_hz: float = inf


@dataclass(frozen=True, slots=True)
class Counted:
    """What came out for one clip and variant; ``truth`` is 0 where nothing is done."""

    clip: str
    variant: str
    truth: int
    given: int
    automatic: int
    is_recognised: bool


def _same(rgb: ByteArray, t_s: float) -> ByteArray:
    del t_s
    return rgb


def _mirrored(rgb: ByteArray, t_s: float) -> ByteArray:
    del t_s
    return np.ascontiguousarray(rgb[:, ::-1])


def _low(rgb: ByteArray, t_s: float) -> ByteArray:
    del t_s
    share = _LOW_ROWS / min(rgb.shape[:2])
    return rgb if share >= 1 else _resized(rgb, share)


def _smaller(rgb: ByteArray, t_s: float) -> ByteArray:
    """Half the size, in the middle of a picture whose edges go on outwards."""
    del t_s
    height, width = rgb.shape[:2]
    half = _resized(rgb, 0.5)
    above, left = (height - half.shape[0]) // 2, (width - half.shape[1]) // 2
    below, right = height - half.shape[0] - above, width - half.shape[1] - left
    return np.pad(half, ((above, below), (left, right), (0, 0)), mode="edge")


def _cropped(rgb: ByteArray, t_s: float) -> ByteArray:
    del t_s
    rows, columns = (round(_CROPPED * size) for size in rgb.shape[:2])
    return np.ascontiguousarray(rgb[rows:-rows, columns:-columns])


def _resized(rgb: ByteArray, share: float) -> ByteArray:
    from PIL import Image

    height, width = (max(2, 2 * round(share * size / 2)) for size in rgb.shape[:2])
    picture = Image.fromarray(rgb).resize((width, height), Image.Resampling.BOX)
    return np.asarray(picture, np.uint8)


UNCHANGED = Variant("as filmed", _same)
VARIANTS = (
    UNCHANGED,
    Variant("mirrored", _mirrored),
    Variant("15 pictures a second", _same, rate_hz=15.0),
    Variant("240 rows", _low),
    Variant("half as large", _smaller),
    Variant("darker by 2 EV", darker(-2.0)),
    Variant("cropped by 4 % a side", _cropped),
)


def spread(clips: Sequence[Clip], per_exercise: int, longest_s: float = _LONGEST_S) -> list[Clip]:
    """The same clips every time: ``per_exercise`` short ones each, twice as many of the four."""
    order = np.random.default_rng(_SEED).permutation(len(clips))
    taken: dict[str, list[Clip]] = {}
    for clip in (clips[i] for i in order):
        mine = taken.setdefault("none" if clip.is_negative else clip.exercise, [])
        wanted = per_exercise * (2 if clip.exercise in _MORE_OF or clip.is_negative else 1)
        is_sure = clip.is_negative or (clip.is_counted and clip.reps)
        if is_sure and clip.duration_s <= longest_s and len(mine) < wanted:
            mine.append(clip)
    return [clip for name in sorted(taken) for clip in taken[name]]


def file_of(clip: Clip, variant: Variant, folder: Path) -> Path:
    """The file that keeps a variant's landmarks."""
    return folder / f"{clip.path.stem}.{variant.name.replace(' ', '-')}.npz"


def tracks_of(clip: Clip, folder: Path) -> Iterator[tuple[Variant, PoseTrack]]:
    """Each variant's track, from ``folder`` or made and kept there."""
    for variant in VARIANTS:
        file = file_of(clip, variant, folder)
        if not file.is_file():
            reader = open_clip(clip.path)
            source = ChangedPictures(reader, variant.change, variant.rate_hz)
            options = TrackOptions(rate_hz=usual_rate_hz(reader.info))
            made = load_backend("blazepose").track(source, options)
            keep(file, made.track, made.picture)
        yield variant, kept_track(file)


def told(clip: Clip, variant: str, track: PoseTrack) -> Counted:
    """Count one variant of a clip with its exercise given, and automatically."""
    name = NAMES.get(clip.exercise, clip.exercise)
    wanted = name if name in catalog() and not clip.is_negative else "unknown"
    given = assess_track(track, exercise=wanted)
    found = assess_track(track, router=unseen_router(clip.path.stem))
    return Counted(
        shown_name(clip.path.stem), variant, 0 if clip.is_negative else clip.reps or 0,
        sum(one.rep_count for one in given), sum(one.rep_count for one in found),
        {one.exercise.id for one in found if one.rep_count} == {wanted},
    )  # fmt: skip


def rows_of(done: Sequence[Counted]) -> list[Row]:
    """The table: a few rows for each variant."""
    usual = {one.clip: one for one in done if one.variant == UNCHANGED.name}
    rows: list[Row] = []
    for name in dict.fromkeys(one.variant for one in done):
        here = [one for one in done if one.variant == name]
        rows += _rows(name, [one for one in here if one.truth], usual)
        idle = [one for one in here if not one.truth]
        rows.append(
            share(f"{name}, no exercise: nothing counted", "", [not one.automatic for one in idle])
        )
    return rows


def _rows(name: str, here: Sequence[Counted], usual: Mapping[str, Counted]) -> Iterator[Row]:
    for how, counts in (
        ("exercise given", [(one.given, usual[one.clip].given) for one in here]),
        ("automatic", [(one.automatic, usual[one.clip].automatic) for one in here]),
    ):
        misses = [abs(one.truth - count) for one, (count, _) in zip(here, counts, strict=True)]
        yield share(f"{name}, {how}: exact", "", [miss == 0 for miss in misses])
        yield share(f"{name}, {how}: within one", "", [miss <= 1 for miss in misses])
        if name != UNCHANGED.name:
            mark = ">= 90 %" if how == "exercise given" else ""
            alike = [count == before for count, before in counts]
            yield share(f"{name}, {how}: counted as before", mark, alike)
    yield share(f"{name}: recognised", "", [one.is_recognised for one in here])


def changes(done: Sequence[Counted]) -> str:
    """Every clip whose count is not the same in all variants: given / automatic."""
    names = list(dict.fromkeys(one.variant for one in done))
    lines = [f"| clip | by hand | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for clip in dict.fromkeys(one.clip for one in done):
        here = {one.variant: one for one in done if one.clip == clip}
        counts = [(here[name].given, here[name].automatic) for name in names]
        if len(set(counts)) > 1:
            cells = " | ".join(f"{given} / {automatic}" for given, automatic in counts)
            lines.append(f"| {clip} | {here[names[0]].truth} | {cells} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--landmarks", type=Path, default=KEPT, help="where landmarks are kept")
    parser.add_argument("--per-exercise", type=int, default=1, help="clips of each exercise")
    parser.add_argument("--longest", type=float, default=_LONGEST_S, help="longest clip, seconds")
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    done: list[Counted] = []
    clips = spread(read_labels(folder), options.per_exercise, options.longest)
    for clip in clips:
        for variant, track in tracks_of(clip, options.landmarks):
            done.append(told(clip, variant.name, track))
            print(done[-1], file=sys.stderr)
    print(table(rows_of(done)))
    print("\nEvery clip whose count changes, with its exercise given / automatic:\n")
    print(changes(done))
    files = (file_of(clip, one, options.landmarks) for clip in clips for one in VARIANTS)
    print(f"\n{provenance(files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
