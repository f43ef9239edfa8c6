"""A poor picture, or a name in doubt, takes back verdicts, not the count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.core.gating import doubted, gated, speaks_for, still_doubted
from repsight.core.report import Outcome, Quality, QualityNote, SetReport
from repsight.exercises import spec_of
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


def _leaning(*outcomes: Outcome) -> SetReport:
    """A set of squats whose lean, which a good morning has as well, is judged like this."""
    report = squat_set()
    one = replace(report.verdicts[0], rule="excess_lean", reason="")
    return replace(
        report,
        verdicts=tuple(
            replace(one, rep=number, outcome=outcome, title="Leans", cue="Chest up")
            for number, outcome in enumerate(outcomes, start=1)
        ),
        not_judged=(),
    )


def test_a_fault_that_speaks_for_another_likely_exercise_is_not_judged():
    report = _leaning("issue", "ok", "ok")
    told = doubted(report, spec_of("squat"), {"good_morning": "Good morning"})
    assert {v.outcome for v in told.verdicts} == {"cannot_judge"}
    assert [one.rule for one in told.not_judged] == ["excess_lean"]
    assert "good morning" in told.not_judged[0].reason
    assert told.rep_count == report.rep_count


def test_a_fault_stays_where_no_other_exercise_is_likely():
    report = _leaning("issue", "ok", "ok")
    assert doubted(report, spec_of("squat"), {"lunge": "Lunge"}) is report


def test_what_shows_no_fault_stays_judged_whatever_else_it_may_have_been():
    report = _leaning("ok", "ok", "too_close_to_call")
    assert doubted(report, spec_of("squat"), {"good_morning": "Good morning"}) is report


def test_a_fault_in_most_repetitions_speaks_for_the_other_exercise():
    assert speaks_for(_leaning("issue", "issue", "ok"), spec_of("squat")) == "good_morning"
    assert speaks_for(_leaning("issue", "ok", "ok"), spec_of("squat")) == ""


def test_a_mark_that_was_taken_back_does_not_return_with_a_set_made_anew():
    report = _leaning("issue", "ok")
    before = doubted(report, spec_of("squat"), {"good_morning": "Good morning"})
    again = still_doubted(report, before, spec_of("squat"))
    assert [v.outcome for v in again.verdicts] == [v.outcome for v in before.verdicts]
    assert again.not_judged == before.not_judged


def test_a_mark_that_was_never_taken_back_stays_in_a_set_made_anew():
    report = _leaning("issue", "ok")
    assert still_doubted(report, report, spec_of("squat")).verdicts == report.verdicts
