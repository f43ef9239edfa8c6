"""What takes back verdicts, not the count: a poor picture, or a name in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from repsight.core.report import NotJudged, Quality, SetReport, Verdict
from repsight.core.spec import ExerciseSpec

__all__ = ["doubted", "gated", "speaks_for", "still_doubted"]

#: Defects of a picture that make landmarks too coarse for angles while movement is still seen.
_BLINDING = frozenset({"dark", "blurred", "far_away", "not_found", "slow_frames"})
_MARKED = frozenset({"issue", "watch"})
#: A fault in more of the repetitions than this is how the exercise is done: it is another one.
_MOSTLY = 0.5


def gated(report: SetReport, quality: Quality) -> SetReport:
    """The set with ``cannot_judge`` in place of every verdict when the picture is that poor.

    Repetitions, metrics and variations stay: they carry their own errors.
    """
    note = next((n for n in quality.notes if n.level == "bad" and n.id in _BLINDING), None)
    if note is None:
        return report
    return _without(report, {verdict.rule: note.message for verdict in report.verdicts})


def speaks_for(report: SetReport, spec: ExerciseSpec) -> str:
    """The other exercise that a fault in most repetitions speaks for, empty if none does."""
    for rule in spec.book.rules:
        outcomes = [v.outcome for v in report.verdicts if v.rule == rule.id]
        marked = sum(outcome in _MARKED for outcome in outcomes)
        if rule.speaks_for and marked > _MOSTLY * len(outcomes):
            return rule.speaks_for
    return ""


def doubted(report: SetReport, spec: ExerciseSpec, rivals: Mapping[str, str]) -> SetReport:
    """The set without marks that may tell of a wrong name only.

    ``rivals`` are the names, by id, of other exercises that explain the set as well: a fault that
    speaks for one of them cannot be judged before the lifter says which exercise it is.
    """
    marked = {verdict.rule for verdict in report.verdicts if verdict.outcome in _MARKED}
    why = {
        rule.id: f"it may have been a {rivals[rule.speaks_for].lower()}, where this is no fault; "
        "name the exercise to have it judged"
        for rule in spec.book.rules
        if rule.id in marked and rule.speaks_for in rivals
    }
    return _without(report, why) if why else report


def still_doubted(report: SetReport, before: SetReport, spec: ExerciseSpec) -> SetReport:
    """The set made anew without the marks that ``doubted`` took back ``before``."""
    telling = {rule.id for rule in spec.book.rules if rule.speaks_for}
    return _without(report, {o.rule: o.reason for o in before.not_judged if o.rule in telling})


def _without(report: SetReport, why: Mapping[str, str]) -> SetReport:
    """The set without the verdicts of some rules, by rule id, and the reason of each."""
    known = {one.rule for one in report.not_judged}
    titles = {v.rule: v.title for v in report.verdicts if v.rule in why and v.rule not in known}
    withheld = [NotJudged(rule, title, why[rule], report.view) for rule, title in titles.items()]
    return replace(
        report,
        verdicts=tuple(_withheld(verdict, why.get(verdict.rule)) for verdict in report.verdicts),
        not_judged=(*report.not_judged, *withheld),
    )


def _withheld(verdict: Verdict, reason: str | None) -> Verdict:
    if reason is None or verdict.outcome == "cannot_judge":
        return verdict
    return replace(verdict, outcome="cannot_judge", reason=reason, cue="", severity=0.0)
