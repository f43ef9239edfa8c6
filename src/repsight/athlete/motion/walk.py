"""Walking along x, from and to a stand."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Course, smooth_step
from repsight.athlete.limbs import Limbs, blend, build, directions
from repsight.core.types import FloatArray

__all__ = ["WALK_S", "walked_in", "walking"]

#: Seconds that walking up to the bar, or backing off from it, takes.
WALK_S: Final = 4.0

_PATH_M = 2.4
_TURN_S = 0.9

_STANCE_SHARE = 0.6
_STRIDE = 0.62  # of standing height, two steps


def walking(body: Body, place_m: FloatArray) -> Limbs:
    """Gait of someone whose hips are at ``place_m`` (N,) along x; standing where it stands still.

    Feet rest on the floor for three fifths of each stride and swing for the rest.
    """
    stride = _STRIDE * body.height_m
    half = 0.5 * body.hip_width * body.height_m
    beat = place_m / stride
    x, lift, pitch = (np.stack(pair, axis=1) for pair in zip(
        _foot(beat, 0.0), _foot(beat, 0.5), strict=True
    ))  # fmt: skip
    y = np.broadcast_to(half * np.array([1.0, -1.0]), x.shape)
    ankle = np.stack([x * stride, y, body.ankle_height_m + lift], axis=-1)
    height = body.ankle_height_m + 0.965 * body.leg_m + 0.018 * np.cos(4.0 * np.pi * beat)
    pelvis = np.stack([place_m, 0.012 * np.sin(2.0 * np.pi * beat), height], axis=-1)
    trunk_up = directions(np.full(len(beat), np.radians(4.0)))
    swing = np.radians(24.0) * np.cos(2.0 * np.pi * beat)[:, None] * np.array([-1.0, 1.0])
    reach = 0.97 * body.arm_m
    arms = np.stack([
        reach * np.sin(swing), np.broadcast_to(np.array([0.05, -0.05]), swing.shape),
        -reach * np.cos(swing),
    ], axis=-1)  # fmt: skip
    shoulder_y = 0.5 * body.shoulder_width * body.height_m * np.array([1.0, -1.0])
    top = (pelvis + trunk_up * body.trunk_m)[:, None] + shoulder_y[:, None] * np.array(
        [0.0, 1.0, 0]
    )
    none = np.zeros_like(pitch)
    foot = np.stack([np.cos(pitch), none, -np.sin(pitch)], axis=-1)
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot,
        foot_up=np.stack([np.sin(pitch), none, np.cos(pitch)], axis=-1), knee_pole=foot,
        wrist=top + arms, elbow_pole=-foot,
    )  # fmt: skip


def walked_in(body: Body, limbs: Limbs, course: Course) -> Limbs:
    """``limbs`` with a walk up to the spot before the set and steps back after it."""
    start_s = course.ready_at_s[0] - course.ready_s
    end_s = course.ready_at_s[1] + course.ready_s
    t_s = course.t_s
    left_s = np.maximum(start_s - _TURN_S - t_s, t_s - end_s - _TURN_S)
    place = -_PATH_M * smooth_step(left_s / (WALK_S - _TURN_S))
    gait = walking(body, place)
    still = smooth_step((t_s - start_s + _TURN_S) / _TURN_S) - smooth_step((t_s - end_s) / _TURN_S)
    return blend(body, gait, limbs, weight=still)


def _foot(beat: FloatArray, offset: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Place in strides, lift in metres and pitch in radians of one foot."""
    phase = beat + offset + _STANCE_SHARE / 2.0
    whole = np.floor(phase)
    swing = np.clip((phase - whole - _STANCE_SHARE) / (1.0 - _STANCE_SHARE), 0.0, 1.0)
    # The heel leaves the floor before the toes do, or the leg would be too short.
    push = smooth_step((phase - whole - 0.3) / 0.3) * (1.0 - smooth_step(swing))
    place = whole - offset + 0.035 * push + swing**2 * (3.0 - 2.0 * swing)
    lift = 0.085 * push + 0.05 * np.sin(np.pi * swing) ** 2
    return place, lift, np.radians(34.0) * push
