"""Made-up evidence: reports of any exercise in any state, for tests of words about them.

Everything follows from a seed. The numbers are plausible, not simulated: the digital athlete is
for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Final, cast

import numpy as np

from repsight.coach.past_facts import PastSet
from repsight.coach.profile import Goal, Profile, Units
from repsight.core.report import (
    SCHEMA_VERSION,
    ClipReport,
    ExerciseSeen,
    Held,
    Measure,
    NotJudged,
    Outcome,
    Quality,
    QualityNote,
    Rejected,
    RejectionReason,
    Rep,
    SetReport,
    Source,
    VariationSeen,
    Verdict,
)
from repsight.core.spec import ExerciseSpec, Hold, Rule
from repsight.exercises import catalog

__all__ = ["MadeUp", "made_up"]

_VIEWS: Final = ("side", "front", "oblique", "back")
_FROM: Final = {"side": "from the side", "front": "from the front", "oblique": "at an angle",
                "back": "from behind"}  # fmt: skip
_REASONS: Final[tuple[RejectionReason, ...]] = (
    "partial_range", "wrong_posture", "too_quick", "too_slow", "not_finished", "not_started",
)  # fmt: skip
_NOTES: Final = (
    ("dark", "The picture is dark.", "Turn a light on in front of you."),
    ("blurred", "The picture is blurred.", "Hold the phone still or put it down."),
    ("far_away", "You are small in the picture.", "Move the camera closer."),
    ("moving_camera", "The camera moves.", "Put the phone on something that stands still."),
    ("several_people", "Several people are in the picture.", "Film yourself alone."),
    ("head_at_edge", "Your head is at the edge.", "Step back until all of you fits."),
)
_LIMITS: Final = ("knee", "left shoulder", "lower back", "wrists", "cannot kneel", "ankles", "neck")
_LOADS_KG: Final = (20.0, 42.5, 60.0, 82.5, 100.0, 140.0)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One case: a report, who lifted, and what they did before."""

    seed: int
    report: ClipReport
    profile: Profile
    history: tuple[PastSet, ...]


def made_up(seed: int) -> MadeUp:
    """The case of this seed: one clip in thirty holds nobody or nothing, one in ten two sets."""
    rng = np.random.default_rng(seed)
    specs = list(catalog().values())
    spec = specs[int(rng.integers(len(specs)))]
    kind = rng.random()
    count = 0 if kind < 1 / 30 else 2 if kind < 0.13 else 1
    sets = tuple(_set(rng, spec, 2.0 + 60.0 * place) for place in range(count))
    report = ClipReport(
        schema=SCHEMA_VERSION,
        repsight="0",
        source=_source(rng, has_nobody=count == 0 and rng.random() < 0.5),
        quality=_quality(rng),
        sets=sets,
        summary="",
    )
    return MadeUp(seed, report, _profile(rng), _history(rng, spec, sets))


def _chosen(rng: np.random.Generator, options: Sequence[str]) -> str:
    return options[int(rng.integers(len(options)))]


def _set(rng: np.random.Generator, spec: ExerciseSpec, start_s: float) -> SetReport:
    is_held = isinstance(spec.movement, Hold)
    is_unknown = rng.random() < 0.06 and not is_held
    count = int(rng.integers(0, 13)) if rng.random() > 0.05 else 0
    view = _chosen(rng, _VIEWS)
    holds = _holds(rng, min(count, 3), start_s) if is_held else ()
    reps = () if is_held else _reps(rng, count, start_s, spec)
    acts = len(holds) if is_held else len(reps)
    times = [held.start_s for held in holds] or [rep.turn_s for rep in reps]
    rules = () if is_unknown else spec.book.rules
    is_blind = rng.random() < 0.06
    verdicts = tuple(
        verdict
        for rule in rules
        for verdict in _verdicts(rng, rule, times, view, is_blind=is_blind)
    )
    sides = {side: sum(rep.side == side for rep in reps) for side in ("left", "right")}
    return SetReport(
        exercise=_exercise(rng, spec, is_unknown=is_unknown),
        start_s=start_s - 1.0,
        end_s=(times[-1] if times else start_s) + 3.0,
        rep_count=0 if is_held else acts,
        reps=reps,
        rejected=_rejections(rng, times or [start_s], is_needed=not acts),
        verdicts=verdicts,
        variations=() if is_unknown else _variations(rng, spec),
        not_judged=_gaps(rules, verdicts, view) if acts else (),
        metrics=_metrics(rng, spec, reps) if reps and not is_unknown else {},
        view=view,
        view_yaw_deg=80.0,
        running_count=acts,
        counts="holds" if is_held else "reps",
        side_counts=sides if any(sides.values()) else {},
        holds=holds,
        held_s=sum(held.end_s - held.start_s for held in holds),
    )


