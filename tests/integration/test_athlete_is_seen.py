"""A pose model takes the rendered athlete for a person, and sees the angles it really has."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from repsight.athlete.camera import project
from repsight.athlete.figure import Look
from repsight.athlete.performance import Performance, perform
from repsight.athlete.render import Film, still
from repsight.core.types import FloatArray
from repsight.errors import RepsightError

pytest.importorskip("onnxruntime")
from repsight.pose.live import BlazePoseLive

YAWS_DEG = (0.0, 45.0, 90.0, 180.0)
FILM = Film(size=(360, 480), noise=2.0)


@pytest.fixture(scope="module")
def model() -> BlazePoseLive:
    try:
        live = BlazePoseLive(model="full")
        live.push(0.0, np.zeros((64, 64, 3), np.uint8))
    except RepsightError as missing:
        pytest.skip(f"pose models are not built: {missing}")
    return live


@cache
def _set(exercise: str, seed: int) -> Performance:
    return perform(exercise, reps=1, seed=seed)


def _seen(
    model: BlazePoseLive, done: Performance, t_s: float, yaw_deg: float
) -> tuple[FloatArray, FloatArray]:
    """Landmarks (33, 2) that the model reports, and those that are true."""
    camera = done.camera(yaw_deg=yaw_deg, aspect_ratio=0.75)
    look = Look.varied(int(done.body.height_m * 1000))
    rgb = still(done, t_s, camera=camera, film=FILM, look=look, plates=False)
    model.reset()
    model.push(0.0, rgb)
    true = project(done.points_at(np.array([t_s])), camera).xy[0]
    return model.push(0.0, rgb).xy, true


def _knee_deg(xy: FloatArray) -> float:
    thigh, shin = xy[23] - xy[25], xy[27] - xy[25]
    cosine = thigh @ shin / np.linalg.norm(thigh) / np.linalg.norm(shin)
    return float(np.degrees(np.arccos(cosine)))


def test_a_person_is_found_in_twenty_poses_from_four_sides(model: BlazePoseLive) -> None:
    for seed, exercise in enumerate(("squat", "deadlift", "shoulder_press", "squat", "deadlift")):
        done = _set(exercise, seed)
        rep = done.truth.reps[0]
        for yaw_deg in YAWS_DEG:
            t_s = rep.turn_s if seed % 2 else (rep.start_s + rep.turn_s) / 2.0
            seen, true = _seen(model, done, t_s, yaw_deg)
            body = np.linalg.norm(true[11] - true[23]) + np.linalg.norm(true[23] - true[27])
            off = np.linalg.norm(seen[11:29] - true[11:29], axis=-1)
            assert np.median(off) < 0.08 * body, (exercise, yaw_deg)


def test_the_knee_of_a_squat_is_seen_side_on_as_bent_as_it_is(model: BlazePoseLive) -> None:
    off = []
    for seed in range(5):
        done = _set("squat", seed)
        seen, true = _seen(model, done, done.truth.reps[0].turn_s, 90.0)
        off.append(_knee_deg(seen) - _knee_deg(true))
    assert np.median(np.abs(off)) < 8.0, off
