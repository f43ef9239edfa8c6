"""Lateral raise."""

from __future__ import annotations

from repsight.core.signals import Angle, Asymmetry, Height, Lean, Offset, Spread
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    OwnRest,
    Rule,
    RuleBook,
    Variation,
    ViewName,
)

__all__ = ["BOOK", "SPEC"]

_HAND = Height("wrist", "shoulder", "arm")
_ELBOW_HEIGHT = Height("elbow", "shoulder", "upper_arm")
_TRUNK = Lean("hip", "shoulder")

# The rule book.
_ANY: tuple[ViewName, ...] = ("front", "back", "side", "oblique")
_NOT_SIDE: tuple[ViewName, ...] = ("front", "back", "oblique")
_NEAR_ELBOW = Angle("shoulder", "elbow", "wrist", "near")
_NEAR_UPPER_ARM = Height("elbow", "shoulder", "upper_arm", "near")
_NEAR_TRUNK = Lean("hip", "shoulder", "near", signed=True)
_HANDS_TILT = Asymmetry("wrist", "arm")
_KNEE = Angle("hip", "knee", "ankle")

_RULES = (
    Rule(
        "low_raise",
        "Arms stop low",
        _NEAR_UPPER_ARM,
        "turn",
        "max",
        Fixed(low=-0.34),
        "upper_arm",
        0.08,
        _ANY,
        good="Arms came up to shoulder height",
        cue="Lift your elbows to the height of your collar",
        source="heuristic: upper arms within 20 degrees of the horizontal; higher is allowed",
        joints=("shoulder", "elbow"),
        severity=0.6,
        not_for=("partials",),
        shoot_from="front",
    ),
    Rule(
        "uneven_arms",
        "One arm stops lower",
        _HANDS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.08, high=0.08),
        "arm",
        0.03,
        ("front", "back"),
        good="Both arms rose level",
        cue="Make one straight line from hand to hand",
        source="heuristic: more than 0.08 arm lengths",
        joints=("wrist",),
        severity=0.5,
        not_for=("one_arm", "alternating"),
        shoot_from="front",
    ),
    Rule(
        "body_swing",
        "Swings with the body",
        _NEAR_TRUNK,
        "concentric",
        "range",
        Fixed(high=8.0),
        "deg",
        2.5,
        ("side",),
        good="Body stayed still",
        cue="Stand as if your back touched a wall",
        source="heuristic: the trunk moves by more than 8 degrees beyond error",
        joints=("hip", "shoulder"),
        severity=0.8,
    ),
    Rule(
        "knee_dip",
        "Knees give the start",
        _KNEE,
        "concentric",
        "min",
        OwnRest(low=-10.0),
        "deg",
        4.0,
        _ANY,
        good="Legs stayed still",
        cue="Stand like a post and let the arms do the work",
        source="heuristic: more than 10 degrees beyond error",
        joints=("hip", "knee", "ankle"),
        severity=0.8,
        not_for=("seated",),
        view_sigma=(("front", 6.0), ("back", 6.0), ("oblique", 6.0)),
    ),
)

_VARIATIONS = (
    Variation("standard", "Standard"),
    Variation(
        "bent_arm",
        "Bent arms",
        (Gate(_NEAR_ELBOW, "turn", high=120.0),),
        ("front", "back", "oblique"),
    ),
    Variation("scaption", "Arms a little forward"),
    Variation(
        "one_arm",
        "One arm at a time",
        (Gate(_HANDS_TILT, "rep", low=0.7, pick="range"),),
        ("front", "back", "oblique"),
    ),
    Variation("alternating", "One arm after the other"),
    Variation("cable", "Cable"),
    Variation("seated", "Seated", (Gate(Angle("shoulder", "hip", "knee"), "rep", high=130.0),)),
    Variation("partials", "Partials on purpose"),
    Variation("pause", "Pause at the top", min_pause_s=1.0),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(Moment("start", "Start", "start"), Moment("top", "Top", "turn")),
    metrics=(
        Metric("elbow_height", "Elbow above the shoulder at the top", _NEAR_UPPER_ARM, "turn",
               "max", "upper_arm", 0.08),
        Metric("hand_height", "Hand above the shoulder at the top",
               Height("wrist", "shoulder", "arm", "near"), "turn", "max", "arm", 0.05),
        Metric("elbow_angle", "Elbow angle at the top", _NEAR_ELBOW, "turn", "median", "deg",
               12.0),
        Metric("hands_tilt", "Left hand above the right at the top", _HANDS_TILT, "turn",
               "median", "arm", 0.03, ("front", "back")),
        Metric("trunk_swing", "Trunk swing on the way up", _NEAR_TRUNK, "concentric", "range",
               "deg", 2.5, ("side",)),
        Metric("knee_bend", "Smallest knee angle on the way up", _KNEE, "concentric", "min",
               "deg", 4.0, view_sigma=(("front", 6.0), ("back", 6.0), ("oblique", 6.0))),
    ),
    curves=(
        ("hand_height", "Hand height", _HAND),
        ("elbow_height", "Elbow height", _NEAR_UPPER_ARM),
        ("knee_angle", "Knee angle", _KNEE),
    ),
    never_claimed=(
        "injury risk", "pain", "muscle activation", "impingement of the shoulder",
        "shrugging (the shoulder landmark rises with the arm by itself)",
    ),
)  # fmt: skip
# The movement.

SPEC = ExerciseSpec(
    id="lateral_raise",
    name="Lateral raise",
    # floor: the hands rise by about one arm length; two fifths of it, heuristic
    movement=Cycle(
        driver=_HAND,
        turn="high",
        concentric="before",
        floor=0.4,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="front",
    posture=(
        Gate(_TRUNK, "rest", high=50, soft=20, reason="the trunk was not upright"),
        Gate(_ELBOW_HEIGHT, "turn", low=-0.7, soft=0.3, reason="the elbows stayed down"),
        Gate(_HAND, "turn", high=0.75, soft=0.2, reason="the hands went overhead"),
    ),
    signature=(
        Gate(_HAND, "rest", high=-0.6, soft=0.4),
        Gate(_HAND, "turn", low=-0.4, high=0.45, soft=0.3),
        Gate(_ELBOW_HEIGHT, "turn", low=-0.45, soft=0.4),
        # sideways: hands far apart, or over the shoulders when seen from the side
        Gate(Spread("wrist", "shoulder_width"), "turn", low=2.0, soft=0.8, views=_NOT_SIDE),
        Gate(Offset("wrist", "shoulder", "arm"), "turn", high=0.6, soft=0.3, views=("side",)),
        Gate(_TRUNK, "turn", high=30, soft=20),
        # the body stays where it is: only the arms travel
        Gate(_KNEE, "concentric", low=-30, high=30, soft=40, pick="change"),
        Gate(Height("shoulder", "floor", "leg"), "rep", high=0.15, soft=0.35, pick="range"),
        Gate(Spread("ankle", "leg"), "rep", high=0.25, soft=0.2, pick="range"),
    ),
    book=BOOK,
)
