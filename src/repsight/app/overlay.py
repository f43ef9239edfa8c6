"""What a page draws over the clip as it was brought: the same that the annotated video shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from repsight.app.past import read_report
from repsight.core.barpath import bar_way
from repsight.core.measure import Scene, observe
from repsight.core.report import ClipReport, SetReport
from repsight.core.skeleton import BONES, Landmark
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.errors import UnknownName
from repsight.exercises import catalog
from repsight.landmarks_io import load_landmarks
from repsight.video.figure import Figure, joint_columns
from repsight.video.target import TargetLine, target_line
from repsight.video.timeline import Message, Shown, Timeline

__all__ = ["BONES_SHOWN", "Moment", "Overlay", "Way", "overlay_in"]

#: Landmarks that are drawn or may be marked: the body, the nose and the ears, no other face.
_COLUMNS: Final = (
    Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR,
    *range(int(Landmark.LEFT_SHOULDER), len(Landmark)),
)  # fmt: skip
#: Pairs of places among the drawn landmarks that are joined.
BONES_SHOWN: Final = tuple(
    (_COLUMNS.index(Landmark(first)), _COLUMNS.index(Landmark(second))) for first, second in BONES
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is written from ``from_s`` on; ``messages`` are places in the overlay's list."""

    from_s: float
    shown: Shown
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The way of the bar through one repetition: ``t_s`` (M,), ``points`` (M, 2)."""

    t_s: FloatArray
    points: FloatArray
    next_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A clip's drawing in frame heights and media seconds; NaN where unseen.

    ``xy`` (N, K, 2) and ``visibility`` (N, K) of the drawn landmarks at ``t_s`` (N,), ``near_left``
    (N,) whether the left side is towards the camera, ``is_sided`` whether that matters. ``marked``
    has for each message the places of its landmarks. ``aspect_ratio`` is width / height.
    """

    aspect_ratio: float
    t_s: FloatArray
    xy: FloatArray
    visibility: FloatArray
    near_left: FloatArray
    is_sided: bool
    moments: tuple[Moment, ...]
    messages: tuple[Message, ...]
    marked: tuple[tuple[int, ...], ...]
    lines: tuple[TargetLine, ...]
    ways: tuple[Way, ...]


def overlay_in(folder: Path, *, is_reviewed: bool = False) -> Overlay:
    """The drawing for a result folder; with ``is_reviewed`` as it was folded after objections.

    UnreadableSource where there is no report, UnknownName where there are no landmarks.
    """
    report = read_report(folder / ("reviewed.json" if is_reviewed else "report.json"))
    landmarks = folder / "landmarks.npz"
    if not landmarks.is_file():
        raise UnknownName(
            "There are no landmarks of this clip.",
            wanted="A clip whose landmarks were kept.",
            next_step="Analyse it again.",
        )
    scene = observe(load_landmarks(landmarks).track)
    return _drawn(report, scene)


def _drawn(report: ClipReport, scene: Scene) -> Overlay:
    track = scene.track
    last_s = float(track.t_s[-1]) if len(track) else 0.0
    timeline = Timeline(report, spec_of=_spec_of, last_s=last_s)
    messages = tuple(timeline.messages)
    lines = (target_line(one, _spec_of(one.exercise.id), scene) for one in report.sets)
    columns = list(_COLUMNS)
    return Overlay(
        aspect_ratio=_aspect_ratio(report, scene),
        t_s=track.t_s,
        xy=track.xy[:, columns],
        visibility=np.nan_to_num(track.visibility[:, columns]),
        near_left=(scene.view.near_left > 0.5).astype(float),
        is_sided=scene.view.name in {"side", "oblique"},
        moments=tuple(_moments(timeline, track.t_s)),
        messages=messages,
        marked=tuple(_marked(message, scene) for message in messages),
        lines=tuple(line for line in lines if line is not None),
        ways=tuple(way for one in report.sets for way in _ways(one, scene)),
    )


def _spec_of(exercise: str) -> ExerciseSpec | None:
    return catalog().get(exercise)


def _aspect_ratio(report: ClipReport, scene: Scene) -> float:
    width, height = report.source.width_px, report.source.height_px
    return width / height if width > 0 and height > 0 else scene.track.aspect_ratio


def _moments(timeline: Timeline, t_s: FloatArray) -> list[Moment]:
    """Those frames of the track at which something that is written changes."""
    places = {message: place for place, message in enumerate(timeline.messages)}
    found: list[Moment] = []
    for at_s in t_s.tolist():
        shown = timeline.at(at_s)
        if not found or shown != found[-1].shown:
            found.append(Moment(at_s, shown, tuple(places[one] for one in shown.messages)))
    return found


def _marked(message: Message, scene: Scene) -> tuple[int, ...]:
    """Places of the landmarks that a message is about, as they are seen when it appears."""
    posture = Figure(scene, 1.0).at(message.from_s)
    if posture is None:
        return ()
    wanted = joint_columns(message.joints, message.side, posture)
    return tuple(_COLUMNS.index(Landmark(one)) for one in wanted if Landmark(one) in _COLUMNS)


def _ways(one: SetReport, scene: Scene) -> list[Way]:
    spec = _spec_of(one.exercise.id)
    if spec is None or spec.bar != "hands":
        return []
    following = [*(rep.start_s for rep in one.reps[1:]), float("inf")]
    ways: list[Way] = []
    for rep, next_s in zip(one.reps, following, strict=True):
        seen = bar_way(scene, rep.start_s, rep.end_s)
        ways.append(Way(seen.t_s, seen.points, next_s))
    return ways
