"""What must hold for every athlete, set and camera."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from repsight.athlete.body import Body
from repsight.athlete.camera import Camera, project
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.skeleton import MIRROR

WITH_REPS = [name for name, style in STYLES.items() if style.has_reps]
seeds = st.integers(0, 10_000)


@st.composite
def performances(draw: st.DrawFn) -> Performance:
    """Any exercise, variation, body, number of reps and declared fault."""
    name = draw(st.sampled_from(WITH_REPS))
    style = STYLES[name]
    fault = draw(st.sampled_from([None, *style.faults]))
    return perform(
        name,
        variation=draw(st.sampled_from(style.variations)),
        reps=draw(st.integers(1, 3)),
        seed=draw(seeds),
        faults=() if fault is None else (Fault(fault, draw(st.floats(0.0, 1.2))),),
    )


@given(performances())
@settings(max_examples=30, deadline=None)
def test_every_set_is_a_body_that_stays_whole_and_above_the_floor(done: Performance) -> None:
    assert np.isfinite(done.points).all()
    assert done.points[..., 2].min() > -0.02
    for first, last, length_m in (
        (23, 25, done.body.thigh_m), (24, 26, done.body.thigh_m), (25, 27, done.body.shank_m),
        (11, 13, done.body.upper_arm_m), (12, 14, done.body.upper_arm_m),
        (13, 15, done.body.forearm_m),
    ):  # fmt: skip
        bone = np.linalg.norm(done.points[:, first] - done.points[:, last], axis=-1)
        np.testing.assert_allclose(bone, length_m, rtol=5e-3)


@given(performances())
@settings(max_examples=30, deadline=None)
def test_truth_lies_inside_the_set_and_in_order(done: Performance) -> None:
    edges = [
        t_s for rep in done.truth.reps
        for t_s in (rep.start_s, rep.turn_start_s, rep.turn_end_s, rep.end_s)
    ]  # fmt: skip
    assert edges == sorted(edges)
    assert edges[0] > 0.0
    assert edges[-1] < done.truth.duration_s


@given(performances(), st.floats(-180.0, 180.0), st.floats(0.3, 2.0))
@settings(max_examples=20, deadline=None)
def test_turning_the_camera_leaves_bones_in_world_landmarks_as_they_are(
    done: Performance, yaw_deg: float, height_m: float
) -> None:
    some = done.points[:: max(len(done.points) // 5, 1)]
    view = project(some, Camera(yaw_deg=yaw_deg, height_m=height_m, distance_m=5.0))
    for first, last in ((23, 25), (12, 14), (0, 7)):
        seen = np.linalg.norm(view.world[:, first] - view.world[:, last], axis=-1)
        real = np.linalg.norm(some[:, first] - some[:, last], axis=-1)
        np.testing.assert_allclose(seen, real, atol=1e-9)


@given(performances(), st.floats(5.0, 175.0))
@settings(max_examples=20, deadline=None)
def test_a_mirrored_body_looks_from_the_right_as_the_body_does_from_the_left(
    done: Performance, yaw_deg: float
) -> None:
    some = done.points[:: max(len(done.points) // 5, 1)]
    mirrored = some[:, MIRROR] * [1.0, -1.0, 1.0]
    look_at_m = (0.3, 0.0, 0.8)
    left = project(some, Camera(yaw_deg=yaw_deg, distance_m=5.0, look_at_m=look_at_m))
    right = project(mirrored, Camera(yaw_deg=-yaw_deg, distance_m=5.0, look_at_m=look_at_m))
    flipped = right.xy[:, MIRROR] * [-1.0, 1.0] + [right.aspect_ratio, 0.0]
    np.testing.assert_allclose(left.xy, flipped, atol=1e-9)


@given(seeds)
@settings(max_examples=50, deadline=None)
def test_bodies_are_human(seed: int) -> None:
    body = Body.varied(seed)
    assert 1.5 <= body.height_m <= 2.0
    assert 0.7 < body.thigh / body.trunk < 1.05
    assert 0.8 < body.shank / body.thigh < 1.25
    assert 0.72 < body.shank + body.thigh + body.trunk < 0.83


@given(performances(), st.sampled_from([12.0, 24.0, 30.0, 60.0]), st.floats(0.0, 2.0), seeds)
@settings(max_examples=20, deadline=None)
def test_tracks_are_valid_whatever_the_noise(
    done: Performance, fps: float, noise: float, seed: int
) -> None:
    track = done.track(fps=fps, noise=noise, seed=seed, time_jitter_s=0.01)
    assert (np.diff(track.t_s) > 0).all()
    assert track.xy.shape == (len(track), 33, 2)
    assert ((track.visibility >= 0.0) & (track.visibility <= 1.0)).all()
    missing = np.isnan(track.xy).any(axis=(1, 2))
    assert (track.visibility[missing] == 0.0).all()
