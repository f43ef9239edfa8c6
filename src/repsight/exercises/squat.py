"""Squat."""

from __future__ import annotations

from repsight.core.signals import Angle, Asymmetry, Height, Lean, Stagger
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_HIP_HEIGHT = Height("hip", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")
_SHOULDER_HEIGHT = Height("shoulder", "floor", "leg")
_KNEE = Angle("hip", "knee", "ankle")
_HIP = Angle("shoulder", "hip", "knee")

SPEC = ExerciseSpec(
    id="squat",
    name="Squat",
    # floor: a fifth of a parallel squat's hip drop (about 0.5 leg lengths), heuristic
    cycle=Cycle(driver=_HIP_HEIGHT, turn="low", concentric="after", floor=0.11),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", high=60, soft=20, reason="the trunk was not upright at the start"),
        # a quarter squat bends the knees to about 130 degrees; walking and bobbing do not
        Gate(_KNEE, "turn", high=140, soft=20, reason="the knees hardly bent"),
    ),
    signature=(
        Gate(_HIP_HEIGHT, "rep", low=0.25, soft=0.2, pick="range"),
        Gate(_SHOULDER_HEIGHT, "rep", high=0.95, soft=0.2, pick="range"),
        Gate(_KNEE, "turn", high=110, soft=30),
        Gate(_HIP, "turn", high=125, soft=30),
        Gate(_TRUNK, "turn", high=60, soft=25),
        # hands stay with the trunk; hanging below the knee they lift something from the floor
        Gate(Height("wrist", "knee", "leg"), "turn", low=0.1, soft=0.3),
        Gate(Asymmetry("knee", "leg"), "turn", low=-0.2, high=0.2, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.4, soft=0.2),
        Gate(Height("ankle", "floor", "leg"), "rep", high=0.3, soft=0.5, pick="range"),
    ),
)
