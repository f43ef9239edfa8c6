"""Hip hinges: Romanian deadlifts with hanging arms and good mornings with a bar on the back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Tempo, smooth_step
from repsight.athlete.limbs import (
    SIDES,
    Limbs,
    blend,
    build,
    directions,
    paired,
    unit,
)
from repsight.athlete.motion.idle import standing
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["GOOD_MORNING", "ROMANIAN_DEADLIFT"]

_GRIP_M = 0.07  # wrist joint to the middle of the hand that holds the bar
_LEG_FRONT_M = 0.07  # middle of a leg to where a bar slides along it
_SHIN_DEG = (-14.0, 20.0)  # shanks tip back a little in a hinge, hardly forward


@dataclass(frozen=True, slots=True, eq=False)
class _Hinge:
    """The sagittal plane: knee and hip (N, 2) as x, z from the ankle; lean of the trunk (N,)."""

    knee: FloatArray
    hip: FloatArray
    lean_rad: FloatArray


def _lean(order: Order, full_deg: tuple[float, float]) -> FloatArray:
    """Lean of the trunk (N,) in radians, upright to the own depth."""
    full = order.trait("depth", *full_deg) - 10.0 * order.severity("squats_the_hinge")
    short = 0.36 * order.severity("short_lockout")
    drive = order.course.drive + short * (1.0 - order.course.drive)
    over = 20.0 * order.severity("lean_back") * (1.0 - smooth_step(drive / 0.3))
    return np.radians(1.0 + full * drive - over * order.course.ready)


def _hinge(order: Order, full_deg: tuple[float, float], ahead_m: float) -> _Hinge:
    """Hips that go back far enough to keep the shoulders only ``ahead_m`` in front of mid-foot."""
    body, drive = order.body, order.course.drive
    lean = _lean(order, full_deg)
    soft = order.trait("shin", 12.0, 26.0) + 48.0 * order.severity("squats_the_hinge")
    bend = np.radians(4.0 + soft * smooth_step(drive / 0.9))
    target = (body.midfoot_m + ahead_m) * np.clip(drive, 0.0, 1.1)
    target = target + 0.04 * order.severity("lean_back") * (1.0 - smooth_step(drive / 0.3))
    low, high = (np.full(len(drive), np.radians(deg)) for deg in _SHIN_DEG)

    def at(shin: FloatArray) -> tuple[FloatArray, FloatArray]:
        knee = body.shank_m * np.stack([np.sin(shin), np.cos(shin)], axis=-1)
        thigh = bend - shin
        return knee, knee + body.thigh_m * np.stack([-np.sin(thigh), np.cos(thigh)], axis=-1)

    for _ in range(40):
        middle = (low + high) / 2.0
        ahead = at(middle)[1][:, 0] + body.trunk_m * np.sin(lean) > target
        low, high = np.where(ahead, low, middle), np.where(ahead, middle, high)
    knee, hip = at((low + high) / 2.0)
    return _Hinge(knee, hip, lean)


def _leg_x(hinge: _Hinge, z: FloatArray) -> FloatArray:
    """How far forward (N,) the leg is at height ``z`` above the ankle."""
    above = np.clip((z - hinge.knee[:, 1]) / (hinge.hip[:, 1] - hinge.knee[:, 1]), 0.0, 1.0)
    below = np.clip(z / hinge.knee[:, 1], 0.0, 1.0)
    thigh = hinge.knee[:, 0] + above * (hinge.hip[:, 0] - hinge.knee[:, 0])
    return np.where(z > hinge.knee[:, 1], thigh, below * hinge.knee[:, 0])


def _hanging_bar(order: Order, hinge: _Hinge, arm_m: float) -> FloatArray:
    """Bar (N, 2) as x, z from the ankle: on straight arms, close to the legs, over mid-foot."""
    body = order.body
    trunk = np.stack([np.sin(hinge.lean_rad), np.cos(hinge.lean_rad)], axis=-1)
    shoulder = hinge.hip + body.trunk_m * trunk
    x = np.full(len(shoulder), body.midfoot_m)
    for _ in range(3):
        away = np.clip(x - shoulder[:, 0], -0.9 * arm_m, 0.9 * arm_m)
        z = shoulder[:, 1] - np.sqrt(arm_m**2 - away**2)
        x = np.maximum(body.midfoot_m, _leg_x(hinge, z) + _LEG_FRONT_M)
    drift = (
        0.17 * order.severity("bar_drift") * np.sin(0.5 * np.pi * np.clip(order.course.drive, 0, 1))
    )
    x = np.minimum(x + drift, shoulder[:, 0] + 0.9 * arm_m)
    return np.stack([x, shoulder[:, 1] - np.sqrt(arm_m**2 - (x - shoulder[:, 0]) ** 2)], axis=-1)


def _feet(
    order: Order, hinge: _Hinge, half_stance_m: float, turn_out: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles, ``foot`` and ``foot_up`` (N, 2, 3): both flat, one back on its toes, or lifted."""
    body, none = order.body, 0.0 * order.course.t_s
    ankle = paired(none, half_stance_m, body.ankle_height_m)
    tip = np.radians(20.0) * order.severity("heel_rise") * np.clip(order.course.drive, 0, 1) ** 2
    ahead, sole = 0.68 * body.foot_m, 0.8 * body.ankle_height_m
    ankle[..., 0] += (ahead - ahead * np.cos(tip) + sole * np.sin(tip))[:, None]
    ankle[..., 2] += (ahead * np.sin(tip) + sole * (np.cos(tip) - 1.0))[:, None]
    along, across = np.cos(turn_out), np.sin(turn_out)
    foot = paired(np.cos(tip) * along, np.cos(tip) * across, -np.sin(tip))
    foot_up = paired(np.sin(tip) * along, np.sin(tip) * across, np.cos(tip))
    if order.variation not in {"b_stance", "single_leg"}:
        return ankle, foot, foot_up
    pitch = none
    if order.variation == "b_stance":
        pitch = none + np.radians(24.0)
        ankle[:, 1, 0] -= 0.5 * body.foot_m
        ankle[:, 1, 2] += 0.68 * body.foot_m * np.sin(pitch)
    if order.variation == "single_leg":
        pitch = hinge.lean_rad
        reach = 0.985 * body.leg_m
        ankle[:, 1, 0] = hinge.hip[:, 0] - reach * np.sin(pitch)
        ankle[:, 1, 2] += np.maximum(hinge.hip[:, 1] - reach * np.cos(pitch), 0.02)
    foot[:, 1] = np.stack([np.cos(pitch), none, -np.sin(pitch)], axis=-1)
    foot_up[:, 1] = np.stack([np.sin(pitch), none, np.cos(pitch)], axis=-1)
    return ankle, foot, foot_up


