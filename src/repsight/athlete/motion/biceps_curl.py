"""Biceps curls: forearms turn about elbows that stay beside the trunk."""

from __future__ import annotations

import numpy as np

from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import paired
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.stance import on_feet, sagittal_arms, side_drive
from repsight.core.types import FloatArray

__all__ = ["STYLE"]


def _elbow_bend_rad(order: Order, drive: FloatArray) -> FloatArray:
    """Bend (N, 2) of the elbows: from nearly straight to the weight before the shoulder."""
    low = order.trait("elbow", 6.0, 16.0) + 42.0 * order.severity("short_bottom")[:, None]
    high = order.trait("reach", 128.0, 140.0) - 51.0 * order.severity("short_top")[:, None]
    lag = 1.0 - np.array([0.3, 0.0]) * order.severity("uneven_arms")[:, None]
    return np.radians(low + (high - low) * drive * lag)


def _posture(order: Order) -> Motion:
    body, course = order.body, order.course
    drive = side_drive(order)
    forward = order.trait("lean", 3.0, 14.0) + 38.0 * order.severity("elbow_drift")[:, None]
    upper = np.radians(3.0 + forward * np.clip(drive, 0.0, 1.0) ** 2)
    arms, pole = sagittal_arms(body, upper, _elbow_bend_rad(order, drive))
    # a heave: a short bow, then back with the weight
    heave = order.severity("body_swing")
    back = course.bump(Stage.OUT, 0.15, 1.0) - 0.35 * course.bump(Stage.OUT, 0.0, 0.3)
    none = 0.0 * course.t_s
    thumbs_up = order.variation == "hammer"
    limbs = on_feet(
        order, arms=arms, elbow_pole=pole, lean_deg=1.5 - 19.0 * heave * back,
        across=paired(none + 1.0, 0.0, 0.3) if thumbs_up else paired(none + 0.1, 1.0, 0.0),
    )  # fmt: skip
    if order.variation != "barbell":
        return Motion(limbs)
    return Motion(limbs, limbs.wrist.mean(axis=1) + 0.06 * limbs.hand.mean(axis=1))


STYLE = Style(
    move=_posture,
    variations=("barbell", "dumbbell", "hammer", "alternating"),
    tempo=Tempo(out_s=1.0, hold_s=0.1, back_s=1.1, rest_s=0.4),
    faults=("elbow_drift", "body_swing", "short_bottom", "short_top", "uneven_arms"),
    cheats=("body_swing",),
    work_is_out=True,
)
