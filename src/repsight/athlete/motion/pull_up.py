"""Pull-ups: the hands stay on a bar overhead and the body goes up to it."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import Limbs, blend, build, directions, paired, unit
from repsight.athlete.motion.idle import standing
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_PALM_M = 0.06  # wrist joint to the bar in the palm
_CLEAR_M = 0.18  # floor to the soles of who hangs straight
#: Half the distance of the hands in half shoulder widths.
_HANDS: Final = {
    "pull_up": (1.3, 1.7), "chin_up": (0.8, 1.05), "neutral": (0.8, 1.1), "wide": (2.0, 2.3),
}  # fmt: skip
_UNDERHAND: Final = frozenset({"chin_up"})


def _bar_z_m(body: Body) -> float:
    return body.arm_m + body.trunk_m + body.leg_m + body.ankle_height_m + _CLEAR_M + _PALM_M


def _below_m(order: Order, aside_m: float, behind_m: FloatArray) -> FloatArray:
    """How far (N,) the shoulders are below the wrists."""
    body = order.body
    drive = np.clip(order.course.drive, 0.0, 1.05)
    hang = np.sqrt((0.995 * body.arm_m) ** 2 - aside_m**2)
    top = body.height_m * (order.trait("reach", 0.0, -0.03) + 0.15 * order.severity("chin_low"))
    held = 0.22 * order.severity("short_hang") * (1.0 - drive)
    below = hang + (top - hang) * (drive + held)
    # arms that are nearly straight reach a little less far down behind the bar
    return np.minimum(below, np.sqrt((0.997 * body.arm_m) ** 2 - aside_m**2 - behind_m**2))


def _swing(order: Order) -> FloatArray:
    """A swing (N,) of the body below the bar: back first, then forward with the pull."""
    course = order.course
    back, forth = course.bump(Stage.OUT, 0.0, 0.45), course.bump(Stage.OUT, 0.35, 1.0)
    return order.severity("kip") * (forth - 0.8 * back)


def _legs(order: Order, hip: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Ankles (N, 2, 3) and the direction of the shanks (N, 3)."""
    body = order.body
    kick = order.severity("leg_kick") * order.course.bump(Stage.OUT, 0.0, 0.9)
    thigh = np.radians(order.trait("stance", 2.0, 14.0) + 62.0 * kick + 34.0 * _swing(order))
    bend = np.radians(order.trait("shin", 8.0, 70.0) + 55.0 * kick)
    shank = directions(thigh - bend) * [1.0, 1.0, -1.0]
    ankle = hip + body.thigh_m * (directions(thigh) * [1.0, 1.0, -1.0]) + body.shank_m * shank
    half = 0.4 * body.hip_width * body.height_m
    return ankle[:, None] + paired(0.0 * thigh, half, 0.0), shank


def _hanging(order: Order) -> Limbs:
    body, t_s = order.body, order.course.t_s
    half = 0.5 * body.shoulder_width * body.height_m
    grip = half * order.trait("grip", *_HANDS[order.variation])
    drive = np.clip(order.course.drive, 0.0, 1.0)
    behind = 0.02 + order.trait("lean", 0.09, 0.15) * drive + 0.1 * _swing(order)
    below = _below_m(order, grip - half, behind)
    top_z = _bar_z_m(body) - _PALM_M - below
    lean = np.radians(order.trait("lean", -2.0, -7.0) - 11.0 * drive) - 0.62 * _swing(order)
    trunk_up = directions(lean)
    middle = np.stack([-behind, 0.0 * t_s, top_z], axis=-1)
    pelvis = middle - trunk_up * body.trunk_m
    ankle, shank = _legs(order, pelvis)
    tilt = 0.2 * order.severity("uneven_pull") * drive
    # fingers over the bar; thumbs towards each other, or outside with the palms to the face
    thumbs = paired(0.0 * t_s, 1.0 if order.variation in _UNDERHAND else -1.0, 0.0)
    narrow = grip < 1.15 * half
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle,
        foot=np.repeat(unit(np.array([0.9, 0.0, 0.0]) + 0.9 * shank)[:, None], 2, axis=1),
        foot_up=np.repeat(unit(np.array([0.9, 0.0, 0.0]) - 0.9 * shank)[:, None], 2, axis=1),
        knee_pole=paired(1.0 + 0.0 * t_s, 0.05, 0.2),
        wrist=paired(0.0 * t_s, grip, _bar_z_m(body) - _PALM_M),
        elbow_pole=paired((0.9 if narrow else 0.15) + 0.0 * t_s, 0.35 if narrow else 0.9, -0.6),
        hand=paired(0.0 * t_s, 0.0, 1.0),
        across=paired(0.0 * t_s + 1.0, 0.0, 0.0) if order.variation == "neutral" else thumbs,
        head_up=unit(trunk_up + np.array([-0.25, 0.0, 0.9])),
        left=np.stack([0.0 * t_s, np.cos(tilt), np.sin(tilt)], axis=-1),
    )  # fmt: skip


def _posture(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    below = standing(
        body, t_s, half_stance_m=0.5 * body.hip_width * body.height_m, toe_out_rad=0.15, seed=7
    )
    limbs = blend(body, below, _hanging(order), weight=order.course.ready)
    bar = np.array([0.0, 0.0, _bar_z_m(body)])
    return Motion(limbs, np.broadcast_to(bar, (len(t_s), 3)))


STYLE = Style(
    move=_posture,
    variations=tuple(_HANDS),
    tempo=Tempo(out_s=1.1, hold_s=0.15, back_s=1.2, rest_s=0.5),
    faults=("chin_low", "short_hang", "uneven_pull", "kip", "leg_kick"),
    work_is_out=True,
)
