"""Complete, made-up reports for tests of whatever shows or stores a report.

``sample_report`` is a side-on squat set with everything a report can hold; the others are its
edges: a deadlift with key moments, an unknown movement, nothing done at all.
"""

from __future__ import annotations

from dataclasses import replace
from math import cos, nan, pi

from repsight.core.report import (
    SCHEMA_VERSION,
    ClipReport,
    Curve,
    ExerciseSeen,
    Limit,
    Measure,
    MomentSeen,
    NotJudged,
    Outcome,
    Person,
    Quality,
    QualityNote,
    Rejected,
    Rep,
    SetReport,
    Source,
    VariationSeen,
    Verdict,
)

__all__ = [
    "deadlift_report",
    "deadlift_set",
    "empty_report",
    "sample_report",
    "squat_set",
    "unknown_report",
]

#: eccentric, pause and concentric seconds, knee angle at the bottom in degrees
_SQUATS = (
    (1.42, 0.28, 1.12, 72.0),
    (1.36, 0.31, 1.16, 74.0),
    (1.29, 0.26, 1.27, 78.0),
    (1.22, 0.18, 1.43, 94.0),
    (1.18, 0.16, 1.71, 97.0),
)
_REST_S = 0.9
_PARTIAL_AFTER = 3
_CURVE_STEP_S = 0.05


def sample_report(name: str = "squats in the garage.mp4") -> ClipReport:
    """A squat set: five reps counted of six, too shallow on two, one call too close to make."""
    return ClipReport(
        schema=SCHEMA_VERSION,
        repsight="0.1.0",
        source=_source(name),
        quality=_quality(),
        sets=(squat_set(),),
        summary="Squat: 5 reps counted of 6 attempted. Reps 4 and 5 stopped above parallel.",
    )


def deadlift_report() -> ClipReport:
    """Two sets of three deadlifts with key moments and nothing to correct in the second."""
    second = deadlift_set(60.0)
    calm = tuple(verdict for verdict in second.verdicts if verdict.outcome == "ok")
    return replace(
        sample_report("deadlifts.mov"),
        sets=(deadlift_set(), replace(second, verdicts=calm)),
        summary="Deadlift: 3 and 3 reps counted.",
    )


def unknown_report() -> ClipReport:
    """A movement that is counted but that no rule book covers."""
    known = squat_set()
    counted = replace(
        known,
        exercise=ExerciseSeen("unknown", "Unknown exercise", 0.31, "periodicity", {"squat": 0.31}),
        rejected=(),
        verdicts=(),
        variations=(),
        not_judged=(),
        reps=tuple(replace(rep, metrics={}, moments=()) for rep in known.reps),
        metrics={},
        corrections=(),
        running_count=5,
        curves=(replace(known.curves[0], name="Movement", unit="", limits=()),),
    )
    return replace(
        sample_report("kettlebell.mp4"), sets=(counted,), summary="5 repetitions of a movement."
    )


def empty_report() -> ClipReport:
    """A clip in which nobody did a repetition."""
    full = sample_report("standing.mp4")
    note = QualityNote(
        "person", "limited", "One person stands and talks; no movement repeats.",
        "Film the whole set, from before the first repetition to after the last.", nan, "",
    )  # fmt: skip
    quality = Quality("limited", (note,), (), ("Repetitions", "Form"), "Film one whole set.")
    return replace(full, quality=quality, sets=(), summary="No repetition was found.")


def squat_set() -> SetReport:
    """The squat set of ``sample_report``."""
    reps, partial = _squat_times()
    return SetReport(
        exercise=ExerciseSeen("squat", "Squat", 0.94, "spec_fit", {"deadlift": 0.05}),
        start_s=1.6,
        end_s=reps[-1].end_s + 0.6,
        rep_count=len(reps),
        reps=reps,
        rejected=(partial,),
        verdicts=_squat_verdicts(reps),
        variations=_VARIATIONS,
        not_judged=_NOT_JUDGED,
        metrics={
            "velocity_loss": Measure(34.0, "%", 6.0),
            "range_decay": Measure(18.0, "%", 4.0),
            "smoothness": Measure(-2.1, "", 0.2),
            "symmetry": Measure(nan, "%", nan),
        },
        view="side",
        view_yaw_deg=84.0,
        running_count=6,
        corrections=("The live count had 6: the movement at 13.6 s turned out to be a partial.",),
        curves=_squat_curves(reps, partial),
    )


