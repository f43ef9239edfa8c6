"""The plate of a barbell is found by its rim, and nothing else is followed in its place."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.athlete.camera import Camera, project
from repsight.athlete.performance import Performance, perform
from repsight.athlete.render import Film, render
from repsight.core.picture import Picture
from repsight.core.types import FloatArray
from repsight.pose.plate import Disc, find_discs
from repsight.pose.plate_path import PlateSight, plate_path

#: From the middle of the bar to the inner plate's outer face, as the athlete's gym builds it.
_PLATE_OUT_M = 1.1 - 0.42 + 0.045
_RADIUS_M = 0.225


def _picture(grey: FloatArray) -> Picture:
    return Picture.from_rgb(0.0, np.repeat(grey[..., None], 3, axis=2).astype(np.uint8))


def _disc_picture(x: float, y: float, radius: float, *, inside: float, noise: float) -> Picture:
    """A disc of another grey on a sloping background, 240 x 320, in frame heights."""
    rows, columns = np.mgrid[0:320, 0:240] / 320
    background = 90 + 60 * columns + 40 * rows
    grey = np.where(np.hypot(columns - x, rows - y) < radius, background + inside, background)
    rng = np.random.default_rng(3)
    return _picture(np.clip(grey + rng.normal(0, noise, grey.shape), 0, 255))


@given(
    x=st.floats(0.3, 0.45), y=st.floats(0.55, 0.7), radius=st.floats(0.075, 0.13),
    inside=st.sampled_from([-60.0, -25.0, 30.0, 70.0]),
)  # fmt: skip
def test_a_disc_is_found_within_a_pixel_or_two_of_the_window(
    x: float, y: float, radius: float, inside: float
) -> None:
    picture = _disc_picture(x, y, radius, inside=inside, noise=2.0)
    best = find_discs(picture, np.array([0.37, 0.55]), 0.32)[0]
    assert (
        np.hypot(best.x - x, best.y - y) < 2.5 / 320
    )  # a pixel of the window is 1.9 of the picture
    assert best.radius == pytest.approx(radius, abs=2.5 / 320)
    assert best.support > 0.8


def test_an_even_picture_and_unknown_hands_show_no_disc() -> None:
    even = _picture(np.full((320, 240), 128.0))
    assert find_discs(even, np.array([0.37, 0.55]), 0.32) == ()
    disc = _disc_picture(0.37, 0.6, 0.1, inside=-60, noise=2)
    assert find_discs(disc, np.array([np.nan, 0.5]), 0.32) == ()
    assert find_discs(disc, np.array([0.37, 0.55]), float("nan")) == ()


def test_hands_at_the_edge_of_the_picture_are_no_error() -> None:
    disc = _disc_picture(0.37, 0.6, 0.1, inside=-60, noise=2)
    for hands in ([0.0, 0.0], [0.75, 1.0], [-0.4, 1.3]):
        found = find_discs(disc, np.array(hands), 0.4)
        assert all(np.isfinite((one.x, one.y, one.radius)).all() for one in found)


@cache
def _pull() -> Performance:
    return perform("deadlift", reps=1, seed=4)


def _seen_pull() -> tuple[list[PlateSight], FloatArray, FloatArray, Camera]:
    """Looks at a filmed deadlift at 10 Hz, their times, and the hands."""
    made = _pull()
    camera = made.camera(yaw_deg=90.0, aspect_ratio=0.75)
    film = Film(size=(240, 320), fps=10)
    until_s = made.truth.reps[0].end_s
    start_s = made.truth.reps[0].start_s
    sights: list[PlateSight] = []
    for t_s, rgb in render(made, camera, film=film, start_s=start_s, end_s=until_s):
        xy = project(made.points_at(np.array([t_s])), camera).xy[0]
        hands = xy[15:17].mean(axis=0)
        leg = float(np.linalg.norm(xy[24] - xy[26]) + np.linalg.norm(xy[26] - xy[28]))
        sights.append(
            PlateSight(t_s, hands, leg, find_discs(Picture.from_rgb(t_s, rgb), hands, leg))
        )
    times = np.array([sight.t_s for sight in sights])
    return sights, times, np.array([sight.hands for sight in sights]), camera


def test_the_plate_of_a_filmed_deadlift_is_followed_through_the_pull() -> None:
    sights, times, _, camera = _seen_pull()
    path = plate_path(sights, times)
    load = _pull().load_at(times)
    ends = [project(np.repeat((load + side * np.array([0, _PLATE_OUT_M, 0]))[:, None], 33, 1),
                    camera) for side in (1.0, -1.0)]  # fmt: skip
    near = min(ends, key=lambda view: float(view.depth_m[:, 0].mean()))
    seen = np.isfinite(path[:, 0])
    away = (path[:, :2] - near.xy[:, 0])[seen]
    leg = np.median([sight.leg for sight in sights])
    assert seen.mean() > 0.85
    # two plates side by side: which rim is seen shifts the path as a whole
    assert np.linalg.norm(np.median(away, axis=0)) < 0.06 * leg
    assert np.abs(away - np.median(away, axis=0)).mean() < 0.01 * leg
    rim = camera.focal * _RADIUS_M / near.depth_m[seen, 0]
    assert np.median(np.abs(path[seen, 2] / rim - 1)) < 0.25


def _sight(t_s: float, *discs: Disc) -> PlateSight:
    return PlateSight(t_s, np.array([0.4, 0.5]), 0.3, discs)


def test_the_circle_that_keeps_its_place_at_the_hands_wins_over_a_rounder_stranger() -> None:
    times = np.arange(10) / 10
    plate = Disc(0.42, 0.6, 0.1, 0.8)
    sights = [_sight(t, Disc(0.2 + 0.03 * i, 0.4, 0.1, 0.95), plate) if i % 3 == 0
              else _sight(t, plate) for i, t in enumerate(times)]  # fmt: skip
    path = plate_path(sights, times)
    np.testing.assert_allclose(path, np.tile([0.42, 0.6, 0.1], (10, 1)))


def test_a_moment_without_a_circle_is_bridged_and_a_long_one_is_not() -> None:
    plate = Disc(0.42, 0.6, 0.1, 0.9)
    sights = [_sight(t, plate) for t in (0.0, 0.1, 0.3, 0.4, 1.0, 1.1)]
    times = np.array([0.0, 0.2, 0.4, 0.7, 1.0, 1.1, 2.0])
    seen = np.isfinite(plate_path(sights, times)[:, 0])
    assert seen.tolist() == [True, True, True, False, True, True, False]


def test_nothing_seen_is_a_path_of_nan() -> None:
    times = np.arange(5) / 10
    assert np.isnan(plate_path([], times)).all()
    assert np.isnan(plate_path([_sight(0.0, Disc(0.4, 0.6, 0.1, 0.9))], times)).all()
    assert plate_path([_sight(t) for t in times], times).shape == (5, 3)


def test_circles_of_another_size_are_left_out() -> None:
    times = np.arange(9) / 10
    sights = [_sight(t, Disc(0.42, 0.6, 0.2 if i == 8 else 0.1, 0.9)) for i, t in enumerate(times)]
    assert np.isnan(plate_path(sights, times)[8]).all()
