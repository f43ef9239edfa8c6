"""Deadlift, conventional and sumo."""

from __future__ import annotations

from repsight.core.signals import Angle, Asymmetry, Height, Lean, Stagger
from repsight.core.spec import Cycle, ExerciseSpec, Gate

__all__ = ["SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")
_HANDS = Height("wrist", "shoulder", "arm")

SPEC = ExerciseSpec(
    id="deadlift",
    name="Deadlift",
    # floor: shoulders rise about 0.6 leg lengths in a full pull; a third of it, heuristic
    cycle=Cycle(driver=_SHOULDER_HEIGHT, turn="high", concentric="before", floor=0.2),
    recommended_view="side",
    posture=(Gate(_TRUNK, "turn", high=35, soft=20, reason="the trunk did not come upright"),),
    signature=(
        # the hands start below the knees and hang from straight arms all the way
        Gate(Height("wrist", "knee", "leg"), "rest", high=0.1, soft=0.3),
        Gate(_HANDS, "rest", high=-0.7, soft=0.3),
        Gate(_HANDS, "turn", high=-0.6, soft=0.3),
        Gate(Angle("shoulder", "elbow", "wrist"), "rest", low=135, soft=30),
        Gate(_TRUNK, "turn", high=25, soft=20),
        Gate(_TRUNK, "rest", low=35, soft=25),
        Gate(_SHOULDER_HEIGHT, "rep", low=0.35, high=0.95, soft=0.15, pick="range"),
        Gate(Asymmetry("knee", "leg"), "rest", low=-0.2, high=0.2, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3),
    ),
    bar="hands",
)
