"""Joints of a moving body, and how poles, planted feet and planted hands fix them.

Axes of the gym floor: x forward (where a standing lifter looks), y to the lifter's left, z up;
metres; the floor is z = 0. Pairs of joints are stored left first: (N, 2, 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.core.skeleton import columns
from repsight.core.types import FloatArray

__all__ = [
    "SIDES",
    "UP",
    "Limbs",
    "blend",
    "build",
    "directions",
    "leftwards",
    "paired",
    "standing_feet",
    "two_bones",
    "unit",
]

#: Sign of y on the left and on the right side, ready to broadcast against (N, 2).
SIDES: FloatArray = np.array([1.0, -1.0])
UP: FloatArray = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class Limbs:
    """All joints over N samples; every array is (N, 2, 3) except the head's (N, 3).

    ``foot`` points from heel to toe, ``foot_up`` from sole to ankle, ``hand`` from the wrist
    to the fingers and ``across`` from the little finger to the thumb; all four are unit vectors.
    """

    hip: FloatArray
    knee: FloatArray
    ankle: FloatArray
    foot: FloatArray
    foot_up: FloatArray
    shoulder: FloatArray
    elbow: FloatArray
    wrist: FloatArray
    hand: FloatArray
    across: FloatArray
    head_up: FloatArray

    @property
    def pelvis(self) -> FloatArray:
        """Hip midpoint (N, 3)."""
        return self.hip.mean(axis=1)

    @property
    def trunk_up(self) -> FloatArray:
        """Unit vector from hip midpoint to shoulder midpoint (N, 3)."""
        return unit(self.shoulder.mean(axis=1) - self.pelvis)

    @property
    def left(self) -> FloatArray:
        """Unit vector from right to left shoulder (N, 3)."""
        return unit(self.shoulder[:, 0] - self.shoulder[:, 1])


def unit(vector: FloatArray) -> FloatArray:
    """Vectors (..., 3) of length one along the last axis; a null vector stays null."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return vector / np.maximum(length, 1e-9)


def leftwards(points: FloatArray, point: str) -> FloatArray:
    """Unit vector (3,) from the right to the left one of ``point`` in landmarks (33, 3)."""
    left, right = points[columns(point)]
    return unit(left - right)


def paired(x: FloatArray | float, y: FloatArray | float, z: FloatArray | float) -> FloatArray:
    """Mirror-image pair (N, 2, 3): same x and z, ``y`` towards the own side."""
    fx, fy, fz = np.broadcast_arrays(*(np.atleast_1d(np.asarray(v, float)) for v in (x, y, z)))
    return np.stack([np.stack([fx, side * fy, fz], axis=-1) for side in SIDES], axis=1)


def directions(angle_rad: FloatArray) -> FloatArray:
    """Unit vectors (N, 3) in the sagittal plane, leaning forward by ``angle_rad`` (N,)."""
    return np.stack([np.sin(angle_rad), np.zeros_like(angle_rad), np.cos(angle_rad)], axis=-1)


def two_bones(
    root: FloatArray, tip: FloatArray, *, pole: FloatArray, upper_m: float, lower_m: float
) -> tuple[FloatArray, FloatArray]:
    """Middle joint and reachable tip of a two-segment chain that bends towards ``pole``.

    All arrays broadcast to (..., 3). A tip out of reach is pulled in along its direction.
    """
    reach = tip - root
    distance = np.linalg.norm(reach, axis=-1, keepdims=True)
    axis = reach / np.maximum(distance, 1e-9)
    span = np.clip(distance, abs(upper_m - lower_m) + 1e-4, (upper_m + lower_m) * (1 - 1e-6))
    along = (upper_m**2 - lower_m**2 + span**2) / (2.0 * span)
    aside = np.sqrt(np.maximum(upper_m**2 - along**2, 0.0))
    bend = unit(pole - (pole * axis).sum(axis=-1, keepdims=True) * axis)
    return root + along * axis + aside * bend, root + span * axis


def standing_feet(toe_out_rad: float, samples: int) -> tuple[FloatArray, FloatArray]:
    """``foot`` and ``foot_up`` (N, 2, 3) of flat feet turned out by ``toe_out_rad``."""
    ones = np.ones(samples)
    return paired(np.cos(toe_out_rad) * ones, np.sin(toe_out_rad), 0.0), paired(
        0.0 * ones, 0.0, 1.0
    )


