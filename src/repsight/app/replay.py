"""The skeleton of one set for drawing, and two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

import numpy as np

from repsight.app.library import Library
from repsight.app.trained import Trained
from repsight.app.trends import is_view_bound
from repsight.core.change import Change, difference
from repsight.core.measure import Scene, observe
from repsight.core.medians import known_median
from repsight.core.report import Held, Measure, Rep, SetReport
from repsight.core.skeleton import BILATERAL, BONES, Landmark, columns
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import UserMistake
from repsight.landmarks_io import load_landmarks
from repsight.store.records import Clip

__all__ = [
    "BONES_DRAWN",
    "Compared",
    "Comparison",
    "Placed",
    "Replay",
    "Turn",
    "compare",
    "part_of",
    "replay_of",
]

#: Columns that are drawn: the nose and the body, without the face and the fingers.
_COLUMNS: Final = (
    Landmark.NOSE,
    *columns("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe"),
)
#: Pairs of places in the drawn columns that are joined.
BONES_DRAWN: Final = tuple(
    (_COLUMNS.index(first), _COLUMNS.index(second)) for first, second in BONES
)
#: Pictures a second are enough to be drawn between.
_RATE_HZ: Final = 15.0
_AROUND_S: Final = 0.5
_LONGEST_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One repetition (or spell of a hold) in media seconds, with its turnaround band."""

    number: int
    start_s: float
    turn_start_s: float
    turn_end_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the drawn skeleton lies in the picture of its clip, in heights of the picture.

    The origin is at ``x``, ``y``; a body length is ``length``; ``is_mirrored`` says that the
    picture is turned left to right. NaN where nobody was seen.
    """

    x: float
    y: float
    length: float
    is_mirrored: bool


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """A set to be drawn. ``xy`` (N, K, 2) is in body lengths, y down, at the times ``t_s`` (N,).

    The origin is between the feet (lying: between the hips), and a lifter seen from the side
    faces right. NaN where unseen. ``placed`` leads back to the picture; ``has_video`` says whether
    there is one.
    """

    clip: Clip
    number: int
    report: SetReport
    t_s: FloatArray
    xy: FloatArray
    turns: tuple[Turn, ...]
    placed: Placed
    has_video: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One number of both sets; ``why_not`` says why their difference tells nothing."""

    id: str
    first: Measure
    second: Measure
    change: Change
    why_not: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two sets of one exercise and the differences of their numbers, second minus first."""

    first: Replay
    second: Replay
    numbers: tuple[Compared, ...]


def compare(
    library: Library, trained: Trained, first: tuple[str, int], second: tuple[str, int]
) -> Comparison:
    """Two sets, each a clip's id and the set's number; UserMistake for different exercises."""
    left, right = (replay_of(library, trained, *one) for one in (first, second))
    if left.report.exercise.id != right.report.exercise.id:
        raise UserMistake(
            "These sets are of different exercises.",
            wanted="Two sets of one exercise.",
            next_step="Choose another set to compare with.",
        )
    return Comparison(left, right, tuple(_numbers(left.report, right.report)))


def replay_of(library: Library, trained: Trained, clip_id: str, number: int) -> Replay:
    """One set with its skeleton; UnknownName if there is none."""
    clip, report = trained.report_of(clip_id, number)
    turns = tuple(_turns(report))
    scene = observe(part_of(library, clip, report))
    t_s = scene.track.t_s
    first_s = turns[0].start_s if turns else report.start_s
    last_s = min(turns[-1].end_s if turns else report.end_s, first_s + _LONGEST_S)
    shown = _thinned(t_s, (t_s >= first_s - _AROUND_S) & (t_s <= last_s + _AROUND_S))
    xy, placed = _drawn(scene)
    has_video = library.video_of(clip_id) is not None
    return Replay(clip, number, report, t_s[shown], xy[shown], turns, placed, has_video)


def part_of(library: Library, clip: Clip, report: SetReport) -> PoseTrack:
    """The landmarks of one set, with the rest before and after it that belongs to no other."""
    track = load_landmarks(library.result_folder(clip) / "landmarks.npz").track
    margin_s = 3.0
    inside = (track.t_s >= report.start_s - margin_s) & (track.t_s <= report.end_s + margin_s)
    return track.part(inside)


def _turns(report: SetReport) -> Sequence[Turn]:
    return [_turn(one) for one in (*report.reps, *report.holds)]


def _turn(one: Rep | Held) -> Turn:
    if isinstance(one, Rep):
        return Turn(one.number, one.start_s, one.turn_start_s, one.turn_end_s, one.end_s)
    middle_s = (one.start_s + one.end_s) / 2
    return Turn(one.number, one.start_s, middle_s, middle_s, one.end_s)


def _thinned(t_s: FloatArray, inside: np.ndarray) -> np.ndarray:
    """Indices of frames inside that are at least a picture's time apart."""
    kept: list[int] = []
    last_s = -inf
    for i in np.flatnonzero(inside):
        if t_s[i] - last_s >= 0.9 / _RATE_HZ:
            kept.append(int(i))
            last_s = t_s[i]
    return np.array(kept, dtype=np.intp)


def _drawn(scene: Scene) -> tuple[FloatArray, Placed]:
    """(N, K, 2) points in body lengths around the middle of feet or, lying, of hips."""
    xy = scene.track.xy
    length = scene.body.in_picture("trunk") + scene.body.in_picture("leg")
    middle = known_median(length)
    ankles, hips = (xy[:, list(BILATERAL[name])].mean(axis=1) for name in ("ankle", "hip"))
    shoulders = xy[:, list(BILATERAL["shoulder"])].mean(axis=1)
    away = np.abs(shoulders - ankles)
    is_lying = known_median(away[:, 0]) > known_median(away[:, 1])
    origin = hips if is_lying else ankles
    centre = np.array([known_median(origin[:, 0]), known_median(origin[:, 1])])
    is_mirrored = scene.view.name == "side" and known_median(scene.view.facing) < 0
    flip = np.array([-1.0 if is_mirrored else 1.0, 1.0])
    placed = Placed(float(centre[0]), float(centre[1]), middle, is_mirrored)
    return (xy[:, list(_COLUMNS)] - centre) / middle * flip, placed


def _numbers(first: SetReport, second: SetReport) -> Sequence[Compared]:
    names = [name for name in first.metrics if name in second.metrics]
    return [one for name in names if (one := _compared(name, first, second)) is not None]


def _compared(name: str, first: SetReport, second: SetReport) -> Compared | None:
    before, after = first.metrics[name], second.metrics[name]
    if not isfinite(before.value) or not isfinite(after.value):
        return None
    if before.unit != after.unit:
        return Compared(name, before, after, Change("unknown"), "other_unit")
    if first.view != second.view and is_view_bound(name):
        return Compared(name, before, after, Change("unknown"), "other_view")
    return Compared(name, before, after, difference(before, after))