def _exercise(rng: np.random.Generator, spec: ExerciseSpec, *, is_unknown: bool) -> ExerciseSeen:
    if is_unknown:
        return ExerciseSeen("unknown", "Unknown exercise", 0.4, "periodicity")
    if rng.random() < 0.5:
        return ExerciseSeen(spec.id, spec.name, 1.0, "given")
    return ExerciseSeen(spec.id, spec.name, float(rng.uniform(0.4, 1.0)), "spec_fit")


def _reps(
    rng: np.random.Generator, count: int, start_s: float, spec: ExerciseSpec
) -> tuple[Rep, ...]:
    sides = getattr(spec.movement, "sides", "together") == "each" and rng.random() < 0.7
    slower = float(rng.uniform(0.98, 1.12))
    at_s, reps = start_s, list[Rep]()
    for number in range(1, count + 1):
        down_s, pause_s = float(rng.uniform(0.6, 2.0)), float(rng.uniform(0.1, 1.2))
        up_s = float(rng.uniform(0.7, 1.0)) * slower**number
        turn_s, end_s = at_s + down_s + pause_s / 2, at_s + down_s + pause_s + up_s
        side = ("left", "right")[number % 2] if sides else "both"
        reps.append(
            Rep(
                number=number,
                start_s=at_s,
                turn_s=turn_s,
                end_s=end_s,
                turn_start_s=at_s + down_s,
                turn_end_s=at_s + down_s + pause_s,
                eccentric_s=down_s,
                pause_s=pause_s,
                concentric_s=up_s,
                range_share=float(rng.uniform(0.85, 1.0)),
                start_seen=True,
                end_seen=True,
                metrics={},
                side=side,
            )
        )
        at_s = end_s + float(rng.uniform(0.3, 2.0))
    return tuple(reps)


def _holds(rng: np.random.Generator, count: int, start_s: float) -> tuple[Held, ...]:
    found: list[Held] = []
    at_s = start_s
    for number in range(1, count + 1):
        lasted_s = float(rng.uniform(4.0, 70.0))
        found.append(Held(number, at_s, at_s + lasted_s, {}))
        at_s += lasted_s + 4.0
    return tuple(found)


def _verdicts(
    rng: np.random.Generator, rule: Rule, times: Sequence[float], view: str, *, is_blind: bool
) -> list[Verdict]:
    if view not in rule.views or is_blind:
        reason = "the picture is dark" if is_blind else f"the camera saw you {_FROM[view]}"
        return [_verdict(rng, rule, "cannot_judge", 0, times[0] if times else 0.0, view, reason)]
    mood = rng.random()
    fine = mood < 0.55
    bad: Outcome = "issue" if mood > 0.72 else "watch" if mood > 0.65 else "too_close_to_call"
    share = float(rng.uniform(0.2, 1.1))
    found: list[Verdict] = []
    for number, t_s in enumerate(times, start=1):
        outcome: Outcome = "ok" if fine or rng.random() > share else bad
        if bad == "watch" and any(one.outcome == "watch" for one in found):
            outcome = "ok"
        if rng.random() < 0.04:
            outcome = "cannot_judge"
        found.append(_verdict(rng, rule, outcome, number, t_s, view, "a plate hid the ankle"))
    return found


def _verdict(
    rng: np.random.Generator,
    rule: Rule,
    outcome: Outcome,
    rep: int,
    t_s: float,
    view: str,
    reason: str,
) -> Verdict:
    is_angle = rule.unit == "deg"
    limit = float(rng.uniform(5.0, 160.0)) if is_angle else float(rng.uniform(-0.2, 0.9))
    error = 5.0 if is_angle else 0.05
    beyond = {"issue": 2.2, "watch": 1.6, "too_close_to_call": 0.3, "ok": -1.5}.get(outcome, nan)
    value = limit + beyond * error
    return Verdict(
        rule=rule.id, title=rule.title, outcome=outcome, rep=rep, t_s=t_s,
        side=_chosen(rng, ("near", "left", "right")), value=value, expected_low=nan,
        expected_high=limit, error=error, unit=rule.unit, view=view, joints=rule.joints,
        cue=rule.cue, source=rule.source, reason=reason if outcome == "cannot_judge" else "",
        severity=rule.severity * float(rng.uniform(1.0, 3.0)) if outcome == "issue" else 0.0,
        good=rule.good,
    )  # fmt: skip


def _gaps(rules: Sequence[Rule], verdicts: Sequence[Verdict], view: str) -> tuple[NotJudged, ...]:
    judged = {one.rule for one in verdicts if one.outcome != "cannot_judge"}
    reasons = {one.rule: one.reason for one in verdicts if one.outcome == "cannot_judge"}
    return tuple(
        NotJudged(rule.id, rule.title, reasons[rule.id], rule.shoot_from
                  if view not in rule.views else view)
        for rule in rules
        if rule.id not in judged and rule.id in reasons
    )  # fmt: skip


