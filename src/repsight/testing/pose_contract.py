"""What every pose backend must do; subclass it in a test module and say how to make yours.

class TestMyBackend(PoseBackendContract):
def make_backend(self): return MyBackend()
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from repsight.core.picture import Picture, PictureSource
from repsight.core.skeleton import COUNT
from repsight.core.types import PoseTrack
from repsight.pose.port import PoseBackend, TrackOptions
from repsight.testing.pictures import EMPTY_ROOM, squatting_athlete

__all__ = ["PoseBackendContract"]


class PoseBackendContract:
    """Tests of the port ``repsight.pose.port.PoseBackend``."""

    #: Whether the backend needs pixels: an empty room then has nobody in it.
    sees_pictures = True

    def make_backend(self) -> PoseBackend:
        """A new backend."""
        raise NotImplementedError

    def make_options(self) -> TrackOptions:
        """Options under which the backend works, for instance with a local model file."""
        return TrackOptions(model="lite")

    def make_source(self) -> PictureSource:
        """Pictures of somebody who is found by the backend."""
        return squatting_athlete()

    def test_backend_fills_the_port(self) -> None:
        fills = _fills_the_port(self.make_backend())
        _require(fills, "track() is missing")

    def test_there_is_one_frame_per_picture_at_its_time(self) -> None:
        track = self._track()
        times = [picture.t_s for picture in _read(self.make_source())]
        _require(np.array_equal(track.t_s, times), f"{track.t_s} is not {times}")

    def test_arrays_have_the_shapes_of_a_track(self) -> None:
        track, count = self._track(), len(_read(self.make_source()))
        _require(track.xy.shape == (count, COUNT, 2), f"xy is {track.xy.shape}")
        _require(track.visibility.shape == (count, COUNT), f"{track.visibility.shape}")
        world = (count, COUNT, 3) if track.world is None else track.world.shape
        _require(world == (count, COUNT, 3), f"world is {world}")

    def test_somebody_is_found(self) -> None:
        found = np.isfinite(self._track().xy).any(axis=(1, 2))
        _require(bool(found.mean() > 1 / 2), f"found in {found.mean():.0%} of the frames")

    def test_landmarks_are_where_the_picture_is(self) -> None:
        track = self._track()
        xy = track.xy[np.isfinite(track.xy).all(axis=2)]
        inside = (xy > -0.5) & (xy < (track.aspect_ratio + 0.5, 1.5))
        _require(bool(inside.all()), "landmarks are not measured in frame heights")

    def test_visibility_is_a_share_and_zero_where_nothing_was_found(self) -> None:
        track = self._track()
        share = (track.visibility >= 0) & (track.visibility <= 1)
        _require(bool(share.all()), "visibility leaves 0..1")
        missing = np.isnan(track.xy).any(axis=2)
        _require(bool((track.visibility[missing] == 0).all()), "missing points are visible")

    def test_the_same_pictures_give_the_same_landmarks_with_any_number_of_threads(self) -> None:
        one, two = (self._track(threads=threads) for threads in (1, 2))
        _require(np.array_equal(one.xy, two.xy, equal_nan=True), "xy depends on threads")
        _require(np.array_equal(one.visibility, two.visibility), "visibility depends on threads")

    def test_the_rate_limits_the_frames(self) -> None:
        slow, full = self._track(rate_hz=4.0), self._track()
        _require(len(slow) < len(full), f"{len(slow)} of {len(full)} frames at 4 Hz")

    def test_nobody_is_found_in_an_empty_room(self) -> None:
        if not self.sees_pictures:
            return
        tracked = self.make_backend().track(EMPTY_ROOM, self.make_options())
        _require(bool(np.isnan(tracked.track.xy).all()), "somebody was found on a bare wall")
        _require(tracked.picture.found_share == 0, "found_share is not 0")

    def test_facts_are_aligned_with_the_track(self) -> None:
        tracked = self.make_backend().track(self.make_source(), self.make_options())
        facts, count = tracked.picture, len(tracked.track)
        _require(len(facts.found) == len(facts.presence) == len(facts.roi) == count, "not aligned")
        _require(
            np.array_equal(facts.found, np.isfinite(tracked.track.xy).any(axis=(1, 2))),
            "found does not say which frames have landmarks",
        )

    def test_progress_is_reported_in_media_seconds(self) -> None:
        told: list[float] = []

        def hear(_stage: str, t_s: float) -> None:
            told.append(t_s)

        options = replace(self.make_options(), on_moment=hear)
        track = self.make_backend().track(self.make_source(), options).track
        _require(bool(told) and max(told) == track.t_s[-1], "the last moment was not reported")

    def _track(self, *, threads: int = 1, rate_hz: float | None = None) -> PoseTrack:
        options = replace(self.make_options(), threads=threads, rate_hz=rate_hz)
        return self.make_backend().track(self.make_source(), options).track


def _fills_the_port(backend: object) -> bool:
    return isinstance(backend, PoseBackend)


def _read(source: PictureSource) -> list[Picture]:
    pictures: Iterable[Picture] = source.pictures()
    return list(pictures)


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not condition:
        raise AssertionError(message)
