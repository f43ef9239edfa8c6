"""Squats whose load stays over mid-foot, so the trunk leans as the proportions ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import Limbs, blend, build, directions, paired
from repsight.athlete.motion.idle import standing, sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE", "Carry", "balanced_lean_rad"]


@dataclass(frozen=True, slots=True)
class Carry:
    """Where a load rides: shares of trunk length up the trunk, metres in front of it.

    ``weight`` is the load's share of load plus body; 1 balances the load alone, which is
    what a heavy bar comes to. ``shin_deg`` is the range of forward shin angles it invites.
    """

    up: float
    front_m: float
    weight: float
    shin_deg: tuple[float, float]


_CARRY = {
    "high_bar": Carry(1.0, -0.012, 1.0, (24.0, 34.0)),
    "low_bar": Carry(0.9, -0.012, 1.0, (19.0, 29.0)),
    "front": Carry(0.98, 0.065, 1.0, (28.0, 38.0)),
    "goblet": Carry(0.78, 0.21, 0.28, (27.0, 37.0)),
    "bodyweight": Carry(0.9, 0.25, 0.05, (24.0, 35.0)),
}
#: Standing legs tip forward a little, so that hips and load are over mid-foot.
_TILT_DEG = 3.5
_SHIN_LIMIT_DEG = 45.0
_STANCE = {"narrow": 0.80, "wide": 1.65}
_SHARES = {"thigh": 0.21, "shank": 0.10, "trunk": 0.66}  # of body mass, arms with the trunk


def balanced_lean_rad(body: Body, hip_x: FloatArray, *, knee_x: FloatArray, carry: Carry,
                      target_x: float) -> FloatArray:  # fmt: skip
    """Trunk lean (N,) that puts load and body over ``target_x``, all in metres from the ankle."""
    low = np.full_like(hip_x, np.radians(-25.0))
    high = np.full_like(hip_x, np.radians(80.0))
    fixed = _SHARES["thigh"] * (hip_x + knee_x) / 2.0 + _SHARES["shank"] * knee_x / 2.0
    for _ in range(40):
        lean = (low + high) / 2.0
        sine, cosine = np.sin(lean), np.cos(lean)
        load = hip_x + carry.up * body.trunk_m * sine + carry.front_m * cosine
        own = fixed + _SHARES["trunk"] * (hip_x + 0.62 * body.trunk_m * sine) + 0.03 * target_x
        ahead = carry.weight * load + (1.0 - carry.weight) * own > target_x
        low, high = np.where(ahead, low, lean), np.where(ahead, lean, high)
    return (low + high) / 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _Feet:
    """How far the ankle has come forward and up, metres, and the pitch of the foot (N,)."""

    x: FloatArray
    z: FloatArray
    pitch_rad: FloatArray


def _heel_rise(order: Order, turn_out: float) -> _Feet:
    """Feet that tip over their toes towards the bottom, or stay flat."""
    body = order.body
    pitch = np.radians(22.0) * order.severity("heel_rise") * np.clip(order.course.drive, 0, 1) ** 2
    ahead, sole = 0.68 * body.foot_m, 0.8 * body.ankle_height_m
    x = ahead - (ahead * np.cos(pitch) - sole * np.sin(pitch))
    z = ahead * np.sin(pitch) + sole * (np.cos(pitch) - 1.0)
    return _Feet(x * np.cos(turn_out), z, pitch)


@dataclass(frozen=True, slots=True, eq=False)
class _Plane:
    """Pelvis (N, 2) and knee (N,) in the sagittal plane relative to the ankle, and the lean."""

    hip_x: FloatArray
    hip_z: FloatArray
    lean_rad: FloatArray
    feet: _Feet


def _side_plane(order: Order, carry: Carry, *, turn_out: float, half_stance_m: float) -> _Plane:
    body, depth = order.body, order.course.drive
    aside = half_stance_m - 0.5 * body.hip_width * body.height_m
    rise = float(np.sqrt(1.0 - (aside / body.leg_m) ** 2))
    full = np.radians(order.trait("depth", 93.0, 104.0))
    upright = np.radians(-_TILT_DEG + 2.0)
    # A shallow squatter stops with the thigh 20 to 30 degrees above the horizontal.
    thigh = upright + (full - np.radians(32.0) * order.severity("shallow") - upright) * depth
    early = order.severity("hips_rise_first") * order.course.bump(Stage.BACK, 0.02, 0.75)
    thigh = thigh - np.radians(10.0) * early
    excess = np.radians(11.0) * early + np.radians(15.0) * order.severity("forward_drift") * np.sin(
        np.pi / 2.0 * np.clip(depth / 0.7, 0.0, 1.0)
    )
    feet = _heel_rise(order, turn_out)
    shin_full = order.trait("shin", *carry.shin_deg)
    target_x = body.midfoot_m * np.cos(turn_out) + order.trait("load", -0.012, 0.012)
    bend = np.sin(np.pi / 2.0 * np.clip(depth, 0.0, 1.0))

    def squat_with(shin_deg: float) -> _Plane:
        shin = np.radians(_TILT_DEG + (shin_deg - _TILT_DEG) * bend * (1.0 - 0.7 * early))
        knee_x = feet.x + body.shank_m * np.sin(shin) * np.cos(turn_out)
        hip_x = knee_x - body.thigh_m * np.sin(thigh) * np.cos(turn_out)
        lean = balanced_lean_rad(body, hip_x, knee_x=knee_x, carry=carry, target_x=target_x)
        height = rise * (body.shank_m * np.cos(shin) + body.thigh_m * np.cos(thigh))
        return _Plane(hip_x, feet.z + height, lean + excess, feet)

    plane = squat_with(shin_full)
    # Long thighs need shins further forward to keep the trunk within reach of balance.
    limit_deg = order.trait("lean", 50.0, 60.0)
    while np.degrees(plane.lean_rad.max()) > limit_deg and shin_full < _SHIN_LIMIT_DEG:
        shin_full += 2.0
        plane = squat_with(shin_full)
    return plane


def _hands(order: Order, carry: Carry, name: str, pelvis: FloatArray,
           trunk_up: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:  # fmt: skip
    """Load centre (N, 3), wrists and elbow poles (N, 2, 3)."""
    body = order.body
    front = np.cross(np.array([0.0, 1.0, 0.0]), trunk_up)
    seat = {"high_bar": -0.045, "low_bar": -0.06}.get(name, carry.front_m)
    load = pelvis + trunk_up * (carry.up * body.trunk_m + 0.01) + front * seat
    half = 0.5 * body.shoulder_width * body.height_m
    ones = np.ones(len(pelvis))
    if name in {"high_bar", "low_bar"}:
        grip = half * order.trait("grip", 1.7, 2.2)
        wrist = load[:, None] + paired(0.0 * ones, grip, 0.0) - 0.05 * trunk_up[:, None]
        return load, wrist, -0.5 * front[:, None] - trunk_up[:, None] + paired(0 * ones, 0.1, 0)
    if name == "front":
        wrist = load[:, None] + paired(0.03 * ones, half * 1.15, 0.05)
        return load, wrist, front[:, None] + paired(0.0 * ones, 0.25, 0.2)
    if name == "goblet":
        wrist = load[:, None] + paired(-0.02 * ones, 0.06, -0.06)
        return load, wrist, paired(0.0 * ones, 0.3, -1.0)
    raised = np.radians(80.0) * np.sin(np.pi / 2.0 * np.clip(order.course.drive / 0.6, 0.0, 1.0))
    arm = 0.97 * body.arm_m * np.stack([np.sin(raised), 0.0 * ones, -np.cos(raised)], axis=-1)
    reach = pelvis + trunk_up * body.trunk_m + arm
    return load, reach[:, None] + paired(0.0 * ones, half * 1.1, 0.0), paired(0 * ones, 0.4, -1)


def _posture(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    name, _, stance = order.variation.partition("/")
    carry = _CARRY[name]
    half_stance = (
        0.5
        * body.shoulder_width
        * body.height_m
        * _STANCE.get(stance, order.trait("stance", 1.0, 1.25))
    )
    turn_out = np.radians(order.trait("toe_out", 8.0, 24.0) + 14.0 * (stance == "wide"))
    plane = _side_plane(order, carry, turn_out=turn_out, half_stance_m=half_stance)
    wander = sway(t_s, 7, scale=0.003)
    aside = wander[:, 1] + 0.075 * order.severity("lateral_shift") * _deep(order)
    pelvis = np.stack([plane.hip_x, aside, body.ankle_height_m + plane.hip_z], axis=-1)
    trunk_up = directions(plane.lean_rad)
    load, wrist, elbow_pole = _hands(order, carry, name, pelvis, trunk_up)
    foot, foot_up = _feet_axes(plane.feet, float(turn_out))
    caving = np.radians(17.0) * order.severity("knees_in") * _deep(order)
    ready = build(
        body, pelvis=pelvis, trunk_up=trunk_up,
        ankle=_ankles(body, plane.feet, half_stance, float(turn_out)),
        foot=foot, foot_up=foot_up,
        knee_pole=paired(np.cos(turn_out - caving), np.sin(turn_out - caving), 0.0),
        wrist=wrist, elbow_pole=elbow_pole,
    )  # fmt: skip
    return Motion(_from_standing(order, ready, half_stance, float(turn_out)), load)


def _deep(order: Order) -> FloatArray:
    """Share (N,) of a fault that grows with depth and is worst on the way up."""
    depth = np.clip(order.course.drive, 0.0, 1.0) ** 2
    return depth * np.where(order.course.stage == Stage.BACK, 1.0, 0.85)


def _feet_axes(feet: _Feet, turn_out: float) -> tuple[FloatArray, FloatArray]:
    """``foot`` and ``foot_up`` (N, 2, 3) of feet tipped over their toes."""
    sine, cosine = np.sin(feet.pitch_rad), np.cos(feet.pitch_rad)
    along, across = np.cos(turn_out), np.sin(turn_out)
    foot = paired(cosine * along, cosine * across, -sine)
    return foot, paired(sine * along, sine * across, cosine)


def _ankles(body: Body, feet: _Feet, half_stance_m: float, turn_out: float) -> FloatArray:
    """Ankles (N, 2, 3): planted, or carried forward and up by a rising heel."""
    aside = half_stance_m + feet.x * np.tan(turn_out)
    return paired(feet.x, aside, body.ankle_height_m + feet.z)


def _from_standing(order: Order, ready: Limbs, half_stance: float, turn_out: float) -> Limbs:
    idle = standing(
        order.body, order.course.t_s, half_stance_m=half_stance, toe_out_rad=turn_out, seed=3
    )
    return blend(order.body, idle, ready, weight=order.course.ready)


STYLE = Style(
    move=_posture,
    variations=tuple(name + stance for stance in ("", "/narrow", "/wide") for name in _CARRY),
    tempo=Tempo(out_s=1.4, hold_s=0.08, back_s=1.2, rest_s=0.8),
    walks_in=True,
    faults=(
        "shallow",
        "hips_rise_first",
        "heel_rise",
        "forward_drift",
        "knees_in",
        "lateral_shift",
    ),
)