def _rejections(
    rng: np.random.Generator, times: Sequence[float], *, is_needed: bool
) -> tuple[Rejected, ...]:
    if not is_needed and rng.random() < 0.7:
        return ()
    found: list[Rejected] = []
    for _ in range(int(rng.integers(1, 4))):
        at_s = float(rng.choice(times)) + 1.7
        reason = _REASONS[int(rng.integers(len(_REASONS)))]
        value = float(rng.uniform(0.2, 0.5))
        found.append(
            Rejected(at_s, at_s + 0.5, at_s + 1.0, reason,
                     f"It covered {value * 100:.0f} % of your usual range; 55 % is wanted.",
                     value, 0.55, "share of own range")
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.start_s))


def _variations(rng: np.random.Generator, spec: ExerciseSpec) -> tuple[VariationSeen, ...]:
    if not spec.book.variations or rng.random() < 0.55:
        return ()
    way = spec.book.variations[int(rng.integers(len(spec.book.variations)))]
    method = "declared" if rng.random() < 0.4 else "seen"
    return (VariationSeen(way.id, way.name, method, ""),)


def _metrics(
    rng: np.random.Generator, spec: ExerciseSpec, reps: Sequence[Rep]
) -> dict[str, Measure]:
    found = {
        "eccentric": Measure(float(np.median([rep.eccentric_s for rep in reps])), "s", 0.05),
        "concentric": Measure(float(np.median([rep.concentric_s for rep in reps])), "s", 0.05),
        "velocity_loss": Measure(float(rng.uniform(-2.0, 50.0)), "%", float(rng.uniform(2.0, 8.0))),
    }
    for metric in spec.book.metrics:
        size = 40.0 if metric.unit == "deg" else 0.4
        found[metric.id] = Measure(float(rng.uniform(0.2, 1.0)) * size, metric.unit, metric.sigma)
        slope = float(rng.normal(0.0, 0.04)) * size
        found[f"{metric.id}_trend"] = Measure(slope, f"{metric.unit}/rep", 0.006 * size)
    for phase in ("eccentric", "concentric", "pause"):
        slope = float(rng.normal(0.0, 0.08))
        found[f"{phase}_trend"] = Measure(slope, "s/rep", 0.02)
    found["range_decay"] = Measure(float(rng.normal(0.5, 2.0)), "%/rep", 0.4)
    if rng.random() < 0.1:
        found["left_right_difference"] = Measure(float(rng.uniform(9.0, 25.0)), "%", 4.0)
    return found


def _source(rng: np.random.Generator, *, has_nobody: bool) -> Source:
    return Source(
        name=f"clip {int(rng.integers(1000))}.mp4", kind="video", duration_s=60.0, frames=1800,
        frame_rate_hz=30.0, width_px=720, height_px=1280, rotation_deg=0, backend="made up",
        model="none", found_share=0.0 if has_nobody else 0.97,
    )  # fmt: skip


def _quality(rng: np.random.Generator) -> Quality:
    if rng.random() < 0.6:
        return Quality("good", (), (), ())
    note_id, message, advice = _NOTES[int(rng.integers(len(_NOTES)))]
    level = "bad" if rng.random() < 0.25 else "limited"
    note = QualityNote(note_id, level, message, advice, nan, "")
    return Quality(level, (note,), (), (), advice if rng.random() < 0.5 else "")


def _profile(rng: np.random.Generator) -> Profile:
    if rng.random() < 0.4:
        return Profile()
    units = cast("Units", _chosen(rng, ("kg", "lb")))
    goals = ("", "strength", "muscle", "endurance", "technique", "fitness")
    notes = "My knee hurts on the stairs." if rng.random() < 0.05 else ""
    return Profile(
        goal=cast("Goal", _chosen(rng, goals)),
        experience="new" if rng.random() < 0.3 else "",
        limitations=(_chosen(rng, _LIMITS),) if rng.random() < 0.3 else (),
        equipment=("barbell",) if rng.random() < 0.3 else (),
        units=units,
        load_kg=float(rng.choice(_LOADS_KG)) if rng.random() < 0.5 else nan,
        notes=notes,
    )


def _history(
    rng: np.random.Generator, spec: ExerciseSpec, sets: Sequence[SetReport]
) -> tuple[PastSet, ...]:
    if rng.random() < 0.7:
        return ()
    rules = [rule.id for rule in spec.book.rules]
    issues = (_chosen(rng, rules),) if rules and rng.random() < 0.6 else ()
    last = PastSet(spec.id, int(rng.integers(3, 12)), float(rng.uniform(10, 60)), issues)
    if not sets or rng.random() < 0.4:
        return (last,)
    before = {
        name: replace(measure, value=measure.value * float(rng.uniform(0.5, 1.5)))
        for name, measure in sets[0].metrics.items()
    }
    ways = tuple(sorted(way.id for way in sets[0].variations))
    return (replace(last, metrics=before, view=sets[0].view, variations=ways),)
