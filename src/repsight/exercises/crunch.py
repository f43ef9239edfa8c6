"""Crunch: lying on the back, only the shoulders leave the floor."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import KNEE, TRUNK, TRUNK_RISE
from repsight.core.book_parts.on_the_back import (
    FEET,
    FEET_LIFT,
    FEET_TRAVEL,
    HANDS,
    HANDS_AT_HEAD,
    NECK,
    NECK_PULL,
    REACHING,
)
from repsight.core.book_parts.views import never_claimed
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

#: The head rises twice as far as the shoulders in a crunch, and its landmarks are steadier.
_HEAD = Height("ear", "hip", "trunk")

# The rule book.
_KNEE_HEIGHT = Height("knee", "hip", "thigh", "near")

_RULES = (
    Rule(
        "not_down",
        "Shoulders do not go back to the floor",
        TRUNK_RISE,
        "rest",
        "min",
        # shoulder landmarks lie up to 0.06 above hip landmarks on a flat floor
        Fixed(high=0.1),
        "trunk",
        0.035,
        ("side",),
        good="Shoulders back to the floor every time",
        cue="Touch the floor with your shirt collar before you come up again",
        source="heuristic",
        joints=("shoulder", "hip"),
        severity=0.6,
    ),
    Rule(
        "short",
        "Shoulders hardly leave the floor",
        _HEAD,
        "rep",
        "range",
        # a crunch raises the head by 0.45 to 0.7 trunk lengths, half of one by 0.2 to 0.36
        Fixed(low=0.43),
        "trunk",
        0.03,
        ("side",),
        good="Shoulder blades off the floor every time",
        cue="Lift your shirt collar off the floor until the shoulder blades follow",
        source="heuristic: the shoulder blades leave the floor",
        joints=("ear", "hip"),
        severity=0.8,
    ),
    NECK_PULL,
    replace(FEET_LIFT, not_for=("legs_raised", "reverse")),
)

_VARIATIONS = (
    HANDS_AT_HEAD,
    Variation("arms_crossed", "Arms crossed"),
    Variation("legs_raised", "Legs raised",
              (Gate(_KNEE_HEIGHT, "rep", low=0.7), Gate(FEET, "rep", low=0.2)), ("side",)),
    REACHING,
    Variation("reverse", "Legs come along"),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(Moment("down", "Lying", "start"), Moment("up", "Shoulders up", "turn")),
    metrics=(
        Metric("head", "Head above hips at the top", _HEAD, "turn", "max", "trunk", 0.03,
               view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.06))),
        Metric("rise", "Way of the head", _HEAD, "rep", "range", "trunk", 0.03,
               view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.06))),
        Metric("top", "Shoulders above hips at the top", TRUNK_RISE, "turn", "max", "trunk", 0.03,
               view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.06))),
        Metric("bottom", "Shoulders above hips, lowest", TRUNK_RISE, "rest", "min", "trunk", 0.035,
               view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.06))),
        Metric("neck", "Head to trunk at the top", NECK, "turn", "median", "deg",
               6.0, ("side",)),
        FEET_TRAVEL,
    ),
    curves=(
        ("rise", "Shoulders above hips", TRUNK_RISE),
        ("neck", "Head to trunk", NECK),
        ("feet", "Feet above hips", FEET),
    ),
    never_claimed=never_claimed(
        "loads on the spine or the neck",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="crunch",
    name="Crunch",
    # floor: shoulder blades just off the floor raise the head by about 0.3; half of it, heuristic
    movement=Cycle(driver=_HEAD, turn="high", concentric="before", floor=0.15, partial_share=0.68),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", low=60, soft=15,
             reason="the body was not lying down"),
        Gate(TRUNK_RISE, "rest", low=-0.4, high=0.4, soft=0.15, pick="min",
             reason="the body was not lying down"),
        # the trunk no higher than 40 degrees above the floor, else it is on its way to a sit-up
        Gate(TRUNK_RISE, "turn", high=0.6, soft=0.1, pick="max",
             reason="the trunk came all the way up: that is a sit-up"),
        Gate(TRUNK_RISE, "rep", low=0.07, soft=0.04, pick="range",
             reason="only the head came up"),
        Gate(FEET, "turn", low=-0.35, soft=0.2, reason="the hips were high above the feet"),
    ),
    signature=(
        Gate(TRUNK_RISE, "rep", low=0.12, high=0.5, soft=0.15, pick="range"),
        Gate(TRUNK_RISE, "rest", low=-0.15, high=0.2, soft=0.15, pick="min"),
        # knees bent, hips on the floor, feet not flung up as in a V-up
        Gate(KNEE, "rep", high=125, soft=30),
        Gate(Height("knee", "hip", "thigh"), "rest", low=0.3, soft=0.3),
        Gate(FEET, "rep", high=0.35, soft=0.3, pick="range"),
        # the hips are still: pushing or lifting them is another movement
        Gate(Height("hip", "ankle", "leg"), "rep", high=0.12, soft=0.15, pick="range",
             views=("side",)),
        # arms that press or pull travel far to and from the shoulders
        Gate(HANDS, "rep", high=0.7, soft=0.4, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
