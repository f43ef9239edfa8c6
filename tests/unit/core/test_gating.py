"""A picture too poor to judge form takes back the verdicts, not the count."""

from __future__ import annotations

import pytest

from repsight.core.gating import gated
from repsight.core.report import Quality, QualityNote
from repsight.testing.sample_report import squat_set


def _quality(note: str, level: str) -> Quality:
    one = QualityNote(note, level, "The picture is dark.", "Add light.", 0.05, "share")
    return Quality(level, (one,), (), ())


def test_a_good_picture_changes_nothing():
    report = squat_set()
    assert gated(report, Quality("good", (), (), ())) is report


@pytest.mark.parametrize(("note", "level"), [("dark", "limited"), ("several_people", "bad")])
def test_a_limited_picture_or_company_changes_nothing(note: str, level: str):
    report = squat_set()
    assert gated(report, _quality(note, level)) is report


@pytest.mark.parametrize("note", ["dark", "blurred", "far_away", "not_found", "slow_frames"])
def test_a_picture_too_poor_withholds_every_verdict_and_says_why(note: str):
    report = squat_set()
    poor = gated(report, _quality(note, "bad"))
    assert {v.outcome for v in poor.verdicts} == {"cannot_judge"}
    assert {v.rule for v in poor.verdicts} <= {one.rule for one in poor.not_judged}
    judged = {v.rule for v in report.verdicts if v.outcome != "cannot_judge"}
    reasons = {one.reason for one in poor.not_judged if one.rule in judged}
    assert reasons <= {"The picture is dark."} | {one.reason for one in report.not_judged}


def test_the_count_and_the_metrics_stay():
    report = squat_set()
    poor = gated(report, _quality("dark", "bad"))
    assert (poor.reps, poor.rep_count, poor.metrics) == (
        report.reps,
        report.rep_count,
        report.metrics,
    )
