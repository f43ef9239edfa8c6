"""Every declared fault shows on the body, in the reps that have it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.truth import RepTruth
from repsight.core.skeleton import columns

Measure = Callable[[Performance, RepTruth], float]


def _in_rep(
    done: Performance, rep: RepTruth, *, start: str = "start_s", end: str = "end_s"
) -> np.ndarray:
    return (done.t_s >= getattr(rep, start)) & (done.t_s <= getattr(rep, end))


def _mid(done: Performance, name: str) -> np.ndarray:
    return done.points[:, columns(name)].mean(axis=1)


def _lean_deg(done: Performance) -> np.ndarray:
    up = _mid(done, "shoulder") - _mid(done, "hip")
    return np.degrees(np.arctan2(up[:, 0], up[:, 2]))


def _at_turn(done: Performance, rep: RepTruth, series: np.ndarray) -> float:
    return float(np.interp(rep.turn_s, done.t_s, series))


def _depth_index(done: Performance, rep: RepTruth) -> float:
    below = _mid(done, "knee")[:, 2] - _mid(done, "hip")[:, 2]
    return -_at_turn(done, rep, below) / done.body.thigh_m


def _lean_gain_in_ascent(done: Performance, rep: RepTruth) -> float:
    up = _in_rep(done, rep, start="turn_s")
    return float(_lean_deg(done)[up].max() - _at_turn(done, rep, _lean_deg(done)))


def _heel_z(done: Performance, rep: RepTruth) -> float:
    return float(_mid(done, "heel")[_in_rep(done, rep), 2].max())


def _load_ahead(done: Performance, rep: RepTruth) -> float:
    assert done.load is not None
    middle = 0.5 * (_mid(done, "heel") + _mid(done, "toe"))
    return float((done.load - middle)[_in_rep(done, rep), 0].max())


def _knee_gap(done: Performance, rep: RepTruth) -> float:
    return -_at_turn(done, rep, np.abs(done.points[:, 25, 1] - done.points[:, 26, 1]))


def _hip_aside(done: Performance, rep: RepTruth) -> float:
    return float(np.abs(_mid(done, "hip")[_in_rep(done, rep), 1]).max())


def _hip_lead(done: Performance, rep: RepTruth) -> float:
    early = _in_rep(done, rep, end="turn_s")
    hip, shoulder = _mid(done, "hip")[early, 2], _mid(done, "shoulder")[early, 2]
    fifth = shoulder - shoulder[0] < 0.25 * (shoulder[-1] - shoulder[0])
    return float(np.ptp(hip[fifth]) / np.ptp(shoulder[fifth]))


def _hip_short_of_straight(done: Performance, rep: RepTruth) -> float:
    return 180.0 - float(done.angles_at(np.array([rep.turn_s])).hip_deg.mean())


def _slip(done: Performance, rep: RepTruth) -> float:
    """How far the bar falls back on its way up."""
    assert done.load is not None
    height = done.load[_in_rep(done, rep, end="turn_s"), 2]
    return float((np.maximum.accumulate(height) - height).max())


def _back_lean(done: Performance, rep: RepTruth) -> float:
    return -float(_lean_deg(done)[_in_rep(done, rep)].min())


def _hip_off_line(done: Performance, rep: RepTruth) -> float:
    first, last, hip = (_mid(done, name) for name in ("ankle", "shoulder", "hip"))
    line = (last - first) / np.linalg.norm(last - first, axis=-1, keepdims=True)
    aside = (hip - first)[:, 2] * line[:, 0] - (hip - first)[:, 0] * line[:, 2]
    return _at_turn(done, rep, aside) / done.body.trunk_m


def _elbow_bend(done: Performance, rep: RepTruth) -> float:
    """Bend left at the straightest moment of the rep or just after it."""
    inside = (done.t_s > rep.start_s) & (done.t_s < rep.end_s + 0.3)
    return 180.0 - float(done.angles_at(done.t_s[inside]).elbow_deg.max())


def _shoulder_z(done: Performance, rep: RepTruth) -> float:
    return _at_turn(done, rep, _mid(done, "shoulder")[:, 2])


def _nose_drop(done: Performance, rep: RepTruth) -> float:
    return _at_turn(done, rep, _mid(done, "shoulder")[:, 2] - done.points[:, 0, 2])


def _wrist_gap(done: Performance, rep: RepTruth) -> float:
    return _at_turn(done, rep, np.abs(done.points[:, 15, 2] - done.points[:, 16, 2]))


def _knee_dip(done: Performance, rep: RepTruth) -> float:
    knee = done.angles_at(done.t_s[_in_rep(done, rep, start="start_s")]).knee_deg
    return 180.0 - float(knee.min())


#: exercise, fault -> what it changes, and by at least how much (metres, degrees or ratio)
EFFECTS: dict[tuple[str, str], tuple[Measure, float]] = {
    ("squat", "shallow"): (_depth_index, 0.3),
    ("squat", "hips_rise_first"): (_lean_gain_in_ascent, 8.0),
    ("squat", "heel_rise"): (_heel_z, 0.04),
    ("squat", "forward_drift"): (_load_ahead, 0.06),
    ("squat", "knees_in"): (_knee_gap, 0.1),
    ("squat", "lateral_shift"): (_hip_aside, 0.05),
    ("deadlift", "hips_shoot_up"): (_hip_lead, 0.5),
    ("deadlift", "bar_away"): (_load_ahead, 0.08),
    ("deadlift", "soft_lockout"): (_hip_short_of_straight, 10.0),
    ("deadlift", "hitch"): (_slip, 0.04),
    ("deadlift", "lean_back"): (_back_lean, 10.0),
    ("push_up", "hip_sag"): (lambda done, rep: -_hip_off_line(done, rep), 0.12),
    ("push_up", "hip_pike"): (_hip_off_line, 0.12),
    ("push_up", "shallow"): (_shoulder_z, 0.08),
    ("push_up", "soft_lockout"): (_elbow_bend, 25.0),
    ("push_up", "head_lead"): (_nose_drop, 0.05),
    ("shoulder_press", "soft_lockout"): (_elbow_bend, 20.0),
    ("shoulder_press", "uneven_arms"): (_wrist_gap, 0.06),
    ("shoulder_press", "knee_dip"): (_knee_dip, 20.0),
    ("shoulder_press", "lean_back"): (_back_lean, 8.0),
}


def test_every_fault_of_the_four_lifts_has_its_effect_listed() -> None:
    four = ("squat", "deadlift", "push_up", "shoulder_press")
    assert set(EFFECTS) == {(name, fault) for name in four for fault in STYLES[name].faults}


@pytest.mark.parametrize(("exercise", "fault"), list(EFFECTS))
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_fault_shows_in_its_reps_only(exercise: str, fault: str, seed: int) -> None:
    measure, least = EFFECTS[exercise, fault]
    clean = perform(exercise, reps=3, seed=seed)
    wrong = perform(exercise, reps=3, seed=seed, faults=[Fault(fault, reps=(2,))])
    effects = [
        measure(wrong, ours) - measure(clean, theirs)
        for ours, theirs in zip(wrong.truth.reps, clean.truth.reps, strict=True)
    ]
    assert effects[1] >= least
    assert abs(effects[0]) < 0.25 * effects[1]
    assert [rep.faults for rep in wrong.truth.reps] == [(), (fault,), ()]


@pytest.mark.parametrize(("exercise", "fault"), list(EFFECTS))
def test_bones_and_feet_survive_every_fault(exercise: str, fault: str) -> None:
    done = perform(exercise, reps=2, seed=1, faults=[Fault(fault)])
    for first, last, length_m in (
        (23, 25, done.body.thigh_m), (26, 28, done.body.shank_m), (11, 13, done.body.upper_arm_m),
        (14, 16, done.body.forearm_m),
    ):  # fmt: skip
        bone = np.linalg.norm(done.points[:, first] - done.points[:, last], axis=-1)
        np.testing.assert_allclose(bone, length_m, rtol=2e-3)
    assert done.points[..., 2].min() > -0.005
    moving = np.linalg.norm(np.diff(done.points, axis=0), axis=-1) * 120.0
    assert moving.max() < 6.0


def test_severity_scales_a_fault() -> None:
    def gap(severity: float) -> float:
        done = perform("squat", reps=1, seed=0, faults=[Fault("shallow", severity)])
        return _depth_index(done, done.truth.reps[0])

    assert gap(0.0) < gap(0.5) < gap(1.0)
