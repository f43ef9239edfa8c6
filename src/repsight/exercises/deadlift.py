"""Deadlift, conventional and sumo."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import (
    ELBOW,
    HAND_HEIGHT,
    HIP,
    HIP_HEIGHT,
    NEAR_HIP,
    NEAR_KNEE,
    NEAR_TRUNK,
    SHOULDER_HEIGHT,
    STANCE,
    TRUNK,
    TRUNK_TILT,
)
from repsight.core.book_parts.hinge import LEAN_BACK
from repsight.core.book_parts.standing_place import FEET_DO_NOT_WALK, FEET_END_WHERE_THEY_BEGAN
from repsight.core.book_parts.views import FACING, WORLD_DEG, never_claimed
from repsight.core.signals import (
    Asymmetry,
    Height,
    Ratio,
    Spread,
    Stagger,
    Travel,
)
from repsight.core.spec import (
    Crossing,
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    OwnBest,
    PhaseShare,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

# The rule book.
_HIP_OVER_KNEE = Height("hip", "knee", "thigh", "near")
_BAR_PLACE = Travel("wrist", "leg", "near")

_RULES = (
    Rule(
        "soft_lockout",
        "Hips not locked out",
        NEAR_HIP,
        "rep",
        "max",
        OwnBest(low=-10.0),
        "deg",
        4.0,
        ("side",),
        good="Every lockout as tall as your best",
        cue="Stand tall and push the bar away with your belt buckle",
        source="IPF technical rules: standing erect; 10 degrees of own standing heuristic",
        joints=("shoulder", "hip", "knee"),
        severity=0.9,
        plausible=(125.0, 181.0),
        same_as="short_lockout",
    ),
    Rule(
        "short_lockout",
        "Lockout not reached",
        NEAR_HIP,
        "rep",
        "max",
        Fixed(low=160.0),
        "deg",
        6.0,
        ("side",),
        good="Full lockout",
        cue="Stand tall at the top",
        source="IPF technical rules: standing erect; limit heuristic",
        joints=("shoulder", "hip", "knee"),
        severity=0.9,
        is_line=True,
        plausible=(125.0, 181.0),
    ),
    Rule(
        "soft_knees",
        "Knees not locked out",
        NEAR_KNEE,
        "turn",
        "max",
        Fixed(low=155.0),
        "deg",
        6.0,
        ("side",),
        good="Knees locked at the top",
        cue="Push the floor away until you stand straight",
        source="IPF technical rules: knees locked; limit heuristic",
        joints=("hip", "knee", "ankle"),
        severity=0.6,
        not_for=("stiff_leg",),
        plausible=(142.0, 181.0),
    ),
    Rule(
        "hips_shoot_up",
        "Hips shoot up",
        NEAR_TRUNK,
        "lift_off",
        "change",
        # hips rising 1.5 times as fast as the shoulders tips the trunk by 3 to 5 degrees
        Fixed(high=3.0),
        "deg",
        2.0,
        ("side",),
        good="Hips and chest rose together",
        cue="Push the floor away and keep your chest at the bar's speed",
        source="heuristic: hip rise over shoulder rise above 1.5 in the first pull",
        joints=("hip", "shoulder"),
        severity=0.8,
        not_for=("stiff_leg",),
    ),
    Rule(
        "bar_away",
        "Bar starts away from you",
        _BAR_PLACE,
        "concentric",
        "change",
        Fixed(low=-0.05),
        "leg",
        0.025,
        ("side",),
        good="Bar went straight up",
        cue="Start the bar over your shoes and drag it up your legs",
        source="heuristic: bar more than 0.3 foot lengths off mid-foot",
        joints=("wrist",),
        severity=0.7,
        min_share=0.3,
    ),
    Rule(
        "hitch",
        "Bar sinks on the way up",
        SHOULDER_HEIGHT,
        "concentric",
        "fall",
        Fixed(high=0.03),
        "leg",
        0.015,
        ("side", "oblique", "front"),
        good="One smooth pull",
        cue="One smooth push to the top",
        source="IPF technical rules: no downward motion of the bar before lockout",
        joints=("shoulder",),
        severity=0.8,
    ),
    replace(
        LEAN_BACK,
        # leaning back comes and goes within a lockout; good ones reach 3 to 9 degrees
        when="turn",
        expected=Fixed(low=-8.0),
        severity=0.6,
    ),
    Rule(
        "hips_too_low",
        "Squats the pull",
        _HIP_OVER_KNEE,
        "start",
        "median",
        Fixed(low=0.0),
        "thigh",
        0.10,
        ("side",),
        good="Hips high enough at the start",
        cue="Set up with your hips higher, shoulders just in front of the bar",
        source="heuristic",
        joints=("hip", "knee"),
        severity=0.5,
        is_line=True,
        not_for=("sumo", "trap_bar", "stiff_leg"),
    ),
)

_VARIATIONS = (
    Variation("conventional", "Conventional"),
    Variation(
        "sumo",
        "Sumo",
        (
            Gate(STANCE, "turn", low=1.5),
            Gate(Ratio(Spread("wrist", "leg"), Spread("ankle", "leg")), "start", high=0.8),
        ),
        FACING,
        source="Escamilla 2000: stance 70 cm against 32, hands inside the knees",
    ),
    # handles beside the legs look like a bar before them from most places: only declared
    Variation("trap_bar", "Trap bar"),
    Variation("touch_and_go", "Touch and go"),
    Variation(
        "stiff_leg",
        "Stiff leg",
        (
            Gate(NEAR_KNEE, "start", low=150.0),
            Gate(_HIP_OVER_KNEE, "start", low=0.8),
        ),
        ("side",),
    ),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("setup", "Setup", "start"),
        Moment("first_pull", "First pull", PhaseShare("concentric", 0.08)),
        Moment("knee_pass", "Bar passes the knees",
               Crossing(Height("wrist", "knee", "leg", "near"), 0.0, "concentric")),
        Moment("lockout", "Lockout", "turn"),
    ),
    metrics=(
        Metric("hip_at_lockout", "Hip angle, straightest", NEAR_HIP, "rep", "max", "deg", 6.0,
               view_sigma=WORLD_DEG),
        Metric("knee_at_lockout", "Knee angle at lockout", NEAR_KNEE, "turn", "max", "deg", 6.0,
               view_sigma=WORLD_DEG),
        Metric("lean_at_lockout", "Lean at lockout, least", TRUNK_TILT, "turn", "min", "deg", 2.5,
               ("side",)),
        Metric("hip_at_start", "Hip angle at the start", NEAR_HIP, "start", "median", "deg", 6.0,
               view_sigma=WORLD_DEG),
        Metric("knee_at_start", "Knee angle at the start", NEAR_KNEE, "start", "median", "deg",
               6.0, view_sigma=WORLD_DEG),
        Metric("lean_at_start", "Trunk lean at the start", NEAR_TRUNK, "start", "median", "deg",
               5.0, view_sigma=WORLD_DEG),
        Metric("lean_change", "Lean change in the first pull", NEAR_TRUNK, "lift_off", "change",
               "deg", 2.0, ("side",)),
        Metric("hips_over_knees", "Hips above knees at the start", _HIP_OVER_KNEE, "start",
               "median", "thigh", 0.10, ("side",)),
        Metric("bar_swing", "Bar drift forwards in the pull", _BAR_PLACE, "concentric", "change",
               "leg", 0.025, ("side",)),
        Metric("sink", "Largest fall in the pull", SHOULDER_HEIGHT, "concentric", "fall", "leg",
               0.015),
    ),
    curves=(
        ("shoulder_height", "Shoulder height", SHOULDER_HEIGHT),
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("knee_angle", "Knee angle", NEAR_KNEE),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
    ),
    never_claimed=never_claimed(
        "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="deadlift",
    name="Deadlift",
    # floor: shoulders rise about 0.6 leg lengths in a full pull; a third of it, heuristic
    movement=Cycle(
        driver=SHOULDER_HEIGHT, turn="high", concentric="before", floor=0.2, partial_share=0.6
    ),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", low=25, soft=20, reason="you did not bend down to a bar"),
        Gate(TRUNK, "turn", high=35, soft=20, reason="the trunk did not come upright"),
        Gate(HIP_HEIGHT, "turn", low=0.65, soft=0.2,
             reason="you did not stand up"),
        Gate(HIP, "concentric", low=20, soft=20, pick="change",
             reason="the hips did not extend"),
        # half-way up the hips are at 85 to 110 degrees, at the softest lockout on clips at 146
        Gate(HIP, "turn", low=135, soft=20, pick="max", reason="you did not stand up"),
        # a load hangs from the shoulders by straight arms, from the floor or a low block
        Gate(HAND_HEIGHT, "rest", high=-0.6, soft=0.2, reason="the hands were not down at a bar"),
        Gate(Height("wrist", "knee", "leg"), "rest", high=0.35, soft=0.3,
             reason="the hands were not down at a bar"),
        Gate(HAND_HEIGHT, "turn", high=-0.45, soft=0.2, reason="the arms did not hang"),
        Gate(ELBOW, "rest", low=125, soft=20, reason="the arms were bent"),
        Gate(ELBOW, "turn", low=110, soft=20, reason="the arms were bent"),
        # margins: a lifter resets the feet by less, a camera held by hand moves by less
        FEET_END_WHERE_THEY_BEGAN,
        FEET_DO_NOT_WALK,
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3,
             reason="one foot was far in front of the other"),
    ),
    signature=(
        # the hands start at the knees or below and hang from straight arms all the way: 0.08 below
        # them and lower on clips; who bends down with nothing in the hands keeps them above
        Gate(Height("wrist", "knee", "leg"), "rest", high=0.05, soft=0.12),
        Gate(HAND_HEIGHT, "rest", high=-0.7, soft=0.3),
        Gate(HAND_HEIGHT, "turn", high=-0.6, soft=0.3),
        Gate(ELBOW, "rest", low=135, soft=30),
        Gate(TRUNK, "turn", high=25, soft=20),
        Gate(TRUNK, "rest", low=35, soft=25),
        Gate(SHOULDER_HEIGHT, "rep", low=0.35, high=1.0, soft=0.25, pick="range"),
        Gate(HIP_HEIGHT, "rest", low=0.45, soft=0.3),
        # the legs push too: hips that only go back are a hinge
        Gate(HIP_HEIGHT, "rep", low=0.16, soft=0.1, pick="range"),
        Gate(Asymmetry("knee", "leg"), "rest", low=-0.2, high=0.2, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3),
        Gate(Stagger("ankle", "leg"), "rest", high=0.5, soft=0.3),
    ),
    bar="hands",
    book=BOOK,
)  # fmt: skip
