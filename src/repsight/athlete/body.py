"""Proportions of one person: segment lengths as shares of standing height."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

__all__ = ["Body"]

#: Person-to-person spread (standard deviation) of each segment share, relative to its mean.
_SPREAD: Final = {
    "shank": 0.04, "thigh": 0.04, "trunk": 0.035, "upper_arm": 0.035, "forearm": 0.035,
    "foot": 0.04, "shoulder_width": 0.05, "hip_width": 0.05,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A lifter; every share is segment length / standing height, joint centre to joint centre.

    ``trunk`` runs from the hip midpoint to the shoulder midpoint. ``girth`` scales the
    thickness of limbs in pictures only. ``skin`` is a share 0 (light) to 1 (dark).
    """

    height_m: float = 1.75
    shank: float = 0.246
    thigh: float = 0.245
    trunk: float = 0.288
    upper_arm: float = 0.178
    forearm: float = 0.148
    foot: float = 0.155
    ankle_height: float = 0.045
    shoulder_width: float = 0.205
    hip_width: float = 0.108
    girth: float = 1.0
    skin: float = 0.3

    @classmethod
    def varied(cls, seed: int) -> Body:
        """A person drawn from human ranges; the same seed gives the same person."""
        rng = np.random.default_rng([seed, 0xB0D7])
        mean = cls()
        shares = {
            name: getattr(mean, name) * (1.0 + spread * float(np.clip(rng.normal(), -2.2, 2.2)))
            for name, spread in _SPREAD.items()
        }
        # Shares are of standing height, so leg and trunk must still add up to a person.
        stack = shares["shank"] + shares["thigh"] + shares["trunk"]
        fit = (mean.shank + mean.thigh + mean.trunk) / stack
        for name in ("shank", "thigh", "trunk"):
            shares[name] *= fit
        height_m = float(np.clip(rng.normal(1.74, 0.09), 1.52, 1.98))
        girth = float(rng.uniform(0.9, 1.2))
        skin = float(rng.uniform(0.0, 1.0))
        return replace(mean, height_m=height_m, girth=girth, skin=skin, **shares)

    @property
    def shank_m(self) -> float:
        """Knee to ankle."""
        return self.shank * self.height_m

    @property
    def thigh_m(self) -> float:
        """Hip to knee."""
        return self.thigh * self.height_m

    @property
    def leg_m(self) -> float:
        """Hip to ankle with a straight knee."""
        return self.shank_m + self.thigh_m

    @property
    def trunk_m(self) -> float:
        """Hip midpoint to shoulder midpoint."""
        return self.trunk * self.height_m

    @property
    def upper_arm_m(self) -> float:
        """Shoulder to elbow."""
        return self.upper_arm * self.height_m

    @property
    def forearm_m(self) -> float:
        """Elbow to wrist."""
        return self.forearm * self.height_m

    @property
    def arm_m(self) -> float:
        """Shoulder to wrist with a straight elbow."""
        return self.upper_arm_m + self.forearm_m

    @property
    def foot_m(self) -> float:
        """Heel to toe tip."""
        return self.foot * self.height_m

    @property
    def ankle_height_m(self) -> float:
        """Sole to ankle joint."""
        return self.ankle_height * self.height_m

    @property
    def midfoot_m(self) -> float:
        """How far the middle of the foot lies in front of the ankle joint."""
        return 0.25 * self.foot_m
