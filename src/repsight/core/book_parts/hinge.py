"""What squats and hinges of the hip have in common: a trunk that leans and comes up again."""

from __future__ import annotations

from typing import Final

from repsight.core.book_parts.body import HEEL, NEAR_HIP, NEAR_KNEE, NEAR_TRUNK, TRUNK_TILT
from repsight.core.book_parts.views import WORLD_DEG
from repsight.core.signals import Offset
from repsight.core.spec import Fixed, Metric, Moment, OwnBest, OwnRest, PhaseShare, Rule

__all__ = [
    "HEEL_AT_BOTTOM",
    "HINGE_METRICS",
    "HINGE_MOMENTS",
    "HIP_AT_BOTTOM",
    "KNEE_AT_BOTTOM",
    "LEAN_AT_BOTTOM",
    "LEAN_BACK",
    "LEAN_CHANGE",
    "SHORT_LOCKOUT",
    "SQUATS_THE_HINGE",
    "TOP_METRICS",
]

SQUATS_THE_HINGE: Final = Rule(
    "squats_the_hinge",
    "Squats instead of hinging",
    NEAR_KNEE,
    "turn",
    "median",
    # soft knees are usual, up to about half of what the hips bend (heuristic)
    OwnRest(low=-42.0),
    "deg",
    6.0,
    ("side",),
    good="Knees stayed soft and still",
    cue="Push your hips to the wall behind you and keep the shins still",
    source="heuristic: knees bend more than half as much as the hips",
    joints=("hip", "knee", "ankle"),
    severity=0.8,
)
SHORT_LOCKOUT: Final = Rule(
    "short_lockout",
    "Hips not opened at the top",
    NEAR_HIP,
    "rest",
    "max",
    OwnBest(low=-10.0),
    "deg",
    4.0,
    ("side",),
    good="Stood tall between repetitions",
    cue="Finish tall: belt buckle forward",
    source="heuristic: hip angle within 10 degrees of own standing",
    joints=("shoulder", "hip", "knee"),
    severity=0.6,
    plausible=(110.0, 181.0),
)
LEAN_BACK: Final = Rule(
    "lean_back",
    "Leans back at the top",
    TRUNK_TILT,
    "rest",
    "min",
    Fixed(low=-6.0),
    "deg",
    2.5,
    ("side",),
    good="Stood tall without leaning back",
    cue="Finish with your head over your shoes",
    source="heuristic",
    joints=("hip", "shoulder"),
    severity=0.5,
)

HINGE_MOMENTS: Final = (
    Moment("top", "Top", "start"),
    Moment("bottom", "Deepest hinge", "turn"),
    Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
)

LEAN_AT_BOTTOM: Final = Metric(
    "trunk_lean", "Trunk lean at the bottom", NEAR_TRUNK, "turn", "median", "deg", 5.0,
    view_sigma=WORLD_DEG,
)  # fmt: skip
HIP_AT_BOTTOM: Final = Metric(
    "hip_at_bottom", "Hip angle at the bottom", NEAR_HIP, "turn", "median", "deg", 6.0,
    view_sigma=WORLD_DEG,
)  # fmt: skip
KNEE_AT_BOTTOM: Final = Metric(
    "knee_at_bottom", "Knee angle at the bottom", NEAR_KNEE, "turn", "median", "deg", 6.0,
    view_sigma=WORLD_DEG,
)  # fmt: skip
LEAN_CHANGE: Final = Metric(
    "lean_change", "Lean change out of the bottom", NEAR_TRUNK, "lift_off", "change", "deg", 3.0,
    ("side",),
)  # fmt: skip
HEEL_AT_BOTTOM: Final = Metric(
    "heel_height", "Heel above toe at the bottom", HEEL, "turn", "median", "leg", 0.02, ("side",)
)
#: How far the hinge goes.
HINGE_METRICS: Final = (
    LEAN_AT_BOTTOM,
    HIP_AT_BOTTOM,
    KNEE_AT_BOTTOM,
    Metric("hips_back", "Hips behind the ankles at the bottom",
           Offset("hip", "ankle", "leg", "near"), "turn", "median", "leg", 0.03, ("side",)),
)  # fmt: skip
#: How tall the lifter stands in between.
TOP_METRICS: Final = (
    Metric("hip_at_top", "Hip angle at the top", NEAR_HIP, "rest", "max", "deg", 4.0,
           view_sigma=WORLD_DEG),
    Metric("lean_at_top", "Furthest lean back at the top", TRUNK_TILT, "rest", "min", "deg", 2.5,
           ("side",)),
)  # fmt: skip
