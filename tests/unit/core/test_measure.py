"""Every signal of the vocabulary, measured where the answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import Scene, measure, observe, points_of
from repsight.core.signals import (
    Angle,
    Asymmetry,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Place,
    Ratio,
    Shift,
    Signal,
    Spread,
    Stagger,
)
from repsight.core.types import PoseFrame, PoseTrack

ALL: tuple[Signal, ...] = (
    Angle("hip", "knee", "ankle"),
    Lean("hip", "shoulder"),
    Lean("hip", "shoulder", signed=True),
    Height("hip", "floor", "leg"),
    Height("hip", "picture", "leg"),
    Offset("wrist", "mid_foot", "foot"),
    Distance("hip", "ankle", "leg"),
    Deviation("hip", "shoulder", "ankle", "trunk"),
    Spread("ankle", "shoulder_width"),
    Asymmetry("wrist", "arm"),
    Shift("hip", "ankle", "hip_width"),
    Stagger("ankle", "leg"),
    Place("ankle", "leg"),
    Ratio(Spread("knee", "leg"), Spread("ankle", "leg")),
)


@pytest.fixture(scope="module")
def squat():
    return perform("squat", reps=2, seed=7)


@pytest.fixture(scope="module")
def side(squat) -> Scene:
    return observe(squat.track(squat.camera(yaw_deg=90), noise=0))


@pytest.fixture(scope="module")
def front(squat) -> Scene:
    return observe(squat.track(squat.camera(yaw_deg=0), noise=0))


def _bottom(squat) -> float:
    return squat.truth.reps[0].turn_s


def _at(scene: Scene, signal: Signal, t_s: float) -> float:
    return float(np.interp(t_s, scene.track.t_s, measure(signal, scene)))


@pytest.mark.parametrize("signal", ALL, ids=lambda s: type(s).__name__)
def test_a_signal_has_one_number_per_frame(signal: Signal, side: Scene):
    assert measure(signal, side).shape == side.track.t_s.shape


@pytest.mark.parametrize("signal", ALL, ids=lambda s: type(s).__name__)
def test_a_signal_knows_its_points(signal: Signal):
    names = points_of(signal)
    assert names
    assert not {"floor", "picture", "mid_foot"} & set(names)


@pytest.mark.parametrize(
    "signal", [s for s in ALL if not isinstance(s, Shift)], ids=lambda s: type(s).__name__
)
def test_an_unseen_lifter_gives_no_number(signal: Signal, side: Scene):
    hidden = PoseTrack.from_frames([PoseFrame.missing(t / 30) for t in range(4)])
    scene = replace(side.part(slice(0, 4)), track=hidden)
    assert np.isnan(measure(signal, scene)).all()


def test_side_on_the_knee_angle_is_that_of_the_athlete(squat, side: Scene):
    t_s = _bottom(squat)
    truth = squat.angles_at(np.array([t_s]))
    true_deg = float(np.mean([truth.knee_deg]))
    assert _at(side, Angle("hip", "knee", "ankle", side="near"), t_s) == pytest.approx(
        true_deg, abs=5
    )


def test_standing_is_upright_and_straight(side: Scene):
    assert measure(Lean("hip", "shoulder"), side)[3] < 15
    assert measure(Angle("hip", "knee", "ankle"), side)[3] > 155


def test_leaning_forward_is_positive_whichever_way_one_faces(squat):
    leans = []
    for yaw in (90, -90):
        scene = observe(squat.track(squat.camera(yaw_deg=yaw), noise=0))
        leans.append(_at(scene, Lean("hip", "shoulder", signed=True), _bottom(squat)))
    assert min(leans) > 10


def test_toes_are_in_front_of_heels(side: Scene):
    assert np.nanmedian(measure(Offset("toe", "heel", "foot"), side)) > 0.5


def test_a_squat_lowers_the_hip_by_about_half_a_leg(squat, side: Scene):
    height = Height("hip", "floor", "leg")
    drop = measure(height, side)[3] - _at(side, height, _bottom(squat))
    assert 0.3 < drop < 0.75


def test_feet_side_by_side_are_not_staggered(front: Scene, side: Scene):
    assert np.nanmedian(measure(Stagger("ankle", "leg"), front)) < 0.15
    assert np.nanmedian(measure(Stagger("ankle", "leg"), side)) < 0.25


def test_a_lunge_is_staggered_from_the_front_and_from_the_side():
    lunge = perform("lunge", reps=2, seed=1)
    turn_s = lunge.truth.reps[0].turn_s
    for yaw in (0, 90):
        scene = observe(lunge.track(lunge.camera(yaw_deg=yaw), noise=0))
        assert _at(scene, Stagger("ankle", "leg"), turn_s) > 0.4


def test_shift_needs_a_view_of_both_sides(front: Scene, side: Scene):
    assert np.isfinite(measure(Shift("hip", "ankle", "leg"), front)).all()
    assert np.isnan(measure(Shift("hip", "ankle", "leg"), side)).all()


def test_a_ratio_with_nothing_below_the_line_is_unknown(side: Scene):
    nothing = Distance("hip", "hip", "leg")
    assert np.isnan(measure(Ratio(Distance("hip", "knee", "leg"), nothing), side)).all()


def test_sagging_is_positive_and_piking_negative():
    push_up = perform("push_up", reps=2, seed=1)
    scene = observe(push_up.track(noise=0))
    line = Deviation("hip", "shoulder", "ankle", "trunk")
    straight = np.nanmedian(measure(line, scene))
    lowered = scene.track.xy.copy()
    lowered[:, 23:25, 1] += 0.05
    sagging = replace(scene, track=replace(scene.track, xy=lowered))
    assert np.nanmedian(measure(line, sagging)) > straight + 0.1
