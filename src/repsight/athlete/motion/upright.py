"""Jumping jacks."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import Limbs, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import leg_stack_m, sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["JUMPING_JACK"]


def _stand(
    order: Order,
    *,
    arms: FloatArray,  # (N, 2, 3) shoulder to wrist
    elbow_pole: FloatArray,
    lean_deg: FloatArray | float = 1.5,
    half_stance_m: FloatArray | float | None = None,
    hop_m: FloatArray | float = 0.0,
) -> Limbs:
    """Upright on both feet with the wrists where ``arms`` put them."""
    body, t_s = order.body, order.course.t_s
    shoulder = 0.5 * body.shoulder_width * body.height_m
    half = shoulder * order.trait("stance", 0.7, 1.1) if half_stance_m is None else half_stance_m
    half_m = np.broadcast_to(np.asarray(half, float), t_s.shape)
    stack = np.array([leg_stack_m(body, float(value)) for value in (half_m.min(), half_m.max())])
    height = np.interp(half_m, [half_m.min(), half_m.max() + 1e-9], stack)
    wander = sway(t_s, 5, scale=0.004)
    ankle_z = body.ankle_height_m + np.asarray(hop_m, float)
    pelvis = np.stack(
        [0.045 + wander[:, 0], wander[:, 1], ankle_z + 0.998 * height + 0.0 * t_s], axis=-1
    )
    trunk_up = directions(np.radians(lean_deg + 60.0 * wander[:, 2]))
    foot, foot_up = standing_feet(np.radians(order.trait("toe_out", 5.0, 20.0)), len(t_s))
    top = (pelvis + trunk_up * body.trunk_m)[:, None] + paired(0.0 * t_s, shoulder, 0.0)
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up,
        ankle=paired(0.0 * t_s, half_m, ankle_z + 0.0 * t_s), foot=foot, foot_up=foot_up,
        knee_pole=foot, wrist=top + arms, elbow_pole=elbow_pole,
    )  # fmt: skip


def _jack(order: Order) -> Motion:
    body, course = order.body, order.course
    shoulder = 0.5 * body.shoulder_width * body.height_m
    spread = np.clip(course.drive, 0.0, 1.0)
    angle = np.radians(10.0 + 155.0 * spread)
    reach = 0.97 * body.arm_m
    hop = 0.05 * (course.bump(Stage.OUT) + course.bump(Stage.BACK))
    limbs = _stand(
        order,
        arms=paired(0.03 + 0.0 * angle, reach * np.sin(angle), -reach * np.cos(angle)),
        elbow_pole=paired(-1.0 + 0.0 * angle, 0.0, -0.3),
        half_stance_m=shoulder * (0.45 + 1.6 * spread),
        hop_m=hop,
    )
    return Motion(limbs)


JUMPING_JACK = Style(
    move=_jack,
    variations=("standard",),
    tempo=Tempo(out_s=0.42, hold_s=0.04, back_s=0.42, rest_s=0.06),
)
