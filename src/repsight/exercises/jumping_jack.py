"""Jumping jack: hands overhead and feet apart, and back."""

from __future__ import annotations

from repsight.core.book_parts.body import HAND_HEIGHT, HANDS_TILT, HIP_HEIGHT, STANCE, TRUNK
from repsight.core.book_parts.views import ANY_VIEW, FACING, NOT_SIDE, never_claimed
from repsight.core.signals import Asymmetry, Height, Offset, Spread
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

# The rule book.
#: At an angle the near foot looks further out than the far one.
_TURNED: tuple[tuple[ViewName, float], ...] = (("oblique", 0.25),)

_RULES = (
    Rule(
        "hands_low",
        "Hands stay below the head",
        HAND_HEIGHT,
        "turn",
        "max",
        # the top of the head is about half an arm above the shoulders
        Fixed(low=0.5),
        "arm",
        0.08,
        # side on, the hand towards the lens looks higher than it is
        NOT_SIDE,
        good="Hands above the head every time",
        cue="Clap above your head",
        source="heuristic: hands above the head",
        joints=("wrist", "shoulder"),
        severity=0.8,
        is_line=True,
        shoot_from="front",
        not_for=("half",),
    ),
    Rule(
        "feet_narrow",
        "Feet hardly go apart",
        STANCE,
        "turn",
        "max",
        Fixed(low=1.3),
        "ratio",
        0.15,
        NOT_SIDE,
        good="Feet wide apart every time",
        cue="Land with your shoes wider than your shoulders",
        source="heuristic: 1.3 shoulder widths",
        joints=("ankle", "shoulder"),
        severity=0.7,
        is_line=True,
        shoot_from="front",
        view_sigma=_TURNED,
    ),
    Rule(
        "hands_stay_up",
        "Hands do not come down",
        HAND_HEIGHT,
        "rest",
        "min",
        # hanging hands measure -0.85 to -1.15 on clips
        Fixed(high=-0.6),
        "arm",
        0.08,
        ANY_VIEW,
        good="Hands back to the sides every time",
        cue="Touch your pockets each time",
        source="heuristic",
        joints=("wrist", "shoulder"),
        severity=0.6,
    ),
    Rule(
        "feet_stay_apart",
        "Feet do not come together",
        STANCE,
        "rest",
        "min",
        Fixed(high=0.95),
        "ratio",
        0.12,
        NOT_SIDE,
        good="Feet together every time",
        cue="Bring your shoes together each time",
        source="heuristic: within the width of the shoulders",
        joints=("ankle", "shoulder"),
        severity=0.5,
        shoot_from="front",
        view_sigma=_TURNED,
    ),
    Rule(
        "uneven_hands",
        "One hand stays lower",
        HANDS_TILT,
        "turn",
        "median",
        Fixed(low=-0.2, high=0.2),
        "arm",
        0.06,
        FACING,
        good="Both hands went equally high",
        cue="Clap above the middle of your head",
        source="heuristic",
        joints=("wrist",),
        severity=0.4,
        shoot_from="front",
    ),
)

_VARIATIONS = (
    Variation("standard", "Standard"),
    Variation("half", "Half jack, hands to shoulder height",
              (Gate(HAND_HEIGHT, "turn", low=-0.35, high=0.2, pick="max"),
               # feet that do not go all the way either are a jack cut short, not another kind
               Gate(STANCE, "turn", low=1.5, pick="max", views=FACING))),
    Variation("step", "Stepping, one foot at a time"),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("closed", "Closed", "start"),
        Moment("half_way", "Half way out", PhaseShare("concentric", 0.5)),
        Moment("open", "Open", "turn"),
    ),
    metrics=(
        Metric("hands_at_top", "Hands above shoulders when open", HAND_HEIGHT, "turn", "max", "arm",
               0.08),
        Metric("feet_at_top", "Feet apart when open, in shoulder widths", STANCE, "turn", "max",
               "ratio", 0.15, NOT_SIDE, view_sigma=_TURNED),
        Metric("hands_at_rest", "Hands above shoulders when closed", HAND_HEIGHT, "rest", "min",
               "arm", 0.08),
        Metric("feet_at_rest", "Feet apart when closed, in shoulder widths", STANCE, "rest", "min",
               "ratio", 0.12, NOT_SIDE, view_sigma=_TURNED),
        Metric("hands_tilt", "Left hand above the right when open", HANDS_TILT, "turn", "median",
               "arm", 0.06, FACING),
    ),
    curves=(
        ("hands", "Hands above shoulders", HAND_HEIGHT),
        ("feet", "Feet apart", STANCE),
    ),
    never_claimed=never_claimed(
        "impact on the joints", "calories",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="jumping_jack",
    name="Jumping jack",
    # floor: half jacks lift the hands by 1.0 arm lengths, full ones by 1.8; 0.6 is heuristic
    # driver: -1 with hanging arms, 1 straight up; it shows from every side
    movement=Cycle(
        driver=HAND_HEIGHT, turn="high", concentric="before", floor=0.6, min_s=0.3, max_s=6.0,
        partial_share=0.68,
    ),
    recommended_view="front",
    posture=(
        Gate(TRUNK, "rest", high=40, soft=20, reason="the trunk was not upright"),
        Gate(HAND_HEIGHT, "turn", low=-0.35, soft=0.2, pick="max",
             reason="the hands did not go up"),
        Gate(STANCE, "rep", low=0.35, soft=0.3, pick="range", views=NOT_SIDE,
             reason="the feet did not go apart"),
    ),
    signature=(
        Gate(HAND_HEIGHT, "turn", low=0.0, soft=0.4, pick="max", views=FACING),
        # side on, hands at shoulder height prove little: half jacks are recognised from the front
        Gate(HAND_HEIGHT, "turn", low=0.3, soft=0.4, pick="max", views=("side", "oblique")),
        Gate(HAND_HEIGHT, "rest", high=-0.55, soft=0.4, pick="min"),
        # the hands travel, they do not hold a bar that the body moves to
        Gate(Height("wrist", "picture", "arm"), "rep", low=0.8, soft=0.4, pick="range"),
        Gate(STANCE, "rep", low=0.6, soft=0.5, pick="range", views=NOT_SIDE),
        # who turns on the spot narrows the shoulders and so seems to spread the feet
        Gate(STANCE, "rep", high=4.0, soft=1.5, pick="range", views=FACING),
        # jumping or stepping apart moves the hips; arms alone do not
        Gate(HIP_HEIGHT, "rep", low=0.09, high=0.6, soft=0.07, pick="range"),
        # the hands swing out sideways: not bent as in a press, not in front as in a raise
        Gate(Spread("wrist", "arm"), "rep", low=1.6, soft=0.6, pick="max", views=FACING),
        Gate(Spread("wrist", "arm"), "rep", low=1.2, soft=0.5, pick="max", views=("oblique",)),
        Gate(Offset("wrist", "shoulder", "arm"), "rep", low=-0.5, high=0.5, soft=0.3, pick="max",
             views=("side",)),
        # both hands and both feet do the same
        Gate(HANDS_TILT, "turn", low=-0.4, high=0.4, soft=0.2),
        Gate(Asymmetry("ankle", "leg"), "turn", low=-0.15, high=0.15, soft=0.1, views=FACING),
        Gate(TRUNK, "rep", high=35, soft=20, pick="max"),
    ),
    book=BOOK,
)  # fmt: skip
