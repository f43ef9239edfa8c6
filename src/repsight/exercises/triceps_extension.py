"""Triceps extension: overhead, pushed down on a cable, or behind the body."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    ELBOW,
    ELBOW_HEIGHT,
    FOREARM_RISE,
    KNEE,
    NEAR_ELBOW,
    TRUNK,
    TRUNK_TILT,
)
from repsight.core.book_parts.views import ELBOW_DEG, never_claimed
from repsight.core.signals import Angle, Asymmetry, Height
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


# The rule book.
_UPPER_ARM = Angle("hip", "shoulder", "elbow", "near")

_RULES = (
    Rule(
        "short_lockout", "Arms not straightened", NEAR_ELBOW, "turn", "max",
        Fixed(low=155.0), "deg", 5.0, ("side",),
        good="Arms straight every time",
        cue="Push the handle as far away as it goes",
        source="heuristic: within 25 degrees of straight",
        joints=("shoulder", "elbow", "wrist"), severity=0.8,
    ),
    Rule(
        "short_bend", "Comes back only half way", NEAR_ELBOW, "rest", "min",
        Fixed(high=100.0), "deg", 6.0, ("side",),
        good="Came all the way back",
        cue="Let the weight come back until your forearms are past level",
        source="heuristic: the elbow bends to about a right angle",
        joints=("shoulder", "elbow", "wrist"), severity=0.6,
    ),
    Rule(
        "elbow_drift", "Elbows travel", _UPPER_ARM, "concentric", "range",
        Fixed(high=20.0), "deg", 4.0, ("side",),
        good="Elbows stayed where they were",
        cue="Keep your elbows on a rail that does not move",
        source="heuristic: the upper arm moves by more than a fifth of the elbow's range",
        joints=("hip", "shoulder", "elbow"), severity=0.7,
    ),
    Rule(
        "body_swing", "Pushes with the body", TRUNK_TILT, "concentric", "range",
        Fixed(high=9.0), "deg", 2.5, ("side",),
        good="Body stayed still",
        cue="Stand as if your belt were tied to a post",
        source="heuristic: the trunk moves by more than 9 degrees beyond error",
        joints=("hip", "shoulder"), severity=0.7,
    ),
)  # fmt: skip

_BELOW = Gate(ELBOW_HEIGHT, "rep", high=-0.5)
_VARIATIONS = (
    Variation("overhead", "Overhead", (Gate(ELBOW_HEIGHT, "rep", low=0.5),)),
    Variation("pushdown", "Cable pushdown", (_BELOW, Gate(TRUNK, "rep", high=35.0))),
    Variation("rope", "Rope pushdown"),
    Variation("kickback", "Kickback, bent over", (Gate(TRUNK, "rep", low=42.0),), ("side",)),
    Variation("one_arm", "One arm"),
    Variation("pause", "Pause with straight arms", min_pause_s=1.0),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("bent", "Bent", "start"),
        Moment("half_way", "Half way", PhaseShare("concentric", 0.5)),
        Moment("straight", "Straight", "turn"),
    ),
    metrics=(
        Metric("elbow_straight", "Elbow angle, straightest", NEAR_ELBOW, "turn", "max", "deg",
               5.0, view_sigma=ELBOW_DEG),
        Metric("elbow_bent", "Elbow angle, most bent", NEAR_ELBOW, "rest", "min", "deg", 6.0,
               view_sigma=ELBOW_DEG),
        Metric("upper_arm", "Upper arm to and fro", _UPPER_ARM, "concentric", "range", "deg",
               4.0, ("side",)),
        Metric("trunk_swing", "Trunk swing", TRUNK_TILT, "concentric", "range", "deg", 2.5,
               ("side",)),
    ),
    curves=(
        ("elbow_angle", "Elbow angle", ELBOW),
        ("upper_arm", "Upper arm away from the trunk", _UPPER_ARM),
        ("trunk", "Trunk lean", TRUNK_TILT),
    ),
    never_claimed=never_claimed("how the wrists are turned (fingers are too small to trust)"),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="triceps_extension",
    name="Triceps extension",
    # floor: two fifths of the elbow's range of about 100 degrees; heuristic
    movement=Cycle(
        driver=ELBOW, turn="high", concentric="before", floor=40.0, partial_share=0.68,
    ),
    recommended_view="side",
    posture=(
        Gate(ELBOW, "turn", low=125, soft=20, reason="the arms did not straighten"),
        Gate(ELBOW_HEIGHT, "rep", high=0.75, soft=0.3, pick="range",
             reason="the elbows did not stay in place"),
    ),
    signature=(
        Gate(ELBOW, "turn", low=145, soft=25),
        Gate(ELBOW, "rest", high=110, soft=25),
        # arms that are let down once and stay down were only put away
        Gate(ELBOW, "end", high=125, soft=25),
        # only the forearms move: presses, rows and pulls move the elbows
        Gate(ELBOW_HEIGHT, "rep", high=0.35, soft=0.25, pick="range"),
        Gate(Height("shoulder", "picture", "arm"), "rep", high=0.2, soft=0.2, pick="range"),
        # bent arms hold the weight at the belt or behind the head; a curl ends at the shoulder
        Gate(FOREARM_RISE, "rest", high=0.4, soft=0.2),
        Gate(FOREARM_RISE, "rep", low=0.5, soft=0.3, pick="range"),
        # both hands do the same
        Gate(Asymmetry("wrist", "forearm"), "turn", low=-0.5, high=0.5, soft=0.3),
        Gate(Asymmetry("wrist", "forearm"), "rest", low=-0.5, high=0.5, soft=0.3),
        Gate(KNEE, "rep", high=25, soft=25, pick="range"),
    ),
    bar="hands",
    book=BOOK,
)  # fmt: skip
