"""The labelled real clips, and the landmarks of each, made once and kept."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import nan
from pathlib import Path

import numpy as np

from benchmarks.provenance import MADE_BY, tracker_version
from repsight.core.quality_input import PictureStats
from repsight.core.types import PoseTrack
from repsight.errors import UnreadableSource

__all__ = [
    "KEPT",
    "Clip",
    "Landmarks",
    "keep",
    "kept_picture",
    "kept_track",
    "landmarks_of",
    "read_labels",
    "shown_name",
]

KEPT = Path(__file__).resolve().parents[1] / "build" / "landmarks"
HOLDS = ("plank",)
_SURE = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled clip; ``reps`` is None where repetitions cannot be counted."""

    path: Path
    exercise: str
    reps: int | None
    confidence: str
    turns_s: tuple[float, ...]
    duration_s: float
    person: str
    view: str
    notes: str
    source: str = ""
    people: str = ""

    @property
    def is_in_company(self) -> bool:
        """Whether the labels say that more than one person is in the picture, if only for a while.

        They say it as people do: ``2``, ``3+``, ``1-2``, ``many``; ``0-1`` is one.
        """
        return self.people not in {"", "0", "1", "0-1"}

    @property
    def is_counted(self) -> bool:
        """Whether the hand count is sure enough to score on."""
        return self.reps is not None and self.confidence in {"high", "medium"}

    @property
    def is_negative(self) -> bool:
        """Nothing in it may be counted: no exercise, or a hold."""
        return self.exercise == "none" or self.exercise in HOLDS


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where landmarks come from: files ``<clip>.npz`` in ``folder``; missing ones are made."""

    folder: Path
    model: str = "full"
    threads: int = 2

    def file_of(self, clip: Clip) -> Path:
        """The file of one clip's landmarks."""
        return self.folder / f"{clip.path.stem}.npz"


def read_labels(folder: Path) -> list[Clip]:
    """Every row of ``labels.csv`` in ``folder``.

    Columns ``file``, ``exercise`` and ``reps`` are needed, the others may be absent; how long a
    clip lasts is read from its file then, and is NaN where that is gone. Raises UnreadableSource,
    with the line, for a row that cannot be understood, or for a file that is no clip.
    """
    with (folder / "labels.csv").open(newline="", encoding="utf-8-sig") as file:
        return [_clip(folder, row, line) for line, row in enumerate(csv.DictReader(file), start=2)]


def shown_name(stem: str) -> str:
    """A clip's name without what follows its number: who filmed it stays out of tables."""
    return re.sub(r"^(.*?_\d+)_.*$", r"\1", stem).replace("_", " ")


def _clip(folder: Path, row: dict[str, str], line: int) -> Clip:
    try:
        reps = row["reps"].strip()
        confidence = _SURE[_SURE.index(row.get("confidence") or "high")]
        return Clip(
            folder / row["file"],
            row["exercise"],
            int(reps) if reps else None,
            confidence,
            tuple(float(part) for part in (row.get("rep_key_times_s") or "").split(";") if part),
            float(row.get("duration_s") or _lasts_s(folder / row["file"])),
            row.get("person_id") or "",
            row.get("view") or "",
            row.get("notes") or "",
            row.get("source_repo") or row.get("person_id") or row["file"],
            (row.get("people") or "").strip(),
        )
    except (KeyError, ValueError, AttributeError) as error:
        raise UnreadableSource(
            f"Line {line} of {folder / 'labels.csv'} cannot be understood: {error!r}.",
            wanted="Columns file, exercise and reps; reps a whole number or empty.",
            next_step="See docs/own-clips.md.",
        ) from error


def _lasts_s(file: Path) -> float:
    if not file.is_file():
        return nan
    # only here: clips whose landmarks are kept need no decoder
    from repsight.video.read import open_clip

    return open_clip(file).info.duration_s


def landmarks_of(clips: list[Clip], source: Landmarks) -> Iterator[tuple[Clip, PoseTrack]]:
    """The track of each clip, read from the folder or made from the pictures and kept there."""
    for number, clip in enumerate(clips, start=1):
        kept = source.file_of(clip)
        if not kept.is_file():
            print(f"{number} of {len(clips)}: {clip.path.name}", file=sys.stderr)
            _make(clip, kept, source)
        yield clip, kept_track(kept)


def kept_track(file: Path) -> PoseTrack:
    """The track that ``keep`` wrote, with what it knows of a barbell's plate."""
    with np.load(file) as data:
        world = data["world"].astype(float) if "world" in data else np.empty(0)
        plate = data["plate"].astype(float) if "plate" in data else None
        return PoseTrack(
            data["t_s"].astype(float),
            data["xy"].astype(float),
            data["visibility"].astype(float),
            world if world.size else None,
            float(data["aspect_ratio"]),
            plate,
        )


def kept_picture(file: Path) -> PictureStats:
    """The facts of the pictures that ``keep`` wrote beside the track."""
    with np.load(file) as data:
        stored = {name: data[f"picture_{name}"] for name in PictureStats.__slots__}
    return PictureStats(**{k: one if one.ndim else one.item() for k, one in stored.items()})


def keep(file: Path, track: PoseTrack, picture: PictureStats) -> None:
    """Write a track, the facts of its pictures and who made it, where ``kept_track`` finds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        file,
        t_s=track.t_s,
        xy=track.xy,
        visibility=track.visibility,
        world=track.world if track.world is not None else np.empty(0),
        aspect_ratio=track.aspect_ratio,
        **{MADE_BY: tracker_version()},
        **({} if track.plate is None else {"plate": track.plate}),
        **{f"picture_{name}": getattr(picture, name) for name in PictureStats.__slots__},
    )


def _make(clip: Clip, kept: Path, source: Landmarks) -> None:
    from repsight.app.track_clip import track_clip

    made = track_clip(clip.path, model=source.model, threads=source.threads)
    keep(kept, made.track, made.picture)
