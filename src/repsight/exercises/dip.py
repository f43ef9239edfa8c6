"""Dip: the body sinks between the hands and is pushed up again."""

from __future__ import annotations

from repsight.core.book_parts.body import ELBOW, NEAR_ELBOW, NEAR_HIP, TRUNK, TRUNK_TILT
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, FACING, never_claimed
from repsight.core.signals import Asymmetry, Height, Offset
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
)

__all__ = ["BOOK", "SPEC"]

#: Shoulders above the hands: 1 on straight arms, about 0.4 with level upper arms.
_RISE = Height("shoulder", "wrist", "arm")

# The rule book.
_NEAR_RISE = Height("shoulder", "wrist", "arm", "near")
_TILT = Asymmetry("shoulder", "arm")
_HIPS = Offset("hip", "wrist", "trunk")

_RULES = (
    Rule(
        "shallow", "Not low enough", _NEAR_RISE, "turn", "min",
        # level upper arms leave a forearm (0.45) between wrist and shoulder level
        Fixed(high=0.55), "arm", 0.04, ANY_VIEW,
        good="Low enough",
        cue="Bring your shoulders down to the level of your elbows",
        source="heuristic: upper arms about level",
        joints=("shoulder", "wrist"),
        view_sigma=(("front", 0.07), ("back", 0.07), ("oblique", 0.06)),
    ),
    Rule(
        "soft_lockout", "Arms not straight at the top", NEAR_ELBOW, "rest", "max",
        Fixed(low=155.0), "deg", 5.0, ("side",),
        good="Arms straight at the top",
        cue="Push the bars down until you stand tall on your hands",
        source="heuristic: within 25 degrees of straight",
        joints=("shoulder", "elbow", "wrist"), severity=0.7,
    ),
    Rule(
        "uneven_shoulders", "One shoulder stays lower", _TILT, "turn", "median",
        OwnRest(low=-0.06, high=0.06), "arm", 0.025, FACING,
        good="Both shoulders moved level",
        cue="Keep both shoulders the same distance above the bars",
        source="heuristic: more than 0.06 arm lengths (about 3 cm)",
        joints=("shoulder",), severity=0.5, shoot_from="front",
    ),
    Rule(
        "swing", "Swings to and fro", _HIPS, "concentric", "range",
        # leaning forward moves the hips back by up to a third of the trunk
        Fixed(high=0.45), "trunk", 0.06, ("side",),
        good="Moved up and down without a swing",
        cue="Hang still between the bars before you go down",
        source="heuristic",
        joints=("hip", "wrist"), severity=0.5,
    ),
    Rule(
        "leg_kick", "Legs kick", NEAR_HIP, "concentric", "range",
        Fixed(high=38.0), "deg", 6.0, ("side",),
        good="Legs stayed quiet",
        cue="Let your shoes hang like weights",
        source="heuristic: the hip bends by more than 38 degrees",
        joints=("shoulder", "hip", "knee"), severity=0.6, not_for=("bench",),
    ),
)  # fmt: skip

_VARIATIONS = (
    Variation("parallel_bars", "Parallel bars"),
    Variation("leaning", "Leaning forward", (Gate(TRUNK_TILT, "turn", low=30.0),), ("side",)),
    Variation(
        "bench", "Hands on a bench behind the back",
        (Gate(Height("ankle", "wrist", "leg", "near"), "rest", high=-0.35),
         Gate(NEAR_HIP, "rest", high=125.0),
         Gate(Offset("ankle", "wrist", "leg"), "rest", low=0.5)),
        ("side",),
    ),
    Variation("rings", "On rings"),
    Variation("weighted", "Weighted"),
    Variation("band", "With a band"),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(Moment("top", "Top", "start"), Moment("bottom", "Bottom", "turn")),
    metrics=(
        Metric("depth", "Shoulders above the hands at the bottom", _NEAR_RISE, "turn", "min",
               "arm", 0.04, view_sigma=(("front", 0.07), ("back", 0.07), ("oblique", 0.06))),
        Metric("elbow_at_bottom", "Elbow angle at the bottom", NEAR_ELBOW, "turn", "min", "deg",
               8.0, view_sigma=ELBOW_DEG),
        Metric("elbow_at_top", "Elbow angle at the top", NEAR_ELBOW, "rest", "max", "deg", 5.0,
               view_sigma=ELBOW_DEG),
        Metric("lean_at_bottom", "Trunk lean at the bottom", TRUNK_TILT, "turn", "median", "deg",
               3.0, ("side",)),
        Metric("shoulder_tilt", "Left shoulder above the right at the bottom", _TILT, "turn",
               "median", "arm", 0.025, FACING),
        Metric("hip_travel", "Hips to and fro on the way up", _HIPS, "concentric", "range",
               "trunk", 0.06, ("side",)),
        Metric("hip_bend", "Change of the hip angle on the way up", NEAR_HIP, "concentric", "range",
               "deg", 6.0, ("side",)),
    ),
    curves=(
        ("rise", "Shoulders above the hands", _RISE),
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("trunk", "Trunk lean", TRUNK_TILT),
    ),
    never_claimed=never_claimed("load on the shoulders", "winging of the shoulder blades"),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="dip",
    name="Dip",
    # floor: two fifths of the way from straight arms to level upper arms, about 0.55; heuristic
    movement=Cycle(driver=_RISE, turn="low", concentric="after", floor=0.2, partial_share=0.65),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=40, soft=20, reason="the trunk was not upright"),
        Gate(_RISE, "rest", low=0.65, soft=0.3, reason="the arms did not carry the body"),
        Gate(_RISE, "turn", low=0.1, soft=0.2, reason="the hands left the bars"),
        Gate(Height("wrist", "picture", "arm"), "rep", high=0.25, soft=0.3, pick="range",
             reason="the hands did not stay in place"),
        # hands that rise in front of a body that stands still shorten the way as well
        Gate(Height("shoulder", "picture", "arm"), "rep", low=0.25, soft=0.2, pick="range",
             reason="the body did not sink between the hands"),
    ),
    signature=(
        # an incline push-up leans forward from the feet
        Gate(TRUNK, "rest", high=26, soft=14),
        Gate(_RISE, "rest", low=0.75, soft=0.25),
        Gate(_RISE, "turn", low=0.2, high=0.68, soft=0.15),
        # the body travels between hands that stay
        Gate(Height("wrist", "picture", "arm"), "rep", high=0.15, soft=0.2, pick="range"),
        Gate(Height("shoulder", "picture", "arm"), "rep", low=0.25, soft=0.15, pick="range"),
        Gate(ELBOW, "rest", low=135, soft=30),
        Gate(ELBOW, "turn", high=120, soft=30),
        # forearms stay upright over the hands
        Gate(Height("elbow", "wrist", "forearm"), "turn", low=0.6, soft=0.4),
    ),
    book=BOOK,
)  # fmt: skip
