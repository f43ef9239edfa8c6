"""Shoulder press."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    ELBOW,
    ELBOW_HEIGHT,
    HAND_HEIGHT,
    HANDS_TILT,
    HIP,
    HIP_HEIGHT,
    KNEE,
    NEAR_ELBOW,
    NEAR_HAND_HEIGHT,
    SHOULDER_HEIGHT,
    TRUNK,
    TRUNK_TILT,
)
from repsight.core.book_parts.standing_place import FEET_END_WHERE_THEY_BEGAN
from repsight.core.book_parts.views import (
    ANY_VIEW,
    FACING,
    KNEE_DEG,
    NOT_SIDE,
    WORLD_DEG,
    never_claimed,
)
from repsight.core.signals import Asymmetry, Ratio, Spread
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


# The rule book.
_HANDS_APART = Ratio(Spread("wrist", "arm"), Spread("shoulder", "arm"))

_RULES = (
    Rule(
        "soft_lockout",
        "Arms not straight overhead",
        NEAR_ELBOW,
        "turn",
        "max",
        Fixed(low=170.0),
        "deg",
        4.0,
        ("side",),
        good="Arms straight overhead",
        cue="Punch the ceiling",
        source="heuristic: within 10 degrees of straight",
        joints=("shoulder", "elbow", "wrist"),
        severity=0.9,
        plausible=(100.0, 181.0),
    ),
    Rule(
        "low_lockout",
        "Hands stop low",
        NEAR_HAND_HEIGHT,
        "turn",
        "max",
        # straight arms overhead measure 0.98 to 1.26 on clips from the front (heuristic)
        Fixed(low=0.85),
        "arm",
        0.06,
        NOT_SIDE,
        good="Hands went all the way up",
        cue="Punch the ceiling",
        source="heuristic",
        joints=("shoulder", "wrist"),
        severity=0.9,
    ),
    Rule(
        "uneven_arms",
        "One hand lags",
        HANDS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.06, high=0.06),
        "arm",
        0.025,
        FACING,
        good="Hands went up level",
        cue="Keep the bar level with the horizon",
        source="heuristic: more than 0.06 arm lengths",
        joints=("wrist",),
        severity=0.6,
        shoot_from="front",
    ),
    Rule(
        "knee_dip",
        "Knees help",
        KNEE,
        "concentric",
        "min",
        OwnRest(low=-8.0),
        "deg",
        4.0,
        ANY_VIEW,
        good="Legs stayed still",
        cue="Stand like a post and let the arms do the work",
        source="heuristic: more than 8 degrees beyond error",
        joints=("hip", "knee", "ankle"),
        severity=0.6,
        only_for=("strict",),
        view_sigma=KNEE_DEG,
    ),
    Rule(
        "lean_back",
        "Leans back under the bar",
        TRUNK_TILT,
        "concentric",
        "min",
        OwnRest(low=-6.0),
        "deg",
        2.5,
        ("side",),
        good="Stood upright under the bar",
        cue="Press as if a wall stood right behind you",
        source="heuristic: a slight lean is normal",
        joints=("hip", "shoulder"),
        severity=0.6,
    ),
)

_VARIATIONS = (
    Variation("strict", "Strict press"),
    Variation(
        "push_press",
        "Push press",
        # the dip is nearly over when the bar leaves the shoulders; strict knees move by 3 to 9
        (Gate(KNEE, "concentric", low=12.0, pick="range"),),
        ("side", "oblique", "front"),
    ),
    Variation(
        "seated",
        "Seated",
        (Gate(KNEE, "rep", high=125.0), Gate(HIP, "rep", high=135.0)),
        ("side", "oblique", "front"),
    ),
    Variation("dumbbell", "Dumbbells"),
    Variation(
        "arnold",
        "Arnold press",
        # the hands start before the face, narrower than the shoulders, and end wider
        (Gate(_HANDS_APART, "rest", high=0.95), Gate(_HANDS_APART, "turn", low=1.1)),
        FACING,
    ),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("rack", "Rack", "start"),
        Moment("sticking", "Two fifths up", PhaseShare("concentric", 0.4)),
        Moment("lockout", "Lockout", "turn"),
    ),
    metrics=(
        Metric("elbow_at_lockout", "Elbow angle overhead", NEAR_ELBOW, "turn", "max", "deg", 4.0,
               view_sigma=WORLD_DEG),
        Metric("hand_height", "Hands above shoulders overhead", NEAR_HAND_HEIGHT, "turn", "max",
               "arm", 0.06),
        Metric("elbow_at_rack", "Elbow angle at the rack", NEAR_ELBOW, "rest", "median", "deg",
               8.0, view_sigma=WORLD_DEG),
        Metric("hands_tilt", "Left hand above the right overhead", HANDS_TILT, "turn", "median",
               "arm", 0.025, FACING),
        Metric("knee_bend", "Smallest knee angle in the press", KNEE, "concentric", "min", "deg",
               4.0, view_sigma=KNEE_DEG),
        Metric("trunk_lean", "Furthest lean back in the press", TRUNK_TILT, "concentric",
               "min", "deg", 2.5, ("side",)),
    ),
    curves=(
        ("hand_height", "Hand height", HAND_HEIGHT),
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("trunk_lean", "Trunk lean", TRUNK_TILT),
    ),
    never_claimed=never_claimed(
        "impingement of the shoulder",
        "an arched lower back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="shoulder_press",
    name="Shoulder press",
    # floor: the hands rise about 0.8 arm lengths in a full press; a quarter of it, heuristic
    movement=Cycle(
        driver=HAND_HEIGHT, turn="high", concentric="before", floor=0.2, partial_share=0.6
    ),
    recommended_view="front",
    posture=(
        Gate(HAND_HEIGHT, "turn", low=0.5, soft=0.2, reason="the hands did not go overhead"),
        Gate(TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright"),
        Gate(TRUNK, "rep", high=25, soft=20, pick="range", reason="the trunk swung"),
        # the arms fold, if only on the way from the hips; a wave or a jump keeps them long
        Gate(ELBOW, "rep", high=115, soft=20, pick="min", reason="the elbows hardly bent"),
        Gate(ELBOW, "rep", low=30, soft=20, pick="range",
             reason="the elbows did not straighten on the way up"),
        FEET_END_WHERE_THEY_BEGAN,
        Gate(Asymmetry("ankle", "leg"), "turn", low=-0.3, high=0.3, soft=0.3,
             reason="one foot was off the ground"),
    ),
    signature=(
        Gate(HAND_HEIGHT, "turn", low=0.75, soft=0.3),
        Gate(HAND_HEIGHT, "rest", low=-0.25, soft=0.3),
        Gate(ELBOW, "rest", high=115, soft=30),
        Gate(ELBOW, "turn", low=140, soft=30),
        # the elbows rise with the hands: an extension keeps them overhead
        Gate(ELBOW_HEIGHT, "rep", low=0.6, soft=0.3, pick="range"),
        # the body stays where it is: only the arms travel
        Gate(HIP_HEIGHT, "rep", high=0.2, soft=0.2, pick="range"),
        Gate(SHOULDER_HEIGHT, "rep", high=0.25, soft=0.2, pick="range"),
        Gate(TRUNK, "rest", high=35, soft=20),
    ),
    bar="hands",
    book=BOOK,
)  # fmt: skip
