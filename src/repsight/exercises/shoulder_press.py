"""Shoulder press."""

from __future__ import annotations

from repsight.core.signals import Angle, Height, Lean
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_WRIST_HEIGHT = Height("wrist", "shoulder", "arm")
_TRUNK = Lean("hip", "shoulder")
_ELBOW = Angle("shoulder", "elbow", "wrist")

SPEC = ExerciseSpec(
    id="shoulder_press",
    name="Shoulder press",
    # floor: the hands rise about 0.8 arm lengths in a full press; a quarter of it, heuristic
    cycle=Cycle(driver=_WRIST_HEIGHT, turn="high", concentric="before", floor=0.2),
    recommended_view="front",
    posture=(
        Gate(_WRIST_HEIGHT, "turn", low=0.5, soft=0.2, reason="the hands did not go overhead"),
        Gate(_TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright"),
    ),
    signature=(
        Gate(_WRIST_HEIGHT, "turn", low=0.75, soft=0.3),
        Gate(_WRIST_HEIGHT, "rest", low=-0.25, soft=0.3),
        Gate(_ELBOW, "rest", high=115, soft=30),
        Gate(_ELBOW, "turn", low=140, soft=30),
        # the body stays where it is: only the arms travel
        Gate(Height("hip", "floor", "leg"), "rep", high=0.2, soft=0.2, pick="range"),
        Gate(Height("shoulder", "floor", "leg"), "rep", high=0.25, soft=0.2, pick="range"),
        Gate(_TRUNK, "rest", high=35, soft=20),
    ),
    bar="hands",
)
