from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from repsight.athlete.camera import project
from repsight.athlete.figure import Look
from repsight.athlete.performance import perform
from repsight.athlete.render import Actor, Film, render
from repsight.core.picture import Picture
from repsight.errors import UnknownName
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.track import track_pictures
from repsight.testing.pictures import EMPTY_ROOM, PicturesInMemory

HIPS, KNEE, ANKLE = [23, 24], 25, 27


@pytest.fixture(scope="module")
def squat() -> tuple[PicturesInMemory, NDArray[np.float64]]:
    """Three seconds of a squat at 15 pictures a second, and the true knee angles."""
    performance = perform("squat", reps=1)
    film = Film(size=(360, 480), fps=15.0)
    frames = list(render(performance, performance.camera(yaw_deg=75.0), film=film, end_s=4.0))
    pictures = [Picture.from_rgb(t_s, rgb) for t_s, rgb in frames]
    times = np.array([t_s for t_s, _ in frames])
    return PicturesInMemory(pictures), performance.angles_at(times).knee_deg.mean(axis=1)


@pytest.fixture(scope="module")
def tracked(squat: tuple[PicturesInMemory, NDArray[np.float64]]) -> TrackedPictures:
    return track_pictures(squat[0], TrackOptions(threads=2))


def _knee_deg(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    thigh, shank = xy[:, 23] - xy[:, KNEE], xy[:, ANKLE] - xy[:, KNEE]
    cos = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    return np.degrees(np.arccos(np.clip(cos, -1, 1)))


def test_the_athlete_is_found_on_every_frame(tracked: TrackedPictures) -> None:
    assert tracked.picture.found_share == 1.0
    assert len(tracked.people) == 1
    assert tracked.lifter == 0


def test_the_knee_follows_the_true_knee(
    tracked: TrackedPictures, squat: tuple[PicturesInMemory, NDArray[np.float64]]
) -> None:
    knee = _knee_deg(tracked.track.xy)
    assert np.corrcoef(knee, squat[1])[0, 1] > 0.95


def test_one_and_two_threads_give_the_same_bits(
    tracked: TrackedPictures, squat: tuple[PicturesInMemory, NDArray[np.float64]]
) -> None:
    alone = track_pictures(squat[0], TrackOptions(threads=1))
    assert np.array_equal(alone.track.xy, tracked.track.xy)
    assert np.array_equal(alone.track.world, tracked.track.world)
    assert np.array_equal(alone.picture.roi, tracked.picture.roi)


def test_a_clip_is_decoded_twice(squat: tuple[PicturesInMemory, NDArray[np.float64]]) -> None:
    before = squat[0].reads
    track_pictures(squat[0], TrackOptions(model="lite"))
    assert squat[0].reads - before == 2


def test_a_calm_lifter_is_looked_for_less_often(
    squat: tuple[PicturesInMemory, NDArray[np.float64]],
) -> None:
    shown = [Picture(0.75 * one.t_s, one.rgbx) for one in squat[0].pictures()]
    seen = track_pictures(PicturesInMemory(shown), TrackOptions(model="lite"))
    looks = np.array([one.t_s for one in seen.people[0].sightings])
    assert 0.45 < len(looks) / len(seen.picture.t_s) < 0.9
    assert np.diff(looks).max() < 0.25
    assert np.isfinite(seen.picture.sharpness).all()


def test_no_plate_is_sought_where_none_matters(
    squat: tuple[PicturesInMemory, NDArray[np.float64]],
) -> None:
    seen = track_pictures(squat[0], TrackOptions(model="lite", seeks_plate=False))
    assert seen.track.plate is None or np.isnan(seen.track.plate).all()


def test_light_sharpness_and_camera_are_measured(tracked: TrackedPictures) -> None:
    facts = tracked.picture
    assert len(facts.t_s) == pytest.approx(4.0 * 7.5, abs=12)
    assert np.isfinite(facts.luminance).all()
    assert np.isfinite(facts.sharpness).mean() > 0.9
    assert not (np.abs(facts.background_shift) > 0.01).any()
    assert len(facts.cuts_s) == 0
    assert (facts.people_count == 1).mean() > 0.9


def test_an_empty_room_gives_missing_frames_and_no_people() -> None:
    tracked = track_pictures(EMPTY_ROOM, TrackOptions())
    assert len(tracked.track) == 10
    assert np.isnan(tracked.track.xy).all()
    assert (tracked.track.visibility == 0).all()
    assert tracked.people == ()
    assert tracked.lifter is None


def test_an_unknown_model_is_refused_before_anything_is_read() -> None:
    before = EMPTY_ROOM.reads
    with pytest.raises(UnknownName):
        track_pictures(EMPTY_ROOM, TrackOptions(model="tiny"))
    assert EMPTY_ROOM.reads == before


def test_a_person_who_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName, match="people found: 0"):
        track_pictures(EMPTY_ROOM, TrackOptions(person=0))


class _Counted:
    """Pictures made one by one; remembers how many were alive at once."""

    def __init__(self, count: int) -> None:
        self.alive = self.most = 0
        self._count = count

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> Iterator[Picture]:
        del rate_hz, roughly
        for index in range(self._count):
            yield Picture.from_rgb(index / 30, self._room())

    def _room(self) -> NDArray[np.uint8]:
        import weakref

        class Pixels(np.ndarray):
            pass

        rgb = np.full((48, 64, 3), 90, np.uint8).view(Pixels)
        self.alive += 1
        self.most = max(self.most, self.alive)
        weakref.finalize(rgb, self._dropped)
        return rgb

    def _dropped(self) -> None:
        self.alive -= 1


def test_pictures_are_let_go_as_the_clip_is_read() -> None:
    source = _Counted(120)
    track_pictures(source, TrackOptions(model="lite", threads=2))
    assert source.most < 12


@pytest.fixture(scope="module")
def crossing() -> tuple[TrackedPictures, NDArray[np.float64]]:
    """A lifter squats; somebody walks through in front and lingers. With the lifter's hips."""
    lifter = perform("squat", reps=2, lead_s=0.5, tail_s=0.5)
    other = Actor(perform("walking", hold_s=8.0), Look.varied(3), at_m=(0.9, 0.2), turn_deg=-25.0)
    camera = lifter.camera(yaw_deg=60.0, aspect_ratio=1.5)
    film = Film(size=(540, 360), fps=10.0)
    frames = list(render(lifter, camera, film=film, others=(other,), start_s=1.5, end_s=10.0))
    pictures = PicturesInMemory([Picture.from_rgb(t_s, rgb) for t_s, rgb in frames])
    points = lifter.points_at(np.array([t_s for t_s, _ in frames]))
    hips = project(points, camera).xy[:, HIPS].mean(axis=1)
    return track_pictures(pictures, TrackOptions(model="lite")), hips


def test_two_people_are_told_apart(
    crossing: tuple[TrackedPictures, NDArray[np.float64]],
) -> None:
    tracked, _ = crossing
    assert len(tracked.people) >= 2
    assert tracked.picture.people_seen == len(tracked.people)
    assert tracked.picture.people_count.max() >= 2


def test_the_lifter_is_kept_while_somebody_crosses_in_front(
    crossing: tuple[TrackedPictures, NDArray[np.float64]],
) -> None:
    tracked, hips = crossing
    apart = np.linalg.norm(tracked.track.xy[:, HIPS].mean(axis=1) - hips, axis=1)
    found = np.isfinite(apart)
    assert found.mean() > 0.8  # who is hidden is missing, not guessed
    assert (apart[found] < 0.12).mean() > 0.97
    assert (apart[-20:] < 0.08).all()
