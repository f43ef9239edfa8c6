"""Jumping jacks: hands swing overhead while the feet jump or step apart."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import SIDES, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

#: Highest angle of the arms from hanging, in degrees.
_TOP_DEG = {"standard": (158.0, 172.0), "half": (82.0, 92.0), "step": (155.0, 170.0)}


def _arm_deg(order: Order) -> FloatArray:
    """Angle (N, 2) of both arms from hanging."""
    drive = np.clip(order.course.drive, 0.0, 1.05)
    low = 10.0 + 60.0 * order.severity("hands_stay_up")
    top = order.trait("reach", *_TOP_DEG[order.variation])
    top = top - (top - 107.0) * order.severity("hands_low")
    left = top - 52.0 * order.severity("uneven_hands")
    return np.stack([low + (top_of - low) * drive for top_of in (left, top + 0.0 * left)], axis=-1)


def _feet(order: Order) -> tuple[FloatArray, FloatArray]:
    """Places (N, 2) of the ankles to the lifter's left, and heights (N, 2) above standing."""
    body, course = order.body, order.course
    shoulder = 0.5 * body.shoulder_width * body.height_m
    moves = 1.0 - order.severity("arms_only")
    wide = order.trait("stance", 1.4, 1.9) * (1.0 - 0.68 * order.severity("feet_narrow"))
    closed = order.trait("toe_out", 0.35, 0.55) + 1.05 * order.severity("feet_stay_apart")
    drive = np.clip(course.drive, 0.0, 1.0) * moves
    hop = 0.05 * moves * (course.bump(Stage.OUT) + course.bump(Stage.BACK))
    if order.variation != "step":
        half = shoulder * (closed + (wide - 0.6 * (closed - 0.45)) * drive)
        return half[:, None] * SIDES, np.stack([hop, hop], axis=-1)
    stepping = (course.rep % 2 == 0)[:, None] == np.array([True, False])
    out = shoulder * (closed[:, None] + 1.35 * wide[:, None] * drive[:, None] * stepping)
    return out * SIDES, 0.8 * hop[:, None] * stepping


def _jack(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    aside, lift = _feet(order)
    middle = aside.mean(axis=1)
    reach = np.abs(aside - middle[:, None]).max(axis=1) - 0.5 * body.hip_width * body.height_m
    dip = 0.05 * np.clip(order.course.drive, 0.0, 1.0) ** 3
    height = np.sqrt(body.leg_m**2 - reach**2) * 0.996 - dip + lift.min(axis=1)
    wander = sway(t_s, 5, scale=0.004)
    pelvis = np.stack(
        [0.045 + wander[:, 0], middle + wander[:, 1], body.ankle_height_m + height], axis=-1
    )
    trunk_up = directions(np.radians(2.0 + 60.0 * wander[:, 2]))
    foot, foot_up = standing_feet(np.radians(order.trait("toe_out", 5.0, 20.0)), len(t_s))
    angle = np.radians(_arm_deg(order))
    arm = 0.97 * body.arm_m
    half = 0.5 * body.shoulder_width * body.height_m
    shoulder = (pelvis + trunk_up * body.trunk_m)[:, None] + paired(0.0 * t_s, half, 0.0)
    hands = np.stack(
        [0.03 + 0.0 * angle, SIDES * arm * np.sin(angle), -arm * np.cos(angle)], axis=-1
    )
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up,
        ankle=np.stack([0.0 * aside, aside, body.ankle_height_m + lift], axis=-1),
        foot=foot, foot_up=foot_up, knee_pole=foot, wrist=shoulder + hands,
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.3, -0.2),
    )  # fmt: skip
    return Motion(limbs)


STYLE = Style(
    move=_jack,
    variations=tuple(_TOP_DEG),
    tempo=Tempo(out_s=0.42, hold_s=0.04, back_s=0.42, rest_s=0.06),
    tempos=(("step", Tempo(out_s=0.6, hold_s=0.06, back_s=0.6, rest_s=0.1)),),
    faults=(
        "hands_low", "feet_narrow", "hands_stay_up", "feet_stay_apart", "uneven_hands",
        "arms_only",
    ),
    cheats=("arms_only",),
    work_is_out=True,
)  # fmt: skip
