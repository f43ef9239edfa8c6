"""Pull-up and chin-up: the body goes up to a bar that the hands hang from."""

from __future__ import annotations

from repsight.core.book_parts.body import ELBOW, NEAR_ELBOW, NEAR_HIP, TRUNK
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, FACING, NOT_SIDE, never_claimed
from repsight.core.signals import Asymmetry, Height, Offset, Ratio, Spread
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

#: Shoulders above the hands: -1 hanging from long arms, about 0 with the chin over the bar.
#: It shows from every side and needs neither the bar nor the legs.
_RISE = Height("shoulder", "wrist", "arm")

# The rule book.
_HEAD = Height("ear", "wrist", "arm")
_TILT = Asymmetry("shoulder", "arm")
_SWING = Offset("hip", "wrist", "trunk")
_HANDS_APART = Ratio(Spread("wrist", "leg"), Spread("shoulder", "leg"))

_RULES = (
    Rule(
        "chin_low", "Chin stays below the bar", _HEAD, "turn", "max",
        # the ears are a hand's width above the chin, the bar is half a palm above the wrists;
        # a camera below the bar sees what is further away lower
        Fixed(low=0.25), "arm", 0.08, ANY_VIEW,
        good="Chin over the bar every time",
        cue="Look over the bar before you come down",
        source="USMC pull-up standard: chin above the bar; limit heuristic",
        joints=("ear", "wrist"), is_line=True, shoot_from="back", view_sigma=(("side", 0.1),),
    ),
    Rule(
        "short_hang", "Arms not straight at the bottom", NEAR_ELBOW, "rest", "max",
        # seen from the side, elbows that point outwards look straight
        Fixed(low=150.0), "deg", 12.0, NOT_SIDE,
        good="Arms straight at the bottom",
        cue="Let the bar pull your arms long before every rep",
        source="USMC pull-up standard: dead hang; limit heuristic",
        joints=("shoulder", "elbow", "wrist"), severity=0.8, view_sigma=ELBOW_DEG,
        shoot_from="back",
    ),
    Rule(
        "uneven_pull", "One shoulder stays lower", _TILT, "turn", "median",
        OwnRest(low=-0.06, high=0.06), "arm", 0.025, FACING,
        good="Both shoulders rose level",
        cue="Bring both shoulders to the bar at once",
        source="heuristic: more than 0.06 arm lengths (about 3 cm)",
        joints=("shoulder",), severity=0.5, shoot_from="back",
    ),
    Rule(
        "kip", "Swings up", _SWING, "concentric", "range",
        # strict pulls carry the hips by about a fifth of the trunk
        Fixed(high=0.45), "trunk", 0.07, ("side",),
        good="Went up without a swing",
        cue="Start every rep from a still hang",
        source="heuristic: the hips travel by more than 0.13 of body height",
        joints=("hip", "wrist"), severity=0.7, not_for=("kipping",),
    ),
    Rule(
        "leg_kick", "Legs kick", NEAR_HIP, "concentric", "range",
        Fixed(high=32.0), "deg", 6.0, ("side",),
        good="Legs stayed quiet",
        cue="Hang like a plumb line from the bar",
        source="heuristic: the hip bends by more than 32 degrees",
        joints=("shoulder", "hip", "knee"), severity=0.6, not_for=("kipping", "l_sit"),
    ),
)  # fmt: skip

_VARIATIONS = (
    Variation("pull_up", "Overhand grip"),
    Variation("chin_up", "Underhand grip"),
    Variation("neutral", "Neutral grip"),
    Variation("wide", "Wide grip", (Gate(_HANDS_APART, "rest", low=1.85),), FACING),
    Variation("kipping", "Kipping on purpose"),
    Variation(
        "l_sit", "Legs held out", (Gate(NEAR_HIP, "rep", high=120.0, pick="max"),), ("side",)
    ),
    Variation("weighted", "Weighted"),
    Variation("band", "With a band"),
    Variation("pause", "Pause at the top", min_pause_s=1.0),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("hang", "Hang", "start"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("top", "Top", "turn"),
    ),
    metrics=(
        Metric("head_at_top", "Ears above the wrists at the top", _HEAD, "turn", "max", "arm",
               0.08, view_sigma=(("side", 0.1),)),
        Metric("elbow_at_bottom", "Elbow angle at the bottom", NEAR_ELBOW, "rest", "max", "deg",
               12.0, NOT_SIDE, view_sigma=ELBOW_DEG),
        Metric("elbow_at_top", "Elbow angle at the top", NEAR_ELBOW, "turn", "min", "deg", 12.0,
               NOT_SIDE, view_sigma=ELBOW_DEG),
        Metric("shoulder_tilt", "Left shoulder above the right at the top", _TILT, "turn",
               "median", "arm", 0.025, FACING),
        Metric("hip_travel", "Hips to and fro on the way up", _SWING, "concentric", "range",
               "trunk", 0.07, ("side",)),
        Metric("hip_bend", "Change of the hip angle on the way up", NEAR_HIP, "concentric", "range",
               "deg", 6.0, ("side",)),
        Metric("hands_apart", "Hands apart, in shoulder widths", _HANDS_APART, "rest", "median",
               "ratio", 0.15, FACING),
    ),
    curves=(
        ("rise", "Shoulders above the hands", _RISE),
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("head", "Ears above the wrists", _HEAD),
    ),
    never_claimed=never_claimed(
        "which way the palms face (fingers are too small to trust)", "strength of one side",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="pull_up",
    name="Pull-up",
    # floor: half of the way from long arms to the bar, about 0.95 arm lengths in all; heuristic
    movement=Cycle(driver=_RISE, turn="high", concentric="before", floor=0.45),
    recommended_view="back",
    posture=(
        Gate(_RISE, "rest", high=-0.6, soft=0.4, reason="the arms were not overhead"),
        Gate(_RISE, "turn", high=0.35, soft=0.3, reason="the hands did not stay overhead"),
        Gate(TRUNK, "rest", high=50, soft=20, reason="the body did not hang"),
    ),
    signature=(
        Gate(_RISE, "rest", high=-0.75, soft=0.4),
        Gate(_RISE, "turn", low=-0.4, high=0.25, soft=0.3),
        Gate(TRUNK, "rest", high=35, soft=25),
        # the body travels and the hands stay: a press is the other way round
        Gate(Height("shoulder", "picture", "arm"), "rep", low=0.4, soft=0.25, pick="range"),
        Gate(Height("wrist", "picture", "arm"), "rep", high=0.3, soft=0.3, pick="range"),
        Gate(ELBOW, "rest", low=125, soft=30),
        Gate(ELBOW, "turn", high=110, soft=30),
    ),
    book=BOOK,
)