def deadlift_set(start_s: float = 2.0) -> SetReport:
    """Three deadlifts with moments at setup, first pull, knee pass and lockout."""
    reps = tuple(_deadlift_rep(i, start_s + 5.5 * (i - 1)) for i in (1, 2, 3))
    lockout = tuple(
        _verdict("lockout", "Lockout", outcome, rep, ("left_hip", "left_knee"))
        for rep, outcome in zip(reps, ("ok", "ok", "too_close_to_call"), strict=True)
    )
    early = _verdict("hips_first", "Hips rise before the bar", "issue", reps[1], ("left_hip",))
    return SetReport(
        exercise=ExerciseSeen("deadlift", "Deadlift", 1.0, "given"),
        start_s=start_s - 0.5,
        end_s=reps[-1].end_s + 0.5,
        rep_count=3,
        reps=reps,
        rejected=(),
        verdicts=(*lockout, early),
        variations=(VariationSeen("sumo", "Sumo stance", "declared", ""),),
        not_judged=_NOT_JUDGED[1:],
        metrics={"velocity_loss": Measure(12.0, "%", 5.0)},
        view="side",
        view_yaw_deg=78.0,
        running_count=3,
        curves=(_curve("hip", "Hip angle", reps, 62.0, 176.0),),
    )


def _source(name: str) -> Source:
    people = (
        Person(index=0, is_lifter=True, first_s=0.0, last_s=24.1),
        Person(index=1, is_lifter=False, first_s=9.2, last_s=12.7),
    )
    return Source(
        name=name, kind="video", duration_s=24.1, frames=723, frame_rate_hz=30.0, width_px=720,
        height_px=1280, rotation_deg=90, backend="blazepose", model="full", found_share=0.992,
        people=people, notes=("A second person walks through from 9.2 s to 12.7 s.",),
    )  # fmt: skip


def _quality() -> Quality:
    notes = (
        QualityNote("view", "good", "Side view, 6° off square.", "", 84.0, "deg"),
        QualityNote(
            "light", "limited", "The picture is dark.", "Turn a light on in front of you.",
            52.0, "",
        ),
        QualityNote("framing", "good", "Head to feet in the picture all the time.", "", 1.0, ""),
        QualityNote(
            "frame_rate", "limited", "30 frames a second: speeds in m/s are not given.",
            "Film at 60 frames a second for bar speed.", 30.0, "Hz",
        ),
    )  # fmt: skip
    return Quality(
        "limited",
        notes,
        ("Repetitions", "Depth", "Trunk lean", "Tempo"),
        ("Knees moving inwards", "Left and right differences"),
        "Film one more set from the front, phone at hip height, about three metres away.",
    )


def _squat_times() -> tuple[tuple[Rep, ...], Rejected]:
    reps: list[Rep] = []
    at_s, partial_s = 2.4, nan
    for number, (down_s, pause_s, up_s, knee_deg) in enumerate(_SQUATS, start=1):
        reps.append(_squat_rep(number, at_s, (down_s, pause_s, up_s), knee_deg))
        at_s = reps[-1].end_s + _REST_S
        if number == _PARTIAL_AFTER:
            partial_s, at_s = at_s, at_s + 2.4
    partial = Rejected(
        partial_s, partial_s + 0.7, partial_s + 1.5, "partial_range",
        "The hips went down 41 % of your usual range; 60 % is wanted for a repetition.",
        0.41, 0.6, "share of own range",
    )  # fmt: skip
    return tuple(reps), partial


