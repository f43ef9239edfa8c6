"""Romanian deadlift and its relatives: the hips go back, the knees hardly bend."""

from __future__ import annotations

from repsight.core.signals import Angle, Asymmetry, Height, Lean, Offset, Stagger
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
_BAR_OFFSET = Offset("wrist", "mid_foot", "leg", "near")
_HIPS_BACK = Offset("hip", "ankle", "leg", "near")
_FEET_APART = Stagger("ankle", "leg")
_HANDS_TILT = Asymmetry("wrist", "arm")

_RULES = (
    Rule(
        "squats_the_hinge",
        "Squats instead of hinging",
        _NEAR_KNEE,
        "turn",
        "median",
        # knees give about a quarter of what the hips do; half of it is a squat (heuristic)
        OwnRest(low=-38.0),
        "deg",
        6.0,
        ("side",),
        good="Knees stayed soft and still",
        cue="Push your hips to the wall behind you and keep the shins still",
        source="heuristic: knees bend more than half as much as the hips",
        joints=("hip", "knee", "ankle"),
        severity=0.9,
        not_for=("single_leg", "b_stance"),
    ),
    Rule(
        "bar_drift",
        "Weight drifts away from the legs",
        _BAR_OFFSET,
        "turn",
        "median",
        # 0.3 foot lengths are about 0.1 leg lengths
        Fixed(high=0.10),
        "leg",
        0.025,
        ("side",),
        good="Weight stayed over mid-foot",
        cue="Shave your legs with the bar",
        source="heuristic: hands more than 0.3 foot lengths ahead of mid-foot",
        joints=("wrist", "heel", "toe"),
        severity=0.8,
        not_for=("single_leg", "b_stance"),
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
        cue="Finish tall: belt buckle up to the bar",
        source="heuristic: hip angle within 10 degrees of own standing",
        joints=("shoulder", "hip", "knee"),
        severity=0.6,
        not_for=("single_leg", "b_stance"),
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
        "uneven_hands",
        "One hand hangs lower",
        _HANDS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.10, high=0.10),
        "arm",
        0.04,
        ("front", "back"),
        good="Weight stayed level",
        cue="Keep the bar level with the floor",
        source="heuristic: more than a tenth of an arm's length",
        joints=("wrist",),
        severity=0.4,
        not_for=("single_leg", "one_arm"),
        shoot_from="front",
    ),
)

_VARIATIONS = (
    Variation("barbell", "Barbell"),
    Variation("dumbbell", "Dumbbells or kettlebells"),
    Variation("b_stance", "B-stance", (Gate(_FEET_APART, "turn", low=0.12, high=0.5),), ("side",)),
    Variation("single_leg", "Single leg", (Gate(_FEET_APART, "turn", low=0.5),), ("side",)),
    Variation("one_arm", "One arm"),
    Variation("stiff_leg", "Straight legs", (Gate(_NEAR_KNEE, "turn", low=165.0),), ("side",)),
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
        Metric("bar_offset", "Hands ahead of mid-foot at the bottom", _BAR_OFFSET, "turn",
               "median", "leg", 0.025, ("side",)),
        Metric("hip_at_top", "Hip angle at the top", _NEAR_HIP, "rest", "max", "deg", 4.0,
               view_sigma=_WORLD_SIGMA),
        Metric("lean_at_top", "Furthest lean back at the top", _SIGNED_LEAN, "rest", "min", "deg",
               2.5, ("side",)),
        Metric("hands_tilt", "Left hand above the right at the bottom", _HANDS_TILT, "turn",
               "median", "arm", 0.04, ("front", "back")),
    ),
    curves=(
        ("hip_angle", "Hip angle", _NEAR_HIP),
        ("knee_angle", "Knee angle", _NEAR_KNEE),
        ("trunk_lean", "Trunk lean", _NEAR_LEAN),
        ("bar_offset", "Hands ahead of mid-foot", _BAR_OFFSET),
    ),
    never_claimed=(
        "injury risk", "pain", "muscle activation", "loads on the spine",
        "rounding of the back (there are no landmarks on the spine)",
        "how far the hamstrings are stretched",
    ),
)  # fmt: skip
# The movement.

SPEC = ExerciseSpec(
    id="romanian_deadlift",
    name="Romanian deadlift",
    # floor: the shoulders sink about 0.4 leg lengths with the trunk at 70 degrees and half of
    # that at 45; less is a bow, heuristic
    movement=Cycle(driver=_SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.18),
    recommended_view="side",
    posture=(
        Gate(_TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright at the start"),
        Gate(_RISE, "turn", high=0.65, soft=0.14, reason="the trunk hardly tipped forward"),
        Gate(_KNEE, "turn", low=100, soft=20, reason="the knees bent as in a squat"),
    ),
    signature=(
        Gate(_TRUNK, "rest", high=25, soft=20),
        Gate(_RISE, "turn", high=0.65, soft=0.25),
        # the hips go back, they do not sink
        Gate(_HIP_HEIGHT, "rep", high=0.17, soft=0.12, pick="range"),
        Gate(_KNEE, "turn", low=132, soft=30),
        # the hands hang from straight arms and stop above the floor
        Gate(Height("wrist", "shoulder", "arm"), "turn", high=-0.7, soft=0.25),
        Gate(Height("wrist", "shoulder", "arm"), "rest", high=-0.65, soft=0.25),
        Gate(Angle("shoulder", "elbow", "wrist"), "turn", low=140, soft=30),
        Gate(Height("wrist", "knee", "leg"), "turn", low=-0.18, soft=0.15),
    ),
    bar="hands",
    book=BOOK,
)
