"""Numbers of repetitions and sets against an athlete whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from repsight.athlete.course import Tempo
from repsight.athlete.performance import Performance, perform
from repsight.core.barpath import bar_metrics, hand_path
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import Scene, observe
from repsight.core.refine import refine
from repsight.core.types import PoseTrack
from repsight.core.velocity import Stroke, frame_rate_hz, metres_per_frame_height
from repsight.exercises import spec_of


@cache
def _done(exercise: str, fatigue_ratio: float = 0.15, reps: int = 6) -> Performance:
    return perform(exercise, reps=reps, seed=9, fatigue_ratio=fatigue_ratio)


def _scene(
    exercise: str, *, yaw_deg: float = 90.0, fps: float = 30.0, noise: float = 0.0, **how
) -> tuple[Performance, Scene]:
    made = _done(exercise, **how)
    track = made.track(made.camera(yaw_deg=yaw_deg), fps=fps, noise=noise, seed=9)
    return made, observe(track.part(track.t_s <= made.truth.end_s + 0.5))


def _judged(exercise: str, *, height_m: float = float("nan"), **how) -> Judged:
    _, scene = _scene(exercise, **how)
    spec = spec_of(exercise)
    return judge_reps(scene, spec, refine(scene, spec).reps, height_m=height_m)


def _column(judged: Judged, name: str) -> np.ndarray:
    return np.array([rep.metrics[name].value for rep in judged.reps])


def test_angles_at_the_bottom_of_a_squat_are_true_side_on():
    made, scene = _scene("squat")
    spec = spec_of("squat")
    judged = judge_reps(scene, spec, refine(scene, spec).reps)
    true = made.angles_at(np.array([rep.turn_s for rep in judged.reps]))
    near = 0 if scene.view.near_left.mean() > 0.5 else 1
    assert np.abs(_column(judged, "knee_angle") - true.knee_deg[:, near]).max() < 12.0
    assert np.abs(_column(judged, "trunk_lean") - true.lean_deg).max() < 4.0


def test_a_tiring_lifter_loses_velocity():
    tired = _judged("squat", fatigue_ratio=0.4).metrics["velocity_loss"].value
    fresh = _judged("squat", fatigue_ratio=0.0).metrics["velocity_loss"].value
    assert tired > 20.0
    assert abs(fresh) < 10.0


def test_velocity_loss_is_that_of_the_last_repetition():
    judged = _judged("squat", fatigue_ratio=0.4)
    speed = _column(judged, "mean_velocity")
    expected = 100 * (speed.max() - speed[-1]) / speed.max()
    assert judged.metrics["velocity_loss"].value == pytest.approx(expected)


def test_settling_into_lockout_does_not_slow_the_stroke():
    t_s = np.arange(0.0, 2.0, 0.05)
    rise = np.clip(t_s / 1.0, 0.0, 1.0)
    settled = np.where(t_s > 1.0, 0.97, rise)
    settled[-1] = 1.01
    assert Stroke(t_s, settled, 0.05).mean == pytest.approx(1.0, abs=0.08)


def test_a_stroke_without_way_or_frames_has_no_speed():
    still = Stroke(np.array([0.0, 0.1, 0.2]), np.ones(3), 0.1)
    assert np.isnan(still.mean)
    nothing = Stroke(np.empty(0), np.empty(0), 0.1)
    assert np.isnan([nothing.mean, nothing.peak, nothing.duration_s, nothing.excursion]).all()


@pytest.mark.parametrize(
    ("how", "known"),
    [
        ({"height_m": 1.75, "fps": 60.0}, True),
        ({"height_m": 1.75, "fps": 30.0}, False),
        ({"fps": 60.0}, False),
        ({"height_m": 1.75, "fps": 60.0, "yaw_deg": 45.0}, False),
    ],
)
def test_metres_a_second_need_a_scale_a_fast_camera_and_the_side(how: dict, *, known: bool):
    speed = _column(_judged("deadlift", **how), "mean_bar_speed")
    assert np.isfinite(speed).all() == known


def test_metres_a_second_are_true():
    made, scene = _scene("deadlift", fps=60.0)
    judged = _judged("deadlift", height_m=made.body.height_m, fps=60.0)
    speed = _column(judged, "mean_bar_speed")
    for rep, measured in zip(judged.reps, speed, strict=True):
        t_s = np.arange(rep.start_s, rep.turn_s, 0.005)
        height_m = made.load_at(t_s)[:, 2]
        done = (height_m - height_m[0]) / np.ptp(height_m)
        first, last = t_s[done > 0.1][0], t_s[done > 0.9][0]
        assert measured == pytest.approx(0.8 * np.ptp(height_m) / (last - first), rel=0.12)
    assert metres_per_frame_height(scene, 1.75) > 0


def test_scale_is_unknown_without_a_body():
    _, scene = _scene("squat")
    nobody = replace(scene, body=replace(scene.body, scale=scene.body.scale * np.nan))
    assert np.isnan(metres_per_frame_height(nobody, 1.75))


def test_frame_rate_needs_two_frames():
    assert np.isnan(frame_rate_hz(np.array([1.0])))
    assert frame_rate_hz(np.arange(0.0, 1.0, 0.02)) == pytest.approx(50.0)


def test_the_bar_of_a_clean_pull_goes_straight_up():
    judged = _judged("deadlift")
    assert np.abs(_column(judged, "bar_drift")).max() < 0.06
    assert np.abs(_column(judged, "bar_path") - 1.0).max() < 0.05


def test_the_bar_path_is_unknown_from_the_front_and_when_hands_are_hidden():
    judged = _judged("deadlift", yaw_deg=0.0)
    assert np.isnan(_column(judged, "bar_drift")).all()
    _, scene = _scene("deadlift")
    hidden = replace(scene, track=replace(scene.track, visibility=0.0 * scene.track.visibility))
    assert np.isnan(hand_path(hidden)).all()
    (rep, *_) = judged.reps
    assert np.isnan(bar_metrics(hidden, rep, spec=spec_of("deadlift"))["bar_path"].value)


def test_sides_are_compared_only_from_the_front():
    assert np.isnan(_column(_judged("squat"), "left_right_difference")).all()
    front = _column(_judged("squat", yaw_deg=0.0), "left_right_difference")
    assert np.abs(front).max() < 10.0


def test_sides_do_not_compare_where_one_is_nearer_or_the_lifter_lies():
    turned = _judged("lateral_raise", yaw_deg=25.0)
    assert np.isnan(_column(turned, "left_right_difference")).all()
    lying = _judged("push_up", yaw_deg=5.0)
    assert np.isnan(_column(lying, "left_right_difference")).all()
    square = _judged("lateral_raise", yaw_deg=0.0)
    assert np.isfinite(_column(square, "left_right_difference")).all()


def test_a_difference_within_its_error_is_not_reported_for_the_set():
    judged = _judged("squat", yaw_deg=0.0)
    assert np.isnan(judged.metrics["left_right_difference"].value)


def test_trends_need_five_repetitions():
    assert "depth_trend" not in _judged("squat", reps=4).metrics
    assert abs(_judged("squat", reps=6).metrics["depth_trend"].value) < 0.05


def test_a_shrinking_range_is_a_positive_decay():
    made = perform("squat", reps=6, seed=9, range_ratio=[1.0, 0.96, 0.92, 0.88, 0.84, 0.8])
    scene = observe(made.track(noise=0.0))
    spec = spec_of("squat")
    judged = judge_reps(scene, spec, refine(scene, spec).reps)
    assert judged.metrics["range_decay"].value > 1.5


def test_the_decay_is_that_of_the_ranges_in_the_table():
    judged = _judged("squat", reps=6)
    shares = np.array([rep.range_share for rep in judged.reps])
    slopes = [
        (shares[b] - shares[a]) / (b - a) for a in range(6) for b in range(a + 1, 6)
    ]  # fmt: skip
    expected = -100.0 * np.median(slopes) / np.median(shares)
    assert judged.metrics["range_decay"].value == pytest.approx(expected)


def test_a_held_turnaround_is_a_pause_and_not_part_of_the_stroke():
    slow = Tempo(out_s=1.4, hold_s=1.5, back_s=1.2, rest_s=0.8)
    made = perform("squat", reps=3, seed=9, tempo=slow)
    scene = observe(made.track(noise=0.0))
    spec = spec_of("squat")
    judged = judge_reps(scene, spec, refine(scene, spec).reps)
    assert [v.id for v in judged.variations] == ["pause"]
    assert judged.metrics["pause"].value > 1.4
    assert judged.metrics["concentric"].value < 1.5


def test_measures_carry_unit_and_error():
    judged = _judged("shoulder_press", yaw_deg=0.0)
    for name, measure in judged.reps[0].metrics.items():
        assert measure.unit, name
        assert np.isnan(measure.value) or measure.error > 0, name
    assert judged.metrics["elbow_at_lockout"].error >= 12.0


def test_a_cut_repetition_has_no_velocity():
    _, scene = _scene("squat")
    spec = spec_of("squat")
    reps = refine(scene, spec).reps
    end_s = float(scene.track.t_s[-1])
    cut = (*reps[:-1], replace(reps[-1], end_seen=False, end_s=end_s))
    judged = judge_reps(scene, spec, cut)
    speed = _column(judged, "mean_velocity")
    assert np.isnan(speed[-1])
    assert np.isfinite(speed[:-1]).all()


def test_a_driver_that_was_never_seen_gives_unknown_numbers():
    _, scene = _scene("squat")
    spec = spec_of("squat")
    reps = refine(scene, spec).reps
    blank: PoseTrack = replace(
        scene.track, xy=scene.track.xy * np.nan, visibility=0.0 * scene.track.visibility
    )
    judged = judge_reps(replace(scene, track=blank), spec, reps)
    assert np.isnan(_column(judged, "range")).all()
    assert np.isnan(judged.metrics["velocity_loss"].value)
