"""Lunges: a whole-body movement outside the four lifts."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Tempo, smooth_step
from repsight.athlete.limbs import build, directions, paired
from repsight.athlete.motion.idle import hanging_wrists, leg_stack_m
from repsight.athlete.motion.order import Motion, Order, Style

__all__ = ["LUNGE"]


def _lunge(order: Order) -> Motion:
    """Forward lunges, left and right in turn; every step is a rep."""
    body, course = order.body, order.course
    t_s, drive = course.t_s, np.clip(course.drive, 0.0, 1.0)
    side = np.where(course.rep % 2 == 0, 0, 1)
    half = 0.5 * body.hip_width * body.height_m
    step = smooth_step(drive / 0.65)
    forward = 0.95 * body.leg_m * step
    sink = smooth_step((drive - 0.25) / 0.75)
    tip = np.radians(62.0) * smooth_step(drive)
    stack = leg_stack_m(body, half)
    ahead, sole = 0.68 * body.foot_m, 0.8 * body.ankle_height_m
    rear_x = ahead - (ahead * np.cos(tip) - sole * np.sin(tip))
    rear_z = ahead * np.sin(tip) + sole * (np.cos(tip) - 1.0)
    front_leg = (side[:, None] == np.arange(2)) & (drive[:, None] > 0.0)
    x = np.where(front_leg, forward[:, None], rear_x[:, None])
    z = np.where(front_leg, (0.09 * np.sin(np.pi * step))[:, None], rear_z[:, None])
    y = np.broadcast_to(half * np.array([1.0, -1.0]), x.shape)
    pitch = np.where(front_leg, 0.0, tip[:, None])
    pelvis = np.stack([
        0.03 + 0.5 * forward, 0.0 * t_s,
        body.ankle_height_m + 0.998 * stack - (0.47 * body.leg_m) * sink,
    ], axis=-1)  # fmt: skip
    trunk_up = directions(np.radians(3.0 + 5.0 * sink))
    none = np.zeros_like(pitch)
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up,
        ankle=np.stack([x, y, z + body.ankle_height_m], axis=-1),
        foot=np.stack([np.cos(pitch), none, -np.sin(pitch)], axis=-1),
        foot_up=np.stack([np.sin(pitch), none, np.cos(pitch)], axis=-1),
        knee_pole=paired(1.0 + 0.0 * t_s, 0.02, -0.1),
        wrist=hanging_wrists(body, pelvis, trunk_up),
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.25, 0.0),
    )  # fmt: skip
    return Motion(limbs)


LUNGE = Style(
    move=_lunge,
    variations=("forward",),
    tempo=Tempo(out_s=1.2, hold_s=0.1, back_s=1.1, rest_s=0.4),
)
