"""Push-up."""

from __future__ import annotations

from repsight.core.signals import Height, Lean
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "wrist", "arm")
_TRUNK = Lean("hip", "shoulder")

SPEC = ExerciseSpec(
    id="push_up",
    name="Push-up",
    # floor: shoulders sink about 0.6 arm lengths in a full push-up; a quarter of it, heuristic
    cycle=Cycle(driver=_SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.15),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", low=40, soft=20, reason="the body was not in a push-up position"),
    ),
    signature=(),
)
