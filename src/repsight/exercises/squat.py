"""Squat."""

from __future__ import annotations

from repsight.core.book_parts.body import (
    HEEL,
    HIP,
    HIP_HEIGHT,
    KNEE,
    NEAR_HIP,
    NEAR_KNEE,
    NEAR_TRUNK,
    SHOULDER_HEIGHT,
    STANCE,
    TRUNK,
)
from repsight.core.book_parts.hinge import HEEL_AT_BOTTOM, LEAN_AT_BOTTOM, LEAN_CHANGE
from repsight.core.book_parts.standing_place import FEET_DO_NOT_WALK, FEET_END_WHERE_THEY_BEGAN
from repsight.core.book_parts.views import ANY_VIEW, DEPTH_SIGMA, FACING, WORLD_DEG, never_claimed
from repsight.core.signals import (
    Asymmetry,
    Distance,
    Height,
    Offset,
    Ratio,
    Shift,
    Spread,
    Stagger,
    Travel,
)
from repsight.core.spec import (
    Balance,
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

# The rule book.
#: A bar on the back: the balance over mid-foot can be checked on the bar itself. Side on, where
#: that is, hands behind the head look the same, so there it must be declared.
_BACK_BAR = ("high_bar", "low_bar", "back_bar")
#: How far the knee is above the hip, in thigh lengths: positive below parallel.
_DEPTH = Height("knee", "hip", "thigh", "near")
_BAR_OFFSET = Offset("shoulder", "mid_foot", "leg", "near")
_SHIFT = Shift("hip", "ankle", "leg")
_KNEES = Ratio(Spread("knee", "leg"), Spread("ankle", "leg"))
_HANDS_APART = Spread("wrist", "shoulder_width")
_HANDS_HEIGHT = Height("wrist", "shoulder", "trunk")

_RULES = (
    Rule(
        "shallow",
        "Above parallel",
        _DEPTH,
        "turn",
        "max",
        # Hip landmarks sit above the crease: parallel reads -0.18 on clips (heuristic)
        Fixed(low=-0.18),
        "thigh",
        0.10,
        ANY_VIEW,
        good="Deep enough",
        cue="Sit down to a low box behind you",
        source="IPF technical rules: hip crease below the top of the knee; calibration heuristic",
        joints=("hip", "knee"),
        is_line=True,
        severity=1.0,
        not_for=("box",),
        view_sigma=DEPTH_SIGMA,
    ),
    Rule(
        "hips_rise_first",
        "Hips rise first",
        NEAR_TRUNK,
        "lift_off",
        "change",
        Fixed(high=6.0),
        "deg",
        3.0,
        ("side",),
        good="Hips and chest rose together",
        cue="Drive the bar up with your chest leading",
        source="heuristic: lean change in the first 30 % of the ascent",
        joints=("hip", "shoulder"),
        severity=0.8,
    ),
    Rule(
        "heel_rise",
        "Heels leave the floor",
        HEEL,
        "turn",
        # heels that leave the floor stay off it at the bottom; a jumping landmark does not
        "median",
        OwnRest(high=0.035),
        "leg",
        0.02,
        ("side",),
        good="Heels stayed down",
        cue="Push the whole floor away",
        source="heuristic (foot pitch)",
        joints=("heel", "toe"),
        severity=0.7,
        not_for=("heels_raised",),
    ),
    Rule(
        "forward_drift",
        "Bar ahead of mid-foot",
        _BAR_OFFSET,
        "turn",
        "median",
        # a quarter foot is 0.08; shoulder landmarks read about 0.03 behind the bar
        Fixed(high=0.045),
        "leg",
        0.015,
        ("side",),
        good="Bar stayed over mid-foot",
        cue="Keep the bar over the middle of your shoes",
        source="heuristic: more than a quarter foot length",
        joints=("shoulder", "heel", "toe"),
        severity=0.8,
        only_for=_BACK_BAR,
    ),
    Rule(
        "excess_lean",
        "Leans further than balance needs",
        NEAR_TRUNK,
        "turn",
        "median",
        Balance("squat", high=5.0),
        "deg",
        5.0,
        ("side",),
        good="Lean fits your proportions",
        cue="Show the logo on your shirt to the wall in front",
        source="own proportions, derived model",
        joints=("hip", "shoulder"),
        severity=0.6,
        not_for=_BACK_BAR,
        speaks_for="good_morning",
    ),
    Rule(
        "lateral_shift",
        "Shifts to one side",
        _SHIFT,
        "turn",
        "median",
        OwnRest(low=-0.025, high=0.025),
        "leg",
        0.015,
        FACING,
        good="Stayed in the middle",
        cue="Press both shoes into the floor equally",
        source="heuristic: about 0.1 of the stance",
        joints=("hip", "ankle"),
        severity=0.5,
        shoot_from="front",
    ),
    Rule(
        "knees_in",
        "Knees drift in",
        _KNEES,
        "concentric",
        "min",
        # 15 % (Ortiz 2016 knee separation ratio) and the smallest detectable change
        OwnRest(low=-0.15),
        "ratio",
        0.06,
        ("front",),
        good="Knees stayed over the feet",
        cue="Spread the floor apart with your shoes",
        source="Ortiz 2016; Munro 2012 (smallest detectable change)",
        joints=("knee", "ankle"),
        severity=0.5,
        shoot_from="front",
        not_for=("narrow",),
    ),
)

_VARIATIONS = (
    Variation("high_bar", "High bar"),
    Variation("low_bar", "Low bar"),
    Variation(
        "back_bar",
        "Bar on the back",
        (Gate(_HANDS_APART, "turn", low=1.9), Gate(_HANDS_HEIGHT, "turn", low=-0.3, high=0.3)),
        FACING,
    ),
    Variation(
        "front",
        "Front squat",
        (
            Gate(Distance("wrist", "shoulder", "trunk"), "turn", high=0.28),
            Gate(_HANDS_APART, "turn", low=0.9, high=1.8),
            Gate(_HANDS_HEIGHT, "turn", low=-0.1, high=0.25),
        ),
        ("front",),
    ),
    Variation(
        "goblet",
        "Goblet, or hands at the chest",
        (Gate(_HANDS_APART, "turn", high=0.7), Gate(_HANDS_HEIGHT, "turn", low=-0.7, high=0.1)),
        ("front",),
    ),
    Variation("bodyweight", "Bodyweight"),
    Variation("wide", "Wide stance", (Gate(STANCE, "rest", low=1.5),), FACING),
    Variation("narrow", "Narrow stance", (Gate(STANCE, "rest", high=0.85),), FACING),
    Variation("pause", "Pause squat", min_pause_s=1.0),
    Variation("box", "Box squat"),
    Variation("heels_raised", "Heels raised"),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("start", "Start", "start"),
        Moment("bottom", "Bottom", "turn"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
        Moment("top", "Top", "end"),
    ),
    metrics=(
        Metric("depth", "Depth", _DEPTH, "turn", "max", "thigh", 0.10,
               view_sigma=DEPTH_SIGMA),
        Metric("knee_angle", "Knee angle at the bottom", NEAR_KNEE, "turn", "median", "deg", 6.0,
               view_sigma=WORLD_DEG),
        Metric("hip_angle", "Hip angle at the bottom", NEAR_HIP, "turn", "median", "deg", 6.0,
               view_sigma=WORLD_DEG),
        LEAN_AT_BOTTOM,
        LEAN_CHANGE,
        Metric("bar_offset", "Shoulders ahead of mid-foot", _BAR_OFFSET, "turn", "median", "leg",
               0.015, ("side",)),
        HEEL_AT_BOTTOM,
        Metric("side_shift", "Pelvis to the left of the feet", _SHIFT, "turn", "median", "leg",
               0.015, FACING),
        Metric("knee_separation", "Knees over ankles, narrowest", _KNEES, "concentric", "min",
               "ratio", 0.06, ("front",)),
    ),
    curves=(
        ("depth", "Depth", _DEPTH),
        ("knee_angle", "Knee angle", NEAR_KNEE),
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
    ),
    never_claimed=never_claimed(
        "loads on the spine or the knee",
        "rounding of the lower back (there are no landmarks on the spine)",
        "knee valgus as a risk from one camera",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="squat",
    name="Squat",
    # floor: a fifth of a parallel squat's hip drop (about 0.5 leg lengths), heuristic
    movement=Cycle(driver=HIP_HEIGHT, turn="low", concentric="after", floor=0.11),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=60, soft=20, reason="the trunk was not upright at the start"),
        Gate(TRUNK, "turn", high=65, soft=20, reason="the trunk was not over the feet"),
        Gate(HIP_HEIGHT, "rest", low=0.65, soft=0.2, reason="you did not stand before or after"),
        Gate(HIP_HEIGHT, "turn", low=0.1, soft=0.2, reason="the hips were down on the floor"),
        # a quarter squat bends the knees to about 130 degrees; walking and bobbing do not
        Gate(KNEE, "turn", high=135, soft=10, reason="the knees hardly bent"),
        Gate(KNEE, "concentric", low=20, soft=20, pick="change",
             reason="the knees did not straighten on the way up"),
        FEET_END_WHERE_THEY_BEGAN,
        FEET_DO_NOT_WALK,
        Gate(Stagger("ankle", "leg"), "turn", high=0.4, soft=0.2,
             reason="one foot was far in front of the other"),
        # the pelvis stays between the feet: within 0.05 on clips, 0.13 half turned away; in a side
        # lunge it is 0.3 to one side
        Gate(_SHIFT, "turn", low=-0.2, high=0.2, soft=0.1, views=FACING,
             reason="the hips went down over one foot"),
    ),
    signature=(
        Gate(HIP_HEIGHT, "rep", low=0.25, soft=0.2, pick="range"),
        Gate(SHOULDER_HEIGHT, "rep", high=0.95, soft=0.2, pick="range"),
        Gate(KNEE, "turn", high=105, soft=30),
        Gate(HIP, "turn", high=125, soft=30),
        Gate(TRUNK, "turn", high=60, soft=25),
        # hands stay with the trunk; hanging below the knee they lift something from the floor
        Gate(Height("wrist", "knee", "leg"), "turn", low=0.15, soft=0.3),
        Gate(Asymmetry("knee", "leg"), "turn", low=-0.2, high=0.2, soft=0.15),
        Gate(Stagger("ankle", "leg"), "turn", high=0.4, soft=0.2),
        # the feet stay where they are
        Gate(Height("ankle", "floor", "leg"), "rep", high=0.3, soft=0.5, pick="range"),
        Gate(Travel("ankle", "leg"), "rep", high=0.5, soft=0.5, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
