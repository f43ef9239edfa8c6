"""Lunge and split squat: one foot in front of the other, the hips sink between them."""

from __future__ import annotations

from repsight.core.book_parts.body import HIP_HEIGHT, KNEE, NEAR_TRUNK, SHOULDER_HEIGHT, TRUNK
from repsight.core.book_parts.hinge import LEAN_AT_BOTTOM, LEAN_CHANGE
from repsight.core.book_parts.views import ANY_VIEW, DEPTH_SIGMA, FACING, WORLD_DEG, never_claimed
from repsight.core.signals import Angle, Asymmetry, Height, Shift, Stagger, Travel
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

_FEET_APART = Stagger("ankle", "leg")
#: The knee in front is the higher one.
_KNEES_APART = Asymmetry("knee", "leg")

# The rule book.
#: How far the front knee is above the hip, in thigh lengths: 0 with a level thigh.
_DEPTH = Height("knee", "hip", "thigh", "lead")
_FRONT_KNEE = Angle("hip", "knee", "ankle", "lead")
_REAR_KNEE = Angle("hip", "knee", "ankle", "trail")
_FRONT_HEEL = Height("heel", "toe", "leg", "lead")
_TIP = Shift("shoulder", "hip", "trunk")
_FRONT_STEP = Travel("ankle", "leg", "lead")
_PELVIS = Travel("hip", "leg")
_REAR_KNEE_HEIGHT = Height("knee", "ankle", "leg", "trail")
_REAR_FOOT = Height("ankle", "floor", "leg", "trail")

_RULES = (
    Rule(
        "short",
        "Stops high",
        _DEPTH,
        "turn",
        "max",
        # 0.3 thigh lengths: the front thigh within about 17 degrees of level
        Fixed(low=-0.30),
        "thigh",
        0.10,
        ANY_VIEW,
        good="Low enough",
        cue="Bring the rear knee down to a book on the floor",
        source="heuristic: front thigh near level",
        joints=("hip", "knee"),
        severity=1.0,
        view_sigma=DEPTH_SIGMA,
    ),
    Rule(
        "rear_knee_high",
        "Rear knee stays high",
        _REAR_KNEE_HEIGHT,
        "turn",
        "min",
        # all the way down the rear knee is lower than its ankle, which stands on its toes
        Fixed(high=0.0),
        "leg",
        0.03,
        ("side",),
        good="Rear knee close to the floor",
        cue="Bring the rear knee down to a book on the floor",
        source="heuristic: the rear knee within a tenth of the leg of the floor",
        joints=("knee", "ankle"),
        severity=0.9,
        not_for=("bulgarian",),
        same_as="short",
    ),
    Rule(
        "chest_drop",
        "Hips come up before the chest",
        NEAR_TRUNK,
        "lift_off",
        "change",
        Fixed(high=6.0),
        "deg",
        3.0,
        ("side",),
        good="Chest and hips came up together",
        cue="Lift the logo on your shirt first",
        source="heuristic: lean change in the first 30 % of the way up",
        joints=("hip", "shoulder"),
        severity=0.7,
    ),
    Rule(
        "heel_rise",
        "Front heel leaves the floor",
        _FRONT_HEEL,
        "turn",
        "median",
        OwnRest(high=0.05),
        "leg",
        0.025,
        ("side",),
        good="Front heel stayed down",
        cue="Push the floor away with the whole front shoe",
        source="heuristic (foot pitch)",
        joints=("heel", "toe"),
        severity=0.6,
    ),
    Rule(
        "soft_top",
        "Does not stand up between repetitions",
        _FRONT_KNEE,
        "rest",
        "max",
        Fixed(low=145.0),
        "deg",
        6.0,
        ("side",),
        good="Stood up between repetitions",
        cue="Stand as tall as a door frame before the next one",
        source="heuristic: front knee within 35 degrees of straight",
        joints=("hip", "knee", "ankle"),
        severity=0.5,
    ),
    Rule(
        "leans_aside",
        "Tips to one side",
        _TIP,
        "turn",
        "median",
        OwnRest(low=-0.09, high=0.09),
        "trunk",
        0.03,
        FACING,
        good="Stayed upright between left and right",
        cue="Balance a glass of water on your head",
        source="heuristic: shoulders beside the hips by a tenth of the trunk",
        joints=("shoulder", "hip"),
        severity=0.5,
        shoot_from="front",
    ),
)

