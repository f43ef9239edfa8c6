"""Bench press: on the back, a weight down to the chest and up to straight arms."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    ELBOW_HEIGHT,
    FOREARM_RISE,
    HAND_HEIGHT,
    HANDS_TILT,
    NEAR_ELBOW,
    NEAR_HAND_HEIGHT,
    TRUNK,
)
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, FACING, NOT_SIDE, never_claimed
from repsight.core.signals import Height, Lean, Ratio, Spread
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
_FOREARM = Lean("elbow", "wrist", "near")
_HIPS = Height("hip", "shoulder", "trunk", "near")
_HANDS_APART = Ratio(Spread("wrist", "arm"), Spread("shoulder", "arm"))

_RULES = (
    Rule(
        "short_range", "Stops above the chest", NEAR_HAND_HEIGHT, "turn", "min",
        # on the chest the wrists are 0.15 to 0.37 arm lengths above the shoulders
        Fixed(high=0.48), "arm", 0.05, ("side", "oblique"),
        good="Down to the chest every time",
        cue="Touch your shirt with the bar",
        source="IPF rule: the bar reaches the chest; limit heuristic",
        joints=("wrist", "shoulder"), view_sigma=(("oblique", 0.07),),
        not_for=("board",),
    ),
    Rule(
        "soft_lockout", "Arms not straight at the top", NEAR_ELBOW, "rest", "max",
        # seen from the side, elbows that point outwards look straight
        Fixed(low=155.0), "deg", 12.0, NOT_SIDE,
        good="Arms straight at the top",
        cue="Push the bar through the ceiling",
        source="IPF rule: arms locked out; limit heuristic",
        joints=("shoulder", "elbow", "wrist"), severity=0.8, view_sigma=ELBOW_DEG,
        shoot_from="front",
    ),
    Rule(
        "uneven_bar", "One hand lags", HANDS_TILT, "turn", "median",
        OwnRest(low=-0.07, high=0.07), "arm", 0.03, FACING,
        good="Both hands moved level",
        cue="Keep the bar level with the horizon",
        source="heuristic: more than 0.07 arm lengths (about 4 cm)",
        joints=("wrist",), severity=0.6, shoot_from="front",
    ),
    Rule(
        "hips_lift", "Hips leave the bench", _HIPS, "rep", "range",
        Fixed(high=0.14), "trunk", 0.04, ("side",),
        good="Hips stayed on the bench",
        cue="Keep your pockets on the bench",
        source="IPF rule: buttocks stay on the bench; limit heuristic",
        joints=("hip", "shoulder"), severity=0.8,
    ),
)  # fmt: skip

_VARIATIONS = (
    Variation("barbell", "Barbell"),
    Variation("dumbbell", "Dumbbells"),
    Variation("close_grip", "Close grip", (Gate(_HANDS_APART, "rest", high=1.2),), FACING),
    Variation("incline", "Inclined bench", (Gate(TRUNK, "rest", high=68.0),), ("side",)),
    Variation("board", "Board or block press"),
    Variation("feet_up", "Feet up"),
    Variation("pause", "Pause on the chest", min_pause_s=1.0),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("top", "Top", "start"),
        Moment("chest", "At the chest", "turn"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
    ),
    metrics=(
        Metric("hands_at_chest", "Hands above the shoulders, lowest", NEAR_HAND_HEIGHT, "turn",
               "min", "arm", 0.05, ANY_VIEW,
               view_sigma=(("front", 0.1), ("back", 0.1), ("oblique", 0.07))),
        Metric("elbow_at_top", "Elbow angle at the top", NEAR_ELBOW, "rest", "max", "deg", 12.0,
               NOT_SIDE, view_sigma=ELBOW_DEG),
        Metric("elbow_at_chest", "Elbow angle at the chest", NEAR_ELBOW, "turn", "min", "deg", 12.0,
               NOT_SIDE, view_sigma=ELBOW_DEG),
        Metric("hands_tilt", "Left hand above the right at the chest", HANDS_TILT, "turn",
               "median", "arm", 0.03, FACING),
        Metric("forearm", "Forearm from the vertical at the chest", _FOREARM, "turn", "median",
               "deg", 5.0, ("side",)),
        Metric("hips", "Hips up and down", _HIPS, "rep", "range", "trunk", 0.04, ("side",)),
        Metric("hands_apart", "Hands apart, in shoulder widths", _HANDS_APART, "rest", "median",
               "ratio", 0.2, FACING),
    ),
    curves=(
        ("hands", "Hands above the shoulders", HAND_HEIGHT),
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("forearm", "Forearm from the vertical", _FOREARM),
    ),
    never_claimed=never_claimed(
        "load on the shoulders", "arch of the lower back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="bench_press",
    name="Bench press",
    # floor: two fifths of the way from straight arms to the chest, about 0.75 arm lengths;
    # heuristic
    # driver: 1 with straight arms, about 0.2 with the bar on the chest
    movement=Cycle(
        driver=HAND_HEIGHT, turn="low", concentric="after", floor=0.3, partial_share=0.65
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", low=45, soft=20, reason="the body did not lie"),
        Gate(HAND_HEIGHT, "rest", low=0.6, soft=0.4, reason="the arms did not point up"),
        Gate(HAND_HEIGHT, "turn", low=-0.3, soft=0.3, reason="the hands left the chest"),
    ),
    signature=(
        Gate(TRUNK, "rest", low=55, soft=20),
        Gate(HAND_HEIGHT, "rest", low=0.75, soft=0.4),
        Gate(HAND_HEIGHT, "turn", low=-0.1, high=0.6, soft=0.25),
        # a weight is carried by upright forearms, also at the chest
        Gate(FOREARM_RISE, "turn", low=0.5, soft=0.35),
        # upper arms come down beside the body: extensions keep them up
        Gate(ELBOW_HEIGHT, "rep", low=0.5, soft=0.4, pick="range"),
        Gate(Height("wrist", "picture", "arm"), "rep", low=0.35, soft=0.25, pick="range"),
        # the body stays where it is
        Gate(Height("shoulder", "picture", "arm"), "rep", high=0.3, soft=0.3, pick="range"),
        Gate(TRUNK, "rep", high=35, soft=25, pick="range"),
    ),
    bar="hands",
    book=BOOK,
)
