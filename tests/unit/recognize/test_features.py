"""The router's view of a movement: the same whoever moves, wherever and however it is filmed."""

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.skeleton import MIRROR
from repsight.core.types import PoseTrack
from repsight.recognize.features import (
    FEATURES,
    SAMPLES,
    Windows,
    model_input,
    summary_input,
    windows_of,
)


@pytest.fixture(scope="module")
def lunges() -> PoseTrack:
    made = perform("lunge", reps=3, seed=4)
    return made.track(made.camera(yaw_deg=50.0), noise=0.0)


def seen(track: PoseTrack) -> Windows:
    return windows_of(observe(track))


def test_windows_are_two_seconds_in_thirty_samples(lunges):
    windows = seen(lunges)
    assert windows.values.shape == (len(windows), SAMPLES, len(FEATURES))
    assert windows.t_s[0] == pytest.approx(lunges.t_s[0] + 29 / 30.0)
    assert windows.t_s[-1] == pytest.approx(lunges.t_s[-1] - 29 / 30.0, abs=0.1)
    assert np.isfinite(windows.values).all()


def test_the_mirror_image_gives_the_same_features(lunges):
    xy, world = lunges.xy[:, MIRROR].copy(), lunges.world[:, MIRROR].copy()
    xy[..., 0] = lunges.aspect_ratio - xy[..., 0]
    world[..., 0] *= -1
    mirrored = PoseTrack(lunges.t_s, xy, lunges.visibility[:, MIRROR], world, lunges.aspect_ratio)
    np.testing.assert_allclose(seen(mirrored).values, seen(lunges).values, atol=1e-4)


def test_neither_size_nor_place_in_the_picture_matters(lunges):
    moved = PoseTrack(
        lunges.t_s, 0.4 * lunges.xy + [0.3, 0.1], lunges.visibility, lunges.world, 1.0
    )
    np.testing.assert_allclose(seen(moved).values, seen(lunges).values, atol=1e-3)


@pytest.mark.parametrize("fps", [12.0, 60.0, 120.0])
def test_frame_rate_does_not_matter(fps):
    made = perform("squat", reps=2, seed=1)
    usual = seen(made.track(noise=0.0)).values
    other = seen(made.track(fps=fps, noise=0.0)).values
    count = min(len(usual), len(other))
    assert np.abs(usual[:count] - other[:count]).max() < 0.1


def test_a_film_shorter_than_a_window_is_filled_up_with_nothing(lunges):
    windows = seen(lunges.part(slice(30)))
    assert len(windows) == 1
    known = np.isfinite(windows.values[0]).all(axis=1)
    assert known.tolist() == [True] * 15 + [False] * 15


def test_no_frames_give_no_windows():
    assert not len(seen(PoseTrack.from_frames([])))


def test_unseen_legs_leave_the_arms_known(lunges):
    xy, world = lunges.xy.copy(), lunges.world.copy()
    xy[:, 25:], world[:, 25:] = np.nan, np.nan
    windows = seen(PoseTrack(lunges.t_s, xy, lunges.visibility, world, lunges.aspect_ratio))
    last = dict(zip(FEATURES, windows.values[-1].T, strict=True))
    assert np.isnan(last["ankle height"]).all()
    assert np.isfinite(last["wrist height"]).all()


def test_nobody_and_nothing_moving_are_said(lunges):
    empty = PoseTrack(lunges.t_s, np.full_like(lunges.xy, np.nan), 0 * lunges.visibility)
    assert not seen(empty).is_seen.any()
    still = seen(perform("still", hold_s=6.0).track(noise=1.0))
    assert still.is_seen.all()
    assert not still.is_moving.any()
    assert seen(lunges).is_moving.any()


def test_inputs_of_the_models_say_what_is_unknown(lunges):
    values = seen(lunges).values.copy()
    values[:, :, FEATURES.index("wrist height")] = np.nan
    filled = model_input(values)
    assert np.isfinite(filled).all()
    assert filled.shape[-1] == len(FEATURES) + 4
    assert not filled[..., len(FEATURES) + 1].any()
    assert np.isnan(summary_input(values)[:, FEATURES.index("wrist height")]).all()


def test_each_feature_is_of_the_landmarks_that_its_name_says(lunges):
    """Against the numbers of BlazePose's landmarks: an exchanged pair passes all other tests."""
    scene = observe(lunges)
    windows = windows_of(scene)
    first = dict(zip(FEATURES, windows.values[0].T, strict=True))
    xy = scene.track.xy
    body = scene.body.in_picture("trunk") + scene.body.in_picture("leg")
    hips, times = xy[:, 23:25].mean(axis=1), windows.t_s[0] + (np.arange(SAMPLES) - 14.5) / 15.0
    high = {"nose": (0,), "shoulder": (11, 12), "wrist": (15, 16), "knee": (25, 26),
            "toe": (31, 32)}  # fmt: skip
    for name, numbers in high.items():
        height = (hips[:, 1] - xy[:, list(numbers), 1].mean(axis=1)) / body
        wanted = np.interp(times, scene.track.t_s, height)
        np.testing.assert_allclose(first[f"{name} height"], wanted, atol=0.01)
    uneven = np.abs(xy[:, 27, 1] - xy[:, 28, 1]) / body
    wanted = np.interp(times, scene.track.t_s, uneven)
    np.testing.assert_allclose(first["ankle height, uneven"], wanted, atol=0.01)
