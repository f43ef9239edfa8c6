"""Names of the 33 BlazePose landmarks and how they pair up."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["BILATERAL", "BONES", "COUNT", "MIRROR", "UNMEASURED", "Landmark", "columns", "middle"]


class Landmark(IntEnum):
    """Column of each landmark; the order is BlazePose's own."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


COUNT: Final = len(Landmark)

#: Point names used by signals -> (left column, right column). ``nose`` has one column twice.
BILATERAL: Final[dict[str, tuple[int, int]]] = {
    "nose": (0, 0),
    "ear": (7, 8),
    "shoulder": (11, 12),
    "elbow": (13, 14),
    "wrist": (15, 16),
    "hand": (19, 20),
    "hip": (23, 24),
    "knee": (25, 26),
    "ankle": (27, 28),
    "heel": (29, 30),
    "toe": (31, 32),
}

#: Column that each column becomes when the picture is mirrored.
MIRROR: Final = np.array(
    [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9]
    + [column + (1 if column % 2 else -1) for column in range(11, COUNT)]
)

#: Pairs of columns that a drawing joins.
BONES: Final[tuple[tuple[int, int], ...]] = (
    (11, 12), (11, 23), (12, 24), (23, 24),
    (11, 13), (13, 15), (12, 14), (14, 16),
    (23, 25), (25, 27), (24, 26), (26, 28),
    (27, 29), (29, 31), (27, 31), (28, 30), (30, 32), (28, 32),
)  # fmt: skip

#: Columns that no signal is taken from and no body length: eyes and mouth.
UNMEASURED: Final = (1, 2, 3, 4, 5, 6, 9, 10)


def columns(*points: str) -> list[int]:
    """Left and right column of each point, such as ``knee``; KeyError if there is none."""
    return [column for point in points for column in BILATERAL[point]]


def middle(points: NDArray[np.float64], point: str) -> NDArray[np.float64]:
    """Half way between left and right of ``point`` in landmarks (..., 33, D): (..., D)."""
    left, right = BILATERAL[point]
    return (points[..., left, :] + points[..., right, :]) / 2
