"""The bar's way follows the plate where it moves with the hands, else the hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from repsight.athlete.camera import project
from repsight.athlete.performance import perform
from repsight.core.barpath import bar_metrics, bar_seen_by, bar_way
from repsight.core.measure import Scene, observe
from repsight.core.refine import refine
from repsight.core.report import Rep
from repsight.core.types import FloatArray, PoseTrack
from repsight.exercises import spec_of

DEADLIFT = spec_of("deadlift")
#: From the middle of the bar to the plate nearer to the camera, in metres.
OUT_M = 0.7


@cache
def _track(yaw_deg: float = 90.0) -> PoseTrack:
    """A deadlift whose plate is seen without error, and whose hands are guessed."""
    made = perform("deadlift", reps=3, seed=9)
    camera = made.camera(yaw_deg=yaw_deg)
    track = made.track(camera, fps=30, noise=0.6, seed=9)
    load = made.load_at(track.t_s)[:, None]
    ends = [project(np.repeat(load + side * np.array([0, OUT_M, 0]), 33, axis=1), camera)
            for side in (1, -1)]  # fmt: skip
    near = min(ends, key=lambda view: float(np.nanmean(view.depth_m)))
    radius = camera.focal * 0.225 / near.depth_m[:, :1]
    plate = np.concatenate([near.xy[:, 0], radius], axis=1)
    return replace(track, plate=plate).part(track.t_s <= made.truth.end_s + 0.5)


def _with_plate(plate: FloatArray | None) -> tuple[Scene, list[Rep]]:
    scene = observe(replace(_track(), plate=plate))
    return scene, list(refine(scene, DEADLIFT).reps)


def test_the_plate_is_followed_and_its_path_is_nearer_to_the_truth_than_the_hands() -> None:
    plate = _track().plate
    assert plate is not None
    scene, reps = _with_plate(plate)
    bare, _ = _with_plate(None)
    assert bar_seen_by(scene, reps, DEADLIFT) == "plate"
    assert bar_seen_by(bare, reps, DEADLIFT) == "hands"
    seen = [bar_metrics(scene, rep, spec=DEADLIFT) for rep in reps]
    held = [bar_metrics(bare, rep, spec=DEADLIFT) for rep in reps]
    assert max(abs(one["bar_drift"].value) for one in seen) < 0.05
    assert all(
        one["bar_drift"].error < two["bar_drift"].error for one, two in zip(seen, held, strict=True)
    )
    assert np.mean([one["bar_path"].value for one in seen]) <= np.mean(
        [one["bar_path"].value for one in held]
    )


def test_a_nearer_plate_moves_more_in_the_picture_and_that_is_taken_out() -> None:
    scene, reps = _with_plate(_track().plate)
    way = bar_way(scene, reps[0].start_s, reps[0].end_s)
    assert way.seen_by == "plate"
    assert 1.1 < way.nearer < 1.6


def _hidden(plate: FloatArray, frames: int) -> FloatArray:
    """The plate, unseen for so many frames every two seconds."""
    return np.where(np.arange(len(plate))[:, None] % 60 > frames, plate, np.nan)


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param(lambda p: np.tile(np.median(p, axis=0), (len(p), 1)), id="hangs on the wall"),
        pytest.param(lambda p: p * [1, 0.3, 1], id="a thigh that moves less"),
        pytest.param(lambda p: p + np.array([0.8, 0, 0]), id="far to one side"),
        pytest.param(lambda p: p[::-1], id="moves against the hands"),
        pytest.param(lambda p: _hidden(p, 20), id="often unseen"),
        pytest.param(lambda p: np.full_like(p, np.nan), id="never seen"),
        pytest.param(lambda p: np.full_like(p, np.inf), id="infinite"),
    ],
)  # fmt: skip
def test_a_circle_that_is_not_in_the_hands_is_not_followed(
    stranger: Callable[[FloatArray], FloatArray],
) -> None:
    plate = _track().plate
    assert plate is not None
    scene, reps = _with_plate(stranger(plate))
    assert bar_seen_by(scene, reps, DEADLIFT) == "hands"
    assert np.isfinite(bar_way(scene, reps[0].start_s, reps[0].end_s).points).all()


def test_from_the_front_no_plate_is_followed() -> None:
    scene = observe(_track(0.0))
    way = bar_way(scene, float(scene.track.t_s[0]), float(scene.track.t_s[-1]))
    assert way.seen_by == "hands"
    wrists = scene.track.xy[np.isin(scene.track.t_s, way.t_s)][:, [15, 16]]
    assert any(np.array_equal(way.points, wrists[:, side]) for side in (0, 1))


def test_the_way_of_one_repetition_stays_with_one_hand() -> None:
    scene = observe(replace(_track(0.0), plate=None))
    turning = np.arange(len(scene.track)) % 3 > 0
    seen = replace(scene, view=replace(scene.view, near_left=turning.astype(float)))
    way = bar_way(seen, float(scene.track.t_s[0]), float(scene.track.t_s[-1]))
    left = scene.track.xy[np.isin(scene.track.t_s, way.t_s), 15]
    np.testing.assert_array_equal(way.points, left)


def test_an_exercise_without_a_bar_has_no_path() -> None:
    scene, reps = _with_plate(None)
    assert bar_seen_by(scene, reps, spec_of("push_up")) == "none"
    assert bar_seen_by(scene, [], DEADLIFT) == "none"
