"""Good morning: a hip hinge with the load on the back or the hands at the head."""

from __future__ import annotations

from repsight.core.signals import Angle, Distance, Height, Lean, Offset, Spread, Stagger
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    OwnBest,
    OwnRest,
    PhaseShare,
    Rule,
    RuleBook,
    Variation,
    ViewName,
)

__all__ = ["BOOK", "SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "floor", "leg")
_HIP_HEIGHT = Height("hip", "floor", "leg")
_TRUNK = Lean("hip", "shoulder")
#: How high the shoulders are above the hips: the cosine of the lean, good in every view.
_RISE = Height("shoulder", "hip", "trunk")
_KNEE = Angle("hip", "knee", "ankle")
_HANDS = Distance("wrist", "shoulder", "arm")

# The rule book.
#: Angles come from world landmarks outside the side view: never better than this (heuristic,
#: measured on rendered ground truth).
_WORLD_SIGMA: tuple[tuple[ViewName, float], ...] = (
    ("front", 12.0), ("back", 12.0), ("oblique", 12.0),
)  # fmt: skip
_NEAR_LEAN = Lean("hip", "shoulder", "near")
_SIGNED_LEAN = Lean("hip", "shoulder", "near", signed=True)
_NEAR_KNEE = Angle("hip", "knee", "ankle", "near")
_NEAR_HIP = Angle("shoulder", "hip", "knee", "near")
_HIPS_BACK = Offset("hip", "ankle", "leg", "near")
_HEEL = Height("heel", "toe", "leg", "near")

_RULES = (
    Rule(
        "squats_the_hinge",
        "Squats instead of hinging",
        _NEAR_KNEE,
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
    ),
    Rule(
        "short_lockout",
        "Hips not opened at the top",
        _NEAR_HIP,
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
    ),
    Rule(
        "lean_back",
        "Leans back at the top",
        _SIGNED_LEAN,
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
    ),
    Rule(
        "heel_rise",
        "Heels leave the floor",
        _HEEL,
        "turn",
        "max",
        OwnRest(high=0.035),
        "leg",
        0.02,
        ("side",),
        good="Heels stayed down",
        cue="Keep the whole shoe on the floor and reach back with your hips",
        source="heuristic (foot pitch)",
        joints=("heel", "toe"),
        severity=0.6,
    ),
)

_VARIATIONS = (
    Variation("barbell", "Bar or stick on the back",
              (Gate(Spread("wrist", "shoulder_width"), "turn", low=1.4),), ("front", "back")),
    Variation("hands_at_head", "Hands, or a weight, at the head or chest",
              (Gate(Spread("wrist", "shoulder_width"), "turn", high=1.0),), ("front", "back")),
    Variation("seated", "Seated"),
    Variation("wide", "Wide stance"),
    Variation("split", "Split stance", (Gate(Stagger("ankle", "leg"), "turn", low=0.2),),
              ("side",)),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(
        Moment("top", "Top", "start"),
        Moment("bottom", "Deepest hinge", "turn"),
        Moment("half_way", "Half way up", PhaseShare("concentric", 0.5)),
    ),
    metrics=(
        Metric("trunk_lean", "Trunk lean at the bottom", _NEAR_LEAN, "turn", "median", "deg", 5.0,
               view_sigma=_WORLD_SIGMA),
        Metric("hip_at_bottom", "Hip angle at the bottom", _NEAR_HIP, "turn", "median", "deg", 6.0,
               view_sigma=_WORLD_SIGMA),
        Metric("knee_at_bottom", "Knee angle at the bottom", _NEAR_KNEE, "turn", "median", "deg",
               6.0, view_sigma=_WORLD_SIGMA),
        Metric("hips_back", "Hips behind the ankles at the bottom", _HIPS_BACK, "turn", "median",
               "leg", 0.03, ("side",)),
        Metric("hip_at_top", "Hip angle at the top", _NEAR_HIP, "rest", "max", "deg", 4.0,
               view_sigma=_WORLD_SIGMA),
        Metric("lean_at_top", "Furthest lean back at the top", _SIGNED_LEAN, "rest", "min", "deg",
               2.5, ("side",)),
        Metric("heel_height", "Heel above toe at the bottom", _HEEL, "turn", "max", "leg", 0.02,
               ("side",)),
    ),
    curves=(
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
    id="good_morning",
    name="Good morning",
    # floor: the shoulders sink about 0.35 leg lengths with the trunk at 65 degrees and half of
    # that at 43; less is a bow, heuristic
    movement=Cycle(driver=_SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.16),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright at the start"),
        Gate(_RISE, "turn", high=0.76, soft=0.18, reason="the trunk hardly tipped forward"),
        Gate(
            _RISE,
            "turn",
            high=0.72,
            soft=0.1,
            views=("side",),
            reason="the trunk hardly tipped forward",
        ),
        Gate(_KNEE, "turn", low=95, soft=20, reason="the knees bent as in a squat"),
    ),
    signature=(
        Gate(_TRUNK, "rest", high=25, soft=20),
        Gate(_RISE, "turn", high=0.67, soft=0.25),
        # the hips go back, they do not sink
        Gate(_HIP_HEIGHT, "rep", high=0.25, soft=0.15, pick="range"),
        Gate(_KNEE, "turn", low=115, soft=30),
        # the hands stay at the shoulders or the head
        Gate(_HANDS, "turn", high=0.75, soft=0.2),
        Gate(_HANDS, "rest", high=0.75, soft=0.2),
        Gate(Height("wrist", "knee", "leg"), "turn", low=0.3, soft=0.2),
        Gate(Stagger("ankle", "leg"), "turn", high=0.5, soft=0.3),
    ),
    book=BOOK,
)
