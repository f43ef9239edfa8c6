"""Glute bridges and hip thrusts: shoulders and feet stay, the hips rise between them."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Tempo
from repsight.athlete.limbs import build, directions, paired
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_LYING_Z_M = 0.1
_BENCH_Z_M = 0.42


def _shoulder_z_m(order: Order) -> float:
    """Height of the shoulders: on the floor, or over a bench."""
    is_thrust = order.variation == "hip_thrust"
    return (_BENCH_Z_M if is_thrust else _LYING_Z_M) * order.body.height_m / 1.75


def _top_rad(order: Order) -> tuple[float, float]:
    """Rise of a straight body over the horizontal, and tilt of its shins, from shoulder to knee."""
    body = order.body
    tilt = np.radians(order.trait("shin", 4.0, 20.0))
    knee_z = body.ankle_height_m + body.shank_m * np.cos(tilt)
    return float(np.arcsin((knee_z - _shoulder_z_m(order)) / (body.trunk_m + body.thigh_m))), tilt


def _rise(order: Order) -> FloatArray:
    """Angle (N,) of the trunk over the horizontal, hips above the shoulders."""
    top, _ = _top_rad(order)
    low_z = 0.2 if order.variation == "hip_thrust" else _LYING_Z_M
    below = low_z * order.body.height_m / 1.75 - _shoulder_z_m(order)
    rest = float(np.arcsin(below / order.body.trunk_m))
    rest_now = rest + 0.4 * (top - rest) * order.severity("not_down") * order.course.ready
    top_now = top - 0.55 * (top - rest) * order.severity("short")
    return rest_now + (top_now - rest_now) * order.course.drive


def _feet(order: Order) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles, ``foot`` and ``foot_up`` (N, 2, 3): where straight hips put the knees over them."""
    body, none = order.body, 0.0 * order.course.t_s
    top, tilt = _top_rad(order)
    x = (body.trunk_m + body.thigh_m) * np.cos(top) + body.shank_m * np.sin(tilt)
    tip = np.radians(34.0) * order.severity("heel_rise") * np.clip(order.course.drive, 0.0, 1.0)
    ahead, sole = 0.68 * body.foot_m, 0.8 * body.ankle_height_m
    on = ahead - (ahead * np.cos(tip) - sole * np.sin(tip))
    up = ahead * np.sin(tip) + sole * (np.cos(tip) - 1.0)
    half = 0.5 * body.hip_width * body.height_m * order.trait("stance", 1.0, 1.7)
    return (
        paired(x + on, half, body.ankle_height_m + up),
        paired(np.cos(tip), 0.0, -np.sin(tip)),
        paired(np.sin(tip) + none, 0.0, np.cos(tip)),
    )


def _bridge(order: Order) -> Motion:
    body, none = order.body, 0.0 * order.course.t_s
    rise = _rise(order)
    shoulder = np.stack([none, none, none + _shoulder_z_m(order)], axis=-1)
    trunk_up = directions(-(0.5 * np.pi + rise))
    pelvis = shoulder - body.trunk_m * trunk_up
    front = np.cross(np.array([0.0, 1.0, 0.0]), trunk_up)
    half = 0.5 * body.shoulder_width * body.height_m
    load = None
    if order.variation == "hip_thrust":
        load = pelvis + 0.13 * front
        wrist = load[:, None] + paired(none, 1.15 * half, 0.0)
        pole = paired(none - 0.5, 1.0, -0.2)
    else:
        flat = np.sqrt((0.985 * body.arm_m) ** 2 - (_shoulder_z_m(order) - 0.05) ** 2)
        wrist = paired(none + flat, half + 0.07, 0.05)
        pole = paired(none, 1.0, 0.1)
    ankle, foot, foot_up = _feet(order)
    head = np.array([-0.98, 0.0, 0.2]) if load is None else np.array([-0.75, 0.0, 0.66])
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot, foot_up=foot_up,
        knee_pole=paired(none, 0.03, 1.0), wrist=wrist, elbow_pole=pole,
        across=paired(none, -1.0, 0.0), head_up=np.broadcast_to(head, pelvis.shape),
    )  # fmt: skip
    return Motion(limbs, load)


STYLE = Style(
    move=_bridge,
    variations=("floor", "hip_thrust"),
    tempo=Tempo(out_s=0.9, hold_s=0.25, back_s=1.0, rest_s=0.3),
    faults=("short", "not_down", "heel_rise"),
    work_is_out=True,
)
