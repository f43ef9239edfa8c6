"""Front raise."""

from __future__ import annotations

from dataclasses import replace

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
    NEAR_HAND_HEIGHT,
    TRUNK,
    TRUNK_TILT,
)
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, NOT_SIDE, never_claimed
from repsight.core.signals import Offset, Spread
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
    ViewName,
)

__all__ = ["BOOK", "SPEC"]


# The rule book.
_HAND_SIGMA: tuple[tuple[ViewName, float], ...] = (
    ("front", 0.08), ("back", 0.08), ("oblique", 0.07),
)  # fmt: skip

_RULES = (
    Rule(
        "low_raise",
        "Hands stop low",
        NEAR_HAND_HEIGHT,
        "turn",
        "max",
        Fixed(low=-0.3),
        "arm",
        0.05,
        ANY_VIEW,
        good="Hands came up to shoulder height",
        cue="Point the weight at the horizon",
        source="heuristic: arms within about 17 degrees of the horizontal; higher is allowed",
        joints=("shoulder", "wrist"),
        severity=0.6,
        not_for=("partials",),
        view_sigma=_HAND_SIGMA,
    ),
    BODY_SWING,
    KNEE_DIP,
    Rule(
        "bent_arms",
        "Turns into a curl",
        NEAR_ELBOW,
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
    replace(UNEVEN_ARMS, cue="Keep the weight level with the horizon"),
)

_VARIATIONS = (
    Variation("dumbbell", "Dumbbells"),
    Variation("barbell", "Barbell"),
    Variation("plate", "Plate or kettlebell"),
    Variation(
        "alternating",
        "One arm after the other",
        (Gate(HANDS_TILT, "rep", low=0.7, pick="range"),),
        NOT_SIDE,
    ),
    Variation("one_arm", "One arm"),
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
        replace(HAND_AT_TOP, view_sigma=_HAND_SIGMA),
        Metric("elbow_angle", "Elbow angle at the top", NEAR_ELBOW, "turn", "median", "deg", 6.0,
               view_sigma=ELBOW_DEG),
        TRUNK_SWING,
        KNEE_BEND,
        HANDS_TILT_AT_TOP,
    ),
    curves=(
        ("hand_height", "Hand height", HAND_HEIGHT),
        ("trunk_lean", "Trunk lean", TRUNK_TILT),
        ("knee_angle", "Knee angle", KNEE),
    ),
    never_claimed=never_claimed(
        "impingement of the shoulder",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="front_raise",
    name="Front raise",
    # floor: the hands rise by about one arm length; two fifths of it, heuristic
    movement=Cycle(
        driver=HAND_HEIGHT,
        turn="high",
        concentric="before",
        floor=0.4,
        partial_share=0.6,
        sides="each",
    ),
    recommended_view="side",
    posture=(*RAISE_POSTURE,),
    signature=(
        Gate(HAND_HEIGHT, "rest", high=-0.6, soft=0.4),
        Gate(HAND_HEIGHT, "turn", low=-0.4, high=0.6, soft=0.4),
        Gate(ELBOW_HEIGHT, "turn", low=-0.45, soft=0.4),
        # forward: hands no further apart than shoulders, well in front of them from the side
        Gate(Spread("wrist", "shoulder_width"), "turn", high=1.7, soft=0.6, views=NOT_SIDE),
        Gate(Offset("wrist", "shoulder", "arm"), "turn", low=0.8, soft=0.35, views=("side",)),
        Gate(TRUNK, "turn", high=30, soft=20),
        *BODY_STAYS,
    ),
    bar="hands",
    book=BOOK,
)
