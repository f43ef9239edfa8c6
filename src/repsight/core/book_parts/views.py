"""Views from which something can be seen, and how much less exactly it is seen from others."""

from __future__ import annotations

from typing import Final

from repsight.core.spec import ViewName

__all__ = [
    "ANY_VIEW",
    "DEPTH_SIGMA",
    "ELBOW_DEG",
    "FACING",
    "KNEE_DEG",
    "NOT_SIDE",
    "WORLD_DEG",
    "never_claimed",
]

ANY_VIEW: Final[tuple[ViewName, ...]] = ("front", "back", "side", "oblique")
FACING: Final[tuple[ViewName, ...]] = ("front", "back")
#: Views in which both arms are seen side by side.
NOT_SIDE: Final[tuple[ViewName, ...]] = ("front", "back", "oblique")
#: Error of an elbow angle that is not seen from the side, in degrees.
ELBOW_DEG: Final[tuple[tuple[ViewName, float], ...]] = (
    ("front", 14.0), ("back", 14.0), ("oblique", 12.0),
)  # fmt: skip
#: Error of a knee that hardly bends and is not seen from the side, in degrees (heuristic).
KNEE_DEG: Final[tuple[tuple[ViewName, float], ...]] = (
    ("front", 6.0), ("back", 6.0), ("oblique", 6.0),
)  # fmt: skip
#: Error of an angle of trunk, hip or knee from world landmarks: never better than this
#: (heuristic, measured on rendered ground truth).
WORLD_DEG: Final[tuple[tuple[ViewName, float], ...]] = (
    ("front", 12.0), ("back", 12.0), ("oblique", 12.0),
)  # fmt: skip
#: Error of a height difference along the thigh that is not seen from the side, in thigh lengths.
DEPTH_SIGMA: Final[tuple[tuple[ViewName, float], ...]] = (
    ("front", 0.17), ("back", 0.17), ("oblique", 0.17),
)  # fmt: skip


def never_claimed(*more: str) -> tuple[str, ...]:
    """What no camera can tell of any exercise, and ``more`` for this one."""
    return ("injury risk", "pain", "muscle activation", *more)
