"""Sit-ups and crunches: lying on the back, the trunk comes up a little or all the way."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Tempo
from repsight.athlete.limbs import build, directions, paired, unit
from repsight.athlete.motion.idle import sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["CRUNCH", "SIT_UP"]

_SEAT_Z_M = 0.11
_LYING_DEG = -87.0


def _legs(order: Order) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Ankles, knee poles, ``foot`` and ``foot_up`` (N, 2, 3), relative to hips over x = 0."""
    body, none = order.body, 0.0 * order.course.t_s
    half = 0.5 * body.hip_width * body.height_m
    up = 0.24 * body.leg_m * order.severity("feet_lift") * np.clip(order.course.drive, 0.0, 1.0)
    if order.variation == "butterfly":  # soles together, knees out
        near = 0.62 * body.leg_m - 0.2 * up
        return (
            paired(near, 0.04, body.ankle_height_m + up),
            paired(none + 0.15, 1.0, 0.35),
            paired(none + 0.97, -0.2, 0.0),
            paired(none, 1.0, 0.2),
        )
    if order.variation == "legs_raised":  # thighs upright, shins level
        return (
            paired(none + 0.9 * body.shank_m + 0.1 * body.thigh_m, half,
                   _SEAT_Z_M + 0.97 * body.thigh_m),
            paired(none, 0.05, 1.0),
            paired(none + 0.3, 0.0, 0.95),
            paired(none - 0.95, 0.0, 0.3),
        )  # fmt: skip
    bend = order.trait("shin", 0.68, 0.84)
    return (
        paired(bend * body.leg_m - 0.3 * up, half, body.ankle_height_m + up),
        paired(none, 0.05, 1.0),
        paired(none + 1.0, 0.0, 0.0),
        paired(none, 0.0, 1.0),
    )


def _hands(
    order: Order, pelvis: FloatArray, trunk_up: FloatArray, front: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Wrists and elbow poles (N, 2, 3)."""
    body, none = order.body, 0.0 * order.course.t_s
    shoulder = pelvis + trunk_up * body.trunk_m
    half = 0.5 * body.shoulder_width * body.height_m
    reach = _reaching(order, shoulder, trunk_up, front)
    outside = paired(none, 1.2, 0.0)
    if order.variation in {"reaching", "butterfly"}:
        return reach + paired(none, 0.8 * half, 0.0), outside - trunk_up[:, None]
    if order.variation == "hands_at_head":
        held = shoulder + body.height_m * (0.095 * trunk_up + 0.01 * front)
        wrist = held[:, None] + paired(none, 0.075, 0.0)
        pole = outside + 0.3 * trunk_up[:, None] + 0.7 * front[:, None]
    else:
        chest = pelvis + trunk_up * (0.82 * body.trunk_m) + front * 0.14
        wrist, pole = chest[:, None] + paired(none, -0.03, 0.0), outside - trunk_up[:, None]
    thrown = order.severity("arm_throw")[:, None, None]
    swing = np.clip(order.course.drive / 0.5, 0.0, 1.0)[:, None, None] * thrown
    return wrist + swing * (reach + paired(none, 0.8 * half, 0.0) - wrist), pole


def _reaching(
    order: Order, shoulder: FloatArray, trunk_up: FloatArray, front: FloatArray
) -> FloatArray:
    """Hands (N, 1, 3) of arms that swing from overhead to forward as the trunk comes up."""
    start_deg = 165.0 if order.variation == "butterfly" else 60.0
    raised = np.radians(start_deg + (70.0 - start_deg) * np.clip(order.course.drive, 0.0, 1.0))
    arm = np.sin(raised)[:, None] * front - np.cos(raised)[:, None] * trunk_up
    return (shoulder + 0.96 * order.body.arm_m * arm)[:, None]


def _head(order: Order, trunk_up: FloatArray, front: FloatArray, *, nods_by: float) -> FloatArray:
    """Direction (N, 3) of the head: it nods over a share of the range, or is pulled."""
    drive = np.clip(order.course.drive / nods_by, 0.0, 1.0) ** 1.3
    nod = np.radians(12.0 + (order.trait("head", 20.0, 38.0) + 66.0 * order.severity("neck_pull"))
                     * drive)  # fmt: skip
    return unit(np.cos(nod)[:, None] * trunk_up + np.sin(nod)[:, None] * front)


def _lying(order: Order, lean_rad: FloatArray, *, nods_by: float) -> Motion:
    body, t_s = order.body, order.course.t_s
    trunk_up = directions(lean_rad)
    front = np.cross(np.array([0.0, 1.0, 0.0]), trunk_up)
    wander = sway(t_s, 13, scale=0.003)
    pelvis = np.stack([wander[:, 0], wander[:, 1], _seat_z_m(body) + 0.0 * t_s], axis=-1)
    ankle, knee_pole, foot, foot_up = _legs(order)
    wrist, elbow_pole = _hands(order, pelvis, trunk_up, front)
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=unit(foot),
        foot_up=unit(foot_up), knee_pole=knee_pole, wrist=wrist, elbow_pole=elbow_pole,
        head_up=_head(order, trunk_up, front, nods_by=nods_by),
    )  # fmt: skip
    return Motion(limbs)


def _seat_z_m(body: Body) -> float:
    return _SEAT_Z_M * body.height_m / 1.75


def _sit_up(order: Order) -> Motion:
    drive = np.clip(order.course.drive, 0.0, None)
    folded = order.trait("reach", 0.0, 15.0) + 14.0 * drive**4 * (order.variation == "butterfly")
    top_deg = folded - (41.0 + folded) * order.severity("short")
    # half of the range is about half of the height that the shoulders reach
    share = drive**1.5
    rest_deg = _LYING_DEG + 26.0 * order.severity("not_down")
    return _lying(order, np.radians(rest_deg + (top_deg - rest_deg) * share), nods_by=0.3)


def _crunch(order: Order) -> Motion:
    raised = order.severity("not_down")
    share = np.clip(order.course.drive, 0.0, None) ** 1.3
    rest_deg = _LYING_DEG + 11.0 * raised
    reach_deg = order.trait("reach", 15.0, 27.0) * (1.0 - 0.65 * order.severity("short"))
    top_deg = _LYING_DEG + reach_deg + 9.0 * raised
    return _lying(order, np.radians(rest_deg + (top_deg - rest_deg) * share), nods_by=1.0)


SIT_UP = Style(
    move=_sit_up,
    variations=("arms_crossed", "hands_at_head", "reaching", "butterfly"),
    tempo=Tempo(out_s=1.0, hold_s=0.1, back_s=1.1, rest_s=0.3),
    faults=("short", "not_down", "feet_lift", "neck_pull", "arm_throw"),
    work_is_out=True,
)
CRUNCH = Style(
    move=_crunch,
    variations=("hands_at_head", "arms_crossed", "legs_raised"),
    tempo=Tempo(out_s=0.7, hold_s=0.2, back_s=0.8, rest_s=0.25),
    faults=("short", "not_down", "neck_pull", "feet_lift"),
    work_is_out=True,
)
