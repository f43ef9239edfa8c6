"""What people do between sets: none of it is a repetition."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Tempo, smooth_step
from repsight.athlete.limbs import Limbs, blend, build, directions, paired, standing_feet
from repsight.athlete.motion.idle import hanging_wrists, leg_stack_m, standing, sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.walk import walking
from repsight.core.types import FloatArray

__all__ = ["RACKING", "STANDING", "STILL", "TALKING", "WALKING"]


def _half_stance(order: Order) -> float:
    return 0.5 * order.body.shoulder_width * order.body.height_m * order.trait("stance", 0.8, 1.2)


def _still(order: Order) -> Motion:
    """A photograph: nothing moves at all."""
    moving = standing(
        order.body, np.zeros(1), half_stance_m=_half_stance(order), toe_out_rad=0.2, seed=1
    )
    shape = len(order.course)
    return Motion(Limbs(*(
        np.repeat(getattr(moving, name), shape, axis=0) for name in Limbs.__slots__
    )))  # fmt: skip


def _standing(order: Order) -> Motion:
    """Swaying and shifting weight from foot to foot now and then."""
    seed = int(1000.0 * order.trait("head", 0.0, 1.0))
    return Motion(_shifting(order, order.course.t_s, seed))


def _shifting(order: Order, t_s: FloatArray, seed: int) -> Limbs:
    body, half = order.body, _half_stance(order)
    wander, shift = sway(t_s, seed, scale=0.006), sway(0.25 * t_s, seed + 1, scale=0.03)
    height = body.ankle_height_m + 0.996 * leg_stack_m(body, half) + 0.0 * t_s
    pelvis = np.stack([0.045 + wander[:, 0], wander[:, 1] + shift[:, 0], height], axis=-1)
    trunk_up = directions(np.radians(2.0 + 150.0 * wander[:, 2]))
    foot, foot_up = standing_feet(0.2, len(t_s))
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=paired(0.0 * t_s, half, body.ankle_height_m),
        foot=foot, foot_up=foot_up, knee_pole=foot, wrist=hanging_wrists(body, pelvis, trunk_up),
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.25, 0.0),
    )  # fmt: skip


def _talking(order: Order) -> Motion:
    """Standing while both hands gesture in front of the chest, never twice the same."""
    body, t_s = order.body, order.course.t_s
    seed = int(1000.0 * order.trait("reach", 0.0, 1.0))
    base = _shifting(order, t_s, seed)
    waves = np.stack([sway(1.5 * t_s, seed + 10 + side, scale=0.09) for side in (0, 1)], axis=1)
    rest = base.wrist + np.array([0.14, 0.0, 0.0])
    chest = base.shoulder + np.array([0.26, 0.0, -0.75 * body.upper_arm_m])
    busy = 0.5 + 0.5 * np.tanh(3.0 * sway(0.4 * t_s, seed + 20)[:, :2])
    wrist = rest + busy[..., None] * (chest - rest) + waves * (0.25 + busy[..., None])
    gesture = build(
        body, pelvis=base.pelvis, trunk_up=base.trunk_up, ankle=base.ankle, foot=base.foot,
        foot_up=base.foot_up, knee_pole=base.foot, wrist=wrist,
        elbow_pole=paired(-0.6 + 0.0 * t_s, 0.4, -0.6),
    )  # fmt: skip
    return Motion(blend(body, base, gesture, weight=order.course.ready))


def _walking(order: Order) -> Motion:
    """Into the picture, a stop in the middle, and out again."""
    t_s = order.course.t_s
    third = t_s[-1] / 3.0
    place = 1.1 * (t_s - third) * (t_s < third) + 1.1 * (t_s - 2.0 * third) * (t_s > 2.0 * third)
    ramp = np.ones(61) / 61.0
    return Motion(walking(order.body, np.convolve(np.pad(place, 30, mode="edge"), ramp, "valid")))


def _racking(order: Order) -> Motion:
    """A bar on the back, two steps into the rack, a small dip, and hands off."""
    body, t_s = order.body, order.course.t_s
    share = t_s / t_s[-1]
    place = -0.8 * (1.0 - smooth_step(share / 0.5))
    gait = walking(body, place)
    dip = 0.07 * np.sin(np.pi * np.clip((share - 0.55) / 0.2, 0.0, 1.0)) ** 2
    pelvis = gait.pelvis - np.stack([0.0 * dip, 0.0 * dip, dip], axis=-1)
    load = pelvis + gait.trunk_up * body.trunk_m + np.array([-0.05, 0.0, 0.01])
    grip = load[:, None] + paired(0.0 * t_s, 0.19 * body.height_m, -0.05)
    held = _carrying(body, gait, pelvis, grip)
    free = _carrying(body, gait, pelvis, hanging_wrists(body, pelvis, gait.trunk_up))
    return Motion(blend(body, held, free, weight=smooth_step((share - 0.8) / 0.15)), load)


def _carrying(body: Body, gait: Limbs, pelvis: FloatArray, wrist: FloatArray) -> Limbs:
    return build(
        body, pelvis=pelvis, trunk_up=gait.trunk_up, ankle=gait.ankle, foot=gait.foot,
        foot_up=gait.foot_up, knee_pole=gait.foot, wrist=wrist,
        elbow_pole=np.broadcast_to(np.array([-0.6, 0.0, -1.0]), wrist.shape),
    )  # fmt: skip


def _without_reps(move: Callable[[Order], Motion]) -> Style:
    return Style(move=move, variations=("usual",), tempo=Tempo(), has_reps=False)


STILL = _without_reps(_still)
STANDING = _without_reps(_standing)
TALKING = _without_reps(_talking)
WALKING = _without_reps(_walking)
RACKING = _without_reps(_racking)
