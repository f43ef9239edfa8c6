"""Squat."""

from __future__ import annotations

from repsight.core.signals import Angle, Distance, Height, Lean
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_HIP_HEIGHT = Height("hip", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")

SPEC = ExerciseSpec(
    id="squat",
    name="Squat",
    # floor: a fifth of a parallel squat's hip drop (about 0.5 leg lengths), heuristic
    cycle=Cycle(driver=_HIP_HEIGHT, turn="low", concentric="after", floor=0.11),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", high=60, soft=20, reason="the trunk was not upright at the start"),
    ),
    signature=(
        Gate(_HIP_HEIGHT, "rep", low=0.2, soft=0.1, pick="range"),
    ),
)
