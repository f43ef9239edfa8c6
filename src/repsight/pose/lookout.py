"""The coarse pass: follow everybody through a clip with the light model, about ten times a second.

A track follows its own poses, so it can slide from one person onto another where they cross.
Five things stop that: a detection now and then finds whoever is not followed, and corrects a
track that has slid off its own person (onto a weight plate, say); two tracks on one body are
resolved by who looks more like their own past; a track whose person suddenly looks different is
cut in two; and where the detector does not confirm a track, the model that judges later has to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.core.skeleton import columns
from repsight.core.types import FloatArray
from repsight.pose.crop import crop
from repsight.pose.detector import Detection, detect_people
from repsight.pose.landmarks import CROP_PX, Pose, pose_in_crop
from repsight.pose.looks import clothes, likeness
from repsight.pose.people import Sighting, Tracklet
from repsight.pose.roi import MARGIN, Roi
from repsight.pose.second_look import is_upside_down, look_again
from repsight.pose.views import around, content_views

__all__ = ["Lookout"]

_MODEL: Final = "lite"
_PEOPLE_AT_MOST: Final = 4
_DETECT_EVERY_S: Final = 0.45
_DETECT_WHEN_CALM_S: Final = 0.95
_CALM_AFTER: Final = 2
_DETECT_WHEN_LOST_S: Final = 0.19
_DETECT_WHEN_DESERTED_S: Final = 0.75
_DESERTED_AFTER_S: Final = 5.0
_GIVE_UP_S: Final = 1.0
_STRANGER: Final = 0.45
_STRANGER_COUNT: Final = 3
#: Clothes that look so much less familiar at once, and not familiar any more, may be another's.
_SUDDENLY: Final = 0.15
_FAMILIAR: Final = 0.85
#: In sizes of the square, and of the logarithm of its size.
_JUMP: Final = 0.08
_SAME_BODY: Final = 0.25
_SAME_SIZE: Final = 1.45
_SAME_TURN_RAD: Final = 0.6
_UNDO_S: Final = 0.75
_AS_ALIKE: Final = 0.03
_UNSEEN_COUNT: Final = 2
#: A square that changes less than this in a second is as well known from every other look:
#: centre in its own sizes, logarithm of its size, angle.
_CALM_PER_S: Final = (0.4, 0.6, 1.2)
#: Nobody turns over within a tenth of a second.
_TURNED_RAD: Final = 0.9
_TRUNK: Final = columns("shoulder", "hip")


@dataclass(slots=True, eq=False)
class _Follower:
    tracklet: Tracklet
    roi: Roi
    seen_s: float
    confirmed_s: float
    confirmed: Roi
    is_slow: bool = False
    unseen: int = 0
    doubted: list[Sighting] = field(default_factory=list[Sighting])

    def confirm(self, t_s: float, roi: Roi | None = None) -> None:
        """Somebody else agrees that the person is at ``roi``, or where the follower is."""
        self.roi = roi or self.roi
        self.unseen, self.confirmed_s, self.confirmed = 0, t_s, self.roi

    @property
    def newest(self) -> Sighting:
        return self.doubted[-1] if self.doubted else self.tracklet.last


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A pose found just now, and how its person looks."""

    pose: Pose
    sighting: Sighting


