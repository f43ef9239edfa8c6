"""A picture too poor to judge form takes back the verdicts, not the count."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.report import NotJudged, Quality, QualityNote, SetReport, Verdict

__all__ = ["gated"]

#: Defects of a picture that make landmarks too coarse for angles while movement is still seen.
_BLINDING = frozenset({"dark", "blurred", "far_away", "not_found", "slow_frames"})


def gated(report: SetReport, quality: Quality) -> SetReport:
    """The set with ``cannot_judge`` in place of every verdict when the picture is that poor.

    Repetitions, metrics and variations stay: they carry their own errors.
    """
    note = next((n for n in quality.notes if n.level == "bad" and n.id in _BLINDING), None)
    if note is None:
        return report
    known = {one.rule for one in report.not_judged}
    titles = {v.rule: v.title for v in report.verdicts if v.rule not in known}
    withheld = [NotJudged(rule, title, note.message, report.view) for rule, title in titles.items()]
    return replace(
        report,
        verdicts=tuple(_withheld(verdict, note) for verdict in report.verdicts),
        not_judged=(*report.not_judged, *withheld),
    )


def _withheld(verdict: Verdict, note: QualityNote) -> Verdict:
    if verdict.outcome == "cannot_judge":
        return verdict
    return replace(verdict, outcome="cannot_judge", reason=note.message, cue="", severity=0.0)
