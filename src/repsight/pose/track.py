"""Track a recorded clip in two passes: find the lifter coarsely, then landmarks on every frame.

A square that follows its own poses is chaotic: two runs that start apart never meet again. So the
squares are fixed first, by a light model on a tenth of a second's raster and smoothed in time;
after that every frame is independent of every other, and any number of threads gives the same
landmarks to the last bit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import Picture, PictureSource
from repsight.core.quality_input import PictureStats
from repsight.core.skeleton import COUNT
from repsight.core.types import FloatArray, PoseTrack
from repsight.pose.landmarks import PRESENT, Pose, estimate_pose
from repsight.pose.lookout import Lookout
from repsight.pose.path import RoiPath
from repsight.pose.people import Person, choose_lifter, hidden_spans_s, link_tracklets
from repsight.pose.picture_facts import PersonFacts, PictureFacts, PictureMeter, measure_person
from repsight.pose.plate_path import PLATE_EVERY_S, PlateSight, look_for_plate, plate_path
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.roi import Roi
from repsight.pose.weights import POSE_MODELS, check_pose_model

__all__ = ["COARSE_HZ", "Estimate", "track_pictures"]

#: How often the coarse pass looks.
COARSE_HZ: Final = 10.0

#: The pose of the person inside a square of a picture; must not depend on earlier calls.
Estimate = Callable[[Picture, Roi], Pose]

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_Mask = NDArray[np.bool_]

_PREPARED_PER_THREAD: Final = 2
#: Of a calm lifter the coarse pass leaves out a picture, but not two in a row.
_REST_S: Final = 0.13
_PROBABLE: Final = 0.2
_NEXT_TO_S: Final = 0.3


def track_pictures(
    source: PictureSource, options: TrackOptions, estimate: Estimate | None = None
) -> TrackedPictures:
    """Read ``source`` twice and track one person through it.

    The fine pass uses ``estimate``, by default BlazePose ``lite``, ``full`` or ``heavy``. Frames
    without the lifter are NaN. Raises UnknownName for a model or person that does not exist,
    MissingExtra if a model is not installed.
    """
    estimate = estimate or partial(estimate_pose, model=check_pose_model(options.model))
    seen = _look(source, options)
    lifter = choose_lifter(seen.people, options.person)
    hidden_s = hidden_spans_s(lifter, seen.people) if lifter else None
    path = RoiPath(lifter.sightings if lifter else (), seen.cuts_s, hidden_s)
    dense = _landmarks(source.pictures(rate_hz=options.rate_hz), path, estimate, options)
    facts = seen.about(lifter, dense)
    return TrackedPictures(dense.track(), facts, seen.people, lifter.index if lifter else None)


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """One coarse moment: facts of the whole picture and of each person in it.

    ``looked_s`` is when the people were looked for: now, or at the moment before.
    """

    t_s: float
    looked_s: float
    facts: PictureFacts
    rois: tuple[Roi, ...]
    persons: tuple[PersonFacts, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """The result of the coarse pass."""

    moments: list[_Moment]
    people: tuple[Person, ...]
    losses: int

    @property
    def cuts_s(self) -> FloatArray:
        return np.array([moment.t_s for moment in self.moments if moment.facts.is_cut])

    def about(self, lifter: Person | None, dense: _Dense) -> PictureStats:
        facts = [moment.facts for moment in self.moments]
        where = {s.t_s: s.roi for s in lifter.sightings} if lifter else {}
        lit = [_measured_at(moment, where.get(moment.looked_s)) for moment in self.moments]
        return PictureStats(
            t_s=np.array([moment.t_s for moment in self.moments]),
            luminance=np.array([one.luminance for one in facts]),
            contrast=np.array([one.contrast for one in facts]),
            person_luminance=np.array([one.luminance for one in lit]),
            person_contrast=np.array([one.contrast for one in lit]),
            sharpness=np.array([one.sharpness for one in lit]),
            background_shift=np.array([one.shift for one in facts]).reshape(-1, 2),
            people_count=np.array([len(moment.rois) for moment in self.moments], np.intp),
            roi=dense.rois(),
            presence=np.array(dense.presence),
            found=dense.found(),
            cuts_s=self.cuts_s,
            people_seen=len(self.people),
            switches=(lifter.handovers if lifter else 0) if len(self.people) > 1 else 0,
        )


def _look(source: PictureSource, options: TrackOptions) -> _Seen:
    """The coarse pass: who is where, and what the pictures are like."""
    judge = options.model if options.model in POSE_MODELS else "full"
    lookout, meter = Lookout(judge=judge), PictureMeter()
    moments: list[_Moment] = []
    rois: list[Roi] = []
    aspect_ratio = 1.0
    coarse = source.pictures(rate_hz=COARSE_HZ, roughly=True)
    looks, looked_s = 0, float("-inf")
    persons: tuple[PersonFacts, ...] = ()
    with closing(_ahead(coarse, options.threads)) as pictures:
        for picture in pictures:
            facts = meter.push(picture, rois)
            is_soon = picture.t_s - looked_s <= _REST_S
            if facts.is_cut or not (is_soon and lookout.may_rest):
                looks, looked_s = looks + 1, picture.t_s
                rois = lookout.push(picture, cut=facts.is_cut)
                persons = tuple(measure_person(picture, roi) for roi in rois)
            moments.append(_Moment(picture.t_s, looked_s, facts, tuple(rois), persons))
            aspect_ratio = picture.aspect_ratio
            options.report("look", picture.t_s)
    cuts_s = np.array([moment.t_s for moment in moments if moment.facts.is_cut])
    people = link_tracklets(
        lookout.tracklets, moments=looks, aspect_ratio=aspect_ratio, cuts_s=cuts_s
    )
    return _Seen(moments, people, lookout.losses)


def _measured_at(moment: _Moment, roi: Roi | None) -> PersonFacts:
    """What was measured around the person at ``roi``; NaN if nobody was there."""
    for known, measured in zip(moment.rois, moment.persons, strict=True):
        if known == roi:
            return measured
    return PersonFacts()


class _Dense:
    """Collects the fine pass frame by frame; grows only by landmarks."""

    def __init__(self) -> None:
        self.t_s: list[float] = []
        self.presence: list[float] = []
        self.sights: list[PlateSight] = []
        self._poses: list[Pose | None] = []
        self._aspect_ratio = 1.0

    def add(self, picture_t_s: float, aspect_ratio: float, pose: Pose | None) -> None:
        self.t_s.append(picture_t_s)
        self.presence.append(pose.presence if pose else 0.0)
        self._poses.append(pose)
        self._aspect_ratio = aspect_ratio

    def rois(self) -> FloatArray:
        rows = [(np.nan,) * 4 if pose is None else _as_row(pose.roi) for pose in self._poses]
        return np.array(rows).reshape(-1, 4)

    def found(self) -> _Mask:
        """Frames with a person: surely, or probably and next to a sure one."""
        presence, t_s = np.array(self.presence), np.array(self.t_s)
        sure = t_s[presence >= PRESENT]
        if not len(sure):
            return np.zeros(len(t_s), np.bool_)
        after = np.minimum(np.searchsorted(sure, t_s), len(sure) - 1)
        before = np.maximum(np.searchsorted(sure, t_s, side="right") - 1, 0)
        away_s = np.minimum(np.abs(sure[after] - t_s), np.abs(t_s - sure[before]))
        return (presence >= PRESENT) | ((presence >= _PROBABLE) & (away_s <= _NEXT_TO_S))

    def track(self) -> PoseTrack:
        xy = np.full((len(self.t_s), COUNT, 2), np.nan)
        visibility = np.zeros((len(self.t_s), COUNT))
        world = np.full((len(self.t_s), COUNT, 3), np.nan)
        found = self.found()
        for i, pose in enumerate(self._poses):
            if pose is not None and found[i]:
                xy[i], visibility[i], world[i] = pose.xy, pose.visibility, pose.world
        known = world if np.isfinite(world).any() or not found.any() else None
        times = np.array(self.t_s)
        plate = plate_path(self.sights, times)
        return PoseTrack(times, xy, visibility, known, self._aspect_ratio, plate)


def _as_row(roi: Roi) -> tuple[float, float, float, float]:
    return roi.x, roi.y, roi.size, roi.angle_rad


def _landmarks(
    pictures: Iterable[Picture], path: RoiPath, estimate: Estimate, options: TrackOptions
) -> _Dense:
    """The fine pass: landmarks on every frame, in ``threads`` threads."""
    dense = _Dense()

    def look(work: tuple[Picture, bool]) -> tuple[Picture, Pose | None, PlateSight | None]:
        picture, for_plate = work
        roi = path.at(picture.t_s)
        pose = None if roi is None else estimate(picture, roi)
        sight = look_for_plate(picture, pose) if pose is not None and for_plate else None
        return picture, pose, sight

    due = _sometimes(pictures, every_s=PLATE_EVERY_S if options.seeks_plate else float("inf"))
    for picture, pose, sight in _in_threads(look, due, options.threads):
        dense.add(picture.t_s, picture.aspect_ratio, pose)
        if sight is not None:
            dense.sights.append(sight)
        options.report("landmarks", picture.t_s)
    return dense


def _sometimes(pictures: Iterable[Picture], *, every_s: float) -> Iterator[tuple[Picture, bool]]:
    """Every picture, and whether the last one with True was long enough ago; never if infinite."""
    due_s = float("-inf") if np.isfinite(every_s) else every_s
    for picture in pictures:
        is_due = picture.t_s >= due_s
        due_s = picture.t_s + every_s if is_due else due_s
        yield picture, is_due


def _ahead(items: Iterable[_In], threads: int) -> Generator[_In]:
    """The same items in the same order; with two threads the next ones are already being made."""
    if threads < 2:
        yield from items
        return
    iterator, end = iter(items), object()
    with ThreadPoolExecutor(1) as maker:
        waiting = deque(maker.submit(next, iterator, end) for _ in range(_PREPARED_PER_THREAD))
        while (item := waiting.popleft().result()) is not end:
            waiting.append(maker.submit(next, iterator, end))
            yield cast("_In", item)


def _in_threads(work: Callable[[_In], _Out], items: Iterable[_In], threads: int) -> Iterator[_Out]:
    """Results in order; only a few items are alive at any time, so memory does not grow."""
    waiting: deque[Future[_Out]] = deque()
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        for item in items:
            if len(waiting) >= _PREPARED_PER_THREAD * max(threads, 1):
                yield waiting.popleft().result()
            waiting.append(pool.submit(work, item))
        while waiting:
            yield waiting.popleft().result()
