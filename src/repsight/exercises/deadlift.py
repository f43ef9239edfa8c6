"""Deadlift, conventional and sumo."""

from __future__ import annotations

from repsight.core.signals import Height, Lean
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")

SPEC = ExerciseSpec(
    id="deadlift",
    name="Deadlift",
    # floor: shoulders rise about 0.6 leg lengths in a full pull; a third of it, heuristic
    cycle=Cycle(driver=_SHOULDER_HEIGHT, turn="high", concentric="before", floor=0.2),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "turn", high=35, soft=20, reason="the trunk did not come upright"),
    ),
    signature=(),
    bar="hands",
)
