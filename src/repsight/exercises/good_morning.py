"""Good morning: a hip hinge with the load on the back or the hands at the head."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    HEEL,
    HIP,
    HIP_HEIGHT,
    KNEE,
    NEAR_HIP,
    NEAR_KNEE,
    NEAR_TRUNK,
    SHOULDER_HEIGHT,
    TRUNK,
    TRUNK_RISE,
)
from repsight.core.book_parts.hinge import (
    HEEL_AT_BOTTOM,
    HINGE_METRICS,
    HINGE_MOMENTS,
    LEAN_BACK,
    SHORT_LOCKOUT,
    SQUATS_THE_HINGE,
    TOP_METRICS,
)
from repsight.core.book_parts.views import FACING, never_claimed
from repsight.core.signals import Distance, Height, Spread, Stagger
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Gate,
    OwnRest,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

_HANDS = Distance("wrist", "shoulder", "arm")

# The rule book.
_RULES = (
    SQUATS_THE_HINGE,
    SHORT_LOCKOUT,
    LEAN_BACK,
    Rule(
        "heel_rise",
        "Heels leave the floor",
        HEEL,
        "turn",
        "median",
        OwnRest(high=0.035),
        "leg",
        0.02,
        ("side",),
        good="Heels stayed down",
        cue="Keep the whole shoe on the floor and reach back with your hips",
        source="heuristic (foot pitch)",
        joints=("heel", "toe"),
        severity=0.6,
    ),
)

_VARIATIONS = (
    Variation("barbell", "Bar or stick on the back",
              (Gate(Spread("wrist", "shoulder_width"), "turn", low=1.4),), FACING),
    Variation("hands_at_head", "Hands, or a weight, at the head or chest",
              (Gate(Spread("wrist", "shoulder_width"), "turn", high=1.0),), FACING),
    Variation("seated", "Seated"),
    Variation("wide", "Wide stance"),
    Variation("split", "Split stance", (Gate(Stagger("ankle", "leg"), "turn", low=0.2),),
              ("side",)),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=HINGE_MOMENTS,
    metrics=(
        *HINGE_METRICS,
        *TOP_METRICS,
        HEEL_AT_BOTTOM,
    ),
    curves=(
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("knee_angle", "Knee angle", NEAR_KNEE),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
    ),
    never_claimed=never_claimed(
        "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="good_morning",
    name="Good morning",
    # floor: the shoulders sink about 0.35 leg lengths with the trunk at 65 degrees and half of
    # that at 43; less is a bow, heuristic
    movement=Cycle(driver=SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.16),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright at the start"),
        Gate(TRUNK_RISE, "turn", high=0.76, soft=0.18, reason="the trunk hardly tipped forward"),
        Gate(
            TRUNK_RISE,
            "turn",
            high=0.72,
            soft=0.1,
            views=("side",),
            reason="the trunk hardly tipped forward",
        ),
        # half-way the hips fold to 120 to 130 degrees, all the way to 70 to 100
        Gate(HIP, "turn", high=102, soft=16, pick="min", reason="the trunk hardly tipped forward"),
        Gate(KNEE, "turn", low=95, soft=20, reason="the knees bent as in a squat"),
    ),
    signature=(
        Gate(TRUNK, "rest", high=25, soft=20),
        Gate(TRUNK_RISE, "turn", high=0.67, soft=0.25),
        # the hips go back, they do not sink
        Gate(HIP_HEIGHT, "rep", high=0.25, soft=0.15, pick="range"),
        Gate(KNEE, "turn", low=115, soft=30),
        # the hands stay at the shoulders or the head
        Gate(_HANDS, "turn", high=0.75, soft=0.2),
        Gate(_HANDS, "rest", high=0.75, soft=0.2),
        Gate(Height("wrist", "knee", "leg"), "turn", low=0.3, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3),
    ),
    book=BOOK,
)
