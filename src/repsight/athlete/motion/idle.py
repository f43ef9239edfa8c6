"""Standing about: where most sets begin and end, and small sway everybody has."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.limbs import SIDES, Limbs, build, directions, paired, standing_feet
from repsight.core.types import FloatArray

__all__ = ["hanging_wrists", "leg_stack_m", "standing", "sway"]


def sway(t_s: FloatArray, seed: int, *, scale: float = 1.0) -> FloatArray:
    """Slow wander (N, 3) of about ``scale``, deterministic in time; x, y, and a third channel."""
    rng = np.random.default_rng([seed, 0x5A11])
    out = np.zeros((len(t_s), 3))
    for hz in (0.11, 0.23, 0.41, 0.77):
        phase = rng.uniform(0.0, 2.0 * np.pi, 3)
        size = rng.normal(0.0, 0.5, 3) * (0.2 / hz) ** 0.5
        out += size * np.sin(2.0 * np.pi * hz * t_s[:, None] + phase)
    return scale * out


def leg_stack_m(body: Body, half_stance_m: float) -> float:
    """Vertical hip-to-ankle distance of straight legs over a stance."""
    aside = half_stance_m - 0.5 * body.hip_width * body.height_m
    return float(np.sqrt(max(body.leg_m**2 - aside**2, 0.0)))


def hanging_wrists(body: Body, pelvis: FloatArray, trunk_up: FloatArray) -> FloatArray:
    """Wrists (N, 2, 3) of arms that hang with a soft elbow."""
    shoulder = pelvis + trunk_up * body.trunk_m
    half = 0.5 * body.shoulder_width * body.height_m
    aside = SIDES[None, :, None] * np.array([0.0, half + 0.06, 0.0])
    down = np.array([0.05, 0.0, -0.975 * body.arm_m])
    return shoulder[:, None, :] + aside + down


def standing(
    body: Body, t_s: FloatArray, *, half_stance_m: float, toe_out_rad: float, seed: int
) -> Limbs:
    """Upright with hanging arms, swaying a little; feet as the exercise wants them."""
    wander = sway(t_s, seed, scale=0.006)
    ankle_z = body.ankle_height_m
    pelvis = np.stack([
        0.045 + wander[:, 0], wander[:, 1],
        np.full(len(t_s), ankle_z + 0.998 * leg_stack_m(body, half_stance_m)),
    ], axis=-1)  # fmt: skip
    trunk_up = directions(np.radians(1.5 + 80.0 * wander[:, 2]))
    foot, foot_up = standing_feet(toe_out_rad, len(t_s))
    return build(
        body,
        pelvis=pelvis,
        trunk_up=trunk_up,
        ankle=paired(0.0 * t_s, half_stance_m, ankle_z),
        foot=foot,
        foot_up=foot_up,
        knee_pole=foot,
        wrist=hanging_wrists(body, pelvis, trunk_up),
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.25, 0.0),
    )
