"""Glute bridge and hip thrust: shoulders and feet stay, the hips rise."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    HEEL,
    HIP,
    HIP_HEIGHT,
    KNEE,
    NEAR_HIP,
    NEAR_KNEE,
    SHOULDER_HEIGHT,
    TRUNK,
)
from repsight.core.book_parts.views import WORLD_DEG, never_claimed
from repsight.core.signals import Height
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

_HIPS = Height("hip", "shoulder", "trunk")

# The rule book.
_NEAR_HIPS = Height("hip", "shoulder", "trunk", "near")
_SHOULDERS_OVER_FEET = Height("shoulder", "ankle", "leg", "near")

_RULES = (
    Rule(
        "short",
        "Hips stop low",
        NEAR_HIP,
        "turn",
        "max",
        # full bridges read 170 to 180 on clips
        Fixed(low=170.0),
        "deg",
        5.0,
        ("side",),
        good="Hips came all the way up",
        cue="Lift your belt buckle until knees and shoulders are on one line",
        source="heuristic: within 10 degrees of a straight line shoulder to knee",
        joints=("shoulder", "hip", "knee"),
        severity=1.0,
    ),
    Rule(
        "not_down",
        "Hips do not come back down",
        _NEAR_HIPS,
        "rest",
        "min",
        Fixed(high=0.08),
        "trunk",
        0.03,
        ("side",),
        good="Hips came down between repetitions",
        cue="Touch the floor with your back pockets every time",
        source="heuristic: hips level with the shoulders",
        joints=("hip", "shoulder"),
        severity=0.6,
        not_for=("hip_thrust",),
    ),
    Rule(
        "heel_rise",
        "Heels leave the floor",
        HEEL,
        "turn",
        "median",
        OwnRest(high=0.05),
        "leg",
        0.025,
        ("side",),
        good="Heels stayed down",
        cue="Push the floor away with your heels",
        source="heuristic (foot pitch)",
        joints=("heel", "toe"),
        severity=0.5,
    ),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=(
        Variation("floor", "Glute bridge", (Gate(_SHOULDERS_OVER_FEET, "turn", high=0.15),),
                  ("side",)),
        Variation("hip_thrust", "Hip thrust", (Gate(_SHOULDERS_OVER_FEET, "turn", low=0.25),),
                  ("side",)),
        Variation("single_leg", "Single leg"),
        Variation("barbell", "Barbell"),
        Variation("pause", "Pause at the top", min_pause_s=1.0),
    ),
    moments=(
        Moment("start", "Start", "start"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("top", "Top", "turn"),
    ),
    metrics=(
        Metric("hip_at_top", "Hip angle at the top", NEAR_HIP, "turn", "max", "deg", 5.0,
               view_sigma=WORLD_DEG),
        # feet closer or further away are choices
        Metric("knee_at_top", "Knee angle at the top", NEAR_KNEE, "turn", "median", "deg", 6.0,
               view_sigma=WORLD_DEG),
        Metric("hip_lowest", "Hips above the shoulders, lowest", _NEAR_HIPS, "rest", "min",
               "trunk", 0.03, ("side",)),
        Metric("heel_height", "Heel above the toes at the top", HEEL, "turn", "median", "leg",
               0.025, ("side",)),
    ),
    curves=(
        ("hip_height", "Hips above the shoulders", _HIPS),
        ("hip_angle", "Hip angle", NEAR_HIP),
    ),
    never_claimed=never_claimed(
        "tilt of the pelvis", "arching of the lower back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="glute_bridge",
    name="Glute bridge",
    # floor: the hips rise about 0.4 trunk lengths off the floor, more off a bench; a third of
    # it, heuristic
    movement=Cycle(driver=_HIPS, turn="high", concentric="before", floor=0.13, partial_share=0.72),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "turn", low=60, soft=20, reason="the body was not lying or leaning back"),
        Gate(TRUNK, "rest", low=40, soft=20, reason="the trunk was upright"),
        Gate(KNEE, "turn", high=145, soft=20, reason="the knees were not bent"),
        Gate(Height("knee", "ankle", "leg"), "turn", low=0.2, soft=0.2,
             reason="the knees did not point up"),
        Gate(SHOULDER_HEIGHT, "rep", high=0.25, soft=0.2, pick="range",
             reason="the shoulders left their place"),
        Gate(HIP_HEIGHT, "concentric", low=0.1, soft=0.08, pick="change",
             reason="the hips stayed down"),
    ),
    signature=(
        Gate(TRUNK, "turn", low=75, soft=20),
        Gate(KNEE, "turn", high=120, soft=30),
        Gate(SHOULDER_HEIGHT, "rep", high=0.12, soft=0.2, pick="range"),
        Gate(HIP, "turn", low=150, soft=30),
        Gate(_HIPS, "rep", low=0.25, soft=0.2, pick="range"),
        # the feet stay on the floor
        Gate(Height("ankle", "toe", "leg"), "rep", high=0.15, soft=0.2, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
