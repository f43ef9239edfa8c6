"""Front raise."""

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
_NEAR_HAND = Height("wrist", "shoulder", "arm", "near")
_NEAR_TRUNK = Lean("hip", "shoulder", "near", signed=True)
_HANDS_TILT = Asymmetry("wrist", "arm")
_KNEE = Angle("hip", "knee", "ankle")

_RULES = (
    Rule(
        "low_raise",
        "Hands stop low",
        _NEAR_HAND,
        "turn",
        "max",
        Fixed(low=-0.3),
        "arm",
        0.05,
        _ANY,
        good="Hands came up to shoulder height",
        cue="Point the weight at the horizon",
        source="heuristic: arms within about 17 degrees of the horizontal; higher is allowed",
        joints=("shoulder", "wrist"),
        severity=0.6,
        not_for=("partials",),
        view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.07)),
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
    Rule(
        "bent_arms",
        "Turns into a curl",
        _NEAR_ELBOW,
        "turn",
        "median",
        Fixed(low=125.0),
        "deg",
        6.0,
        ("side",),
        good="Arms stayed long",
        cue="Reach for the wall in front of you",
        source="heuristic: soft elbows are fine, 125 degrees is a curl",
        joints=("shoulder", "elbow", "wrist"),
        severity=0.4,
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
        cue="Keep the weight level with the horizon",
        source="heuristic: more than 0.08 arm lengths",
        joints=("wrist",),
        severity=0.5,
        not_for=("one_arm", "alternating"),
        shoot_from="front",
    ),
)

_VARIATIONS = (
    Variation("dumbbell", "Dumbbells"),
    Variation("barbell", "Barbell"),
    Variation("plate", "Plate or kettlebell"),
    Variation(
        "alternating",
        "One arm after the other",
        (Gate(_HANDS_TILT, "rep", low=0.7, pick="range"),),
        ("front", "back", "oblique"),
    ),
    Variation("one_arm", "One arm"),
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
        Metric("hand_height", "Hand above the shoulder at the top", _NEAR_HAND, "turn", "max",
               "arm", 0.05,
               view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.07))),
        Metric("elbow_angle", "Elbow angle at the top", _NEAR_ELBOW, "turn", "median", "deg", 6.0,
               view_sigma=(("front", 14.0), ("back", 14.0), ("oblique", 12.0))),
        Metric("trunk_swing", "Trunk swing on the way up", _NEAR_TRUNK, "concentric", "range",
               "deg", 2.5, ("side",)),
        Metric("knee_bend", "Smallest knee angle on the way up", _KNEE, "concentric", "min",
               "deg", 4.0, view_sigma=(("front", 6.0), ("back", 6.0), ("oblique", 6.0))),
        Metric("hands_tilt", "Left hand above the right at the top", _HANDS_TILT, "turn",
               "median", "arm", 0.03, ("front", "back")),
    ),
    curves=(
        ("hand_height", "Hand height", _HAND),
        ("trunk_lean", "Trunk lean", _NEAR_TRUNK),
        ("knee_angle", "Knee angle", _KNEE),
    ),
    never_claimed=(
        "injury risk", "pain", "muscle activation", "impingement of the shoulder",
    ),
)  # fmt: skip
# The movement.

SPEC = ExerciseSpec(
    id="front_raise",
    name="Front raise",
    # floor: the hands rise by about one arm length; two fifths of it, heuristic
    movement=Cycle(
        driver=_HAND,
        turn="high",
        concentric="before",
        floor=0.4,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", high=50, soft=20, reason="the trunk was not upright"),
        Gate(_ELBOW_HEIGHT, "turn", low=-0.7, soft=0.3, reason="the elbows stayed down"),
    ),
    signature=(
        Gate(_HAND, "rest", high=-0.6, soft=0.4),
        Gate(_HAND, "turn", low=-0.4, high=0.6, soft=0.4),
        Gate(_ELBOW_HEIGHT, "turn", low=-0.45, soft=0.4),
        # forward: hands no further apart than shoulders, well in front of them from the side
        Gate(Spread("wrist", "shoulder_width"), "turn", high=1.7, soft=0.6, views=_NOT_SIDE),
        Gate(Offset("wrist", "shoulder", "arm"), "turn", low=0.8, soft=0.35, views=("side",)),
        Gate(_TRUNK, "turn", high=30, soft=20),
        # the body stays where it is: only the arms travel
        Gate(_KNEE, "concentric", low=-30, high=30, soft=40, pick="change"),
        Gate(Height("shoulder", "floor", "leg"), "rep", high=0.15, soft=0.35, pick="range"),
    ),
    bar="hands",
    book=BOOK,
)
