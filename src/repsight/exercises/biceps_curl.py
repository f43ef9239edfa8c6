"""Biceps curl."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.arm_raise import BODY_STAYS, BODY_SWING, SEATED, TRUNK_SWING
from repsight.core.book_parts.body import (
    ELBOW_HEIGHT,
    FOREARM_RISE,
    NEAR_ELBOW,
    TRUNK,
)
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, FACING, NOT_SIDE, never_claimed
from repsight.core.signals import Angle, Asymmetry, Height
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
_NEAR_FOREARM = Height("wrist", "elbow", "forearm", "near")
_UPPER_ARM = Angle("hip", "shoulder", "elbow", "near")
_HANDS_TILT = Asymmetry("wrist", "forearm")

_RULES = (
    Rule(
        "elbow_drift",
        "Elbows travel forward",
        _UPPER_ARM,
        "rep",
        "max",
        # a fifth of the elbow's 120 degrees; the last degrees of a full curl move it a little
        OwnRest(high=24.0),
        "deg",
        5.0,
        ("side",),
        good="Elbows stayed beside the body",
        cue="Keep your elbows on two nails in a wall beside you",
        source="heuristic: upper arm moves by more than a fifth of the elbow's range",
        joints=("hip", "shoulder", "elbow"),
        severity=0.7,
    ),
    replace(BODY_SWING, severity=0.9, not_for=("cheat",)),
    Rule(
        "short_bottom",
        "Arms not straightened at the bottom",
        NEAR_ELBOW,
        "rest",
        "max",
        Fixed(low=150.0),
        "deg",
        5.0,
        ("side", "oblique"),
        good="Arms straight at the bottom",
        cue="Let the weight hang before every rep",
        source="heuristic: within 30 degrees of straight",
        joints=("shoulder", "elbow", "wrist"),
        severity=0.6,
        view_sigma=(("oblique", 10.0),),
    ),
    Rule(
        "short_top",
        "Weight stops low",
        _NEAR_FOREARM,
        "turn",
        "max",
        # full curls measure 0.65 to 1.0 on clips from every side
        Fixed(low=0.45),
        "forearm",
        0.07,
        ANY_VIEW,
        good="Weight came all the way up",
        cue="Bring the handle up to your collar",
        source="heuristic: the forearm at least 25 degrees above the horizontal",
        joints=("elbow", "wrist"),
        severity=0.6,
        view_sigma=(("front", 0.09), ("back", 0.09), ("oblique", 0.09)),
    ),
    Rule(
        "uneven_arms",
        "One hand lags",
        _HANDS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.18, high=0.18),
        "forearm",
        0.06,
        FACING,
        good="Both hands rose level",
        cue="Keep the bar level with the horizon",
        source="heuristic: more than 0.18 forearm lengths (about 4 cm)",
        joints=("wrist",),
        severity=0.5,
        shoot_from="front",
        not_for=("alternating", "one_arm"),
    ),
)

_VARIATIONS = (
    Variation("barbell", "Barbell"),
    Variation("dumbbell", "Dumbbells"),
    Variation(
        "alternating",
        "One arm after the other",
        (Gate(Asymmetry("wrist", "forearm"), "rep", low=0.9, pick="range"),),
        NOT_SIDE,
    ),
    Variation("one_arm", "One arm"),
    Variation("hammer", "Hammer grip"),
    Variation("preacher", "On a preacher bench"),
    SEATED,
    Variation("cheat", "Cheat curl on purpose"),
    Variation("pause", "Pause at the top", min_pause_s=1.0),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("start", "Start", "start"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("top", "Top", "turn"),
    ),
    metrics=(
        Metric("elbow_at_top", "Elbow angle at the top", NEAR_ELBOW, "turn", "min", "deg", 6.0,
               view_sigma=ELBOW_DEG),
        Metric("elbow_at_bottom", "Elbow angle at the bottom", NEAR_ELBOW, "rest", "max", "deg",
               5.0, view_sigma=ELBOW_DEG),
        Metric("forearm_height", "Hand above the elbow at the top", _NEAR_FOREARM, "turn", "max",
               "forearm", 0.07,
               view_sigma=(("front", 0.09), ("back", 0.09), ("oblique", 0.09))),
        Metric("upper_arm", "Upper arm away from the trunk, furthest", _UPPER_ARM, "rep", "max",
               "deg", 5.0, view_sigma=ELBOW_DEG),
        TRUNK_SWING,
        Metric("hands_tilt", "Left hand above the right at the top", _HANDS_TILT, "turn",
               "median", "forearm", 0.06, FACING),
    ),
    curves=(
        ("forearm_height", "Hand above the elbow", FOREARM_RISE),
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("upper_arm", "Upper arm away from the trunk", _UPPER_ARM),
    ),
    never_claimed=never_claimed(
        "strength of one arm against the other",
        "how the wrists are turned (fingers are too small to trust)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="biceps_curl",
    name="Biceps curl",
    # floor: the hand rises about 1.8 forearms in a full curl; two fifths of it, heuristic
    movement=Cycle(
        driver=FOREARM_RISE,
        turn="high",
        concentric="before",
        floor=0.7,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=45, soft=20, reason="the body was not upright"),
        # hands that gesture mostly stay below the elbows
        Gate(FOREARM_RISE, "turn", low=0.15, soft=0.3, reason="the forearm did not come up"),
        Gate(ELBOW_HEIGHT, "turn", high=-0.3, soft=0.4, reason="the elbow rose with the hand"),
    ),
    signature=(
        Gate(FOREARM_RISE, "turn", low=0.55, soft=0.5),
        Gate(FOREARM_RISE, "rest", high=-0.4, soft=0.6),
        Gate(ELBOW_HEIGHT, "turn", high=-0.7, soft=0.35),
        Gate(ELBOW_HEIGHT, "rep", high=0.4, soft=0.6, pick="range"),
        Gate(TRUNK, "turn", high=25, soft=20),
        *BODY_STAYS,
    ),
    bar="hands",
    book=BOOK,
)
