"""Push-ups: hands and toes (or knees) planted, the body a plank that turns about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Tempo
from repsight.athlete.limbs import build, paired, unit
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_WRIST_Z_M = 0.045
_BEHIND_M = (0.0, 0.05)  # hands behind the shoulders with straight arms
_HANDS = {
    "standard": (1.15, 1.4), "knee": (1.15, 1.4), "wide": (1.8, 2.1), "close": (0.4, 0.6),
    "incline": (1.15, 1.4), "decline": (1.15, 1.4),
}  # fmt: skip
#: Height of what the hands or the feet are on.
_HANDS_ON_M = {"incline": 0.42}
_FEET_ON_M = {"decline": 0.42}


@dataclass(frozen=True, slots=True)
class _Pivot:
    """What the plank turns about: the ankle or, on the knees, the knee; x, z in metres."""

    z_m: float
    below_m: float  # pivot to hip


def _pivot(body: Body, variation: str) -> _Pivot:
    if variation == "knee":
        return _Pivot(0.055, body.thigh_m)
    return _Pivot(0.68 * body.foot_m + 0.02 + _FEET_ON_M.get(variation, 0.0), body.leg_m)


def _wrist_z(order: Order) -> float:
    return _WRIST_Z_M + _HANDS_ON_M.get(order.variation, 0.0)


def _top_z(order: Order, half_hands_m: float) -> float:
    """Height of the shoulders over straight arms."""
    body = order.body
    aside = half_hands_m - 0.5 * body.shoulder_width * body.height_m
    behind = order.trait("reach", *_BEHIND_M)
    return _wrist_z(order) + float(np.sqrt((0.996 * body.arm_m) ** 2 - aside**2 - behind**2))


def _shoulder_z(order: Order, half_hands_m: float) -> FloatArray:
    """Height of the shoulders (N,): from straight arms to the elbow at a right angle or less."""
    body = order.body
    top = _top_z(order, half_hands_m)
    bottom = _wrist_z(order) + body.forearm_m * order.trait("depth", 0.85, 1.05)
    drive = order.course.drive
    short = order.severity("soft_lockout")  # the arms never straighten between reps
    drive = drive * (1.0 - 0.45 * order.severity("shallow")) + 0.3 * short * (1.0 - drive)
    return top + (bottom - top) * drive


def _plank(
    order: Order, pivot: _Pivot, shoulder_z: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Line from pivot to shoulders, pelvis and direction of the trunk, all (N, 3).

    A sagging or piking hip leaves the line by a share of trunk length.
    """
    body, course = order.body, order.course
    moving = 0.4 + 0.6 * np.clip(course.drive, 0.0, 1.0)
    off = body.trunk_m * moving * (0.24 * order.severity("hip_pike")
                                   - 0.21 * order.severity("hip_sag"))  # fmt: skip
    below, above = np.sqrt(pivot.below_m**2 - off**2), np.sqrt(body.trunk_m**2 - off**2)
    sine = (shoulder_z - pivot.z_m) / (below + above)
    line = np.stack([np.sqrt(1.0 - sine**2), np.zeros_like(sine), sine], axis=-1)
    aside = np.stack([-line[:, 2], np.zeros_like(sine), line[:, 0]], axis=-1)
    pelvis = np.array([0.0, 0.0, pivot.z_m]) + line * below[:, None] + aside * off[:, None]
    return line, pelvis, unit(line * above[:, None] - aside * off[:, None])


def _legs(order: Order, pivot: _Pivot) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles, ``foot`` and ``foot_up`` (N, 2, 3)."""
    body, none = order.body, 0.0 * order.course.t_s
    half = 0.45 * body.hip_width * body.height_m
    if order.variation == "knee":
        back = body.shank_m * np.array([np.cos(0.35), np.sin(0.35)])
        ankle = paired(none - back[0], half, pivot.z_m + back[1])
        return ankle, paired(none - 0.34, 0.0, -0.94), paired(none + 0.94, 0.0, -0.34)
    return (
        paired(none, half, pivot.z_m),
        paired(none + 0.2, 0.0, -0.98),
        paired(none + 0.98, 0.0, 0.2),
    )


def _posture(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    half = 0.5 * body.shoulder_width * body.height_m
    half_hands = half * order.trait("grip", *_HANDS[order.variation])
    pivot = _pivot(body, order.variation)
    _, pelvis, trunk_up = _plank(order, pivot, _shoulder_z(order, half_hands))
    straight = body.trunk_m + pivot.below_m
    top_z = _top_z(order, half_hands) - pivot.z_m
    hand_x = float(np.sqrt(straight**2 - top_z**2)) - order.trait("reach", *_BEHIND_M)
    ankle, foot, foot_up = _legs(order, pivot)
    flare = np.radians(order.trait("elbow", 30.0, 60.0))
    lead = np.clip(order.course.drive * 1.6, 0.0, 1.0) * order.severity("head_lead")
    nod = order.trait("head", 0.1, 0.5) - 1.5 * lead
    up = np.array([0.0, 0.0, 1.0])
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot, foot_up=foot_up,
        knee_pole=paired(0.3 + 0.0 * t_s, 0.0, -1.0),
        wrist=paired(hand_x + 0.0 * t_s, half_hands, _wrist_z(order)),
        elbow_pole=paired(-np.cos(flare) + 0.0 * t_s, float(np.sin(flare)), 0.0),
        hand=paired(1.0 + 0.0 * t_s, 0.05, -0.25),
        across=paired(0.0 * t_s, -1.0, 0.0),
        head_up=unit(trunk_up + nod[:, None] * up),
    )  # fmt: skip
    return Motion(limbs)


STYLE = Style(
    move=_posture,
    variations=tuple(_HANDS),
    tempo=Tempo(out_s=1.0, hold_s=0.08, back_s=0.8, rest_s=0.4),
    faults=("hip_sag", "hip_pike", "shallow", "soft_lockout", "head_lead"),
)