def _stance(order: Order) -> tuple[float, float, FloatArray]:
    """Half stance in metres, toe-out in radians, and how far the pelvis is aside (N,)."""
    half = 0.5 * order.body.shoulder_width * order.body.height_m
    none = 0.0 * order.course.t_s
    turn_out = float(np.radians(order.trait("toe_out", 3.0, 14.0)))
    if order.variation == "single_leg":
        return 0.5 * order.body.hip_width * order.body.height_m, 0.0, none + 0.02
    return half * order.trait("stance", 0.75, 1.05), turn_out, none


def _posed(order: Order, hinge: _Hinge, wrist: FloatArray, elbow_pole: FloatArray) -> Limbs:
    body = order.body
    half_stance, turn_out, aside = _stance(order)
    ankle, foot, foot_up = _feet(order, hinge, half_stance, turn_out)
    return build(
        body, pelvis=_pelvis(body, hinge, aside), trunk_up=directions(hinge.lean_rad),
        ankle=ankle, foot=foot, foot_up=foot_up, knee_pole=foot, wrist=wrist,
        elbow_pole=elbow_pole, across=paired(0.0 * aside, -1.0, 0.0),
    )  # fmt: skip


def _pelvis(body: Body, hinge: _Hinge, aside: FloatArray) -> FloatArray:
    return np.stack([hinge.hip[:, 0], aside, body.ankle_height_m + hinge.hip[:, 1]], axis=-1)


