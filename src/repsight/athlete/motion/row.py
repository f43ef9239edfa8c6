"""Bent-over rows: the trunk stays inclined, the elbows travel up behind it."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Tempo
from repsight.athlete.limbs import blend, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import standing
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.stance import sagittal_arms
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_SHIN_DEG = 5.0


def _pulls(order: Order) -> FloatArray:
    """Drive (N, 2) of the left and the right arm; one arm alone rests the other one."""
    works = np.array([1.0, 0.0]) if order.variation == "one_arm" else np.array([1.0, 1.0])
    lag = 1.0 - np.array([0.27, 0.0]) * order.severity("uneven_arms")[:, None]
    return order.course.drive[:, None] * works * lag


def _lean_rad(order: Order) -> FloatArray:
    heave = np.clip(order.course.drive, 0.0, 1.0) * order.severity("torso_rise")
    upright = 14.0 * (order.variation == "upright")
    return np.radians(order.trait("lean", 44.0, 66.0) - upright - 24.0 * heave)


def _arms(order: Order, lean: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Shoulder to wrist and elbow poles (N, 2, 3): elbows go past the trunk.

    Forearms hang, a little forward at the top so that the weight passes the thighs.
    """
    full = lean + np.radians(order.trait("reach", 8.0, 18.0))
    full = full * (1.0 - 0.4 * order.severity("short_top"))
    soft = np.radians(6.0) + np.radians(36.0) * order.severity("short_bottom")
    back = soft[:, None] + (full - soft)[:, None] * _pulls(order)
    return sagittal_arms(order.body, -back, 1.3 * back)


def _row(order: Order) -> Motion:
    body, none = order.body, 0.0 * order.course.t_s
    lean = _lean_rad(order)
    resting = 1.0 - np.clip(order.course.drive, 0.0, 1.0)
    bend = np.radians(order.trait("depth", 24.0, 38.0) + 24.0 * order.severity("legs_help")
                      * resting)  # fmt: skip
    shin = np.radians(_SHIN_DEG) + 0.25 * (bend - bend.min())
    thigh = bend - shin
    knee_x, knee_z = body.shank_m * np.sin(shin), body.shank_m * np.cos(shin)
    hip_x = knee_x - body.thigh_m * np.sin(thigh)
    hip_z = body.ankle_height_m + knee_z + body.thigh_m * np.cos(thigh)
    pelvis = np.stack([hip_x, none, hip_z], axis=-1)
    trunk_up = directions(lean)
    half = 0.5 * body.shoulder_width * body.height_m
    stance = half * order.trait("stance", 0.75, 1.1)
    turn_out = float(np.radians(order.trait("toe_out", 4.0, 16.0)))
    foot, foot_up = standing_feet(turn_out, len(none))
    arms, pole = _arms(order, lean)
    top = (pelvis + trunk_up * body.trunk_m)[:, None] + paired(none, half, 0.0)
    wrist = top + arms
    ready = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=paired(none, stance, body.ankle_height_m),
        foot=foot, foot_up=foot_up, knee_pole=foot, wrist=wrist, elbow_pole=pole,
        across=paired(none, -1.0, 0.0),
    )  # fmt: skip
    idle = standing(body, order.course.t_s, half_stance_m=stance, toe_out_rad=turn_out, seed=3)
    limbs = blend(body, idle, ready, weight=order.course.ready)
    is_bar = order.variation in {"barbell", "upright"}
    return Motion(limbs, wrist.mean(axis=1) - [0.0, 0.0, 0.07] if is_bar else None)


STYLE = Style(
    move=_row,
    variations=("barbell", "dumbbell", "one_arm", "upright"),
    tempo=Tempo(out_s=0.8, hold_s=0.12, back_s=1.0, rest_s=0.35),
    faults=("torso_rise", "short_top", "short_bottom", "legs_help", "uneven_arms"),
    work_is_out=True,
    walks_in=True,
)
