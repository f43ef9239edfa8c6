"""Lengths, scale and view of a lifter whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.body import measure_body, measure_view, view_of_yaw
from repsight.core.measure import observe
from repsight.core.types import PoseTrack


@pytest.mark.parametrize(
    ("yaw_deg", "name"),
    [
        (0, "front"), (20, "front"), (-45, "oblique"), (45, "oblique"), (90, "side"),
        (-90, "side"), (110, "side"), (135, "oblique"), (180, "back"), (-175, "back"),
        (float("nan"), "unknown"),
    ],
)  # fmt: skip
def test_a_yaw_has_a_name(yaw_deg: float, name: str):
    assert view_of_yaw(yaw_deg) == name


@pytest.mark.parametrize("yaw_deg", [0, 30, 60, 90, -90, 150, 180])
def test_the_camera_yaw_is_found_within_fifteen_degrees(yaw_deg: float):
    performance = perform("squat", reps=3, seed=5)
    scene = observe(performance.track(performance.camera(yaw_deg=yaw_deg), seed=5))
    assert abs(abs(scene.view.median_yaw_deg) - abs(yaw_deg)) < 15


def test_facing_has_opposite_signs_from_opposite_sides():
    performance = perform("squat", reps=2, seed=5)
    facings = [
        np.median(observe(performance.track(performance.camera(yaw_deg=yaw))).view.facing)
        for yaw in (90, -90)
    ]
    assert sorted(facings) == [-1.0, 1.0]


def test_the_near_side_is_the_better_seen_one():
    performance = perform("squat", reps=2, seed=5)
    sides = []
    for yaw in (90, -90):
        track = performance.track(performance.camera(yaw_deg=yaw))
        seen = track.visibility[:, 25].mean() > track.visibility[:, 26].mean()
        near = observe(track).view.near_left.mean() > 0.5
        sides.append(seen == near)
    assert all(sides)


def test_metric_lengths_do_not_depend_on_the_view():
    performance = perform("squat", reps=2, seed=5)
    legs = [
        observe(performance.track(performance.camera(yaw_deg=yaw), noise=0)).body.lengths["leg"]
        for yaw in (0, 45, 90)
    ]
    assert max(legs) / min(legs) < 1.1


def test_the_scale_times_the_leg_is_the_leg_in_the_picture():
    performance = perform("squat", reps=2, seed=5)
    scene = observe(performance.track(noise=0))
    standing = scene.track.xy[5]
    straight = np.linalg.norm(standing[23] - standing[25]) + np.linalg.norm(
        standing[25] - standing[27]
    )
    assert scene.body.in_picture("leg")[5] == pytest.approx(straight, rel=0.12)


def test_joints_that_are_hidden_for_the_whole_clip_do_not_cost_the_scale():
    track = perform("squat", reps=2, seed=5).track(seed=5)
    assert track.world is not None
    xy, world = track.xy.copy(), track.world.copy()
    xy[:, 27:], world[:, 27:] = np.nan, np.nan
    hidden = PoseTrack(track.t_s, xy, track.visibility, world, track.aspect_ratio)
    usual = measure_body(track).scale
    assert measure_body(hidden).scale == pytest.approx(usual, rel=0.1)


def test_without_world_landmarks_lengths_come_from_the_picture():
    track = perform("squat", reps=2, seed=5).track(noise=0)
    flat = PoseTrack(track.t_s, track.xy, track.visibility, None, track.aspect_ratio)
    body = measure_body(flat)
    assert not body.is_metric
    assert body.lengths["leg"] == pytest.approx(observe(track).body.in_picture("leg")[5], rel=0.15)
    assert measure_view(flat, body).name == "side"


def test_nobody_has_no_lengths_and_no_view():
    track = PoseTrack(np.arange(5) / 30, np.full((5, 33, 2), np.nan), np.zeros((5, 33)), None, 1.0)
    body = measure_body(track)
    assert np.isnan(body.lengths["leg"])
    assert measure_view(track, body).name in ("unknown", "side", "front")
