"""Burpees and mountain climbers: movements through a plank on the hands."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from repsight.athlete.course import Stage, Tempo, smooth_step
from repsight.athlete.limbs import Limbs, blend, build, directions, paired, standing_feet, unit
from repsight.athlete.motion.idle import leg_stack_m
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.stance import in_turn, sagittal_arms
from repsight.core.types import FloatArray

__all__ = ["BURPEE", "MOUNTAIN_CLIMBER"]

_WRIST_M = 0.045
_HANDS_M = 0.45  # how far in front of the standing ankles the hands go down
#: Share of the way down after which the hands are on the floor and the feet go back.
_DOWN = 0.75


def _half_shoulder_m(order: Order) -> float:
    return 0.5 * order.body.shoulder_width * order.body.height_m


def _half_stance_m(order: Order) -> float:
    return _half_shoulder_m(order) * order.trait("stance", 0.6, 0.9)


def _hands(order: Order) -> FloatArray:
    """Wrists (N, 2, 3) on the floor."""
    none = 0.0 * order.course.t_s
    return paired(none + _HANDS_M, _half_shoulder_m(order) * order.trait("grip", 1.1, 1.4),
                  _WRIST_M)  # fmt: skip


def _upright(order: Order, raised: FloatArray) -> Limbs:
    """Standing, with arms lifted by ``raised`` (N,), 0 hanging to 1 overhead."""
    body, t_s = order.body, order.course.t_s
    half = _half_stance_m(order)
    trunk_up = directions(np.radians(2.0 + 0.0 * t_s))
    height = body.ankle_height_m + 0.998 * leg_stack_m(body, half)
    pelvis = np.stack([0.045 + 0.0 * t_s, 0.0 * t_s, height + 0.0 * t_s], axis=-1)
    lifted = np.repeat(np.radians(6.0 + 130.0 * raised)[:, None], 2, axis=1)
    arms, pole = sagittal_arms(body, lifted, np.full_like(lifted, 0.15))
    shoulder = (pelvis + trunk_up * body.trunk_m)[:, None]
    foot, foot_up = standing_feet(0.1, len(t_s))
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=paired(0.0 * t_s, half, body.ankle_height_m),
        foot=foot, foot_up=foot_up, knee_pole=foot,
        wrist=shoulder + paired(0.0 * t_s, _half_shoulder_m(order), 0.0) + arms, elbow_pole=pole,
    )  # fmt: skip


def _crouch(order: Order) -> Limbs:
    """Feet where they stood, hands on the floor in front of them."""
    body, none = order.body, 0.0 * order.course.t_s
    lean = np.radians(order.trait("lean", 62.0, 72.0) + none)
    trunk_up = directions(lean)
    shoulder = np.array([_HANDS_M - 0.06, 0.0, _WRIST_M + 0.97 * body.arm_m])
    foot, foot_up = standing_feet(0.1, len(none))
    return build(
        body, pelvis=shoulder - trunk_up * body.trunk_m, trunk_up=trunk_up,
        ankle=paired(none, _half_stance_m(order), body.ankle_height_m + 0.07),
        foot=unit(foot - paired(none, 0.0, 0.25)), foot_up=foot_up,
        knee_pole=paired(none + 1.0, 0.4, 0.2), wrist=_hands(order),
        elbow_pole=paired(none - 1.0, 0.4, 0.0), hand=paired(none + 1.0, 0.05, -0.1),
        across=paired(none, -1.0, 0.0),
    )  # fmt: skip


def _plank(order: Order, *, sunk: FloatArray, off_m: FloatArray, knees: FloatArray) -> Limbs:
    """On hands and toes: chest ``sunk`` (N,) 0..1, hips ``off_m`` above the line.

    ``knees`` (N, 2) is how far each knee is drawn to the chest, 0 to 1.
    """
    body, none = order.body, 0.0 * order.course.t_s
    pivot_m = 0.68 * body.foot_m + 0.02
    top = _WRIST_M + 0.985 * body.arm_m
    shoulder_z = top + (_WRIST_M + 0.75 * body.forearm_m - top) * sunk
    below, above = np.sqrt(body.leg_m**2 - off_m**2), np.sqrt(body.trunk_m**2 - off_m**2)
    sine = (shoulder_z - pivot_m) / (below + above)
    line = np.stack([np.sqrt(1.0 - sine**2), none, sine], axis=-1)
    aside = np.stack([-line[:, 2], none, line[:, 0]], axis=-1)
    shoulder = np.stack([_HANDS_M + 0.02 + 0.06 * sunk, none, shoulder_z], axis=-1)
    trunk_up = unit(line * above[:, None] - aside * off_m[:, None])
    pelvis = shoulder - trunk_up * body.trunk_m
    rear = shoulder - line * (below + above)[:, None]
    half = 0.45 * body.hip_width * body.height_m
    drawn = (pelvis + np.array([-0.18 * body.leg_m, 0.0, 0.0]) - rear) * [1.0, 1.0, 0.0]
    step = smooth_step(knees)[..., None]
    lift = 0.06 * np.sin(np.pi * np.clip(knees, 0.0, 1.0))[..., None] * [0.0, 0.0, 1.0]
    ankle = rear[:, None] + paired(none, half, 0.0) + drawn[:, None] * step + lift
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle,
        foot=paired(none + 0.2, 0.0, -0.98), foot_up=paired(none + 0.98, 0.0, 0.2),
        knee_pole=paired(none + 0.9, 0.1, -0.5), wrist=_hands(order),
        elbow_pole=paired(none - 0.8, 0.5, 0.0), hand=paired(none + 1.0, 0.05, -0.25),
        across=paired(none, -1.0, 0.0), head_up=unit(trunk_up + np.array([0.0, 0.0, 0.3])),
    )  # fmt: skip


def _hopped(limbs: Limbs, hop_m: FloatArray) -> Limbs:
    """The whole body lifted off the floor by ``hop_m`` (N,)."""
    unmoved = {"foot", "foot_up", "hand", "across", "head_up"}
    up = hop_m[:, None, None] * np.array([0.0, 0.0, 1.0])
    moved = {f.name: getattr(limbs, f.name) for f in fields(Limbs)}
    return Limbs(**{k: v if k in unmoved else v + up for k, v in moved.items()})


def _burpee(order: Order) -> Motion:
    course = order.course
    drive = np.clip(course.drive, 0.0, 1.0)
    sunk = course.bump(Stage.HOLD) if order.variation == "push_up" else 0.0 * drive
    off = -0.26 * order.body.trunk_m * order.severity("hip_sag")
    short = np.repeat(0.75 * order.severity("no_plank")[:, None], 2, axis=1)
    jump = course.bump(Stage.REST, 0.0, 0.85) * (1.0 - order.severity("no_jump"))
    if order.variation == "no_jump":
        jump = 0.0 * jump
    tall = _upright(order, jump)
    back = np.clip((drive - _DOWN) / (1.0 - _DOWN), 0.0, 1.0)
    down = np.clip(drive / _DOWN, 0.0, 1.0)
    held = 0.3 * order.severity("half_stand")
    body = order.body
    low = blend(body, _crouch(order), _plank(order, sunk=sunk, off_m=off, knees=short), weight=back)
    limbs = blend(body, tall, low, weight=held + (1.0 - held) * down)
    return Motion(_hopped(limbs, 0.2 * body.height_m / 1.75 * jump))


def _climb(order: Order) -> Motion:
    knees = order.course.drive[:, None] * in_turn(order)
    short = order.severity("short_drive")[:, None]
    kept = 0.5 * order.severity("short_return")[:, None]
    knees = np.clip(kept + (1.0 - kept - 0.55 * short) * knees, 0.0, 1.0)
    off = 0.65 * order.body.trunk_m * order.severity("hip_pike")
    none = 0.0 * order.course.t_s
    return Motion(_plank(order, sunk=none, off_m=off + none, knees=knees))


BURPEE = Style(
    move=_burpee,
    variations=("standard", "push_up", "no_jump"),
    tempo=Tempo(out_s=1.3, hold_s=0.35, back_s=1.3, rest_s=0.9),
    tempos=(("push_up", Tempo(out_s=1.3, hold_s=1.4, back_s=1.3, rest_s=0.9)),),
    faults=("no_jump", "no_plank", "hip_sag", "half_stand"),
)
MOUNTAIN_CLIMBER = Style(
    move=_climb,
    variations=("alternating",),
    tempo=Tempo(out_s=0.45, hold_s=0.04, back_s=0.45, rest_s=0.06),
    faults=("short_drive", "short_return", "hip_pike"),
)
