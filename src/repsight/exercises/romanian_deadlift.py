"""Romanian deadlift and its relatives: the hips go back, the knees hardly bend."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import (
    ELBOW,
    HAND_HEIGHT,
    HANDS_TILT,
    HIP_HEIGHT,
    KNEE,
    NEAR_HIP,
    NEAR_KNEE,
    NEAR_TRUNK,
    SHOULDER_HEIGHT,
    TRUNK,
    TRUNK_RISE,
)
from repsight.core.book_parts.hinge import (
    HINGE_METRICS,
    HINGE_MOMENTS,
    LEAN_BACK,
    SHORT_LOCKOUT,
    SQUATS_THE_HINGE,
    TOP_METRICS,
)
from repsight.core.book_parts.views import FACING, never_claimed
from repsight.core.signals import Height, Offset, Stagger
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    OwnRest,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]


# The rule book.
_ON_ONE_LEG = ("single_leg", "b_stance")
_BAR_OFFSET = Offset("wrist", "mid_foot", "leg", "near")
_FEET_APART = Stagger("ankle", "leg")

_RULES = (
    replace(
        SQUATS_THE_HINGE,
        # knees give about a quarter of what the hips do; half of it is a squat (heuristic)
        expected=OwnRest(low=-38.0),
        severity=0.9,
        speaks_for="deadlift",
        not_for=_ON_ONE_LEG,
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
        not_for=_ON_ONE_LEG,
    ),
    replace(SHORT_LOCKOUT, cue="Finish tall: belt buckle up to the bar", not_for=_ON_ONE_LEG),
    LEAN_BACK,
    Rule(
        "uneven_hands",
        "One hand hangs lower",
        HANDS_TILT,
        "turn",
        "median",
        OwnRest(low=-0.10, high=0.10),
        "arm",
        0.04,
        FACING,
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
    Variation("stiff_leg", "Straight legs", (Gate(NEAR_KNEE, "turn", low=165.0),), ("side",)),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
)  # fmt: skip

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=HINGE_MOMENTS,
    metrics=(
        *HINGE_METRICS,
        Metric("bar_offset", "Hands ahead of mid-foot at the bottom", _BAR_OFFSET, "turn",
               "median", "leg", 0.025, ("side",)),
        *TOP_METRICS,
        Metric("hands_tilt", "Left hand above the right at the bottom", HANDS_TILT, "turn",
               "median", "arm", 0.04, FACING),
    ),
    curves=(
        ("hip_angle", "Hip angle", NEAR_HIP),
        ("knee_angle", "Knee angle", NEAR_KNEE),
        ("trunk_lean", "Trunk lean", NEAR_TRUNK),
        ("bar_offset", "Hands ahead of mid-foot", _BAR_OFFSET),
    ),
    never_claimed=never_claimed(
        "loads on the spine",
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
    movement=Cycle(driver=SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.18),
    recommended_view="side",
    posture=(
        Gate(TRUNK, "rest", high=45, soft=20, reason="the trunk was not upright at the start"),
        Gate(TRUNK_RISE, "turn", high=0.65, soft=0.14, reason="the trunk hardly tipped forward"),
        Gate(KNEE, "turn", low=100, soft=20, reason="the knees bent as in a squat"),
    ),
    signature=(
        Gate(TRUNK, "rest", high=25, soft=20),
        Gate(TRUNK_RISE, "turn", high=0.65, soft=0.25),
        # the hips go back, they do not sink
        Gate(HIP_HEIGHT, "rep", high=0.17, soft=0.12, pick="range"),
        Gate(KNEE, "turn", low=132, soft=30),
        # the hands hang from straight arms and stop above the floor
        Gate(HAND_HEIGHT, "turn", high=-0.7, soft=0.25),
        Gate(HAND_HEIGHT, "rest", high=-0.65, soft=0.25),
        Gate(ELBOW, "turn", low=140, soft=30),
        Gate(Height("wrist", "knee", "leg"), "turn", low=-0.18, soft=0.15),
    ),
    bar="hands",
    book=BOOK,
)
