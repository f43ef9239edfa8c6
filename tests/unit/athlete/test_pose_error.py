"""The error model errs as pose models do, and not at all when asked not to."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.camera import Camera, project
from repsight.athlete.performance import Performance, perform
from repsight.athlete.pose_error import ErrorModel, frame_times


@pytest.fixture(scope="module")
def squats() -> Performance:
    return perform("squat", reps=3, seed=0)


def test_without_noise_the_track_is_the_projection(squats: Performance) -> None:
    camera = Camera(yaw_deg=60.0)
    track = squats.track(camera, noise=0.0)
    view = project(squats.points_at(track.t_s), camera)
    np.testing.assert_allclose(track.xy, view.xy, atol=1e-12)
    assert track.world is not None
    np.testing.assert_allclose(track.world, view.world, atol=1e-12)


def test_the_far_side_of_a_profile_is_less_visible_and_worse(squats: Performance) -> None:
    camera = squats.camera(yaw_deg=90.0)
    track = squats.track(camera, noise=ErrorModel(outliers_hz=0, dropouts_hz=0, swaps_hz=0))
    exact = squats.track(camera, noise=0.0)
    error = np.linalg.norm(track.xy - exact.xy, axis=-1)
    assert np.median(track.visibility[:, 25]) > 0.9
    assert np.median(track.visibility[:, 26]) < 0.7
    assert np.median(error[:, 26]) > 1.4 * np.median(error[:, 25])


def test_dropouts_are_missing_not_zero(squats: Performance) -> None:
    track = squats.track(noise=ErrorModel(dropouts_hz=0.5), seed=3)
    gone = np.isnan(track.xy).all(axis=(1, 2))
    assert 0 < gone.sum() < len(track)
    assert (track.visibility[gone] == 0.0).all()


def test_leg_swaps_happen_in_profile_only(squats: Performance) -> None:
    model = ErrorModel(
        white_m=0, drift_m=0, far_factor=1, far_pull_ratio=0, outliers_hz=0, dropouts_hz=0,
        swaps_hz=1.0, depth_m=0,
    )  # fmt: skip
    for yaw_deg, expected in ((90.0, True), (0.0, False)):
        camera = squats.camera(yaw_deg=yaw_deg)
        track, exact = squats.track(camera, noise=model), squats.track(camera, noise=0.0)
        swapped = np.abs(track.xy[:, 25] - exact.xy[:, 26]).max(axis=1) < 1e-9
        assert bool(swapped.any()) is expected


def test_jittered_times_still_increase() -> None:
    t_s = frame_times(20.0, 30.0, jitter_s=0.01, seed=1)
    assert (np.diff(t_s) > 0).all()
    assert np.ptp(np.diff(t_s)) > 0.005


def test_the_same_motion_is_seen_at_every_frame_rate(squats: Performance) -> None:
    slow, fast = (squats.track(noise=0.0, fps=fps) for fps in (10.0, 60.0))
    shared = fast.part(slice(0, None, 6))
    n = min(len(slow), len(shared))
    np.testing.assert_allclose(slow.xy[:n], shared.xy[:n], atol=1e-9)
