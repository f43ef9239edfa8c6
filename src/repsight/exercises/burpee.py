"""Burpee: from standing to a plank on the hands and up again, often with a jump."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import HIP, KNEE, NEAR_HIP, TRUNK
from repsight.core.book_parts.straight_body import BODY_LINE_METRIC, HIP_SAG
from repsight.core.book_parts.views import ANY_VIEW, WORLD_DEG, never_claimed
from repsight.core.signals import Height
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

#: Shoulders above the feet: 1.6 legs standing, about 0.5 in the plank.
_SHOULDERS = Height("shoulder", "floor", "leg")
_HANDS_DOWN = Height("wrist", "ankle", "leg")

# The rule book.
_FEET = Height("ankle", "picture", "leg", "near")
_CHEST = Height("shoulder", "wrist", "arm", "near")

_RULES = (
    Rule(
        "no_plank", "Legs do not go all the way back", NEAR_HIP, "turn", "max",
        Fixed(low=135.0), "deg", 7.0, ("side",),
        good="All the way into the plank",
        cue="Jump your shoes back until you are one straight board",
        source="heuristic: hips within 45 degrees of straight",
        joints=("shoulder", "hip", "knee"), severity=0.8,
    ),
    replace(
        HIP_SAG, title="Hips sag in the plank", source="heuristic: as in a push-up", severity=0.6
    ),
    Rule(
        "half_stand", "Does not stand up", NEAR_HIP, "rest", "max",
        Fixed(low=150.0), "deg", 6.0, ("side",),
        good="Stood up every time",
        cue="Stand as tall as a door before you go down",
        source="heuristic: hips within 30 degrees of straight",
        joints=("shoulder", "hip", "knee"), severity=0.7,
    ),
    Rule(
        "no_jump", "No jump", _FEET, "end", "range",
        Fixed(low=0.05), "leg", 0.015, ("side", "front", "back", "oblique"),
        good="A jump every time",
        cue="Leave the floor and clap overhead",
        source="heuristic: the feet rise by a twentieth of the leg",
        joints=("ankle",), severity=0.4, only_for=("standard",),
    ),
)  # fmt: skip

_VARIATIONS = (
    Variation("standard", "Standard"),
    Variation("push_up", "With a push-up", (Gate(_CHEST, "turn", high=0.62, pick="min"),),
              ("side", "oblique")),
    Variation("no_jump", "Without a jump"),
    Variation("step", "Stepping back and forth"),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(Moment("standing", "Standing", "start"), Moment("low", "Lowest", "turn")),
    metrics=(
        Metric("lowest", "Shoulders above the feet, lowest", _SHOULDERS, "turn", "min", "leg",
               0.05),
        Metric("hip_in_plank", "Hip angle in the plank, straightest", NEAR_HIP, "turn", "max",
               "deg", 7.0, view_sigma=WORLD_DEG),
        BODY_LINE_METRIC,
        Metric("hip_standing", "Hip angle standing, straightest", NEAR_HIP, "rest", "max", "deg",
               6.0, view_sigma=WORLD_DEG),
        Metric("jump", "Feet up and down when standing up", _FEET, "end", "range", "leg", 0.015,
               ANY_VIEW),
        Metric("chest", "Shoulders above the hands, lowest", _CHEST, "turn", "min", "arm", 0.06),
    ),
    curves=(
        ("shoulders", "Shoulders above the feet", _SHOULDERS),
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("trunk", "Trunk lean", TRUNK),
    ),
    never_claimed=never_claimed("fitness or calories", "impact on the joints"),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="burpee",
    name="Burpee",
    # floor: from standing to the floor is 1.0 to 1.5 legs; a push-up inside moves 0.5 and must
    # not be one more. heuristic
    movement=Cycle(
        driver=_SHOULDERS, turn="low", concentric="after", floor=0.8, min_s=0.8,
        partial_share=0.75,
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=45, soft=20, reason="the body did not stand in between"),
        Gate(_HANDS_DOWN, "turn", high=0.35, soft=0.2, reason="the hands did not reach the floor"),
        Gate(TRUNK, "turn", low=50, soft=20, reason="the trunk stayed upright"),
    ),
    signature=(
        Gate(TRUNK, "rest", high=40, soft=20),
        Gate(TRUNK, "turn", low=60, high=120, soft=20),
        # the hips go down with the shoulders
        Gate(Height("hip", "ankle", "leg"), "turn", high=0.55, soft=0.15),
        Gate(_HANDS_DOWN, "turn", high=0.15, soft=0.2),
        Gate(_SHOULDERS, "turn", high=0.75, soft=0.2, pick="min"),
        Gate(KNEE, "rep", low=45, soft=30, pick="range"),
        # from crouched to stretched with the hands down
        Gate(HIP, "rep", high=85, soft=30, pick="min"),
        Gate(HIP, "turn", low=105, soft=30, pick="max"),
    ),
    book=BOOK,
)  # fmt: skip
