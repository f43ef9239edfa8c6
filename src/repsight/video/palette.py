"""The colours of every drawing, as (red, green, blue) in 0..255."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BAR_PATH",
    "CARD",
    "FAR_SIDE",
    "GOOD",
    "INK",
    "ISSUE",
    "JOINT",
    "NEAR_SIDE",
    "OUTLINE",
    "QUIET",
    "REJECTED",
    "TARGET",
    "Rgb",
]

Rgb = tuple[int, int, int]

OUTLINE: Final[Rgb] = (10, 14, 20)
CARD: Final[Rgb] = (14, 19, 27)
INK: Final[Rgb] = (255, 255, 255)
QUIET: Final[Rgb] = (190, 200, 212)
NEAR_SIDE: Final[Rgb] = (64, 214, 255)
FAR_SIDE: Final[Rgb] = (176, 190, 214)
JOINT: Final[Rgb] = (255, 255, 255)
ISSUE: Final[Rgb] = (255, 76, 62)
REJECTED: Final[Rgb] = (255, 178, 36)
TARGET: Final[Rgb] = (255, 224, 70)
BAR_PATH: Final[Rgb] = (150, 255, 110)
GOOD: Final[Rgb] = (96, 230, 130)
