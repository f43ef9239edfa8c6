"""Sit-up: from lying on the back to sitting."""

from __future__ import annotations

from repsight.core.signals import Angle, Distance, Height, Lean
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
    ViewName,
)

__all__ = ["BOOK", "SPEC"]

#: How far the shoulders are above the hips: 0 lying, 1 sitting upright. A height needs no
#: facing and no legs, which mats, blankets and the edge of the picture often hide.
_RISE = Height("shoulder", "hip", "trunk")
_FEET = Height("ankle", "hip", "leg")

# The rule book.
_ANY: tuple[ViewName, ...] = ("front", "back", "side", "oblique")
_NEAR_FEET = Height("ankle", "hip", "leg", "near")
_NECK = Angle("hip", "shoulder", "ear", "near")
_HANDS = Distance("wrist", "shoulder", "trunk", "near")
_HIP = Angle("shoulder", "hip", "knee", "near")
_KNEE = Angle("hip", "knee", "ankle", "near")
_KNEE_HEIGHT = Height("knee", "hip", "thigh")

_RULES = (
    Rule(
        "short",
        "Stops before sitting up",
        _RISE,
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
    ),
    Rule(
        "not_down",
        "Shoulders do not go back to the floor",
        _RISE,
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
    Rule(
        "feet_lift",
        "Feet leave the floor",
        _NEAR_FEET,
        "concentric",
        "range",
        Fixed(high=0.12),
        "leg",
        0.035,
        ("side",),
        good="Feet stayed down",
        cue="Keep both shoes flat on the floor",
        source="APFT sit-up standard: heels in contact with the ground; limit heuristic",
        joints=("ankle", "hip"),
        severity=0.6,
    ),
    Rule(
        "neck_pull",
        "Pulls the head forward",
        _NECK,
        "concentric",
        "min",
        # clean sit-ups and crunches bend to 97 to 116 degrees on clips
        Fixed(low=95.0),
        "deg",
        6.0,
        ("side",),
        good="Head came up with the shoulders",
        cue="Hold an orange between your chin and your shirt",
        source="heuristic",
        joints=("hip", "shoulder", "ear"),
        severity=0.5,
    ),
    Rule(
        "arm_throw",
        "Throws the arms",
        _HANDS,
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
              (Gate(_HANDS, "rep", high=0.62),
               Gate(Height("wrist", "shoulder", "trunk", "near"), "turn", high=-0.12)), ("side",)),
    Variation("hands_at_head", "Hands at the head",
              (Gate(_HANDS, "rep", high=0.62),
               Gate(Height("wrist", "shoulder", "trunk", "near"), "turn", low=-0.05)), ("side",)),
    Variation("reaching", "Arms reach forward", (Gate(_HANDS, "rest", low=0.75),), ("side",)),
    Variation("butterfly", "Butterfly, soles together",
              (Gate(_KNEE_HEIGHT, "turn", high=0.45), Gate(_KNEE, "turn", high=125.0)),
              ("side", "oblique", "front")),
    Variation("straight_legs", "Straight legs", (Gate(_KNEE, "rest", low=150.0),), ("side",)),
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
        Metric("top", "Shoulders above hips at the top", _RISE, "turn", "max", "trunk", 0.04,
               view_sigma=(("front", 0.1), ("back", 0.1), ("oblique", 0.1))),
        Metric("bottom", "Shoulders above hips, lowest", _RISE, "rest", "min", "trunk", 0.05,
               view_sigma=(("front", 0.1), ("back", 0.1), ("oblique", 0.1))),
        Metric("hip_at_top", "Hip angle at the top", _HIP, "turn", "min", "deg", 6.0,
               view_sigma=(("front", 14.0), ("back", 14.0), ("oblique", 12.0))),
        Metric("feet_travel", "Feet up and down on the way up", _NEAR_FEET, "concentric", "range",
               "leg", 0.035, ("side",)),
        Metric("neck", "Head to trunk, most bent on the way up", _NECK, "concentric", "min", "deg",
               6.0, ("side",)),
        Metric("hand_travel", "Hands to and from the shoulders on the way up", _HANDS,
               "concentric", "range", "trunk", 0.07, ("side",)),
    ),
    curves=(
        ("rise", "Shoulders above hips", _RISE),
        ("hip_angle", "Hip angle", _HIP),
        ("feet", "Feet above hips", _NEAR_FEET),
    ),
    never_claimed=(
        "injury risk", "pain", "muscle activation", "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip
# The movement.

SPEC = ExerciseSpec(
    id="sit_up",
    name="Sit-up",
    # floor: half of the way from lying to sitting; folding beyond upright lowers the shoulders
    # again by up to 0.3, which must not be a second one. heuristic
    movement=Cycle(driver=_RISE, turn="high", concentric="before", floor=0.5),
    recommended_view="side",
    posture=(
        # below 0.7 the trunk is nearer to the floor than to sitting (heuristic)
        Gate(_RISE, "turn", low=0.75, soft=0.1, pick="max",
             reason="the trunk did not come up to sitting"),
        Gate(_RISE, "rest", high=0.7, soft=0.2, pick="min", reason="the trunk did not go down"),
        # hips stay on the floor: who stands up or sinks to a squat moves them
        Gate(_FEET, "turn", low=-0.75, soft=0.2, reason="the hips were high above the feet"),
    ),
    signature=(
        Gate(_RISE, "turn", low=0.8, soft=0.25, pick="max"),
        Gate(_RISE, "rest", high=0.45, soft=0.3, pick="min"),
        # sitting on the floor or on a bench: feet about as low as the hips, and they stay there
        Gate(_FEET, "turn", low=-0.6, high=0.2, soft=0.2),
        Gate(_FEET, "rep", high=0.35, soft=0.3, pick="range"),
        Gate(Angle("shoulder", "hip", "knee"), "turn", high=115, soft=30),
        Gate(Lean("hip", "shoulder"), "turn", high=45, soft=20),
    ),
    book=BOOK,
)  # fmt: skip
