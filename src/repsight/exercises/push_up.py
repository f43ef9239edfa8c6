"""Push-up."""

from __future__ import annotations

from repsight.core.signals import Angle, Height, Lean
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "wrist", "arm")
_TRUNK = Lean("hip", "shoulder")
_ELBOW = Angle("shoulder", "elbow", "wrist")

SPEC = ExerciseSpec(
    id="push_up",
    name="Push-up",
    # floor: shoulders sink about 0.6 arm lengths in a full push-up; a quarter of it, heuristic
    cycle=Cycle(driver=_SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.15),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", low=40, soft=20, reason="the body was not in a push-up position"),
    ),
    signature=(
        Gate(_TRUNK, "rest", low=55, high=120, soft=15),
        # the hands are planted below the shoulders and stay there
        Gate(Height("wrist", "shoulder", "arm"), "rest", high=-0.7, soft=0.3),
        Gate(Height("wrist", "floor", "leg"), "rep", high=0.25, soft=0.3, pick="range"),
        Gate(_ELBOW, "rest", low=140, soft=30),
        Gate(_ELBOW, "turn", high=125, soft=40),
        Gate(Angle("shoulder", "hip", "knee"), "rest", low=125, soft=40),
        Gate(_TRUNK, "rep", high=45, soft=20, pick="range"),
    ),
)
