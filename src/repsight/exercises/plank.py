"""Plank: a straight body held off the floor on forearms, hands or knees, or on one side."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import BODY_LINE, HIP, NEAR_KNEE, SHOULDER_HEIGHT, TRUNK
from repsight.core.book_parts.straight_body import (
    BODY_LINE_METRIC,
    HEAD,
    HEAD_DROP,
    HIP_PIKE,
    HIP_SAG,
)
from repsight.core.book_parts.views import FACING, WORLD_DEG, never_claimed
from repsight.core.signals import Asymmetry, Deviation, Height, Offset
from repsight.core.spec import (
    ExerciseSpec,
    Fixed,
    Gate,
    Hold,
    Metric,
    Moment,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

#: The arms carry the body: the shoulders are well above the elbows.
_CARRIED = Height("shoulder", "elbow", "arm")

# The rule book.
_BOARD = "Make a straight board from head to heels"
_ELBOWS = Offset("elbow", "shoulder", "arm", "near")
_OVER_HANDS = Height("shoulder", "wrist", "arm", "near")
_TURNED = Asymmetry("shoulder", "trunk")

_RULES = (
    replace(
        HIP_SAG,
        # good planks read -0.19 to 0.0, and past 0.24 the position is lost
        expected=Fixed(high=0.07),
        cue=_BOARD,
        source="heuristic: 0.07 trunk lengths below the line shoulder to ankle",
        severity=1.0,
        not_for=("knees",),
    ),
    replace(
        HIP_PIKE,
        # the hip joint lies above the line in a straight body: good planks read -0.09 to -0.19
        expected=Fixed(low=-0.17),
        good="Hips not too high",
        cue=_BOARD,
        source="heuristic, calibrated on good planks",
        severity=0.7,
        not_for=("knees",),
    ),
    Rule(
        "sinks",
        "Hips sink as time goes by",
        BODY_LINE,
        "turn",
        "change",
        Fixed(high=0.05),
        "trunk",
        0.015,
        ("side",),
        good="Hips stayed where they were",
        cue="Push the floor away and keep the board straight to the last second",
        source="heuristic: the last fifth of the hold against the first",
        joints=("shoulder", "hip", "ankle"),
        severity=0.8,
    ),
    replace(HEAD_DROP, not_for=("side_left", "side_right")),
    Rule(
        "elbows_ahead",
        "Elbows not under the shoulders",
        _ELBOWS,
        "turn",
        "median",
        Fixed(high=0.10),
        "arm",
        0.03,
        ("side",),
        good="Elbows under the shoulders",
        cue="Stack your shoulders over your elbows",
        source="heuristic: a tenth of an arm's length ahead",
        joints=("shoulder", "elbow"),
        severity=0.4,
        not_for=("high", "side_left", "side_right"),
    ),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=(
        Variation("forearm", "On the forearms", (Gate(_OVER_HANDS, "turn", high=0.72),),
                  ("side",)),
        Variation("high", "On the hands", (Gate(_OVER_HANDS, "turn", low=0.85),), ("side",)),
        Variation("knees", "On the knees", (Gate(NEAR_KNEE, "turn", high=150.0),), ("side",)),
        # on one side the shoulders are above each other
        Variation("side_left", "On the left side", (Gate(_TURNED, "turn", high=-0.35),)),
        Variation("side_right", "On the right side", (Gate(_TURNED, "turn", low=0.35),)),
    ),
    moments=(Moment("held", "Half time", "turn"), Moment("end", "End", "end")),
    metrics=(
        BODY_LINE_METRIC,
        Metric("line_change", "Hips sinking from first to last", BODY_LINE, "turn", "change",
               "trunk", 0.015, ("side",)),
        Metric("head_height", "Head above the shoulders", HEAD, "turn", "median", "trunk", 0.04,
               ("side",)),
        Metric("elbow_place", "Elbows ahead of the shoulders", _ELBOWS, "turn", "median", "arm",
               0.03, ("side",)),
        Metric("hip_angle", "Hip angle", HIP, "turn", "median", "deg", 6.0,
               view_sigma=WORLD_DEG),
    ),
    curves=(("body_line", "Hips below the line", BODY_LINE), ("hip_angle", "Hip angle", HIP)),
    never_claimed=never_claimed(
        "how tense the trunk is",
        "rounding of the lower back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="plank",
    name="Plank",
    # a set of push-ups is held for a moment too: shorter holds are not worth a report, heuristic
    movement=Hold(
        gates=(
            Gate(TRUNK, "turn", low=55, high=110, soft=16, reason="the body was not level"),
            Gate(HIP, "turn", low=140, soft=20, reason="the hips were bent"),
            # the bottom of a push-up reads 0.37 at most
            Gate(_CARRIED, "turn", low=0.42, soft=0.12, reason="the arms did not carry the body",
                 views=("side", "oblique", "unknown")),
            # on one side, chest or back to the camera, the free arm is part of the mean
            Gate(_CARRIED, "turn", low=0.24, soft=0.3, reason="the arms did not carry the body",
                 views=FACING),
            Gate(Deviation("hip", "shoulder", "ankle", "trunk"), "turn", high=0.2, soft=0.08,
                 reason="the hips dropped"),
        ),
        min_s=5.0,
        blink_s=0.3,
    ),
    recommended_view="side",
    signature=(
        Gate(TRUNK, "turn", low=60, high=110, soft=20),
        Gate(HIP, "turn", low=150, soft=30),
        Gate(_CARRIED, "turn", low=0.3, soft=0.4),
        # nothing moves
        Gate(SHOULDER_HEIGHT, "turn", high=0.25, soft=0.3, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
