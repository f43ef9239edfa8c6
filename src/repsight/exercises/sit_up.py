"""Sit-up: from lying on the back to sitting."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import HIP, NEAR_HIP, NEAR_KNEE, TRUNK, TRUNK_RISE
from repsight.core.book_parts.on_the_back import (
    FEET,
    FEET_LIFT,
    FEET_TRAVEL,
    HANDS,
    HANDS_AT_HEAD,
    NECK,
    NECK_PULL,
    REACHING,
)
from repsight.core.book_parts.views import ELBOW_DEG, never_claimed
from repsight.core.signals import Height
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    PhaseShare,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

_FEET = Height("ankle", "hip", "leg")

# The rule book.
_KNEE_HEIGHT = Height("knee", "hip", "thigh")

_RULES = (
    Rule(
        "short",
        "Stops before sitting up",
        TRUNK_RISE,
        "turn",
        "max",
        # elbows at the knees or the trunk 62 degrees above the floor
        Fixed(low=0.88),
        "trunk",
        0.04,
        ("side",),
        good="All the way up",
        cue="Bring your elbows to your knees",
        source="APFT sit-up standard: up to the vertical; limit heuristic",
        joints=("shoulder", "hip"),
        severity=0.9,
        is_line=True,
        speaks_for="crunch",
    ),
    Rule(
        "not_down",
        "Shoulders do not go back to the floor",
        TRUNK_RISE,
        "rest",
        "min",
        # shoulder landmarks lie 0.05 to 0.1 above hip landmarks on a flat floor
        Fixed(high=0.22),
        "trunk",
        0.05,
        ("side",),
        good="Shoulders back to the floor every time",
        cue="Touch the floor with your shirt collar before you come up again",
        source="APFT sit-up standard: down until the shoulder blades touch; limit heuristic",
        joints=("shoulder", "hip"),
        severity=0.8,
        not_for=("bench",),
    ),
    replace(
        FEET_LIFT,
        source="APFT sit-up standard: heels in contact with the ground; limit heuristic",
        severity=0.6,
    ),
    replace(NECK_PULL, when="concentric", pick="min"),
    Rule(
        "arm_throw",
        "Throws the arms",
        HANDS,
        "concentric",
        "range",
        Fixed(high=0.35),
        "trunk",
        0.07,
        ("side",),
        good="Hands stayed where they were",
        cue="Glue your hands where they started",
        source="APFT sit-up standard: hands stay behind the head; limit heuristic",
        joints=("shoulder", "wrist"),
        severity=0.6,
        not_for=("reaching", "butterfly"),
    ),
)

_VARIATIONS = (
    Variation("arms_crossed", "Arms crossed",
              (Gate(HANDS, "rep", high=0.62),
               Gate(Height("wrist", "shoulder", "trunk", "near"), "turn", high=-0.12)), ("side",)),
    HANDS_AT_HEAD,
    REACHING,
    Variation("butterfly", "Butterfly, soles together",
              (Gate(_KNEE_HEIGHT, "turn", high=0.45), Gate(NEAR_KNEE, "turn", high=125.0)),
              ("side", "oblique", "front")),
    Variation("straight_legs", "Straight legs", (Gate(NEAR_KNEE, "rest", low=150.0),), ("side",)),
    Variation("bench", "On a bench"),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("down", "Lying", "start"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("up", "Sitting", "turn"),
    ),
    metrics=(
        Metric("top", "Shoulders above hips at the top", TRUNK_RISE, "turn", "max", "trunk", 0.04,
               view_sigma=(("front", 0.1), ("back", 0.1), ("oblique", 0.1))),
        Metric("bottom", "Shoulders above hips, lowest", TRUNK_RISE, "rest", "min", "trunk", 0.05,
               view_sigma=(("front", 0.1), ("back", 0.1), ("oblique", 0.1))),
        Metric("hip_at_top", "Hip angle at the top", NEAR_HIP, "turn", "min", "deg", 6.0,
               view_sigma=ELBOW_DEG),
        FEET_TRAVEL,
        Metric("neck", "Head to trunk, most bent on the way up", NECK, "concentric", "min", "deg",
               6.0, ("side",)),
        Metric("hand_travel", "Hands to and from the shoulders on the way up", HANDS,
               "concentric", "range", "trunk", 0.07, ("side",)),
    ),
    curves=(
        ("rise", "Shoulders above hips", TRUNK_RISE),
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("feet", "Feet above hips", FEET),
    ),
    never_claimed=never_claimed(
        "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="sit_up",
    name="Sit-up",
    # floor: half of the way from lying to sitting; folding beyond upright lowers the shoulders
    # again by up to 0.3, which must not be a second one. heuristic
    movement=Cycle(driver=TRUNK_RISE, turn="high", concentric="before", floor=0.5),
    recommended_view="side",
    posture=(
        # below 0.7 the trunk is nearer to the floor than to sitting (heuristic)
        Gate(TRUNK_RISE, "turn", low=0.75, soft=0.1, pick="max",
             reason="the trunk did not come up to sitting"),
        Gate(TRUNK_RISE, "rest", high=0.7, soft=0.2, pick="min",
             reason="the trunk did not go down"),
        # hips stay on the floor: who stands up or sinks to a squat moves them
        Gate(_FEET, "turn", low=-0.75, soft=0.2, reason="the hips were high above the feet"),
    ),
    signature=(
        Gate(TRUNK_RISE, "turn", low=0.8, soft=0.25, pick="max"),
        Gate(TRUNK_RISE, "rest", high=0.45, soft=0.3, pick="min"),
        # sitting on the floor or on a bench: feet about as low as the hips, and they stay there
        Gate(_FEET, "turn", low=-0.6, high=0.2, soft=0.2),
        Gate(_FEET, "rep", high=0.35, soft=0.3, pick="range"),
        Gate(HIP, "turn", high=115, soft=30),
        Gate(TRUNK, "turn", high=45, soft=20),
    ),
    book=BOOK,
)  # fmt: skip
