"""What lifts of the arms by a body that stands still have in common: raises and curls."""

from __future__ import annotations

from typing import Final

from repsight.core.book_parts.body import (
    ELBOW_HEIGHT,
    HANDS_TILT,
    HIP,
    KNEE,
    NEAR_HAND_HEIGHT,
    SHOULDER_HEIGHT,
    TRUNK,
    TRUNK_TILT,
)
from repsight.core.book_parts.views import ANY_VIEW, FACING, KNEE_DEG
from repsight.core.spec import Fixed, Gate, Metric, OwnRest, Rule, Variation

__all__ = [
    "BODY_STAYS",
    "BODY_SWING",
    "HANDS_TILT_AT_TOP",
    "HAND_AT_TOP",
    "KNEE_BEND",
    "KNEE_DIP",
    "RAISE_POSTURE",
    "SEATED",
    "TRUNK_SWING",
    "UNEVEN_ARMS",
]

BODY_SWING: Final = Rule(
    "body_swing",
    "Swings with the body",
    TRUNK_TILT,
    "concentric",
    "range",
    Fixed(high=8.0),
    "deg",
    2.5,
    ("side",),
    good="Body stayed still",
    cue="Stand as if your back touched a wall",
    source="heuristic: the trunk moves by more than 8 degrees beyond error",
    joints=("hip", "shoulder"),
    severity=0.8,
)
KNEE_DIP: Final = Rule(
    "knee_dip",
    "Knees give the start",
    KNEE,
    "concentric",
    "min",
    OwnRest(low=-10.0),
    "deg",
    4.0,
    ANY_VIEW,
    good="Legs stayed still",
    cue="Stand like a post and let the arms do the work",
    source="heuristic: more than 10 degrees beyond error",
    joints=("hip", "knee", "ankle"),
    severity=0.8,
    not_for=("seated",),
    view_sigma=KNEE_DEG,
)
UNEVEN_ARMS: Final = Rule(
    "uneven_arms",
    "One arm stops lower",
    HANDS_TILT,
    "turn",
    "median",
    OwnRest(low=-0.08, high=0.08),
    "arm",
    0.03,
    FACING,
    good="Both arms rose level",
    cue="Make one straight line from hand to hand",
    source="heuristic: more than 0.08 arm lengths",
    joints=("wrist",),
    severity=0.5,
    not_for=("one_arm", "alternating"),
    shoot_from="front",
)

TRUNK_SWING: Final = Metric(
    "trunk_swing", "Trunk swing on the way up", TRUNK_TILT, "concentric", "range", "deg", 2.5,
    ("side",),
)  # fmt: skip
KNEE_BEND: Final = Metric(
    "knee_bend", "Smallest knee angle on the way up", KNEE, "concentric", "min", "deg", 4.0,
    view_sigma=KNEE_DEG,
)  # fmt: skip
HANDS_TILT_AT_TOP: Final = Metric(
    "hands_tilt", "Left hand above the right at the top", HANDS_TILT, "turn", "median", "arm",
    0.03, FACING,
)  # fmt: skip
HAND_AT_TOP: Final = Metric(
    "hand_height", "Hand above the shoulder at the top", NEAR_HAND_HEIGHT, "turn", "max", "arm",
    0.05,
)  # fmt: skip

#: Standing, and the elbows come up with the hands.
RAISE_POSTURE: Final = (
    Gate(TRUNK, "rest", high=50, soft=20, reason="the trunk was not upright"),
    Gate(
        ELBOW_HEIGHT,
        "turn",
        low=-0.7,
        soft=0.3,
        reason="the elbows stayed down",
    ),
)
#: The body stays where it is: only the arms travel.
BODY_STAYS: Final = (
    Gate(KNEE, "concentric", low=-30, high=30, soft=40, pick="change"),
    Gate(SHOULDER_HEIGHT, "rep", high=0.15, soft=0.35, pick="range"),
)

SEATED: Final = Variation("seated", "Seated", (Gate(HIP, "rep", high=130.0),))
