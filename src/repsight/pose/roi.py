"""The rotated square around a person; lengths are in frame heights, as everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.types import FloatArray

__all__ = ["MARGIN", "Roi", "roi_from_circle", "whole_frame"]

#: The models were trained on squares this much larger than the circle around the body.
MARGIN: Final = 1.25


@dataclass(frozen=True, slots=True)
class Roi:
    """Centre ``x``, ``y`` and side ``size`` in frame heights; ``angle_rad`` turns clockwise."""

    x: float
    y: float
    size: float
    angle_rad: float = 0.0

    def to_frame(self, points: FloatArray) -> FloatArray:
        """Points (..., 2) given as shares of the square, in frame heights."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        centred = (points - 0.5) * self.size
        return np.stack(
            [
                self.x + cos * centred[..., 0] - sin * centred[..., 1],
                self.y + sin * centred[..., 0] + cos * centred[..., 1],
            ],
            axis=-1,
        )

    def to_shares(self, points: FloatArray) -> FloatArray:
        """Points (..., 2) in frame heights, as shares of the square: the inverse of to_frame."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        across, down = points[..., 0] - self.x, points[..., 1] - self.y
        return (
            0.5 + np.stack([cos * across + sin * down, cos * down - sin * across], -1) / self.size
        )

    def turned(self, vectors: FloatArray) -> FloatArray:
        """Vectors (..., 3) in the square's axes, turned into the frame's (about z)."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        turned = vectors.copy()
        turned[..., 0] = cos * vectors[..., 0] - sin * vectors[..., 1]
        turned[..., 1] = sin * vectors[..., 0] + cos * vectors[..., 1]
        return turned


def roi_from_circle(centre: FloatArray, rim: FloatArray) -> Roi:
    """The square around the body: hip midpoint ``centre``, and ``rim`` above the head."""
    across, down = rim - centre
    angle = np.pi / 2 - np.arctan2(-down, across)
    angle -= 2 * np.pi * np.floor((angle + np.pi) / (2 * np.pi))
    size = 2 * float(np.hypot(across, down)) * MARGIN
    return Roi(float(centre[0]), float(centre[1]), size, float(angle))


def whole_frame(aspect_ratio: float) -> Roi:
    """The upright square that just holds the frame."""
    return Roi(aspect_ratio / 2, 0.5, max(aspect_ratio, 1.0))
