"""From a clip on disk to the lifter's landmarks: video and pose put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from repsight.core.quality_input import PictureStats
from repsight.core.types import PoseTrack
from repsight.errors import UserMistake
from repsight.pose.people import Person
from repsight.pose.port import OnMoment, TrackOptions, load_backend
from repsight.video.read import SourceInfo, open_clip

__all__ = ["OnProgress", "TrackedClip", "track_clip", "usual_rate_hz"]

#: Called with the share done (0..1) and the stage ("look" or "landmarks").
OnProgress = Callable[[float, str], None]

_FULL_RATE_HZ: Final = 30.0
_FASTER_THAN_HZ: Final = 33.0
_STAGES: Final = {"look": (0.0, 0.25), "landmarks": (0.25, 0.75)}


@dataclass(frozen=True, slots=True, eq=False)
class TrackedClip:
    """The lifter's ``track``, facts about the pictures and the file, and everybody seen.

    ``lifter`` is an index into ``people``, None if nobody was seen. ``notes`` are plain sentences
    about what the reader should know of the source.
    """

    track: PoseTrack
    picture: PictureStats
    source: SourceInfo
    people: tuple[Person, ...]
    lifter: int | None
    notes: tuple[str, ...]


def track_clip(
    path: str | Path,
    *,
    backend: str = "blazepose",
    model: str = "full",
    model_path: Path | None = None,
    fps: float | None = None,
    person: int | None = None,
    seeks_plate: bool = True,
    threads: int = 2,
    on_progress: OnProgress | None = None,
) -> TrackedClip:
    """Track one person through a clip, in at most two decodes.

    ``fps`` limits the analysed frames per second; by default all of them up to about 30.
    ``seeks_plate`` False saves the search for a barbell's plate where no exercise uses it.
    Raises UnreadableSource, UnknownName or MissingExtra; finding nobody is no error.
    """
    if fps is not None and not 0 < fps < float("inf"):
        raise UserMistake(
            f"{fps:g} frames per second cannot be analysed.",
            wanted="A rate above 0 is wanted, 15 or more for a judgement of form.",
            next_step="Leave the rate out to have it chosen.",
        )
    reader = open_clip(path, threads=threads)
    options = TrackOptions(
        model=model,
        model_path=model_path,
        rate_hz=usual_rate_hz(reader.info) if fps is None else fps,
        person=person,
        seeks_plate=seeks_plate,
        threads=threads,
        on_moment=_shares(on_progress, reader.info.duration_s),
    )
    tracked = load_backend(backend).track(reader, options)
    return TrackedClip(
        tracked.track, tracked.picture, reader.info, tracked.people, tracked.lifter,
        _notes(reader.info),
    )  # fmt: skip


def usual_rate_hz(info: SourceInfo) -> float | None:
    """Every frame of an ordinary clip; about every 1/30 s of a faster one."""
    return _FULL_RATE_HZ if info.frame_rate_hz > _FASTER_THAN_HZ else None


def _shares(on_progress: OnProgress | None, duration_s: float) -> OnMoment | None:
    if on_progress is None:
        return None

    def tell(stage: str, t_s: float) -> None:
        start, extent = _STAGES.get(stage, (0.0, 1.0))
        done = t_s / duration_s if np.isfinite(duration_s) and duration_s > 0 else 0.0
        on_progress(start + extent * min(max(done, 0.0), 1.0), stage)

    return tell


def _notes(info: SourceInfo) -> tuple[str, ...]:
    notes: list[str] = []
    if info.truncated:
        notes.append(
            f"The clip is cut short: {info.read_s:.1f} s of {info.duration_s:.1f} s could be read."
        )
    elif info.damaged:
        notes.append("Parts of the clip are damaged and were left out.")
    return tuple(notes)