def _squat_rep(
    number: int, start_s: float, spans_s: tuple[float, float, float], knee_deg: float
) -> Rep:
    down_s, pause_s, up_s = spans_s
    turn_s = start_s + down_s + pause_s / 2
    return Rep(
        number=number, start_s=start_s, turn_s=turn_s, end_s=start_s + sum(spans_s),
        turn_start_s=start_s + down_s, turn_end_s=start_s + down_s + pause_s,
        eccentric_s=down_s, pause_s=pause_s, concentric_s=up_s,
        range_share=(178.0 - knee_deg) / 106.0, start_seen=True, end_seen=True,
        metrics={
            "knee_angle": Measure(knee_deg, "deg", 6.0),
            "trunk_lean": Measure(41.0 + number * 1.5, "deg", 5.0),
            "depth": Measure(-(knee_deg - 84.0) / 100.0, "thigh", 0.04),
            "mean_velocity": Measure(0.62 / up_s, "ROM/s", 0.03),
        },
        moments=(
            MomentSeen("bottom", "Bottom", turn_s, {"knee_angle": Measure(knee_deg, "deg", 6.0)}),
        ),
    )  # fmt: skip


def _deadlift_rep(number: int, start_s: float) -> Rep:
    places = (
        ("setup", "Setup", 0.0, 112.0, 68.0),
        ("first_pull", "First pull", 0.3, 124.0, 76.0),
        ("knee_pass", "Knee pass", 0.8, 158.0, 112.0),
        ("lockout", "Lockout", 1.5, 174.0, 171.0 - 2 * number),
    )
    moments = tuple(
        MomentSeen(
            id_, name, start_s + after_s,
            {"knee_angle": Measure(knee, "deg", 6.0), "hip_angle": Measure(hip, "deg", 5.0)},
        )
        for id_, name, after_s, knee, hip in places
    )  # fmt: skip
    return Rep(
        number=number, start_s=start_s, turn_s=start_s + 1.6, end_s=start_s + 3.4,
        turn_start_s=start_s + 1.4, turn_end_s=start_s + 1.9, eccentric_s=1.5, pause_s=0.5,
        concentric_s=1.4, range_share=1.0, start_seen=number > 1, end_seen=True,
        metrics={"bar_drift": Measure(0.12, "foot", 0.06)}, moments=moments,
    )  # fmt: skip


_VARIATIONS = (
    VariationSeen("high_bar", "High bar", "declared", ""),
    VariationSeen(
        "long_thighs", "Forward lean that fits long thighs", "seen",
        "Balance over mid-foot asks for 44° of lean with these proportions; seen 45° ± 5°.",
    ),
)  # fmt: skip

_NOT_JUDGED = (
    NotJudged(
        "knees_in", "Knees moving inwards", "cannot be seen from the side", "front",
    ),
    NotJudged(
        "uneven", "Left and right differences", "the far side is hidden behind the near one",
        "front",
    ),
)  # fmt: skip

_TEXTS = {
    "depth": ("thigh", "Sit until your hip is below the top of your knee.", "IPF rules"),
    "hips_first": ("deg", "Push the floor away and let the bar lead.", "heuristic"),
    "heel_rise": ("deg", "Keep your whole foot on the floor.", "heuristic"),
    "lockout": ("deg", "Stand tall against the bar.", "IPF rules"),
}
_VALUES: dict[Outcome, tuple[float, float, float, float]] = {
    "ok": (0.10, 0.0, nan, 0.04),
    "issue": (-0.13, 0.0, nan, 0.04),
    "watch": (-0.10, 0.0, nan, 0.04),
    "too_close_to_call": (-0.03, 0.0, nan, 0.04),
    "cannot_judge": (nan, nan, nan, nan),
}
_DEGREES: dict[Outcome, tuple[float, float, float, float]] = {
    "ok": (4.0, nan, 8.0, 3.0),
    "issue": (17.0, nan, 8.0, 3.0),
    "watch": (14.0, nan, 8.0, 3.0),
    "too_close_to_call": (10.0, nan, 8.0, 3.0),
    "cannot_judge": (nan, nan, nan, nan),
}


