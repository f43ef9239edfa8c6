"""Overhead presses: the bar rises over mid-foot from the collarbones to straight arms."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import blend, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import leg_stack_m, standing
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_PALM_M = 0.06  # wrist joint to the bar in the palm
_SEAT_M = 0.5


def _pelvis(order: Order, half_stance_m: float) -> FloatArray:
    """Hip midpoint (N, 3); a push press dips it before the bar leaves the shoulders."""
    body, t_s = order.body, order.course.t_s
    if order.variation == "seated":
        return np.stack([0.0 * t_s, 0.0 * t_s, _SEAT_M + 0.0 * t_s], axis=-1)
    height = body.ankle_height_m + 0.9985 * leg_stack_m(body, half_stance_m) + 0.0 * t_s
    if order.variation == "push_press":
        height = height - 0.11 * body.height_m / 1.75 * order.course.bump(Stage.OUT, 0.0, 0.5)
    dip = order.severity("knee_dip") * order.course.bump(Stage.OUT, 0.0, 0.55)
    height = height - 0.07 * body.height_m / 1.75 * dip
    return np.stack([0.035 + 0.0 * t_s, 0.0 * t_s, height], axis=-1)


def _drive(order: Order) -> FloatArray:
    """Bar travel (N,) 0..1; in a push press the bar waits for the dip."""
    course = order.course
    reach = 1.0 - 0.14 * order.severity("soft_lockout")
    if order.variation != "push_press":
        return course.drive * reach
    late = np.clip((course.progress - 0.35) / 0.65, 0.0, 1.0)
    ratio = np.array([rep.range_ratio for rep in course.plan] or [1.0])[course.rep]
    rise = ratio * late**2 * (3.0 - 2.0 * late)
    return reach * np.where(course.stage == Stage.OUT, rise, course.drive)


def _bar(order: Order, pelvis: FloatArray, lean: FloatArray, half_grip_m: FloatArray) -> FloatArray:
    """Bar centre (N, 3): from in front of the collarbones, around the chin, to over mid-foot."""
    body, drive = order.body, _drive(order)
    shoulder = pelvis + directions(lean) * body.trunk_m
    aside = half_grip_m - 0.5 * body.shoulder_width * body.height_m
    reach = np.sqrt((0.9985 * body.arm_m) ** 2 - aside**2) + _PALM_M
    low = shoulder + np.array([0.1, 0.0, order.trait("reach", 0.06, 0.13)])
    high_x = shoulder[:, 0] + 0.02
    around = 0.045 * np.sin(np.pi * np.clip(drive / 0.6, 0.0, 1.0)) ** 2
    x = low[:, 0] + (high_x - low[:, 0]) * drive**1.5 + around
    top = shoulder[:, 2] + reach * 0.9995
    return np.stack([x, pelvis[:, 1], low[:, 2] + (top - low[:, 2]) * drive], axis=-1)


def _legs(body: Body, t_s: FloatArray, *, seated: bool, half_stance_m: float) -> FloatArray:
    """Ankles (N, 2, 3) under the hips, or in front of a bench."""
    forward = 0.85 * body.thigh_m if seated else 0.0
    return paired(forward + 0.0 * t_s, half_stance_m, body.ankle_height_m)


def _tilt(order: Order) -> FloatArray:
    """Change of both wrists (N, 2, 3) when one arm lags: the left one stays lower."""
    drop = -0.085 * order.severity("uneven_arms") * np.clip(_drive(order), 0.0, 1.0)
    none = np.zeros_like(drop)
    left = np.stack([none, none, drop], axis=-1)
    return np.stack([left, np.zeros_like(left)], axis=1)


def _grip(order: Order, half_m: float) -> tuple[FloatArray, FloatArray]:
    """Half the distance of the hands (N,), and which way (N, 2, 3) the thumbs point.

    An Arnold press starts with narrow hands and the palms to the face and turns on the way.
    """
    none = 0.0 * order.course.t_s
    wide = half_m * order.trait("grip", 1.4, 1.8) + none
    if order.variation != "arnold":
        return wide, paired(none, -1.0, 0.0)
    share = np.clip(_drive(order) / 0.7, 0.0, 1.0)
    turn = np.pi * share
    return wide + (0.6 * half_m - wide) * (1.0 - share), paired(np.sin(turn), np.cos(turn), 0.0)


def _posture(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    half = 0.5 * body.shoulder_width * body.height_m
    half_stance = half * order.trait("stance", 0.85, 1.2)
    half_grip, across = _grip(order, half)
    turn_out = float(np.radians(order.trait("toe_out", 5.0, 18.0)))
    seated = order.variation == "seated"
    pelvis = _pelvis(order, half_stance)
    if not seated:  # who leans back pushes the hips forward to stay over the feet
        pelvis[:, 0] += 0.05 * order.severity("lean_back") * np.clip(_drive(order) / 0.4, 0, 1)
    rest_lean = np.radians(-9.0 if seated else order.trait("lean", -6.0, -2.0))
    lean = rest_lean * (1.0 if seated else 1.0 - 0.75 * _drive(order))
    back = order.severity("lean_back") * np.sin(np.pi / 2.0 * np.clip(_drive(order) / 0.4, 0, 1))
    lean = np.broadcast_to(lean, t_s.shape) - np.radians(15.0) * back
    bar = _bar(order, pelvis, lean, half_grip)
    foot, foot_up = standing_feet(turn_out, len(t_s))
    pressing = build(
        body, pelvis=pelvis, trunk_up=directions(lean),
        ankle=_legs(body, t_s, seated=seated, half_stance_m=half_stance), foot=foot,
        foot_up=foot_up, knee_pole=foot + paired(0.0 * t_s, 0.0, 0.3 * seated),
        wrist=bar[:, None] + paired(0.0 * t_s, half_grip, -_PALM_M) + _tilt(order),
        elbow_pole=paired(0.35 + 0.0 * t_s, order.trait("elbow", 0.3, 0.9), -0.8),
        hand=paired(-0.15 + 0.0 * t_s, 0.0, 0.99), across=across,
    )  # fmt: skip
    if seated:
        return Motion(pressing, bar)
    idle = standing(body, t_s, half_stance_m=half_stance, toe_out_rad=turn_out, seed=3)
    return Motion(blend(body, idle, pressing, weight=order.course.ready), bar)


STYLE = Style(
    move=_posture,
    variations=("strict", "push_press", "seated", "dumbbell", "arnold"),
    tempo=Tempo(out_s=1.2, hold_s=0.3, back_s=1.1, rest_s=0.6),
    walks_in=True,
    faults=("soft_lockout", "uneven_arms", "knee_dip", "lean_back"),
    work_is_out=True,
)
