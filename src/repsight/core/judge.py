"""Rules held against what was measured: verdicts with evidence, or a reason why there is none.

A flag is a residual beyond error: ``value`` outside the expected band by more than
``1.64 * sqrt(sigma_view_joint^2 + noise^2 + sigma_expectation^2 + ...) + slack``; what else may
count is a body turned away a little and two sides that disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, isnan, nan, sqrt
from typing import Final

from repsight.core.expectation import Band, bands_for, why_unknown
from repsight.core.measure import Scene
from repsight.core.metrics import rep_metrics, set_metrics
from repsight.core.moments import curves_of, moments_of
from repsight.core.reading import UNREAD, Reading, Series, Signals, sigma_in, turning_sigma
from repsight.core.report import (
    Curve,
    Limit,
    Measure,
    NotJudged,
    Outcome,
    Rep,
    VariationSeen,
    Verdict,
)
from repsight.core.sides import Limb, for_side, needs_lead, spec_for
from repsight.core.signals import Asymmetry, Shift
from repsight.core.spec import ExerciseSpec, Rule, ViewName, When
from repsight.core.variations import check_variation, variations_of

__all__ = ["Judged", "judge_form", "judge_reps"]

#: Outcomes that put a marker on a repetition.
_MARKED: Final = frozenset({"issue", "watch"})

#: One-sided 95 %.
_Z: Final = 1.64
#: Sets this short have no second repetition to confirm an issue: it must be clearer.
_SHORT_SET: Final = 2
#: This many repetitions with the same finding make an issue, however long the set.
_ENOUGH_REPS: Final = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that is said about a set beyond its count."""

    reps: tuple[Rep, ...]
    verdicts: tuple[Verdict, ...]
    variations: tuple[VariationSeen, ...]
    not_judged: tuple[NotJudged, ...]
    metrics: dict[str, Measure]
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule on one repetition before the set as a whole is looked at."""

    rep: Rep
    outcome: Outcome
    reading: Reading
    band: Band
    sigma: float
    error: float
    excess: float
    reason: str = ""


def judge_reps(
    scene: Scene,
    spec: ExerciseSpec,
    reps: Sequence[Rep],
    *,
    variation: str = "",
    height_m: float = nan,
) -> Judged:
    """Judge the counted repetitions of one set.

    ``reps`` come from ``refine``; they are returned with metrics and moments. ``variation`` is
    what the lifter declared (UnknownName if the exercise has no such variation), ``height_m``
    the lifter's own height, NaN if unknown.
    """
    signals = Signals(scene, spec.concentric)
    asked = _ask(signals, spec, reps, variation=variation)
    found = rep_metrics(signals, spec, reps, height_m=height_m)
    whole = tuple(
        replace(rep, metrics=measures, moments=moments_of(signals, spec_for(spec, rep.side), rep))
        for rep, measures in zip(reps, found, strict=True)
    )
    return Judged(
        reps=whole,
        verdicts=asked.verdicts(scene),
        variations=asked.variations,
        not_judged=asked.not_judged(),
        metrics=set_metrics(signals, spec, whole, found),
        curves=curves_of(signals, spec, whole, limits=_limits(spec, asked.rules, asked.cases)),
    )


def judge_form(
    scene: Scene, spec: ExerciseSpec, rep: Rep, *, variation: str = ""
) -> tuple[tuple[Verdict, ...], tuple[NotJudged, ...]]:
    """Verdicts on one repetition that was just done, and what cannot be judged of it.

    As ``judge_reps`` would find them in a set of this one, without its numbers and curves.
    """
    asked = _ask(Signals(scene, spec.concentric), spec, [rep], variation=variation)
    return asked.verdicts(scene), asked.not_judged()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules that apply to a set, and what each found in every repetition."""

    rules: tuple[Rule, ...]
    cases: dict[str, list[_Case]]
    variations: tuple[VariationSeen, ...]

    def verdicts(self, scene: Scene) -> tuple[Verdict, ...]:
        found = [v for rule in self.rules for v in _verdicts(rule, self.cases[rule.id], scene)]
        return _marked_once(self.rules, found)

    def not_judged(self) -> tuple[NotJudged, ...]:
        return tuple(
            unjudged for rule in self.rules for unjudged in _unjudged(rule, self.cases[rule.id])
        )


def _ask(signals: Signals, spec: ExerciseSpec, reps: Sequence[Rep], *, variation: str) -> _Asked:
    check_variation(spec, variation)
    variations = variations_of(signals, spec, reps, declared=variation) if reps else ()
    ways = frozenset(seen.id for seen in variations)
    rules = tuple(rule for rule in spec.book.rules if _applies(rule, ways))
    cases = {rule.id: _cases(rule, signals, reps, spec) for rule in rules}
    return _Asked(rules, cases, variations)


