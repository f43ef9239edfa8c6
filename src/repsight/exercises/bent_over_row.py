"""Bent-over row: the trunk stays inclined, the elbows travel up behind it."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    ELBOW,
    HAND_HEIGHT,
    HIP_HEIGHT,
    NEAR_ELBOW,
    NEAR_KNEE,
    NEAR_TRUNK,
    SHOULDER_HEIGHT,
    TRUNK,
)
from repsight.core.book_parts.views import ANY_VIEW, FACING, NOT_SIDE, WORLD_DEG, never_claimed
from repsight.core.signals import Asymmetry, Deviation, Height, Ratio
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    OwnRest,
    PhaseShare,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

#: Elbow over the shoulder in upper arms: -1 hanging, about -0.3 at the trunk. It is seen equally
#: well from every side.
_ELBOW_HEIGHT = Height("elbow", "shoulder", "upper_arm")
_HAND_HEIGHT = Height("wrist", "floor", "leg")

# The rule book.
#: How far the elbow hangs below the line shoulder to hip: negative once it is behind the trunk.
_BELOW_TRUNK = Deviation("elbow", "shoulder", "hip", "upper_arm", "near")
#: How far the elbow is below the shoulder, as a share of how far the hips are: two heights, which
#: every view shows.
_ELBOW_DOWN_TRUNK = Ratio(Height("elbow", "shoulder", "trunk"), Height("hip", "shoulder", "trunk"))
_ELBOWS_TILT = Asymmetry("elbow", "upper_arm")
_BENT = Gate(TRUNK, "rest", low=28, high=115, soft=16, reason="the trunk was not bent over")

_RULES = (
    Rule(
        "torso_rise",
        "Trunk rises with the weight",
        NEAR_TRUNK,
        "concentric",
        "range",
        Fixed(high=10.0),
        "deg",
        3.0,
        ("side",),
        good="Trunk stayed where it was",
        cue="Keep your chest pointing at the same spot on the floor",
        source="heuristic: the trunk moves by more than 10 degrees beyond error",
        joints=("hip", "shoulder"),
        severity=0.9,
        not_for=("supported",),
    ),
    Rule(
        "short_top",
        "Weight stops low",
        _ELBOW_DOWN_TRUNK,
        "turn",
        "min",
        # an upper arm along the trunk reaches 0.55 of the way to the hips; pulled higher it reads
        # less, hanging 0.8 and more
        Fixed(high=0.52),
        "ratio",
        0.045,
        ANY_VIEW,
        good="Elbows came up to the trunk",
        cue="Pull the handle to your belt",
        source="heuristic: the elbow reaches the trunk",
        joints=("shoulder", "elbow", "hip"),
        severity=0.7,
    ),
    Rule(
        "short_bottom",
        "Arms not straightened at the bottom",
        NEAR_ELBOW,
        "rest",
        "max",
        Fixed(low=150.0),
        "deg",
        5.0,
        ("side",),
        good="Arms straight at the bottom",
        cue="Let the weight hang before every rep",
        source="heuristic: within 30 degrees of straight",
        joints=("shoulder", "elbow", "wrist"),
        severity=0.6,
    ),
    Rule(
        "legs_help",
        "Legs give the start",
        NEAR_KNEE,
        "concentric",
        "range",
        Fixed(high=10.0),
        "deg",
        3.5,
        ("side",),
        good="Legs stayed still",
        cue="Stand like a table and let the elbows do the work",
        source="heuristic: more than 10 degrees beyond error",
        joints=("hip", "knee", "ankle"),
        severity=0.6,
        not_for=("supported",),
    ),
    Rule(
        "uneven_arms",
        "One elbow lags",
        _ELBOWS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.12, high=0.12),
        "upper_arm",
        0.05,
        FACING,
        good="Both elbows rose level",
        cue="Keep the bar level with the horizon",
        source="heuristic: more than 0.12 upper arms (about 4 cm)",
        joints=("elbow",),
        severity=0.5,
        shoot_from="front",
        not_for=("one_arm",),
    ),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=(
        Variation("barbell", "Barbell"),
        Variation("dumbbell", "Dumbbells"),
        Variation("one_arm", "One arm", (Gate(_ELBOWS_TILT, "rep", low=0.5, pick="range"),),
                  NOT_SIDE),
        Variation("upright", "Upright (Yates)", (Gate(NEAR_TRUNK, "rest", high=40.0),),
                  ("side",)),
        Variation("flat", "Trunk level (Pendlay)", (Gate(NEAR_TRUNK, "rest", low=75.0),),
                  ("side",)),
        # a bench holds the trunk; it is not seen as such, the lifter says so
        Variation("supported", "Chest on a bench"),
        Variation("pause", "Pause at the top", min_pause_s=1.0),
    ),
    moments=(
        Moment("start", "Start", "start"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("top", "Top", "turn"),
    ),
    metrics=(
        Metric("trunk_lean", "Trunk lean at the start", NEAR_TRUNK, "rest", "median", "deg", 5.0,
               view_sigma=WORLD_DEG),
        Metric("trunk_swing", "Trunk movement on the way up", NEAR_TRUNK, "concentric", "range",
               "deg", 3.0, ("side",)),
        Metric("elbow_at_top", "Elbow below the trunk at the top", _BELOW_TRUNK, "turn", "min",
               "upper_arm", 0.06, ("side",)),
        Metric("elbow_height_at_top", "Elbow below the shoulder at the top, against the hips",
               _ELBOW_DOWN_TRUNK, "turn", "min", "ratio", 0.045),
        Metric("elbow_at_bottom", "Elbow angle at the bottom", NEAR_ELBOW, "rest", "max", "deg",
               5.0, view_sigma=WORLD_DEG),
        Metric("knee_drive", "Knee movement on the way up", NEAR_KNEE, "concentric", "range",
               "deg", 3.5, ("side",)),
        Metric("elbows_tilt", "Left elbow above the right at the top", _ELBOWS_TILT, "turn",
               "median", "upper_arm", 0.05, FACING),
    ),
    curves=(
        ("elbow_height", "Elbow over the shoulder", _ELBOW_HEIGHT),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
    ),
    never_claimed=never_claimed(
        "loads on the spine", "rounding of the back (there are no landmarks on the spine)",
        "where on the trunk the bar touches",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="bent_over_row",
    name="Bent-over row",
    # floor: the elbow rises by 0.4 (upright) to 1.2 upper arms; less is a shrug, heuristic
    movement=Cycle(
        driver=_ELBOW_HEIGHT,
        turn="high",
        concentric="before",
        floor=0.22,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="side",
    posture=(
        _BENT,
        Gate(HIP_HEIGHT, "rest", low=0.5, soft=0.2, reason="you did not stand"),
        Gate(TRUNK, "turn", low=20, soft=16, reason="the trunk came up as in a hinge"),
        Gate(TRUNK, "concentric", low=-32, high=25, soft=16, pick="change",
             reason="the trunk swung as in a hinge"),
        Gate(ELBOW, "turn", high=145, soft=30, reason="the arms stayed straight"),
        Gate(_HAND_HEIGHT, "rep", low=0.12, soft=0.1, pick="range",
             reason="the hands stayed where they were"),
    ),
    signature=(
        _BENT,
        Gate(TRUNK, "concentric", low=-20, high=15, soft=20, pick="change"),
        Gate(_ELBOW_HEIGHT, "turn", low=-0.55, soft=0.5),
        Gate(_ELBOW_HEIGHT, "rest", high=-0.7, soft=0.4),
        Gate(ELBOW, "turn", high=125, soft=40),
        Gate(HAND_HEIGHT, "turn", high=-0.1, soft=0.3),
        Gate(SHOULDER_HEIGHT, "rep", high=0.2, soft=0.25, pick="range"),
    ),
    bar="hands",
    book=BOOK,
)  # fmt: skip
