"""Arm movements done standing: the body that carries them, and arms bent where told."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.limbs import Limbs, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import leg_stack_m, sway
from repsight.athlete.motion.order import Order
from repsight.core.types import FloatArray

__all__ = ["BOTH", "in_turn", "on_feet", "sagittal_arms", "side_drive"]

#: Shares of left and right when both arms work.
BOTH: Final = np.array([1.0, 1.0])


def in_turn(order: Order) -> FloatArray:
    """Shares (N, 2) of left and right: the left arm works in odd reps, the right in even ones."""
    is_left = order.course.rep % 2 == 0
    return np.stack([is_left, ~is_left], axis=-1).astype(float)


def side_drive(order: Order, alternating: str = "alternating") -> FloatArray:
    """Drive (N, 2) of the left and the right arm."""
    shares = in_turn(order) if order.variation == alternating else BOTH
    return order.course.drive[:, None] * shares


def on_feet(
    order: Order,
    *,
    arms: FloatArray,  # (N, 2, 3) shoulder to wrist
    elbow_pole: FloatArray,
    lean_deg: FloatArray | float = 1.5,
    dip_m: FloatArray | float = 0.0,
    hand: FloatArray | None = None,
    across: FloatArray | None = None,
) -> Limbs:
    """Upright on both feet with the wrists where ``arms`` put them.

    Who leans keeps the hips over the feet by moving them the other way; ``dip_m`` lowers the
    hips by bending the knees.
    """
    body, t_s = order.body, order.course.t_s
    shoulder = 0.5 * body.shoulder_width * body.height_m
    half = shoulder * order.trait("stance", 0.7, 1.1)
    wander = sway(t_s, 5, scale=0.004)
    lean = np.radians(lean_deg + 60.0 * wander[:, 2])
    height = body.ankle_height_m + 0.998 * leg_stack_m(body, half) - np.asarray(dip_m, float)
    pelvis = np.stack(
        [0.045 - 0.2 * np.sin(lean) + wander[:, 0], wander[:, 1], height + 0.0 * t_s], axis=-1
    )
    trunk_up = directions(lean)
    foot, foot_up = standing_feet(np.radians(order.trait("toe_out", 5.0, 20.0)), len(t_s))
    top = (pelvis + trunk_up * body.trunk_m)[:, None] + paired(0.0 * t_s, shoulder, 0.0)
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up,
        ankle=paired(0.0 * t_s, half, body.ankle_height_m), foot=foot, foot_up=foot_up,
        knee_pole=foot, wrist=top + arms, elbow_pole=elbow_pole, hand=hand, across=across,
    )  # fmt: skip


def sagittal_arms(
    body: Body, upper_rad: FloatArray, bend_rad: FloatArray, *, aside_m: float = 0.05
) -> tuple[FloatArray, FloatArray]:
    """Shoulder to wrist (N, 2, 3) and elbow poles of arms that swing fore and aft.

    ``upper_rad`` (N, 2) is how far the upper arm is raised forward from hanging, ``bend_rad``
    (N, 2) how far the elbow is bent, forearm forward and up.
    """
    lower = upper_rad + bend_rad
    x = body.upper_arm_m * np.sin(upper_rad) + body.forearm_m * np.sin(lower)
    z = -body.upper_arm_m * np.cos(upper_rad) - body.forearm_m * np.cos(lower)
    y = np.broadcast_to(aside_m * np.array([1.0, -1.0]), x.shape)
    # the elbow lies on the side that the forearm turns away from
    middle = upper_rad + 0.5 * bend_rad
    pole = np.stack([-np.cos(middle), 0.15 * np.sign(y), -np.sin(middle)], axis=-1)
    return np.stack([x, y, z], axis=-1), pole
