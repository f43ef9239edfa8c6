"""Lateral raise."""

from __future__ import annotations

from repsight.core.book_parts.arm_raise import (
    BODY_STAYS,
    BODY_SWING,
    HAND_AT_TOP,
    HANDS_TILT_AT_TOP,
    KNEE_BEND,
    KNEE_DIP,
    RAISE_POSTURE,
    SEATED,
    TRUNK_SWING,
    UNEVEN_ARMS,
)
from repsight.core.book_parts.body import (
    ELBOW_HEIGHT,
    HAND_HEIGHT,
    HANDS_TILT,
    KNEE,
    NEAR_ELBOW,
    TRUNK,
)
from repsight.core.book_parts.views import ANY_VIEW, NOT_SIDE, never_claimed
from repsight.core.signals import Height, Offset, Spread
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


# The rule book.
_NEAR_UPPER_ARM = Height("elbow", "shoulder", "upper_arm", "near")

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
        ANY_VIEW,
        good="Arms came up to shoulder height",
        cue="Lift your elbows to the height of your collar",
        source="heuristic: upper arms within 20 degrees of the horizontal; higher is allowed",
        joints=("shoulder", "elbow"),
        severity=0.6,
        not_for=("partials",),
        shoot_from="front",
    ),
    UNEVEN_ARMS,
    BODY_SWING,
    KNEE_DIP,
)

_VARIATIONS = (
    Variation("standard", "Standard"),
    Variation(
        "bent_arm",
        "Bent arms",
        (Gate(NEAR_ELBOW, "turn", high=120.0),),
        NOT_SIDE,
    ),
    Variation("scaption", "Arms a little forward"),
    Variation(
        "one_arm",
        "One arm at a time",
        (Gate(HANDS_TILT, "rep", low=0.7, pick="range"),),
        NOT_SIDE,
    ),
    Variation("alternating", "One arm after the other"),
    Variation("cable", "Cable"),
    SEATED,
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
        HAND_AT_TOP,
        Metric("elbow_angle", "Elbow angle at the top", NEAR_ELBOW, "turn", "median", "deg",
               12.0),
        HANDS_TILT_AT_TOP,
        TRUNK_SWING,
        KNEE_BEND,
    ),
    curves=(
        ("hand_height", "Hand height", HAND_HEIGHT),
        ("elbow_height", "Elbow height", _NEAR_UPPER_ARM),
        ("knee_angle", "Knee angle", KNEE),
    ),
    never_claimed=never_claimed(
        "impingement of the shoulder",
        "shrugging (the shoulder landmark rises with the arm by itself)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="lateral_raise",
    name="Lateral raise",
    # floor: the hands rise by about one arm length; two fifths of it, heuristic
    movement=Cycle(
        driver=HAND_HEIGHT,
        turn="high",
        concentric="before",
        floor=0.4,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="front",
    posture=(
        *RAISE_POSTURE,
        Gate(HAND_HEIGHT, "turn", high=0.75, soft=0.2, reason="the hands went overhead"),
    ),
    signature=(
        Gate(HAND_HEIGHT, "rest", high=-0.6, soft=0.4),
        Gate(HAND_HEIGHT, "turn", low=-0.4, high=0.45, soft=0.3),
        Gate(ELBOW_HEIGHT, "turn", low=-0.45, soft=0.4),
        # sideways: hands far apart, or over the shoulders when seen from the side
        Gate(Spread("wrist", "shoulder_width"), "turn", low=2.0, soft=0.8, views=NOT_SIDE),
        Gate(Offset("wrist", "shoulder", "arm"), "turn", high=0.6, soft=0.3, views=("side",)),
        Gate(TRUNK, "turn", high=30, soft=20),
        *BODY_STAYS,
        Gate(Spread("ankle", "leg"), "rep", high=0.25, soft=0.2, pick="range"),
    ),
    book=BOOK,
)
