"""Lateral and front raises: long arms lifted to shoulder height, sideways or forward."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import SIDES, Limbs
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.stance import on_feet, sagittal_arms, side_drive
from repsight.core.types import FloatArray

__all__ = ["FRONT_RAISE", "LATERAL_RAISE"]


def _raised(order: Order, low_deg: float, high_deg: float) -> FloatArray:
    """Angle (N, 2) of each arm from hanging, radians."""
    drive = side_drive(order)
    if order.variation == "one_arm":
        drive = drive * np.array([1.0, 0.0])
    high = high_deg - 34.0 * order.severity("low_raise")[:, None]
    lag = 1.0 - np.array([0.22, 0.0]) * order.severity("uneven_arms")[:, None]
    return np.radians(low_deg + (high - low_deg) * drive * lag)


def _carried(order: Order, arms: FloatArray, pole: FloatArray) -> Limbs:
    """The arms on a body that stands still, or heaves them up."""
    course = order.course
    back = course.bump(Stage.OUT, 0.1, 1.0) - 0.35 * course.bump(Stage.OUT, 0.0, 0.3)
    dip = course.bump(Stage.OUT, 0.0, 0.6) * order.severity("knee_dip")
    swing_deg = 19.0 * order.severity("body_swing") * back
    return on_feet(
        order, arms=arms, elbow_pole=pole, lean_deg=1.5 - swing_deg,
        dip_m=0.06 * order.body.height_m * dip,
    )  # fmt: skip


def _reach_m(body: Body, bend_deg: float) -> float:
    """Shoulder to wrist with the elbow bent by ``bend_deg``."""
    upper, fore = body.upper_arm_m, body.forearm_m
    return float(np.sqrt(upper**2 + fore**2 + 2.0 * upper * fore * np.cos(np.radians(bend_deg))))


def _sideways(order: Order) -> Motion:
    bent = order.variation == "bent_arm"
    reach = _reach_m(order.body, 65.0 if bent else order.trait("elbow", 8.0, 30.0))
    angle = _raised(order, 8.0, order.trait("reach", 82.0, 98.0))
    forward = np.radians(32.0 if order.variation == "scaption" else order.trait("lean", 2.0, 14.0))
    out = reach * np.sin(angle)
    x = 0.04 + out * np.sin(forward)
    arms = np.stack([x, SIDES * out * np.cos(forward), -reach * np.cos(angle)], axis=-1)
    # the elbow points back, and up once the arm is raised
    pole = np.stack([-1.0 + 0.0 * x, 0.0 * x, 0.5 * np.sin(angle) - 0.1], axis=-1)
    return Motion(_carried(order, arms, pole))


def _forward(order: Order) -> Motion:
    upper = _raised(order, 6.0, order.trait("reach", 82.0, 100.0))
    soft = order.trait("elbow", 6.0, 24.0) + 62.0 * order.severity("bent_arms")[:, None]
    bend = np.radians(soft) * (0.5 + 0.5 * np.sin(np.clip(upper, 0.0, np.pi / 2.0)))
    aside = -0.1 if order.variation == "plate" else 0.02
    arms, pole = sagittal_arms(order.body, upper - 0.4 * bend, bend, aside_m=aside)
    limbs = _carried(order, arms, pole)
    if order.variation != "barbell":
        return Motion(limbs)
    return Motion(limbs, limbs.wrist.mean(axis=1) + 0.06 * limbs.hand.mean(axis=1))


LATERAL_RAISE = Style(
    move=_sideways,
    variations=("standard", "bent_arm", "scaption", "one_arm", "alternating"),
    tempo=Tempo(out_s=1.0, hold_s=0.2, back_s=1.1, rest_s=0.4),
    faults=("low_raise", "uneven_arms", "body_swing", "knee_dip"),
    work_is_out=True,
)
FRONT_RAISE = Style(
    move=_forward,
    variations=("dumbbell", "barbell", "plate", "alternating"),
    tempo=Tempo(out_s=1.0, hold_s=0.2, back_s=1.1, rest_s=0.4),
    faults=("low_raise", "uneven_arms", "body_swing", "knee_dip", "bent_arms"),
    work_is_out=True,
)
