"""Dips: between two bars, or with the hands on a bench behind the back."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.course import Tempo
from repsight.athlete.limbs import Limbs, build, directions, paired, unit
from repsight.athlete.motion.idle import sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

_BAR_M = 1.3
_BENCH_M = 0.46
_WRIST_M = 0.05  # top of the bar to the wrist joint of a straight arm
#: Trunk lean at the top and at the bottom in degrees.
_LEAN_DEG: Final = {"parallel_bars": (6.0, 20.0), "leaning": (14.0, 38.0), "bench": (2.0, 5.0)}


def _shoulder_m(order: Order, aside_m: float) -> FloatArray:
    """Height (N,) of the shoulders over the wrists: from straight arms to level upper arms."""
    body, drive = order.body, np.clip(order.course.drive, 0.0, 1.05)
    top = 0.985 * np.sqrt((0.995 * body.arm_m) ** 2 - aside_m**2)
    bottom = body.forearm_m * order.trait("depth", 0.82, 0.98)
    held = 0.3 * order.severity("soft_lockout") * (1.0 - drive)
    return top + (bottom - top) * (drive * (1.0 - 0.5 * order.severity("shallow")) + held)


def _hung_legs(order: Order, hip: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles (N, 2, 3), ``foot`` and ``foot_up`` of legs that hang bent."""
    body = order.body
    kick = order.severity("leg_kick") * np.sin(np.pi * np.clip(order.course.drive, 0.0, 1.0)) ** 2
    thigh = np.radians(order.trait("stance", -4.0, 10.0) + 60.0 * kick)
    shank = thigh - np.radians(order.trait("shin", 50.0, 90.0))
    down = [1.0, 1.0, -1.0]
    ankle = hip + (body.thigh_m * directions(thigh) + body.shank_m * directions(shank)) * down
    along = directions(shank) * down
    ahead = np.array([0.9, 0.0, 0.0])
    return (
        ankle[:, None] + paired(0.0 * thigh, 0.4 * body.hip_width * body.height_m, 0.0),
        np.repeat(unit(along + ahead)[:, None], 2, axis=1),
        np.repeat(unit(ahead - along)[:, None], 2, axis=1),
    )


def _heels(order: Order, hip: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles, ``foot`` and ``foot_up`` (N, 2, 3) of long legs with the heels on the floor."""
    body, none = order.body, 0.0 * order.course.t_s
    above = hip[:, 2] - body.ankle_height_m
    reach = float((hip[:, 0] + np.sqrt((0.985 * body.leg_m) ** 2 - above**2)).min())
    half = 0.5 * body.hip_width * body.height_m
    return (
        paired(none + reach, half, body.ankle_height_m),
        paired(none + 0.45, 0.05, 0.89),
        paired(none - 0.89, 0.0, 0.45),
    )


def _supported(order: Order) -> Limbs:
    body, t_s = order.body, order.course.t_s
    on_bench = order.variation == "bench"
    half = 0.5 * body.shoulder_width * body.height_m
    grip = half * order.trait("grip", 1.15, 1.35)
    drive = np.clip(order.course.drive, 0.0, 1.0)
    top_deg, low_deg = _LEAN_DEG[order.variation]
    swing = 24.0 * order.severity("swing") * np.sin(2.0 * np.pi * drive)
    lean = np.radians(top_deg + (low_deg - top_deg) * drive + order.trait("lean", -2.0, 2.0))
    wander = sway(t_s, 23, scale=0.003)
    # level upper arms point back to elbows that stay over the hands
    ahead = body.upper_arm_m * (0.08 + (0.62 if on_bench else 0.55) * drive) + wander[:, 0]
    wrist_z = (_BENCH_M if on_bench else _BAR_M) + _WRIST_M
    shoulder = np.stack([ahead, wander[:, 1], wrist_z + _shoulder_m(order, grip - half)], axis=-1)
    trunk_up = directions(lean + np.radians(swing))
    pelvis = shoulder - trunk_up * body.trunk_m
    ankle, foot, foot_up = _heels(order, pelvis) if on_bench else _hung_legs(order, pelvis)
    tilt = 0.2 * order.severity("uneven_shoulders") * drive
    return build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=unit(foot),
        foot_up=unit(foot_up), knee_pole=paired(1.0 + 0.0 * t_s, 0.05, 0.4),
        wrist=paired(0.0 * t_s, grip, wrist_z),
        elbow_pole=paired(-1.0 + 0.0 * t_s, order.trait("elbow", 0.1, 0.4), 0.2),
        hand=paired(0.0 * t_s + (0.6 if on_bench else 0.25), 0.0, -0.8),
        across=paired(0.0 * t_s + (0.0 if on_bench else 1.0), -1.0 if on_bench else 0.0, 0.0),
        head_up=unit(trunk_up + np.array([0.0, 0.0, 1.0])),
        left=np.stack([0.0 * t_s, np.cos(tilt), np.sin(tilt)], axis=-1),
    )  # fmt: skip


def _posture(order: Order) -> Motion:
    height = _BENCH_M if order.variation == "bench" else _BAR_M
    place = np.array([0.0, 0.0, height])
    return Motion(_supported(order), np.broadcast_to(place, (len(order.course), 3)))


STYLE = Style(
    move=_posture,
    variations=tuple(_LEAN_DEG),
    tempo=Tempo(out_s=1.1, hold_s=0.1, back_s=0.9, rest_s=0.4),
    faults=("shallow", "soft_lockout", "uneven_shoulders", "swing", "leg_kick"),
)