def _applies(rule: Rule, ways: frozenset[str]) -> bool:
    """Variations are never faults: a rule that does not hold for one is not asked."""
    if ways.intersection(rule.not_for):
        return False
    return not rule.only_for or bool(ways.intersection(rule.only_for))


def _cases(rule: Rule, signals: Signals, reps: Sequence[Rep], spec: ExerciseSpec) -> list[_Case]:
    """The worse side of each repetition, with the outcome it has on its own.

    Repetitions of one limb are judged by that limb and compared with each other.
    """
    found: dict[int, _Case] = {}
    limbs: list[Limb] = sorted({rep.side for rep in reps})
    for limb in limbs:
        own, same = for_side(rule, spec, limb), [rep for rep in reps if rep.side == limb]
        found |= {case.rep.number: case for case in _cases_of_limb(own, signals, same)}
    return [found[rep.number] for rep in reps]


def _cases_of_limb(rule: Rule, signals: Signals, reps: Sequence[Rep]) -> list[_Case]:
    wrong_views = [_wrong_view(rule, rep, signals) for rep in reps]
    if all(wrong_views):  # nothing is measured that this camera cannot see
        return [_no_case(rep, UNREAD, why) for rep, why in zip(reps, wrong_views, strict=True)]
    by_side = [_cases_of(rule, signals, reps, series) for series in signals.sides(rule.signal)]
    return [max(sides, key=_worse) for sides in zip(*by_side, strict=True)]


def _worse(case: _Case) -> float:
    return -1e9 if isnan(case.excess) else case.excess


def _cases_of(rule: Rule, signals: Signals, reps: Sequence[Rep], series: Series) -> list[_Case]:
    readings = [signals.read_series(series, rep, when=rule.when, pick=rule.pick) for rep in reps]
    barred = [_barred(rule, one, signals, read) for one, read in zip(reps, readings, strict=True)]
    if all(barred):
        return [_no_case(*found) for found in zip(reps, readings, barred, strict=True)]
    bands = bands_for(rule, reps, signals=signals, series=series, readings=readings)
    return [
        _no_case(rep, reading, why) if why else _case(rule, rep, reading, band, signals)
        for rep, reading, why, band in zip(reps, readings, barred, bands, strict=True)
    ]


def _barred(rule: Rule, rep: Rep, signals: Signals, reading: Reading) -> str:
    """Why this repetition cannot be judged: view, recording or visibility; empty if it can."""
    if wrong_view := _wrong_view(rule, rep, signals):
        return wrong_view
    if needs_lead(rule.signal):
        return "it could not be told which side led"
    if not _window_seen(rule, rep, signals):
        return "the recording cuts this repetition off"
    if isnan(reading.value):
        return f"{_joined(rule.joints)} could not be seen well enough"
    return ""


def _wrong_view(rule: Rule, rep: Rep, signals: Signals) -> str:
    """What is wrong with the camera's place for this rule; empty if nothing is."""
    view = signals.scene.view.name
    if view not in rule.views:
        return f"the camera saw you from {_from(view)}; this needs {_views(rule.views)}"
    if signals.view_of(rep) not in rule.views:
        return f"you had turned away; this needs {_views(rule.views)}"
    if isinstance(rule.signal, Asymmetry | Shift) and not signals.scene.view.is_square:
        return "you stood turned to the camera; left and right compare only from straight ahead"
    return ""


def _window_seen(rule: Rule, rep: Rep, signals: Signals) -> bool:
    """Whether the part of the repetition the rule looks at is in the recording at all."""
    if rule.when == "turn" and not signals.turn_seen(rep):
        return False
    works_first = signals.concentric == "before"
    out: set[When] = {"start", "concentric", "lift_off"} if works_first else {"start", "eccentric"}
    back: set[When] = {"end", "eccentric"} if works_first else {"end", "concentric"}
    if rule.when in out:
        return signals.start_seen(rep)
    return rule.when not in back or signals.end_seen(rep)


def _no_case(rep: Rep, reading: Reading, reason: str) -> _Case:
    return _Case(rep, "cannot_judge", reading, Band(nan, nan, nan), nan, nan, nan, reason)


def _case(rule: Rule, rep: Rep, reading: Reading, band: Band, signals: Signals) -> _Case:
    if not band.is_known:
        return _no_case(rep, reading, why_unknown(rule.expected))
    declared = sigma_in(signals.view_of(rep), rule.sigma, rule.view_sigma)
    turned = turning_sigma(rule.signal, signals.yaw_deg_of(rep))
    torn = signals.disagreement(rule.signal, rep, when=rule.when, pick=rule.pick)
    sigma = sqrt(declared**2 + reading.noise**2 + band.sigma**2 + turned**2 + torn**2)
    error = _Z * sigma + rule.slack
    excess = max(band.low - reading.value, reading.value - band.high)
    ok_below = -error if rule.is_line else 0.0
    if not rule.plausible[0] <= reading.value <= rule.plausible[1]:
        return _no_case(rep, reading, f"{_joined(rule.joints)} could not be placed reliably")
    outcome: Outcome = "too_close_to_call"
    if excess > error:
        outcome = "issue"
    elif excess <= ok_below:
        outcome = "ok"
    return _Case(rep, outcome, reading, band, sigma, error, excess)


