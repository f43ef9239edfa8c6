"""Cameras see the lifter the right way round."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.camera import Camera, project
from repsight.athlete.performance import perform
from repsight.core.skeleton import Landmark


@pytest.fixture(scope="module")
def standing() -> np.ndarray:
    return perform("squat", reps=1, seed=0).points[:1]


def test_from_the_front_the_left_shoulder_is_on_the_right_of_the_picture(
    standing: np.ndarray,
) -> None:
    view = project(standing, Camera(yaw_deg=0.0))
    assert view.xy[0, Landmark.LEFT_SHOULDER, 0] > view.xy[0, Landmark.RIGHT_SHOULDER, 0]
    assert view.xy[0, Landmark.NOSE, 1] < view.xy[0, Landmark.LEFT_ANKLE, 1]


def test_from_the_left_the_left_side_is_nearer_and_the_face_looks_left(
    standing: np.ndarray,
) -> None:
    view = project(standing, Camera(yaw_deg=90.0))
    assert view.depth_m[0, Landmark.LEFT_HIP] < view.depth_m[0, Landmark.RIGHT_HIP]
    assert view.xy[0, Landmark.NOSE, 0] < view.xy[0, Landmark.LEFT_EAR, 0]
    assert view.world[0, Landmark.LEFT_HIP, 2] < 0 < view.world[0, Landmark.RIGHT_HIP, 2]


def test_world_landmarks_are_metres_around_the_hips(standing: np.ndarray) -> None:
    view = project(standing, Camera(yaw_deg=33.0, pitch_deg=5.0))
    np.testing.assert_allclose(view.world[0, 23:25].mean(axis=0), 0.0, atol=1e-9)
    spread = np.linalg.norm(view.world[0, 23] - view.world[0, 25])
    np.testing.assert_allclose(spread, np.linalg.norm(standing[0, 23] - standing[0, 25]))


@pytest.mark.parametrize("exercise", ["squat", "push_up", "shoulder_press", "deadlift"])
@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, -90.0, 180.0])
def test_a_framed_camera_keeps_everything_in_the_picture(exercise: str, yaw_deg: float) -> None:
    performance = perform(exercise, reps=1, seed=1)
    camera = performance.camera(yaw_deg=yaw_deg)
    xy = project(performance.points, camera).xy
    assert xy.min() > 0.0
    assert xy[..., 0].max() < camera.aspect_ratio
    assert xy[..., 1].max() < 1.0


def test_roll_turns_the_picture_without_bending_the_body(standing: np.ndarray) -> None:
    level, rolled = (project(standing, Camera(roll_deg=roll_deg)).xy[0] for roll_deg in (0.0, 10.0))
    np.testing.assert_allclose(
        np.linalg.norm(level[23] - level[27]), np.linalg.norm(rolled[23] - rolled[27]), rtol=1e-9
    )
