"""What changed against the last set is said only beyond the errors of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.coach.coach import coach
from repsight.coach.facts import ledger_of
from repsight.coach.past_facts import PastSet, past_set
from repsight.core.report import ClipReport, Fact, Measure
from repsight.testing.sample_report import sample_report, squat_set


def report_with(**metrics: Measure) -> ClipReport:
    seen = squat_set()
    return replace(sample_report(), sets=(replace(seen, metrics={**seen.metrics, **metrics}),))


def changes(report: ClipReport, past: PastSet) -> dict[str, Fact]:
    facts = ledger_of(report, history=(past,)).of("history")
    return {fact.metric: fact for fact in facts if fact.metric != "reps"}


def past_with(value: float, error: float = 0.05) -> PastSet:
    seen = report_with(eccentric=Measure(value, "s", error)).sets[0]
    return past_set(seen)


NOW = report_with(eccentric=Measure(2.4, "s", 0.05))


def test_a_change_beyond_both_errors_is_a_fact():
    fact = changes(NOW, past_with(1.5))["eccentric"]
    assert fact.verdict == "rising"
    assert fact.words["amount"] == "0.9 seconds"
    assert fact.words["before"] == "1.5 seconds"


@pytest.mark.parametrize(("before", "error"), [(2.3, 0.05), (1.5, 0.8), (2.4, 0.0)])
def test_a_change_within_the_errors_is_none(before: float, error: float):
    assert changes(NOW, past_with(before, error)) == {}


def test_another_view_or_variation_is_not_compared():
    past = past_with(1.5)
    assert changes(NOW, replace(past, view="front")) == {}
    assert changes(NOW, replace(past, variations=("low_bar",))) == {}


def test_another_exercise_is_not_compared():
    assert not ledger_of(NOW, history=(replace(past_with(1.5), exercise="lunge"),)).of("history")


def test_the_summary_says_what_changed_and_cites_it():
    said = coach(NOW, history=(past_with(1.5),))
    ids = {fact.id for fact in said.facts if fact.kind == "history" and fact.metric == "eccentric"}
    told = [one for one in said.sentences if ids & set(one.facts)]
    assert told
    assert "0.9 seconds" in told[0].text
    assert said.state == "passed"


def test_a_missing_or_absurd_measure_is_no_change():
    past = past_with(float("nan"))
    assert changes(NOW, past) == {}
