"""Deadlift, conventional and sumo."""

from __future__ import annotations

from repsight.core.signals import (
    Angle,
    Asymmetry,
    Height,
    Lean,
    Place,
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
    ViewName,
)

__all__ = ["BOOK", "SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")
_HANDS = Height("wrist", "shoulder", "arm")
_ELBOW = Angle("shoulder", "elbow", "wrist")
_FEET = Place("ankle", "leg")

# The rule book.
#: Angles come from world landmarks outside the side view: never better than this (heuristic,
#: measured on rendered ground truth).
_WORLD_SIGMA: tuple[tuple[ViewName, float], ...] = (
    ("front", 12.0), ("back", 12.0), ("oblique", 12.0),
)  # fmt: skip
_ANY: tuple[ViewName, ...] = ("front", "back", "side", "oblique")
_NEAR_LEAN = Lean("hip", "shoulder", "near")
_SIGNED_LEAN = Lean("hip", "shoulder", "near", signed=True)
_NEAR_KNEE = Angle("hip", "knee", "ankle", "near")
_NEAR_HIP = Angle("shoulder", "hip", "knee", "near")
_HIP_OVER_KNEE = Height("hip", "knee", "thigh", "near")
_BAR_PLACE = Travel("wrist", "leg", "near")
_STANCE = Ratio(Spread("ankle", "leg"), Spread("shoulder", "leg"))

_RULES = (
    Rule(
        "soft_lockout",
        "Hips not locked out",
        _NEAR_HIP,
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
        _NEAR_HIP,
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
        _NEAR_KNEE,
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
        _NEAR_LEAN,
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
        _SHOULDER_HEIGHT,
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
    Rule(
        "lean_back",
        "Leans back at the top",
        _SIGNED_LEAN,
        "turn",
        # leaning back comes and goes within a lockout; good ones reach 3 to 9 degrees
        "min",
        Fixed(low=-8.0),
        "deg",
        2.5,
        ("side",),
        good="Stood tall without leaning back",
        cue="Finish with your head over your shoes",
        source="heuristic",
        joints=("hip", "shoulder"),
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
            Gate(_STANCE, "turn", low=1.5),
            Gate(Ratio(Spread("wrist", "leg"), Spread("ankle", "leg")), "start", high=0.8),
        ),
        ("front", "back"),
        source="Escamilla 2000: stance 70 cm against 32, hands inside the knees",
    ),
    # handles beside the legs look like a bar before them from most places: only declared
    Variation("trap_bar", "Trap bar"),
    Variation("touch_and_go", "Touch and go"),
    Variation(
        "stiff_leg",
        "Stiff leg",
        (
            Gate(_NEAR_KNEE, "start", low=150.0),
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
        Metric("hip_at_lockout", "Hip angle, straightest", _NEAR_HIP, "rep", "max", "deg", 6.0,
               view_sigma=_WORLD_SIGMA),
        Metric("knee_at_lockout", "Knee angle at lockout", _NEAR_KNEE, "turn", "max", "deg", 6.0,
               view_sigma=_WORLD_SIGMA),
        Metric("lean_at_lockout", "Lean at lockout, least", _SIGNED_LEAN, "turn", "min", "deg", 2.5,
               ("side",)),
        Metric("hip_at_start", "Hip angle at the start", _NEAR_HIP, "start", "median", "deg", 6.0,
               view_sigma=_WORLD_SIGMA),
        Metric("knee_at_start", "Knee angle at the start", _NEAR_KNEE, "start", "median", "deg",
               6.0, view_sigma=_WORLD_SIGMA),
        Metric("lean_at_start", "Trunk lean at the start", _NEAR_LEAN, "start", "median", "deg",
               5.0, view_sigma=_WORLD_SIGMA),
        Metric("lean_change", "Lean change in the first pull", _NEAR_LEAN, "lift_off", "change",
               "deg", 2.0, ("side",)),
        Metric("hips_over_knees", "Hips above knees at the start", _HIP_OVER_KNEE, "start",
               "median", "thigh", 0.10, ("side",)),
        Metric("bar_swing", "Bar drift forwards in the pull", _BAR_PLACE, "concentric", "change",
               "leg", 0.025, ("side",)),
        Metric("sink", "Largest fall in the pull", _SHOULDER_HEIGHT, "concentric", "fall", "leg",
               0.015),
    ),
    curves=(
        ("shoulder_height", "Shoulder height", _SHOULDER_HEIGHT),
        ("hip_angle", "Hip angle", _NEAR_HIP),
        ("knee_angle", "Knee angle", _NEAR_KNEE),
        ("trunk_lean", "Trunk lean", _NEAR_LEAN),
    ),
    never_claimed=(
        "injury risk", "pain", "muscle activation", "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
    ),
)  # fmt: skip
# The movement.

SPEC = ExerciseSpec(
    id="deadlift",
    name="Deadlift",
    # floor: shoulders rise about 0.6 leg lengths in a full pull; a third of it, heuristic
    movement=Cycle(driver=_SHOULDER_HEIGHT, turn="high", concentric="before", floor=0.2),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", low=25, soft=20, reason="you did not bend down to a bar"),
        Gate(_TRUNK, "turn", high=35, soft=20, reason="the trunk did not come upright"),
        Gate(Height("hip", "floor", "leg"), "turn", low=0.65, soft=0.2,
             reason="you did not stand up"),
        Gate(Angle("shoulder", "hip", "knee"), "concentric", low=20, soft=20, pick="change",
             reason="the hips did not extend"),
        # a load hangs from the shoulders by straight arms, from the floor or a low block
        Gate(_HANDS, "rest", high=-0.6, soft=0.2, reason="the hands were not down at a bar"),
        Gate(Height("wrist", "knee", "leg"), "rest", high=0.35, soft=0.3,
             reason="the hands were not down at a bar"),
        Gate(_HANDS, "turn", high=-0.45, soft=0.2, reason="the arms did not hang"),
        Gate(_ELBOW, "rest", low=125, soft=20, reason="the arms were bent"),
        Gate(_ELBOW, "turn", low=110, soft=20, reason="the arms were bent"),
        # margins: a lifter resets the feet by less, a camera held by hand moves by less
        Gate(_FEET, "rest", low=-0.5, high=0.5, soft=0.4, pick="change",
             reason="the feet walked off"),
        Gate(_FEET, "rep", high=0.9, soft=0.4, pick="range", reason="the feet walked off"),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3,
             reason="one foot was far in front of the other"),
    ),
    signature=(
        # the hands start below the knees and hang from straight arms all the way
        Gate(Height("wrist", "knee", "leg"), "rest", high=0.05, soft=0.3),
        Gate(_HANDS, "rest", high=-0.7, soft=0.3),
        Gate(_HANDS, "turn", high=-0.6, soft=0.3),
        Gate(Angle("shoulder", "elbow", "wrist"), "rest", low=135, soft=30),
        Gate(_TRUNK, "turn", high=25, soft=20),
        Gate(_TRUNK, "rest", low=35, soft=25),
        Gate(_SHOULDER_HEIGHT, "rep", low=0.35, high=1.0, soft=0.25, pick="range"),
        Gate(Height("hip", "floor", "leg"), "rest", low=0.45, soft=0.3),
        # the legs push too: hips that only go back are a hinge
        Gate(Height("hip", "floor", "leg"), "rep", low=0.16, soft=0.1, pick="range"),
        Gate(Asymmetry("knee", "leg"), "rest", low=-0.2, high=0.2, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3),
        Gate(Stagger("ankle", "leg"), "rest", high=0.5, soft=0.3),
    ),
    bar="hands",
    book=BOOK,
)  # fmt: skip