_VARIATIONS = (
    Variation("forward", "Forward lunge",
              (Gate(_FRONT_STEP, "eccentric", low=0.25, pick="change"),
               Gate(_PELVIS, "concentric", high=-0.08, pick="change")), ("side",)),
    Variation("reverse", "Reverse lunge",
              (Gate(Travel("ankle", "leg", "trail"), "eccentric", high=-0.25, pick="change"),),
              ("side",)),
    Variation("walking", "Walking lunge",
              (Gate(_FRONT_STEP, "eccentric", low=0.25, pick="change"),
               Gate(_PELVIS, "concentric", low=0.08, pick="change")), ("side",)),
    Variation("split", "Split squat",
              (Gate(_FEET_APART, "rest", low=0.45), Gate(_REAR_FOOT, "rest", high=0.13)),
              ("side",)),
    Variation("bulgarian", "Rear foot raised",
              (Gate(_FEET_APART, "rest", low=0.45), Gate(_REAR_FOOT, "rest", low=0.15)),
              ("side",)),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("start", "Start", "start"),
        Moment("bottom", "Bottom", "turn"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
    ),
    metrics=(
        Metric("depth", "Front knee above the hip at the bottom", _DEPTH, "turn", "max", "thigh",
               0.10, view_sigma=DEPTH_SIGMA),
        Metric("front_knee", "Front knee angle at the bottom", _FRONT_KNEE, "turn", "median",
               "deg", 6.0, view_sigma=WORLD_DEG),
        Metric("rear_knee", "Rear knee angle at the bottom", _REAR_KNEE, "turn", "median",
               "deg", 6.0, view_sigma=WORLD_DEG),
        Metric("rear_knee_height", "Rear knee above its ankle at the bottom", _REAR_KNEE_HEIGHT,
               "turn", "min", "leg", 0.03, ("side",)),
        Metric("knee_at_top", "Front knee angle at the top", _FRONT_KNEE, "rest", "max", "deg",
               6.0, view_sigma=WORLD_DEG),
        Metric("step", "Feet apart at the bottom", _FEET_APART, "turn", "median", "leg", 0.06,
               ("side",)),
        # leaning forward is a way to use the hips more, not a fault
        LEAN_AT_BOTTOM,
        LEAN_CHANGE,
        Metric("heel_height", "Front heel above the toes at the bottom", _FRONT_HEEL, "turn",
               "median", "leg", 0.025, ("side",)),
        Metric("side_tip", "Shoulders to the left of the hips at the bottom", _TIP, "turn",
               "median", "trunk", 0.03, FACING),
    ),
    curves=(
        ("hip_height", "Hip height", HIP_HEIGHT),
        ("knee_angle", "Knee angle", KNEE),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
    ),
    never_claimed=never_claimed(
        "loads on the knee", "knee valgus as a risk from one camera",
        "strength of one leg against the other",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="lunge",
    name="Lunge",
    # floor: the hips sink about 0.45 leg lengths in a full lunge; 0.3 of it, heuristic
    movement=Cycle(
        driver=HIP_HEIGHT, turn="low", concentric="after", floor=0.13, partial_share=0.65,
        side_of=_KNEES_APART,
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=60, soft=20, reason="the trunk was not upright at the start"),
        Gate(KNEE, "turn", high=140, soft=20, reason="the knees hardly bent"),
        Gate(_FEET_APART, "turn", low=0.3, soft=0.2, views=("side",),
             reason="the feet were side by side"),
    ),
    signature=(
        # seen from the front the rear leg hides behind the other: either of both may fail
        Gate(_KNEES_APART, "rep", low=0.32, soft=0.28, pick="range"),
        Gate(_FEET_APART, "turn", low=0.45, soft=0.35),
        Gate(HIP_HEIGHT, "rep", low=0.3, soft=0.2, pick="range"),
        Gate(KNEE, "turn", high=112, soft=30),
        Gate(TRUNK, "turn", high=45, soft=20),
        Gate(SHOULDER_HEIGHT, "rep", high=0.95, soft=0.2, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
