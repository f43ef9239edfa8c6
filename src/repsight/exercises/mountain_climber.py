"""Mountain climber: in a plank on the hands, one knee after the other is drawn to the chest."""

from __future__ import annotations

from repsight.core.book_parts.body import HIP, NEAR_HIP, NEAR_KNEE, TRUNK
from repsight.core.book_parts.views import ANY_VIEW, WORLD_DEG, never_claimed
from repsight.core.signals import Height
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

_HANDS = Height("shoulder", "wrist", "arm")

# The rule book.
_HIPS = Height("hip", "shoulder", "trunk", "near")

_RULES = (
    Rule(
        "short_drive", "Knee stops short", NEAR_HIP, "turn", "min",
        # clean ones fold the hip to 40 to 70 degrees on clips, half-way is 110 and more
        Fixed(high=95.0), "deg", 7.0, ANY_VIEW,
        good="Knees came all the way",
        cue="Touch your elbow with your knee",
        source="heuristic: the thigh comes to about a right angle with the trunk",
        joints=("shoulder", "hip", "knee"), severity=0.8,
        view_sigma=(("front", 9.0), ("back", 9.0), ("oblique", 9.0)),
    ),
    Rule(
        "short_return", "Leg does not go all the way back", NEAR_KNEE, "rest", "max",
        # the knee, not the hip: hips held high are another matter
        Fixed(low=150.0), "deg", 7.0, ("side",),
        good="Legs went all the way back",
        cue="Push the wall behind you with your shoe",
        source="heuristic: the knee within 30 degrees of straight",
        joints=("hip", "knee", "ankle"), severity=0.5,
    ),
    Rule(
        "hip_pike", "Hips too high", _HIPS, "rep", "median",
        # hips level with the shoulders still are a plank; clean ones measure -0.37 to -0.17
        Fixed(high=0.12), "trunk", 0.05, ("side",),
        good="Hips stayed low",
        cue="Keep your back as flat as a table",
        source="heuristic: hips higher than the shoulders",
        joints=("hip", "shoulder"), severity=0.7,
    ),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=(
        Variation("alternating", "One leg after the other"),
        Variation("cross_body", "Across the body"),
        Variation("sliders", "On sliders"),
        Variation("hands_raised", "Hands raised"),
    ),
    moments=(Moment("back", "Leg back", "start"), Moment("front", "Knee in front", "turn")),
    metrics=(
        Metric("hip_folded", "Hip angle, most folded", NEAR_HIP, "turn", "min", "deg", 7.0,
               view_sigma=WORLD_DEG),
        Metric("hip_stretched", "Hip angle, straightest", NEAR_HIP, "rest", "max", "deg", 7.0,
               view_sigma=WORLD_DEG),
        Metric("knee_stretched", "Knee angle, straightest", NEAR_KNEE, "rest", "max", "deg", 7.0,
               view_sigma=WORLD_DEG),
        Metric("hip_height", "Hips above the shoulders", _HIPS, "rep", "median", "trunk", 0.05,
               ("side",)),
    ),
    curves=(
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("hips", "Hips above the shoulders", _HIPS),
    ),
    never_claimed=never_claimed("one leg against the other seen from the side"),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="mountain_climber",
    name="Mountain climber",
    # floor: a third of the hip's range of about 110 degrees; heuristic
    movement=Cycle(
        driver=HIP, turn="low", concentric="before", floor=38.0, min_s=0.2, max_s=6.0,
        partial_share=0.65, sides="each",
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rep", low=50, high=130, soft=15, reason="the body was not in a plank"),
        Gate(_HANDS, "rep", low=0.55, soft=0.3, reason="the arms did not carry the body"),
    ),
    signature=(
        Gate(TRUNK, "rep", low=62, high=118, soft=12),
        Gate(TRUNK, "rep", high=40, soft=20, pick="range"),
        Gate(_HANDS, "rep", low=0.75, soft=0.3),
        # arms stay straight: the chest does not go down
        Gate(_HANDS, "rep", high=0.3, soft=0.2, pick="range"),
        Gate(HIP, "turn", high=100, soft=25, pick="min"),
        Gate(HIP, "rest", low=120, soft=30, pick="max"),
        # hands planted, hips low: bending over a bar is something else
        Gate(Height("wrist", "picture", "arm"), "rep", high=0.15, soft=0.15, pick="range"),
        Gate(Height("wrist", "ankle", "leg"), "rep", high=0.1, soft=0.2),
        Gate(Height("hip", "ankle", "leg"), "rep", high=0.58, soft=0.12),
    ),
    book=BOOK,
)  # fmt: skip