def build(
    body: Body,
    *,
    pelvis: FloatArray,  # (N, 3)
    trunk_up: FloatArray,  # (N, 3)
    ankle: FloatArray,  # (N, 2, 3)
    foot: FloatArray,
    foot_up: FloatArray,
    knee_pole: FloatArray,
    wrist: FloatArray,
    elbow_pole: FloatArray,
    hand: FloatArray | None = None,
    across: FloatArray | None = None,
    head_up: FloatArray | None = None,
    left: FloatArray | None = None,
) -> Limbs:
    """Close legs and arms over planted feet and guided wrists.

    ``left`` (N, 3) is the axis across shoulders and hips, straight to the left unless given.
    Hands follow the forearm and the head the trunk, half way to upright, unless given.
    """
    sideways = np.broadcast_to(np.array([0.0, 1.0, 0.0]), pelvis.shape) if left is None else left
    width = SIDES[None, :, None] * sideways[:, None, :] * (0.5 * body.height_m)
    pelvis = pelvis - UP * _too_high(body, pelvis[:, None, :] + width * body.hip_width, ankle)
    hip = pelvis[:, None, :] + width * body.hip_width
    shoulder = (pelvis + trunk_up * body.trunk_m)[:, None, :] + width * body.shoulder_width
    knee, _ = two_bones(hip, ankle, pole=knee_pole, upper_m=body.thigh_m, lower_m=body.shank_m)
    elbow, wrist = two_bones(
        shoulder, wrist, pole=elbow_pole, upper_m=body.upper_arm_m, lower_m=body.forearm_m
    )
    front = np.cross(sideways, trunk_up)
    return Limbs(
        hip, knee, ankle, foot, foot_up, shoulder, elbow, wrist,
        unit(wrist - elbow) if hand is None else hand,
        np.broadcast_to(front[:, None, :], hip.shape) if across is None else across,
        unit(trunk_up + UP) if head_up is None else head_up,
    )  # fmt: skip


def _too_high(body: Body, hip: FloatArray, ankle: FloatArray) -> FloatArray:
    """How far (N, 1) the pelvis must sink for both legs to reach their ankles."""
    reach = hip - ankle
    level = np.hypot(reach[..., 0], reach[..., 1])
    tallest = np.sqrt(np.maximum((body.leg_m * (1.0 - 1e-6)) ** 2 - level**2, 0.0))
    excess = np.where(level < 0.7 * body.leg_m, reach[..., 2] - tallest, 0.0)
    return np.maximum(excess, 0.0).max(axis=1, keepdims=True)


def blend(body: Body, first: Limbs, second: Limbs, *, weight: FloatArray) -> Limbs:
    """Posture between two, ``weight`` (N,) of the second; segment lengths stay exact.

    Pelvis, ankles and wrists move on straight lines; knees and elbows follow.
    """
    one = weight[:, None]
    two = weight[:, None, None]

    def mixed(a: FloatArray, b: FloatArray) -> FloatArray:
        share = one if a.ndim == 2 else two
        return a * (1.0 - share) + b * share

    return build(
        body,
        pelvis=mixed(first.pelvis, second.pelvis),
        trunk_up=unit(mixed(first.trunk_up, second.trunk_up)),
        left=unit(mixed(first.left, second.left)),
        ankle=mixed(first.ankle, second.ankle),
        foot=unit(mixed(first.foot, second.foot)),
        foot_up=unit(mixed(first.foot_up, second.foot_up)),
        knee_pole=mixed(_bend(first.hip, first.knee, first.ankle, first.foot),
                        _bend(second.hip, second.knee, second.ankle, second.foot)),
        # Hands swing in an arc in front of the body, not through it.
        wrist=mixed(first.wrist, second.wrist)
        + (0.15 * np.sin(np.pi * weight))[:, None, None] * second.foot * [1.0, 0.0, 0.0],
        elbow_pole=mixed(_bend(first.shoulder, first.elbow, first.wrist, -first.foot),
                         _bend(second.shoulder, second.elbow, second.wrist, -second.foot)),
        hand=unit(mixed(first.hand, second.hand)),
        across=unit(mixed(first.across, second.across)),
        head_up=unit(mixed(first.head_up, second.head_up)),
    )  # fmt: skip


def _bend(
    root: FloatArray, middle: FloatArray, tip: FloatArray, straight: FloatArray
) -> FloatArray:
    """Direction in which a chain bends; ``straight`` decides when it does not."""
    axis = unit(tip - root)
    offset = middle - root
    aside = offset - (offset * axis).sum(axis=-1, keepdims=True) * axis
    return unit(aside + 0.003 * straight)
