"""What a trunk that curls up from the floor has in common: sit-ups and crunches."""

from __future__ import annotations

from typing import Final

from repsight.core.signals import Angle, Distance, Height
from repsight.core.spec import Fixed, Gate, Metric, Rule, Variation

__all__ = ["FEET", "FEET_LIFT", "FEET_TRAVEL", "HANDS", "HANDS_AT_HEAD", "NECK", "NECK_PULL",
           "REACHING"]  # fmt: skip

FEET: Final = Height("ankle", "hip", "leg", "near")
NECK: Final = Angle("hip", "shoulder", "ear", "near")
HANDS: Final = Distance("wrist", "shoulder", "trunk", "near")

NECK_PULL: Final = Rule(
    "neck_pull",
    "Pulls the head forward",
    NECK,
    "turn",
    "median",
    # clean sit-ups and crunches bend to 97 to 116 degrees on clips
    Fixed(low=95.0),
    "deg",
    6.0,
    ("side",),
    good="Head came up with the shoulders",
    cue="Hold an orange between your chin and your shirt",
    source="heuristic",
    joints=("hip", "shoulder", "ear"),
    severity=0.5,
)
FEET_LIFT: Final = Rule(
    "feet_lift",
    "Feet leave the floor",
    FEET,
    "concentric",
    "range",
    Fixed(high=0.12),
    "leg",
    0.035,
    ("side",),
    good="Feet stayed down",
    cue="Keep both shoes flat on the floor",
    source="heuristic",
    joints=("ankle", "hip"),
    severity=0.4,
)
FEET_TRAVEL: Final = Metric(
    "feet_travel", "Feet up and down on the way up", FEET, "concentric", "range", "leg", 0.035,
    ("side",),
)  # fmt: skip
HANDS_AT_HEAD: Final = Variation(
    "hands_at_head",
    "Hands at the head",
    (
        Gate(HANDS, "rep", high=0.62),
        Gate(Height("wrist", "shoulder", "trunk", "near"), "turn", low=-0.05),
    ),
    ("side",),
)
REACHING: Final = Variation(
    "reaching", "Arms reach forward", (Gate(HANDS, "rest", low=0.75),), ("side",)
)