def _from_standing(order: Order, ready: Limbs) -> Limbs:
    half_stance, turn_out, _ = _stance(order)
    idle = standing(
        order.body, order.course.t_s, half_stance_m=half_stance, toe_out_rad=turn_out, seed=3
    )
    return blend(order.body, idle, ready, weight=order.course.ready)


def _romanian(order: Order) -> Motion:
    body, none = order.body, 0.0 * order.course.t_s
    hinge = _hinge(order, (64.0, 82.0), order.trait("reach", 0.07, 0.15))
    half = 0.5 * body.shoulder_width * body.height_m
    half_grip = half * (1.15 if order.variation == "dumbbell" else order.trait("grip", 1.15, 1.4))
    arm_m = 0.995 * float(np.sqrt((body.arm_m + _GRIP_M) ** 2 - (half_grip - half) ** 2))
    bar = _hanging_bar(order, hinge, arm_m)
    pelvis = _pelvis(body, hinge, none)
    load = np.stack([bar[:, 0], none, body.ankle_height_m + bar[:, 1]], axis=-1)
    grip = load[:, None] + paired(none, half_grip, 0.0)
    shoulder = (pelvis + directions(hinge.lean_rad) * body.trunk_m)[:, None] + paired(none, half, 0)
    wrist = grip + _GRIP_M * unit(shoulder - grip)
    ready = _posed(order, hinge, wrist, paired(none - 1.0, 0.3, 0.0))
    return Motion(_from_standing(order, ready), load if order.variation == "barbell" else None)


def _good_morning(order: Order) -> Motion:
    body, none = order.body, 0.0 * order.course.t_s
    hinge = _hinge(order, (58.0, 80.0), order.trait("reach", 0.07, 0.16))
    trunk_up = directions(hinge.lean_rad)
    front = np.cross(np.array([0.0, 1.0, 0.0]), trunk_up)
    half = 0.5 * body.shoulder_width * body.height_m
    load = _pelvis(body, hinge, none) + trunk_up * (body.trunk_m + 0.01) - 0.045 * front
    if order.variation == "hands_at_head":
        wrist = load[:, None] + paired(none, 0.09, 0.0) + 0.09 * trunk_up[:, None]
        pole = paired(none, 1.0, 0.0) + 0.2 * front[:, None]
    else:
        wrist = load[:, None] + paired(none, half * order.trait("grip", 1.6, 2.1), 0.0)
        wrist = wrist - 0.05 * trunk_up[:, None]
        pole = -0.5 * front[:, None] - trunk_up[:, None] + SIDES[None, :, None] * [0.0, 0.1, 0.0]
    ready = _posed(order, hinge, wrist, pole)
    return Motion(_from_standing(order, ready), load if order.variation == "barbell" else None)


ROMANIAN_DEADLIFT = Style(
    move=_romanian,
    variations=("barbell", "dumbbell", "b_stance", "single_leg"),
    tempo=Tempo(out_s=1.6, hold_s=0.1, back_s=1.2, rest_s=0.5),
    walks_in=True,
    faults=("squats_the_hinge", "bar_drift", "short_lockout", "lean_back"),
)
GOOD_MORNING = Style(
    move=_good_morning,
    variations=("barbell", "hands_at_head"),
    tempo=Tempo(out_s=1.5, hold_s=0.1, back_s=1.2, rest_s=0.5),
    walks_in=True,
    faults=("squats_the_hinge", "short_lockout", "lean_back", "heel_rise"),
)
