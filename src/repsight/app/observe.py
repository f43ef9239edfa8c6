"""From a file to one person's landmarks, whether it is a clip or landmarks made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.app.inputs import kind_of
from repsight.core.quality_input import PictureStats
from repsight.core.report import Person, Source
from repsight.core.types import PoseTrack
from repsight.landmarks_io import ReadOptions, load_landmarks
from repsight.landmarks_io.native import as_stored

__all__ = ["Observation", "Progress", "Watching", "observe", "stored_extra"]

_PREFIX: Final = "picture_"
_INTEGERS: Final = ("people_seen", "switches")

#: Called with the share done (0..1) and what is being done.
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Watching:
    """How a source is read: which pose model, how often, whom, and whether a plate matters."""

    backend: str = "blazepose"
    model: str = "full"
    fps_hz: float | None = None
    person: int | None = None
    threads: int = 2
    layout: str = "auto"
    units: str = "auto"
    size_px: tuple[int, int] | None = None
    seeks_plate: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What was seen: the lifter's track, facts about the pictures if there were any, the source."""

    track: PoseTrack
    picture: PictureStats | None
    source: Source


def observe(path: Path, watching: Watching, *, on_progress: Progress | None = None) -> Observation:
    """Read a clip or a landmark file.

    Raises UnreadableSource, UnknownName or MissingExtra; nobody found is not an error: the
    track is NaN then.
    """
    if kind_of(path) == "landmarks":
        return _from_landmarks(path, watching)
    return _from_clip(path, watching, on_progress)


def _from_clip(path: Path, watching: Watching, on_progress: Progress | None) -> Observation:
    from repsight.app.track_clip import track_clip

    clip = track_clip(
        path,
        backend=watching.backend,
        model=watching.model,
        fps=watching.fps_hz,
        person=watching.person,
        seeks_plate=watching.seeks_plate,
        threads=watching.threads,
        on_progress=on_progress,
    )
    track = as_stored(clip.track)
    source = Source(
        name=path.name,
        kind="video",
        duration_s=clip.source.duration_s,
        frames=clip.source.frame_count,
        frame_rate_hz=clip.source.frame_rate_hz,
        width_px=clip.source.width_px,
        height_px=clip.source.height_px,
        rotation_deg=clip.source.rotation_deg,
        backend=watching.backend,
        model=watching.model,
        found_share=_found_share(track),
        people=tuple(
            Person(person.index, person.index == clip.lifter, person.first_s, person.last_s)
            for person in clip.people
        ),
        notes=clip.notes,
    )
    return Observation(track, clip.picture, source)


def _from_landmarks(path: Path, watching: Watching) -> Observation:
    options = ReadOptions(
        layout=watching.layout,
        units=watching.units,  # pyright: ignore[reportArgumentType] - ReadOptions checks it
        fps_hz=watching.fps_hz,
        size_px=watching.size_px,
        person=watching.person,
    )
    file = load_landmarks(path, options)
    steps = np.diff(file.track.t_s)
    width_px, height_px = file.size_px or (0, 0)
    source = Source(
        name=path.name,
        kind="landmarks",
        duration_s=float(file.track.t_s[-1] - file.track.t_s[0]),
        frames=len(file.track),
        frame_rate_hz=float(1 / np.median(steps)),
        width_px=width_px,
        height_px=height_px,
        rotation_deg=0,
        backend="replay",
        model=file.layout.id,
        found_share=_found_share(file.track),
        notes=file.notes,
    )
    return Observation(file.track, _stored_picture(file.extra), source)


def _found_share(track: PoseTrack) -> float:
    if len(track) == 0:
        return 0.0
    is_seen = np.isfinite(track.xy).reshape(len(track), -1).any(axis=1)
    return float(np.count_nonzero(is_seen) / len(track))


def stored_extra(
    picture: PictureStats | None, size_px: tuple[int, int]
) -> dict[str, NDArray[np.generic]]:
    """What is stored beside the landmarks, so that a replay can judge the picture as well."""
    extra: dict[str, NDArray[np.generic]] = {"size_px": np.array(size_px)}
    if picture is not None:
        for field in fields(picture):
            extra[_PREFIX + field.name] = np.asarray(getattr(picture, field.name))
    return extra


def _stored_picture(extra: Mapping[str, NDArray[np.generic]]) -> PictureStats | None:
    stored = {
        name.removeprefix(_PREFIX): value
        for name, value in extra.items()
        if name.startswith(_PREFIX)
    }
    if set(stored) != {field.name for field in fields(PictureStats)}:
        return None
    numbers = {name: int(stored.pop(name)) for name in _INTEGERS}
    return PictureStats(**stored, **numbers)  # pyright: ignore[reportArgumentType] - same fields
