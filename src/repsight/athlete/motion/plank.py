"""Planks: a straight body held on forearms, hands, knees, or one side."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Tempo
from repsight.athlete.limbs import build, paired, unit
from repsight.athlete.motion.idle import sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_HAND_Z_M = 0.045
_ELBOW_Z_M = 0.04


def _shown(order: Order, fault: str) -> FloatArray:
    """Strength (N,) of a fault; a hold has no repetitions that could show it."""
    return order.course.ready * sum(f.severity for f in order.faults if f.name == fault)


def _bend_m(order: Order) -> FloatArray:
    """How far (N,) the hips are above the line from shoulders to feet."""
    t_s, trunk = order.course.t_s, order.body.trunk_m
    tiring = np.clip(t_s / t_s[-1], 0.0, 1.0) * _shown(order, "sinks")
    steady = 0.31 * _shown(order, "hip_pike") - 0.2 * _shown(order, "hip_sag")
    own = order.trait("depth", -0.01, 0.05) + 0.09 * (order.variation == "knees")
    return trunk * (own + steady - 0.26 * tiring) + sway(t_s, 11, scale=0.004)[:, 0]


def _line(
    order: Order, shoulder_z: float, pivot_z: float, below_m: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Pelvis, direction of the trunk and shoulders, all (N, 3), from a pivot over x = 0."""
    trunk, off = order.body.trunk_m, _bend_m(order)
    below, above = np.sqrt(below_m**2 - off**2), np.sqrt(trunk**2 - off**2)
    sine = (shoulder_z - pivot_z) / (below + above)
    none = np.zeros_like(sine)
    line = np.stack([np.sqrt(1.0 - sine**2), none, sine], axis=-1)
    aside = np.stack([-line[:, 2], none, line[:, 0]], axis=-1)
    pelvis = np.array([0.0, 0.0, pivot_z]) + line * below[:, None] + aside * off[:, None]
    trunk_up = unit(line * above[:, None] - aside * off[:, None])
    return pelvis, trunk_up, pelvis + trunk_up * trunk


def _head(order: Order, trunk_up: FloatArray, front: FloatArray) -> FloatArray:
    """Direction (N, 3) of the head: in line, a little raised, or dropped."""
    nod = order.trait("head", 0.05, 0.3) - 1.25 * _shown(order, "head_drop")
    return unit(trunk_up - nod[:, None] * front)


def _facing_down(order: Order) -> Motion:
    body, none = order.body, 0.0 * order.course.t_s
    on_knees, is_high = order.variation == "knees", order.variation == "high"
    pivot_z = 0.055 if on_knees else 0.68 * body.foot_m + 0.02
    reach_m = 0.994 * body.arm_m + _HAND_Z_M if is_high else body.upper_arm_m + _ELBOW_Z_M
    below_m = body.thigh_m if on_knees else body.leg_m
    pelvis, trunk_up, shoulder = _line(order, reach_m, pivot_z, below_m)
    half = 0.5 * body.shoulder_width * body.height_m
    top = shoulder[:, None] + paired(none, half, 0.0)
    ahead = 0.5 * body.upper_arm_m * _shown(order, "elbows_ahead")
    if is_high:
        x = shoulder[:, 0] + order.trait("reach", -0.04, 0.03)
        wrist = np.stack([x, none, none + _HAND_Z_M], axis=-1)[:, None] + paired(none, half, 0.0)
    else:
        drop = np.sqrt(body.upper_arm_m**2 - ahead**2)
        elbow = top + np.stack([ahead, none, -drop], axis=-1)[:, None]
        flat = np.array([np.sqrt(1.0 - 0.01), 0.0, -0.03])
        wrist = elbow + body.forearm_m * unit(flat + paired(none, -0.25, 0.0))
    half_feet = 0.45 * body.hip_width * body.height_m
    back = body.shank_m * np.array([np.cos(0.35), np.sin(0.35)])
    ankle, foot, foot_up = (
        (paired(none - back[0], half_feet, pivot_z + back[1]), paired(none - 0.34, 0.0, -0.94),
         paired(none + 0.94, 0.0, -0.34))
        if on_knees
        else (paired(none, half_feet, pivot_z), paired(none + 0.2, 0.0, -0.98),
              paired(none + 0.98, 0.0, 0.2))
    )  # fmt: skip
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot, foot_up=foot_up,
        knee_pole=paired(0.3 + none, 0.0, -1.0), wrist=wrist,
        elbow_pole=paired(-1.0 + none, 0.1, -1.0),
        hand=paired(1.0 + none, 0.05, -0.15), across=paired(none, -1.0, 0.0),
        head_up=_head(order, trunk_up, np.cross([0.0, 1.0, 0.0], trunk_up)),
    )  # fmt: skip
    return Motion(limbs)


def _on_one_side(order: Order) -> Motion:
    """On the left forearm with the chest to the side and the free hand on the hip."""
    body, none = order.body, 0.0 * order.course.t_s
    half = 0.5 * body.shoulder_width * body.height_m
    middle_z = body.upper_arm_m + _ELBOW_Z_M + half
    pelvis, trunk_up, shoulder = _line(order, middle_z, 0.5 * body.hip_width * body.height_m + 0.05,
                                       body.leg_m)  # fmt: skip
    left = -np.cross(trunk_up, [0.0, 1.0, 0.0])
    left = unit(left * np.sign(-left[:, 2:]))  # the left shoulder is below
    front = np.cross(left, trunk_up)
    low = shoulder + left * half
    elbow = low + np.array([0.0, 0.0, -body.upper_arm_m])
    hip_top = pelvis - left * (0.5 * body.hip_width * body.height_m + 0.05) + 0.1 * trunk_up
    wrist = np.stack([elbow + body.forearm_m * unit(front + 0.1 * trunk_up), hip_top], axis=1)
    leg = unit(np.stack([-pelvis[:, 0], none, 0.07 - pelvis[:, 2]], axis=-1))
    width = 0.5 * body.hip_width * body.height_m
    feet = pelvis + 0.97 * body.leg_m * leg
    ankle = np.stack([feet + left * width * 0.5, feet - left * width * 0.5], axis=1)
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, left=left, ankle=ankle,
        foot=np.stack([front, front], axis=1), foot_up=np.stack([-leg, -leg], axis=1),
        knee_pole=np.stack([front, front], axis=1), wrist=wrist,
        elbow_pole=np.stack([paired(none, 0.0, -1.0)[:, 0], -left - 0.3 * front], axis=1),
        head_up=trunk_up,
    )  # fmt: skip
    return Motion(limbs)


def _plank(order: Order) -> Motion:
    return _on_one_side(order) if order.variation == "side_left" else _facing_down(order)


STYLE = Style(
    move=_plank,
    variations=("forearm", "high", "knees", "side_left"),
    tempo=Tempo(),
    has_reps=False,
    faults=("hip_sag", "hip_pike", "sinks", "head_drop", "elbows_ahead"),
)