class Lookout:
    """Push pictures in order; ``tracklets`` then holds every run of sightings.

    ``judge`` is the model that gives another opinion.
    """

    def __init__(self, *, judge: str = "full") -> None:
        self._judge = judge
        self.tracklets: list[Tracklet] = []
        self.losses = 0
        self._followers: list[_Follower] = []
        self._detected_s = -np.inf
        self._seen_s = self._looked_s = 0.0
        self._turn = 0
        self._calm = 0

    def push(self, picture: Picture, *, cut: bool = False) -> list[Roi]:
        """Look at one picture; ``cut`` says that it shows a new scene. Squares of all seen."""
        self._looked_s = picture.t_s
        if cut:
            self._followers.clear()
            self._detected_s = -np.inf
        views = [(one, _view(picture, one.roi)) for one in self._followers]
        self._resolve_doubles([(one, view) for one, view in views if view is not None])
        for follower, view in views:
            if view is not None and _turned_over(view.pose):
                self._question(picture, follower)
        self._forget_lost(picture.t_s)
        if self._detection_is_due(picture.t_s):
            self._detected_s = picture.t_s
            followed = list(self._followers)
            for detection in self._detect(picture):
                self._meet(picture, detection)
            confirmed = all(one.confirmed_s == picture.t_s for one in followed)
            is_calm = bool(followed) and confirmed and followed == self._followers
            self._calm = self._calm + 1 if is_calm else 0
            for follower in followed:
                if follower.confirmed_s < picture.t_s:
                    self._question(picture, follower)
        return [one.roi for one in self._followers if one.seen_s == picture.t_s]

    @property
    def may_rest(self) -> bool:
        """Whether the next picture need not be looked at: one person, confirmed, hardly moving."""
        if len(self._followers) != 1 or len(self.tracklets) != 1 or self._calm < _CALM_AFTER:
            return False
        one = self._followers[0]
        return one.is_slow and not one.doubted and one.seen_s == self._looked_s

    def _resolve_doubles(self, views: list[tuple[_Follower, _View]]) -> None:
        """Of two followers on one body, the one whose person it resembles keeps it."""
        views.sort(key=_strangeness)
        taken: list[_View] = []
        for follower, view in views:
            if any(_same_body(view.pose, other.pose) for other in taken):
                self._drop(follower, to_s=max(follower.confirmed_s, view.sighting.t_s - _UNDO_S))
                continue
            taken.append(view)
            self._follow(follower, view)

    def _follow(self, follower: _Follower, view: _View) -> None:
        now = view.pose.next_roi
        has_jumped = _has_jumped(follower.roi, now)
        follower.is_slow = _is_slow(follower.roi, now, view.sighting.t_s - follower.seen_s)
        follower.roi, follower.seen_s = now, view.sighting.t_s
        likeness_now = follower.tracklet.resembles(view.sighting.look)  # never strange if NaN
        if not likeness_now < _STRANGER:
            if has_jumped and _is_sudden(follower, likeness_now):
                follower.tracklet = self._new_tracklet([])
            for sighting in [*follower.doubted, view.sighting]:
                follower.tracklet.add(sighting)
            follower.doubted.clear()
            return
        follower.doubted.append(view.sighting)
        if len(follower.doubted) >= _STRANGER_COUNT and _alike_each_other(follower.doubted):
            self.losses += 1
            follower.tracklet = self._new_tracklet(follower.doubted)
            follower.doubted = []
            self._detected_s = -np.inf

    def _new_tracklet(self, sightings: list[Sighting]) -> Tracklet:
        tracklet = Tracklet()
        for sighting in sightings:
            tracklet.add(sighting)
        self.tracklets.append(tracklet)
        return tracklet

    def _forget_lost(self, t_s: float) -> None:
        self._followers = [one for one in self._followers if t_s - one.seen_s <= _GIVE_UP_S]

    def _detection_is_due(self, t_s: float) -> bool:
        if any(one.seen_s == t_s for one in self._followers):
            self._seen_s = t_s
            is_calm = self._calm >= _CALM_AFTER and self._is_alone_and_steady(t_s)
            wait_s = _DETECT_WHEN_CALM_S if is_calm else _DETECT_EVERY_S
            return t_s - self._detected_s >= wait_s
        deserted = t_s - self._seen_s > _DESERTED_AFTER_S
        wait_s = _DETECT_WHEN_DESERTED_S if deserted else _DETECT_WHEN_LOST_S
        return t_s - self._detected_s >= wait_s

    def _is_alone_and_steady(self, t_s: float) -> bool:
        """Whether the next look of the detector can wait: it would hardly tell anything new."""
        if len(self._followers) != 1 or len(self.tracklets) != 1:
            return False
        one = self._followers[0]
        return one.seen_s == t_s and not one.doubted and _agree(one.roi, one.confirmed)

    def _detect(self, picture: Picture) -> list[Detection]:
        """Look at everything, and in turns more closely at somebody or, if lost, at a part."""
        self._turn += 1
        whole, *parts = content_views(picture)
        seen = [one for one in self._followers if one.seen_s == picture.t_s]
        if seen:
            closer = around(seen[self._turn // 2 % len(seen)].roi, whole)
            return detect_people(picture, closer if self._turn % 2 else whole)
        found = detect_people(picture, whole)
        return found or detect_people(picture, parts[self._turn % len(parts)])

    def _meet(self, picture: Picture, detection: Detection) -> None:
        """Confirm or correct whoever is followed here; else start to follow a new person."""
        known = [one for one in self._followers if one.seen_s == picture.t_s]
        close = [one for one in known if _agree(one.roi, detection.roi)]
        for follower in close:
            follower.confirm(picture.t_s)
        if close:
            return
        view = _view(picture, detection.roi)
        if view is None:
            return
        for follower in known:
            if _overlap(follower.roi, detection.roi) and _has_slid_off(follower, view):
                turned = abs(_turn(follower.roi, view.pose.next_roi)) > _TURNED_RAD
                if turned and self._question(picture, follower):
                    return
                _correct(follower, view, detection)
                return
            if _share_centre(follower.roi, detection.roi):
                return
        is_new = len(self._followers) < _PEOPLE_AT_MOST and not _is_known(view, known)
        if is_new:
            self._welcome(picture, view)

    def _welcome(self, picture: Picture, view: _View) -> None:
        """Follow a new person, if the better model sees one and as it sees them."""
        pose = look_again(picture, view.pose.next_roi, self._judge)
        if pose is not None and is_upside_down(view.pose.next_roi):
            view = _view(picture, pose.next_roi) or view
        if pose is not None:
            tracklet = self._new_tracklet([view.sighting])
            t_s, roi = picture.t_s, view.pose.next_roi
            self._followers.append(_Follower(tracklet, roi, t_s, t_s, roi))

    def _question(self, picture: Picture, follower: _Follower) -> bool:
        """Ask the better model about somebody whom the detector did not confirm.

        True if it sees somebody where the follower is; that says nothing of who it is.
        """
        t_s = picture.t_s
        if follower not in self._followers or follower.seen_s != t_s:
            return False
        pose = look_again(picture, follower.roi, self._judge)
        if pose is None:
            follower.unseen += 1
            if follower.unseen >= _UNSEEN_COUNT:
                self._drop(follower, to_s=follower.confirmed_s)
        elif pose.roi == follower.roi:
            follower.unseen = 0
            return True
        elif (view := _view(picture, pose.next_roi)) is not None:
            follower.tracklet.drop_after(max(follower.confirmed_s, t_s - _UNDO_S))
            follower.tracklet.add(view.sighting)
            follower.doubted.clear()
            follower.confirm(t_s, pose.next_roi)
        return False

    def _drop(self, follower: _Follower, *, to_s: float) -> None:
        """Stop following, and forget what was seen after ``to_s``."""
        self.losses += 1
        self._followers.remove(follower)
        follower.tracklet.drop_after(to_s)
        if not follower.tracklet.sightings:
            self.tracklets.remove(follower.tracklet)


def _is_sudden(follower: _Follower, likeness_now: float) -> bool:
    """Whether the person followed looked familiar a moment ago, and does not now.

    Somebody who passes in front takes the square along; whether it was somebody else is seen
    when the whole clip is known.
    """
    before = follower.tracklet.resembles(follower.newest.look)
    return likeness_now < min(_FAMILIAR, before - _SUDDENLY)


def _has_slid_off(follower: _Follower, view: _View) -> bool:
    """Whether ``view`` looks more like the person followed than what is being followed now."""
    now = follower.tracklet.resembles(follower.newest.look)
    other = follower.tracklet.resembles(view.sighting.look)
    return bool(np.isnan(other) or np.isnan(now) or other > now - _AS_ALIKE)


def _correct(follower: _Follower, view: _View, detection: Detection) -> None:
    """Put a follower on what detector and landmarks agree about, and undo its recent mistakes."""
    newest = follower.tracklet.last
    if not _agree(view.pose.next_roi, detection.roi) or follower.doubted:
        return
    keep_s = max(follower.confirmed_s, newest.t_s - _UNDO_S)
    if follower.tracklet.resembles(view.sighting.look) < _STRANGER:
        return
    follower.tracklet.drop_after(keep_s)
    follower.tracklet.add(view.sighting)
    follower.confirm(view.sighting.t_s, view.pose.next_roi)


def _view(picture: Picture, roi: Roi) -> _View | None:
    pixels = crop(picture, roi, size_px=CROP_PX, replicate=True)
    pose = pose_in_crop(pixels, roi, model=_MODEL)
    if not pose.is_present or not _is_sensible(pose.next_roi, picture):
        return None
    sighting = Sighting(
        picture.t_s, pose.next_roi, pose.xy, clothes(pixels, pose, picture.aspect_ratio)
    )
    return _View(pose, sighting)


def _is_sensible(roi: Roi, picture: Picture) -> bool:
    """A square of usable size whose centre is not far outside the picture."""
    margin = 0.5 * roi.size
    in_x = -margin < roi.x < picture.aspect_ratio + margin
    return in_x and -margin < roi.y < 1 + margin and 16 / picture.height_px < roi.size < 10


def _agree(first: Roi, second: Roi) -> bool:
    """Whether two squares fit the same person in the same posture."""
    away = np.hypot(first.x - second.x, first.y - second.y)
    larger, smaller = max(first.size, second.size), min(first.size, second.size)
    near = away < _SAME_BODY * larger and larger < _SAME_SIZE * smaller
    return bool(near and abs(_turn(first, second)) < _SAME_TURN_RAD)


def _is_slow(before: Roi, now: Roi, step_s: float) -> bool:
    """Whether a square hardly changed from one look to the next."""
    changes = (
        float(np.hypot(now.x - before.x, now.y - before.y)) / now.size,
        abs(float(np.log(now.size / before.size))),
        abs(_turn(before, now)),
    )
    return all(one <= limit * step_s for one, limit in zip(changes, _CALM_PER_S, strict=True))


def _has_jumped(before: Roi, now: Roi) -> bool:
    """Whether a square moved or grew from one look to the next as a calm body does not."""
    away = float(np.hypot(now.x - before.x, now.y - before.y)) / before.size
    return away > _JUMP or abs(float(np.log(now.size / before.size))) > _JUMP


def _turn(first: Roi, second: Roi) -> float:
    """From -pi to pi."""
    return (first.angle_rad - second.angle_rad + np.pi) % (2 * np.pi) - np.pi


def _turned_over(pose: Pose) -> bool:
    """Whether somebody turned more quickly than anybody does, or came to stand on their head."""
    if abs(_turn(pose.roi, pose.next_roi)) > _TURNED_RAD:
        return True
    return is_upside_down(pose.next_roi) and not is_upside_down(pose.roi)


def _share_centre(first: Roi, second: Roi) -> bool:
    """Whether two squares are about one place, so that they can hardly be two people."""
    away = np.hypot(first.x - second.x, first.y - second.y)
    return bool(away < _SAME_BODY * max(first.size, second.size))


def _overlap(first: Roi, second: Roi) -> bool:
    """Whether the circles inside two squares (without their margin) share their centres."""
    away = np.hypot(first.x - second.x, first.y - second.y)
    return bool(away < max(first.size, second.size) / 2 / MARGIN)


def _same_body(first: Pose, second: Pose) -> bool:
    return _same_trunk(first.xy, second.xy, min(first.next_roi.size, second.next_roi.size))


def _is_known(view: _View, followers: list[_Follower]) -> bool:
    found = view.pose.next_roi.size
    return any(
        _same_trunk(one.newest.xy, view.pose.xy, min(one.roi.size, found)) for one in followers
    )


def _same_trunk(first: FloatArray, second: FloatArray, size: float) -> bool:
    away = np.linalg.norm(first[_TRUNK] - second[_TRUNK], axis=1).mean()
    return bool(away < _SAME_BODY / 2 * size)


def _alike_each_other(sightings: list[Sighting]) -> bool:
    first = sightings[0].look
    return all(likeness(first, other.look) >= _STRANGER for other in sightings[1:])


def _strangeness(pair: tuple[_Follower, _View]) -> float:
    """Small where the person found resembles the one followed."""
    likeness_now = pair[0].tracklet.resembles(pair[1].sighting.look)
    return 0.0 if np.isnan(likeness_now) else -likeness_now
