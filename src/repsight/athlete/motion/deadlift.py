"""Deadlifts: the bar rises straight over mid-foot, arms straight, shoulders just ahead of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Stage, Tempo, smooth_step
from repsight.athlete.limbs import Limbs, blend, build, directions, paired, standing_feet, unit
from repsight.athlete.motion.idle import leg_stack_m, standing
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.truth import Moment
from repsight.core.types import FloatArray

__all__ = ["BAR_RADIUS_M", "STYLE"]

#: Half the diameter of a 45 cm plate: the bar's height on the floor.
BAR_RADIUS_M = 0.225

_GRIP_M = 0.07  # wrist joint to the middle of the hand that holds the bar


@dataclass(frozen=True, slots=True)
class _Setup:
    """Constants of one lifter's stance, metres and radians."""

    half_stance_m: float
    toe_out_rad: float
    half_grip_m: float
    shin_rad: float
    ahead_m: float
    bar_x_m: float
    arm_m: float  # shoulder to bar in the sagittal plane

    @property
    def forward(self) -> float:
        """Share of leg length that points forward when the knees track the toes."""
        return float(np.cos(self.toe_out_rad))


def _setup(order: Order) -> _Setup:
    body = order.body
    sumo, trap = order.variation == "sumo", order.variation == "trap_bar"
    shoulder = 0.5 * body.shoulder_width * body.height_m
    stance = order.trait("stance", 1.9, 2.3) if sumo else order.trait("stance", 0.75, 1.05)
    toe_out = np.radians(order.trait("toe_out", 33.0, 45.0) if sumo
                         else order.trait("toe_out", 3.0, 14.0))  # fmt: skip
    grip = shoulder * (0.95 if sumo else order.trait("grip", 1.2, 1.4))
    reach = body.arm_m + _GRIP_M
    return _Setup(
        half_stance_m=shoulder * stance,
        toe_out_rad=float(toe_out),
        half_grip_m=grip,
        # between the handles of a trap bar the knees may come forward
        shin_rad=float(np.radians(order.trait("shin", *((16.0, 24.0) if trap else (5.0, 14.0))))),
        ahead_m=order.trait("reach", *((-0.02, 0.01) if trap else (0.01, 0.035))),
        bar_x_m=body.midfoot_m * float(np.cos(toe_out)),
        arm_m=0.998 * float(np.sqrt(reach**2 - (grip - shoulder) ** 2)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Plane:
    """Pelvis, shoulder (N, 2) as x, z from the ankle; the bar's x and z (N,) from it."""

    hip: FloatArray
    shoulder: FloatArray
    bar_x: FloatArray
    bar_z: FloatArray


def _locked(body: Body, setup: _Setup) -> tuple[FloatArray, FloatArray]:
    """Hip and shoulder (x, z) of the lockout."""
    stack = leg_stack_m(body, setup.half_stance_m)
    hip = np.array([-0.02, 0.9985 * stack])
    return hip, hip + body.trunk_m * np.array([np.sin(0.01), np.cos(0.01)])


def _hip_for(body: Body, setup: _Setup, *, knee: FloatArray, shoulder: FloatArray) -> FloatArray:
    """Hip (N, 2) at trunk length from the shoulder and thigh length from the knee, behind both."""
    rise = leg_stack_m(body, setup.half_stance_m) / body.leg_m
    low, high = np.zeros(len(knee)), np.full(len(knee), np.radians(100.0))

    def hip_at(angle: FloatArray) -> FloatArray:
        way = np.stack([-np.sin(angle) * setup.forward, np.cos(angle) * rise], axis=-1)
        return knee + body.thigh_m * way

    for _ in range(45):
        middle = (low + high) / 2.0
        short = np.linalg.norm(shoulder - hip_at(middle), axis=-1) < body.trunk_m
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return hip_at((low + high) / 2.0)


def _side_plane(order: Order, setup: _Setup) -> _Plane:
    body, drive = order.body, _travel(order)
    rise = leg_stack_m(body, setup.half_stance_m) / body.leg_m
    locked_hip, locked_shoulder = _locked(body, setup)
    bottom = BAR_RADIUS_M - body.ankle_height_m
    swing = locked_shoulder[0] - setup.bar_x_m
    top = locked_shoulder[1] - np.sqrt(setup.arm_m**2 - swing**2)
    bar_z = bottom + (top - bottom) * drive
    ahead = setup.ahead_m + (swing - setup.ahead_m) * smooth_step((drive - 0.2) / 0.8)
    away = 0.13 * order.severity("bar_away") * np.cos(np.pi / 2.0 * np.clip(drive, 0.0, 1.0))
    shoulder = np.stack(
        [setup.bar_x_m + away + ahead, bar_z + np.sqrt(setup.arm_m**2 - ahead**2)], axis=-1
    )
    locked_shin = np.arcsin(locked_hip[0] / body.leg_m)
    shin = locked_shin + (setup.shin_rad - locked_shin) * (1.0 - smooth_step(drive / 0.6))
    knee = body.shank_m * np.stack([np.sin(shin) * setup.forward, np.cos(shin) * rise], axis=-1)
    hip = _hip_for(body, setup, knee=knee, shoulder=shoulder)
    hip, shoulder = _with_body_faults(order, hip, shoulder)
    return _Plane(hip, shoulder, setup.bar_x_m + away, bar_z)


def _with_body_faults(
    order: Order, hip: FloatArray, shoulder: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Tip the trunk: forward when the hips shoot up, backward when lockout is overdone."""
    course = order.course
    trunk = shoulder - hip
    lean = np.arctan2(trunk[:, 0], trunk[:, 1])
    first = np.sin(np.pi * np.clip(course.drive / 0.5, 0.0, 1.0)) ** 2 * (course.stage == Stage.OUT)
    tipped = lean + np.radians(17.0) * order.severity("hips_shoot_up") * first
    early = shoulder - order.body.trunk_m * np.stack([np.sin(tipped), np.cos(tipped)], axis=-1)
    top = smooth_step((course.drive - 0.8) / 0.2) * order.severity("lean_back")
    hip = early + (0.05 * top)[:, None] * [1.0, 0.0]
    tipped = tipped - np.radians(16.0) * top
    return hip, hip + order.body.trunk_m * np.stack([np.sin(tipped), np.cos(tipped)], axis=-1)


def _travel(order: Order) -> FloatArray:
    """Bar travel (N,) 0..1: short of lockout, or slipping back on the thighs, if so declared."""
    course = order.course
    drive = course.drive * (1.0 - 0.07 * order.severity("soft_lockout"))
    return drive - 0.42 * order.severity("hitch") * course.bump(Stage.OUT, 0.4, 0.75)


def _posture(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    setup = _setup(order)
    plane = _side_plane(order, setup)
    ankle_z = body.ankle_height_m
    trunk = plane.shoulder - plane.hip
    lean = np.arctan2(trunk[:, 0], trunk[:, 1])
    pelvis = np.stack([plane.hip[:, 0], 0.0 * t_s, ankle_z + plane.hip[:, 1]], axis=-1)
    bar = np.stack([plane.bar_x, 0.0 * t_s, ankle_z + plane.bar_z], axis=-1)
    grip = bar[:, None] + paired(0.0 * t_s, setup.half_grip_m, 0.0)
    half = 0.5 * body.shoulder_width * body.height_m
    shoulder = (pelvis + directions(lean) * body.trunk_m)[:, None] + paired(0.0 * t_s, half, 0.0)
    foot, foot_up = standing_feet(setup.toe_out_rad, len(t_s))
    pulling = build(
        body, pelvis=pelvis, trunk_up=directions(lean),
        ankle=paired(0.0 * t_s, setup.half_stance_m, ankle_z), foot=foot, foot_up=foot_up,
        knee_pole=foot, wrist=grip + _GRIP_M * unit(shoulder - grip),
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.3, 0.0),
        across=paired(0.0 * t_s, -1.0, 0.0),
    )  # fmt: skip
    idle = standing(
        body, t_s, half_stance_m=setup.half_stance_m, toe_out_rad=setup.toe_out_rad, seed=3
    )
    limbs = blend(body, idle, pulling, weight=order.course.ready)
    # the frame of a trap bar goes around the lifter: it is not drawn as a straight bar
    load = None if order.variation == "trap_bar" else bar
    return Motion(limbs, load, _moments(order, limbs, bar))


def _moments(order: Order, limbs: Limbs, bar: FloatArray) -> tuple[Moment, ...]:
    """Setup, first pull (bar off the floor), knee pass and lockout of every rep that has them."""
    course = order.course
    above_knee = bar[:, 2] > limbs.knee[..., 2].max(axis=1)
    out: list[Moment] = []
    for i, rep in enumerate(course.rep_truths()):
        out.append(Moment("setup", course.plan[i].start_s))
        out.append(Moment("first_pull", rep.start_s))
        rising = (course.rep == i) & (course.stage == Stage.OUT) & above_knee
        if rising.any():
            out.append(Moment("knee_pass", float(course.t_s[rising][0])))
        if rep.kind == "full":
            out.append(Moment("lockout", rep.turn_s))
    return tuple(out)


STYLE = Style(
    move=_posture,
    variations=("conventional", "sumo", "trap_bar", "touch_and_go"),
    tempo=Tempo(out_s=1.5, hold_s=0.35, back_s=1.2, rest_s=1.0),
    tempos=(("touch_and_go", Tempo(out_s=1.3, hold_s=0.25, back_s=1.1, rest_s=0.03)),),
    walks_in=True,
    ends_in_position=True,
    faults=("hips_shoot_up", "bar_away", "soft_lockout", "hitch", "lean_back"),
    work_is_out=True,
    ready_s=1.8,
)
