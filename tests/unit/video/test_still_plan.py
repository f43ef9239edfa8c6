from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pytest

from repsight.core.report import ClipReport, Verdict
from repsight.core.signals import Lean
from repsight.core.spec import ExerciseSpec, Fixed, Rule, RuleBook
from repsight.exercises import catalog
from repsight.testing.sample_report import deadlift_set, empty_report, sample_report
from repsight.video.still_plan import plan_stills


def with_issue(rule: str, value: float, high: float, *, t_s: float = 3.0) -> ClipReport:
    verdict = Verdict(
        rule=rule, title="Hips rise first", outcome="issue", rep=1, t_s=t_s, side="left",
        value=value, expected_low=nan, expected_high=high, error=2.0, unit="deg", view="side",
        joints=("hip",), cue="Drive the bar up.", source="heuristic",
    )  # fmt: skip
    one = replace(deadlift_set(), verdicts=(verdict,), reps=())
    return replace(sample_report(), sets=(one,))


@pytest.fixture
def spec() -> ExerciseSpec:
    rule = Rule(
        id="lean", title="Hips rise first", signal=Lean("hip", "shoulder"), when="lift_off",
        pick="max", expected=Fixed(high=8), unit="deg", sigma=2.0, views=("side",),
        cue="Drive the bar up.", source="heuristic", joints=("hip",),
    )  # fmt: skip
    changed = replace(rule, id="change", pick="change")
    return replace(catalog()["deadlift"], book=RuleBook(rules=(rule, changed)))


def test_stills_come_in_order_of_time_and_each_has_its_own_name() -> None:
    stills = plan_stills(sample_report(), lambda id_: catalog().get(id_))
    assert [s.t_s for s in stills] == sorted(s.t_s for s in stills)
    assert len({s.name for s in stills}) == len(stills) > 0


def test_only_issues_and_moments_have_stills() -> None:
    report = sample_report()
    issues = sum(v.outcome == "issue" for one in report.sets for v in one.verdicts)
    moments = sum(len(rep.moments) for one in report.sets for rep in one.reps)
    stills = plan_stills(report, lambda _: None)
    assert len(stills) == issues + moments
    assert sum(s.is_issue for s in stills) == issues
    assert plan_stills(empty_report(), lambda _: None) == ()


def test_an_issue_shows_its_value_beside_what_was_expected(spec: ExerciseSpec) -> None:
    (still,) = plan_stills(with_issue("lean", 17.0, 8.0), lambda _: spec)
    (reading,) = still.readings
    assert (reading.label, reading.expected) == ("17°", "expected at most 8°")
    assert reading.band.value == 17.0
    assert still.title == "Rep 1: Hips rise first"
    assert still.lines == ("Trunk lean: 17°, expected at most 8°", "Drive the bar up.")


def test_a_change_is_not_drawn_as_if_it_were_an_angle(spec: ExerciseSpec) -> None:
    (still,) = plan_stills(with_issue("change", 17.0, 8.0), lambda _: spec)
    (reading,) = still.readings
    assert reading.label == "17° of change"
    assert still.lines[0] == "Change of trunk lean: 17°, expected at most 8°"
    assert isnan(reading.band.value)


def test_an_issue_of_an_unknown_rule_still_has_its_words(spec: ExerciseSpec) -> None:
    (still,) = plan_stills(with_issue("own_rule", 17.0, 8.0), lambda _: spec)
    assert still.readings == ()
    assert still.lines[0] == "17°, expected at most 8°"


def test_what_has_no_time_has_no_still(spec: ExerciseSpec) -> None:
    assert plan_stills(with_issue("lean", 17.0, 8.0, t_s=nan), lambda _: spec) == ()