def _verdict(rule: str, title: str, outcome: Outcome, rep: Rep, joints: tuple[str, ...]) -> Verdict:
    unit, cue, source = _TEXTS[rule]
    value, low, high, error = (_DEGREES if unit == "deg" else _VALUES)[outcome]
    return Verdict(
        rule=rule, title=title, outcome=outcome, rep=rep.number, t_s=rep.turn_s, side="near",
        value=value, expected_low=low, expected_high=high, error=error, unit=unit, view="side",
        joints=joints, cue=cue, source=source, severity=0.6 if outcome == "issue" else 0.0,
        reason="the ankle is hidden by a plate" if outcome == "cannot_judge" else "",
    )  # fmt: skip


def _squat_verdicts(reps: tuple[Rep, ...]) -> tuple[Verdict, ...]:
    rows: tuple[tuple[str, str, tuple[str, ...], tuple[Outcome, ...]], ...] = (
        ("depth", "Not deep enough", ("left_hip", "left_knee"),
         ("ok", "ok", "too_close_to_call", "issue", "issue")),
        ("hips_first", "Hips rise before the bar", ("left_hip", "left_shoulder"),
         ("ok", "ok", "ok", "ok", "watch")),
        ("heel_rise", "Heels lift", ("left_heel", "left_foot_index"),
         ("ok", "ok", "ok", "ok", "cannot_judge")),
    )  # fmt: skip
    return tuple(
        _verdict(rule, title, outcome, rep, joints)
        for rule, title, joints, outcomes in rows
        for rep, outcome in zip(reps, outcomes, strict=True)
    )


def _squat_curves(reps: tuple[Rep, ...], partial: Rejected) -> tuple[Curve, ...]:
    lean = _curve("trunk_lean", "Trunk lean", reps, 44.0, 6.0)
    knee = _curve("knee_angle", "Knee angle", reps, 76.0, 178.0)
    values = tuple(
        _swing(178.0, 136.0, (t_s - partial.start_s) / (partial.end_s - partial.start_s))
        if partial.start_s < t_s < partial.end_s
        else value
        for t_s, value in zip(knee.t_s, knee.values, strict=True)
    )
    limits = (Limit("Parallel", nan, 90.0),)
    return (replace(knee, values=values, limits=limits), lean)


def _curve(id_: str, name: str, reps: tuple[Rep, ...], turn: float, rest: float) -> Curve:
    """A signal that moves from ``rest`` to ``turn`` and back in each rep; one gap of 0.3 s."""
    first_s, last_s = reps[0].start_s - 0.8, reps[-1].end_s + 0.6
    count = int((last_s - first_s) / _CURVE_STEP_S) + 1
    times = tuple(round(first_s + i * _CURVE_STEP_S, 3) for i in range(count))
    values = tuple(_curve_value(t_s, reps, turn, rest) for t_s in times)
    gap = range(len(values) // 2, len(values) // 2 + 6)
    return Curve(
        id_, name, "deg", times, tuple(nan if i in gap else v for i, v in enumerate(values))
    )


def _curve_value(t_s: float, reps: tuple[Rep, ...], turn: float, rest: float) -> float:
    for rep in reps:
        deepest = rep.metrics.get("knee_angle", Measure(turn, "deg", nan)).value
        bottom = deepest if rest > turn > 70.0 else turn  # the knee's curve
        if rep.start_s < t_s < rep.turn_start_s:
            return _swing(rest, bottom, (t_s - rep.start_s) / (rep.turn_start_s - rep.start_s) / 2)
        if rep.turn_start_s <= t_s <= rep.turn_end_s:
            return bottom
        if rep.turn_end_s < t_s < rep.end_s:
            share = (t_s - rep.turn_end_s) / (rep.end_s - rep.turn_end_s)
            return _swing(rest, bottom, (1 + share) / 2)
    return rest


def _swing(rest: float, turn: float, share: float) -> float:
    """From ``rest`` at share 0 to ``turn`` at 0.5 and back at 1, without a corner."""
    return rest + (turn - rest) * (1 - cos(2 * pi * share)) / 2
