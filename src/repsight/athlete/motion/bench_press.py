"""Bench presses: on the back, the weight comes down to the chest and goes up over the shoulders."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Tempo
from repsight.athlete.limbs import build, directions, paired, unit
from repsight.athlete.motion.idle import sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_PALM_M = 0.06  # wrist joint to the bar in the palm
_BENCH_M = 0.44
_BACK_M = 0.11  # bench to the joints of who lies on it
#: Half the distance of the hands in half shoulder widths.
_HANDS: Final = {
    "barbell": (1.5, 1.85), "dumbbell": (1.3, 1.6), "close_grip": (0.85, 1.05),
    "incline": (1.4, 1.7),
}  # fmt: skip


def _pelvis(order: Order) -> FloatArray:
    """Hip midpoint (N, 3); hips that help push come off the bench."""
    t_s = order.course.t_s
    wander = sway(t_s, 17, scale=0.002)
    lift = 0.12 * order.severity("hips_lift") * np.clip(order.course.drive, 0.0, 1.0)
    z = _BENCH_M + _BACK_M * order.body.height_m / 1.75 + lift
    return np.stack([wander[:, 0], wander[:, 1], z], axis=-1)


def _trunk_up(order: Order, pelvis: FloatArray) -> FloatArray:
    """From the hips to shoulders that stay on the bench."""
    steep = np.radians(58.0 if order.variation == "incline" else order.trait("lean", 85.0, 89.0))
    lift = (pelvis[:, 2] - pelvis[:, 2].min()) / order.body.trunk_m
    return directions(-(steep + np.arcsin(lift)))


def _bar(order: Order, shoulder: FloatArray, half_grip_m: float) -> FloatArray:
    """Middle between the wrists (N, 3): from over the shoulders to the lower chest."""
    body = order.body
    drive = np.clip(order.course.drive, 0.0, 1.05)
    aside = half_grip_m - 0.5 * body.shoulder_width * body.height_m
    short = order.severity("soft_lockout")
    drive = drive * (1.0 - 0.45 * order.severity("short_range")) + 0.3 * short * (1.0 - drive)
    top = np.sqrt((0.9985 * body.arm_m) ** 2 - aside**2 - 0.01**2)
    low = body.height_m * order.trait("depth", 0.075, 0.05)
    forward = body.trunk_m * order.trait("reach", 0.17, 0.27)
    # tucked elbows bring the bar lower on the chest, an incline higher
    forward = forward * {"close_grip": 2.1, "incline": 0.6}.get(order.variation, 1.0)
    x = 0.01 + (forward - 0.01) * drive**0.9
    rise = top + (low - top) * drive
    return shoulder + np.stack([x, 0.0 * x, rise], axis=-1)


def _legs(order: Order) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Ankles, knee poles, ``foot`` and ``foot_up`` (N, 2, 3): feet flat beside the bench."""
    body: Body = order.body
    none = 0.0 * order.course.t_s
    reach = body.thigh_m * order.trait("shin", 0.95, 1.15)
    return (
        paired(none + reach, order.trait("stance", 0.2, 0.3), body.ankle_height_m),
        paired(none + 0.35, 0.3, 1.0),
        paired(none + 0.95, 0.25, 0.0),
        paired(none, 0.0, 1.0),
    )


def _posture(order: Order) -> Motion:
    body = order.body
    half_grip = (
        0.5 * body.shoulder_width * body.height_m * order.trait("grip", *_HANDS[order.variation])
    )
    pelvis = _pelvis(order)
    trunk_up = _trunk_up(order, pelvis)
    middle = _bar(order, pelvis + trunk_up * body.trunk_m, half_grip)
    lag = 0.11 * order.severity("uneven_bar") * np.clip(order.course.drive * 1.5, 0.0, 1.0)
    none = np.zeros_like(lag)
    tilt = np.stack([np.stack([none, none, lag], -1), np.zeros((len(lag), 3))], axis=1)
    ankle, knee_pole, foot, foot_up = _legs(order)
    tucked = order.variation == "close_grip"
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=unit(foot), foot_up=foot_up,
        knee_pole=knee_pole, wrist=middle[:, None] + paired(none, half_grip, 0.0) + tilt,
        elbow_pole=paired(none + (0.8 if tucked else order.trait("elbow", 0.25, 0.55)),
                          0.25 if tucked else 0.7, -0.8),
        hand=paired(none - 0.1, 0.0, 1.0), across=paired(none, -1.0, 0.0), head_up=trunk_up,
    )  # fmt: skip
    return Motion(limbs, middle + np.array([0.0, 0.0, _PALM_M]))


STYLE = Style(
    move=_posture,
    variations=tuple(_HANDS),
    tempo=Tempo(out_s=1.2, hold_s=0.15, back_s=1.0, rest_s=0.5),
    faults=("short_range", "soft_lockout", "uneven_bar", "hips_lift"),
)
