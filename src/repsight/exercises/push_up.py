"""Push-up."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.book_parts.body import (
    BODY_LINE,
    ELBOW,
    HAND_HEIGHT,
    HIP,
    HIP_HEIGHT,
    NEAR_ELBOW,
    NEAR_KNEE,
    TRUNK,
)
from repsight.core.book_parts.straight_body import (
    BODY_LINE_METRIC,
    HEAD,
    HEAD_DROP,
    HIP_PIKE,
    HIP_SAG,
)
from repsight.core.book_parts.views import ANY_VIEW, ELBOW_DEG, never_claimed
from repsight.core.signals import Deviation, Distance, Height, Place, Ratio, Spread
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    OwnBest,
    OwnRest,
    Rule,
    RuleBook,
    Variation,
)

__all__ = ["BOOK", "SPEC"]

_SHOULDER_HEIGHT = Height("shoulder", "wrist", "arm")
_REACH = Distance("shoulder", "wrist", "arm")

# The rule book.
_SHOULDER_OVER_HAND = Height("shoulder", "wrist", "arm", "near")
_KNEE_LINE = Deviation("hip", "shoulder", "knee", "trunk", "near")
_HANDS_APART = Ratio(Spread("wrist", "leg"), Spread("shoulder", "leg"))
_HANDS_OVER_FEET = Height("wrist", "ankle", "leg", "near")

_RULES = (
    Rule(
        "shallow",
        "Not low enough",
        _SHOULDER_OVER_HAND,
        "turn",
        "min",
        # upper arms parallel leave about a forearm (0.45) between wrist and shoulder level
        Fixed(high=0.60),
        "arm",
        0.04,
        ANY_VIEW,
        good="Low enough",
        cue="Bring your chest down to a fist above the floor",
        source="APFT push-up standard: upper arms at least parallel; limit heuristic",
        joints=("shoulder", "wrist"),
        severity=1.0,
        view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.08)),
    ),
    replace(HIP_SAG, not_for=("knee",)),
    replace(HIP_PIKE, not_for=("knee",)),
    replace(
        HIP_SAG,
        id="hip_sag_knees",
        signal=_KNEE_LINE,
        cue="Make a straight plank from head to knees",
        source="APFT push-up standard, line to the knees; limit heuristic",
        joints=("shoulder", "hip", "knee"),
        only_for=("knee",),
    ),
    replace(
        HIP_PIKE,
        id="hip_pike_knees",
        signal=_KNEE_LINE,
        expected=Fixed(low=-0.12),
        cue="Make a straight plank from head to knees",
        source="APFT push-up standard, line to the knees; limit heuristic",
        joints=("shoulder", "hip", "knee"),
        only_for=("knee",),
    ),
    Rule(
        "soft_lockout",
        "Arms not straight at the top",
        NEAR_ELBOW,
        "rest",
        "max",
        OwnBest(low=-8.0),
        "deg",
        5.0,
        ("side",),
        good="Arms straight at the top",
        cue="Push the floor away until your arms are straight",
        source="APFT push-up standard: arms fully extended, against own straight arms",
        joints=("shoulder", "elbow", "wrist"),
        severity=0.7,
    ),
    replace(
        HEAD_DROP,
        id="head_lead",
        title="Head drops first",
        expected=OwnRest(low=-0.24),
        cue="Look at a spot a hand's width in front of your fingertips",
    ),
)

_VARIATIONS = (
    Variation("standard", "Standard"),
    Variation(
        "knee",
        "On the knees",
        (Gate(NEAR_KNEE, "rep", high=145.0),),
        ("side",),
    ),
    Variation("incline", "Hands raised", (Gate(_HANDS_OVER_FEET, "rest", low=0.15),), ("side",)),
    Variation("decline", "Feet raised", (Gate(_HANDS_OVER_FEET, "rest", high=-0.45),), ("side",)),
    Variation("wide", "Wide hands", (Gate(_HANDS_APART, "rest", low=2.4),), ("front",)),
    Variation("close", "Close hands", (Gate(_HANDS_APART, "rest", high=0.8),), ("front",)),
    Variation("pause", "Pause at the bottom", min_pause_s=1.0),
    Variation("hand_release", "Hand release"),
)

BOOK = RuleBook(
    rules=_RULES,
    variations=_VARIATIONS,
    moments=(Moment("top", "Top", "start"), Moment("bottom", "Bottom", "turn")),
    metrics=(
        Metric("depth", "Shoulders above hands at the bottom", _SHOULDER_OVER_HAND, "turn", "min",
               "arm", 0.04, view_sigma=(("front", 0.08), ("back", 0.08), ("oblique", 0.08))),
        # side on, elbows that point outwards look straighter than they are: measured on rendered
        # ground truth, where depth from the pose model is worse still
        Metric("elbow_at_bottom", "Elbow angle at the bottom", NEAR_ELBOW, "turn", "min", "deg",
               20.0, view_sigma=ELBOW_DEG),
        Metric("elbow_at_top", "Elbow angle at the top", NEAR_ELBOW, "rest", "max", "deg", 10.0,
               view_sigma=(("front", 12.0), ("back", 12.0))),
        BODY_LINE_METRIC,
        Metric("knee_line", "Hips below the line shoulder to knee", _KNEE_LINE, "turn", "median",
               "trunk", 0.03, ("side",)),
        Metric("head_height", "Head above the shoulders at the bottom", HEAD, "turn", "median",
               "trunk", 0.04, ("side",)),
    ),
    curves=(
        ("elbow_angle", "Elbow angle", NEAR_ELBOW),
        ("shoulder_height", "Shoulder height", _SHOULDER_HEIGHT),
        ("body_line", "Hips below the line", BODY_LINE),
    ),
    never_claimed=never_claimed(
        "winging of the shoulder blades",
        "rounding of the lower back (there are no landmarks on the spine)",
    ),
)  # fmt: skip

# The movement.
SPEC = ExerciseSpec(
    id="push_up",
    name="Push-up",
    # floor: shoulders sink about 0.6 arm lengths in a full push-up; a quarter of it, heuristic
    movement=Cycle(
        driver=_SHOULDER_HEIGHT, turn="low", concentric="after", floor=0.15, partial_share=0.62
    ),
    recommended_view="side",
    posture=(
        # hands on a bench still leave the trunk well off upright
        Gate(TRUNK, "rest", low=45, soft=20, reason="the body was not in a push-up position"),
        Gate(TRUNK, "turn", low=50, soft=20, reason="the body was not in a push-up position"),
        Gate(Height("hip", "shoulder", "trunk"), "turn", high=0.6, soft=0.4,
             reason="the hips were high above the shoulders"),
        # the hands carry the body and stay where they are
        Gate(HAND_HEIGHT, "rest", high=-0.4, soft=0.2,
             reason="the hands were not under the shoulders"),
        Gate(HAND_HEIGHT, "turn", high=0.1, soft=0.1,
             reason="the hands were not under the shoulders"),
        Gate(Place("wrist", "leg"), "rest", low=-0.4, high=0.4, soft=0.3, pick="change",
             reason="the hands did not stay where they were"),
        Gate(Height("wrist", "floor", "leg"), "rest", low=-0.25, high=0.25, soft=0.3,
             pick="change", views=("side", "oblique"),
             reason="the hands did not stay where they were"),
        Gate(Place("ankle", "leg"), "rest", low=-0.5, high=0.5, soft=0.4, pick="change",
             reason="the feet did not stay where they were"),
        # elbows that point at the camera look straight however far they bend; how near the
        # shoulders come to the hands shows from every side (0.4 to 0.76 on clips, 1.0 straight)
        Gate(_REACH, "turn", high=0.8, soft=0.2, pick="min", reason="the elbows hardly bent"),
        Gate(_REACH, "concentric", low=0.1, soft=0.1, pick="change",
             reason="the elbows did not straighten on the way up"),
    ),
    signature=(
        # hands on a box or a bench raise the trunk to about 45 degrees
        Gate(TRUNK, "rest", low=45, high=120, soft=15),
        # the hands are planted below the shoulders and stay there
        Gate(HAND_HEIGHT, "rest", high=-0.7, soft=0.3),
        Gate(
            Height("wrist", "floor", "leg"),
            "rep",
            high=0.25,
            soft=0.3,
            pick="range",
            views=("side", "oblique"),
        ),
        # the hips are hardly higher than the feet: bending over is not enough
        Gate(HIP_HEIGHT, "turn", high=0.42, soft=0.2),
        Gate(ELBOW, "rest", low=140, soft=30),
        Gate(ELBOW, "turn", high=125, soft=40),
        Gate(HIP, "rest", low=125, soft=40),
        Gate(TRUNK, "rep", high=45, soft=20, pick="range"),
    ),
    book=BOOK,
)  # fmt: skip
