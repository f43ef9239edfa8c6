"""Triceps extensions: forearms straighten about elbows that stay overhead or at the side."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.athlete.course import Stage, Tempo
from repsight.athlete.limbs import paired
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.athlete.motion.stance import on_feet, sagittal_arms
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

#: Upper arm raised forward from hanging, bend of the elbow at rest, in degrees; hands apart in m.
_ARMS: Final = {
    "overhead": ((166.0, 176.0), (112.0, 124.0), -0.15),
    "pushdown": ((4.0, 14.0), (90.0, 102.0), -0.1),
    "rope": ((4.0, 14.0), (92.0, 104.0), -0.06),
    "kickback": ((-72.0, -62.0), (84.0, 96.0), 0.02),
}
_LEAN_DEG: Final = {"pushdown": 10.0, "rope": 14.0, "kickback": 58.0}


def _bend_rad(order: Order) -> FloatArray:
    """Bend (N, 2) of the elbows: bent at rest, straight at the turn."""
    rest = order.trait("reach", *_ARMS[order.variation][1]) - 56.0 * order.severity("short_bend")
    straight = order.trait("elbow", 4.0, 12.0) + 55.0 * order.severity("short_lockout")
    drive = np.clip(order.course.drive, 0.0, 1.02)
    return np.repeat(np.radians(rest + (straight - rest) * drive)[:, None], 2, axis=1)


def _posture(order: Order) -> Motion:
    body, course = order.body, order.course
    raised, _, aside = _ARMS[order.variation]
    # elbows that travel go forward: with the weight overhead, before it at a cable
    drive = np.clip(course.drive, 0.0, 1.0)
    away = -drive if order.variation == "overhead" else 1.0 - drive
    upper = np.radians(order.trait("lean", *raised) + 60.0 * order.severity("elbow_drift") * away)
    bow = course.bump(Stage.OUT, 0.0, 0.8) * order.severity("body_swing")
    lean = _LEAN_DEG.get(order.variation, 0.0) + 22.0 * bow
    both = np.repeat(upper[:, None], 2, axis=1)
    arms, pole = sagittal_arms(body, both, _bend_rad(order), aside_m=aside)
    thumbs = paired(0.0 * course.t_s + 1.0, 0.0, 0.3)
    limbs = on_feet(order, arms=arms, elbow_pole=pole, lean_deg=lean, across=thumbs)
    return Motion(limbs, limbs.wrist.mean(axis=1) + 0.07 * limbs.hand.mean(axis=1))


STYLE = Style(
    move=_posture,
    variations=tuple(_ARMS),
    tempo=Tempo(out_s=0.9, hold_s=0.2, back_s=1.1, rest_s=0.3),
    faults=("short_lockout", "short_bend", "elbow_drift", "body_swing"),
    work_is_out=True,
)