def _verdicts(rule: Rule, cases: Sequence[_Case], scene: Scene) -> list[Verdict]:
    """One verdict per repetition, or a single one when no repetition could be judged."""
    if cases and all(case.outcome == "cannot_judge" for case in cases):
        reason = _usual_reason(cases)
        whole = _verdict(rule, replace(cases[0], reason=reason), scene, outcome="cannot_judge")
        return [replace(whole, rep=0)]
    lasting = _is_lasting(rule, cases)
    out: list[Verdict] = []
    for case in cases:
        outcome = case.outcome
        if outcome == "issue" and not lasting:
            outcome = "watch"
        out.append(_verdict(rule, case, scene, outcome=outcome))
    return out


def _marked_once(rules: Sequence[Rule], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Without the second marker of a fault that two rules find in the same repetition."""
    same = {rule.id: rule.same_as for rule in rules}
    marked = {(v.rule, v.rep) for v in verdicts if v.outcome in _MARKED}
    return tuple(
        v for v in verdicts if v.outcome not in _MARKED or (same[v.rule], v.rep) not in marked
    )


def _is_lasting(rule: Rule, cases: Sequence[_Case]) -> bool:
    """Whether the finding is seen often enough, or in a short set clearly enough."""
    judged = [case for case in cases if case.outcome != "cannot_judge"]
    shown = [case for case in judged if case.outcome == "issue"]
    if not shown:
        return False
    if len(shown) >= _ENOUGH_REPS:
        return True
    if len(judged) <= _SHORT_SET:
        return all(case.excess > case.error + case.sigma for case in shown)
    return len(shown) / len(judged) >= rule.min_share


def _verdict(rule: Rule, case: _Case, scene: Scene, *, outcome: Outcome) -> Verdict:
    t_s = case.reading.t_s if isfinite(case.reading.t_s) else case.rep.turn_s
    return Verdict(
        rule=rule.id,
        title=rule.title,
        outcome=outcome,
        rep=case.rep.number,
        t_s=min(max(t_s, case.rep.start_s), case.rep.end_s),
        side=case.reading.side,
        value=nan if outcome == "cannot_judge" else case.reading.value,
        expected_low=case.band.low,
        expected_high=case.band.high,
        error=case.error,
        unit=rule.unit,
        view=scene.view.name,
        joints=rule.joints,
        cue=rule.cue,
        source=rule.source,
        reason=case.reason,
        severity=_severity(rule, case, outcome),
        good="" if outcome == "ok" and case.excess > -case.error else rule.good,
    )


def _severity(rule: Rule, case: _Case, outcome: Outcome) -> float:
    """The rule's weight times how many error bars the value is outside, at most three."""
    if outcome not in ("issue", "watch"):
        return 0.0
    return rule.severity * min(3.0, case.excess / case.error)


def _unjudged(rule: Rule, cases: Sequence[_Case]) -> list[NotJudged]:
    if not cases or any(case.outcome != "cannot_judge" for case in cases):
        return []
    return [NotJudged(rule.id, rule.title, _usual_reason(cases), rule.shoot_from)]


def _usual_reason(cases: Sequence[_Case]) -> str:
    return Counter(case.reason for case in cases).most_common(1)[0][0]


def _limits(
    spec: ExerciseSpec, rules: Sequence[Rule], cases: dict[str, list[_Case]]
) -> dict[str, tuple[Limit, ...]]:
    """Bands to draw into the curve of the same signal, where there is one and it was judged."""
    drawn: dict[str, tuple[Limit, ...]] = {}
    for curve_id, _, signal in spec.book.curves:
        same = [rule for rule in rules if rule.signal == signal and rule.pick not in (
            "change", "range", "fall")]  # fmt: skip
        drawn[curve_id] = tuple(
            Limit(rule.title, _middle([c.band.low for c in known]),
                  _middle([c.band.high for c in known]))
            for rule in same
            if (known := [case for case in cases[rule.id] if case.band.is_known])
        )  # fmt: skip
    return drawn


def _middle(values: Sequence[float]) -> float:
    known = sorted(value for value in values if isfinite(value))
    return known[len(known) // 2] if known else nan


def _from(view: ViewName) -> str:
    return {"side": "the side", "front": "the front", "back": "behind",
            "oblique": "an angle", "unknown": "an unknown side"}[view]  # fmt: skip


def _views(views: Sequence[ViewName]) -> str:
    named = {"side": "a side view", "front": "a front view", "back": "a back view",
             "oblique": "a view at an angle"}  # fmt: skip
    return " or ".join(named[view] for view in views if view in named)


def _joined(joints: Sequence[str]) -> str:
    names = [f"your {joint.replace('_', ' ')}" for joint in joints]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
