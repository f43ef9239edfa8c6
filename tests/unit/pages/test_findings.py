"""What the verdicts of a set come down to."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from repsight.core.report import SetReport, Verdict
from repsight.exercises import spec_of
from repsight.pages.findings import (
    attempts,
    evidence_of,
    gauge_of,
    headline_of,
    worst_outcome,
)
from repsight.testing.sample_report import squat_set


def _issue(rule: str, rep: int, severity: float) -> Verdict:
    verdict = squat_set().verdicts[3]
    return replace(verdict, rule=rule, title=rule, rep=rep, severity=severity)


def _with_verdicts(*verdicts: Verdict) -> SetReport:
    return replace(squat_set(), verdicts=verdicts)


def test_at_most_two_things_are_to_be_worked_on_and_the_rest_is_named() -> None:
    seen = _with_verdicts(*(_issue(rule, 1, k) for k, rule in enumerate("abcd")))
    headline = headline_of(seen, 1)
    assert [finding.title for finding in headline.things] == ["d", "c"]
    assert [finding.title for finding in headline.others] == ["b", "a"]


def test_a_fault_of_many_reps_comes_before_one_slip() -> None:
    often = [_issue("often", rep, 0.5) for rep in (1, 2, 3)]
    assert headline_of(_with_verdicts(_issue("once", 1, 1.0), *often), 1).things[0].title == "often"


def test_a_finding_is_told_by_its_worst_repetition() -> None:
    seen = _with_verdicts(_issue("depth", 4, 0.2), _issue("depth", 5, 0.9))
    (finding,) = headline_of(seen, 1).things
    assert finding.worst.rep == 5
    assert finding.still == "set1-rep5-depth.jpg"
    assert (finding.count, finding.of_reps) == (2, 2)


def test_what_was_judged_and_not_seen_is_said_to_be_good() -> None:
    (line,) = headline_of(squat_set(), 1).good
    assert line == "Looked for in 4\N{NO-BREAK SPACE}reps and not found: heels lift."


@pytest.mark.parametrize(
    ("reps", "words"),
    [
        ((1, 2, 3, 4, 5), "Full lockout, every rep."),
        ((1, 2), "Full lockout, 2 of 2 judged reps."),
        ((1,), "Full lockout, in the one rep that was judged."),
    ],
)
def test_what_went_well_is_said_in_its_own_words(reps: tuple[int, ...], words: str) -> None:
    fine = replace(squat_set().verdicts[0], outcome="ok", good="Full lockout")
    seen = _with_verdicts(*(replace(fine, rep=rep) for rep in reps))
    assert headline_of(seen, 1).good == (words,)


def test_a_rule_that_was_never_judged_is_not_praised() -> None:
    verdict = replace(squat_set().verdicts[0], outcome="cannot_judge")
    assert headline_of(_with_verdicts(verdict), 1).good == ()


def test_an_even_range_is_praised_and_an_uneven_one_is_not() -> None:
    seen = squat_set()
    even = replace(seen, reps=tuple(replace(rep, range_share=1.0) for rep in seen.reps))
    assert any("Even range" in line for line in headline_of(even, 1).good)
    assert not any("Even range" in line for line in headline_of(seen, 1).good)


def test_a_watch_is_not_a_thing_to_work_on() -> None:
    headline = headline_of(squat_set(), 1)
    assert [finding.title for finding in headline.watched] == ["Hips rise before the bar"]
    assert [finding.title for finding in headline.things] == ["Not deep enough"]


def test_evidence_shows_every_repetition_of_an_issue() -> None:
    (evidence,) = evidence_of(squat_set(), 1)
    assert [shot.worst.rep for shot in evidence.shots] == [4, 5]


def test_a_movement_in_another_posture_was_no_attempt() -> None:
    seen = squat_set()
    walking = replace(seen.rejected[0], reason="wrong_posture")
    assert attempts(seen) == 6
    assert attempts(replace(seen, rejected=(*seen.rejected, walking))) == 6


def test_a_finding_says_what_was_measured_and_needs_no_minus_sign() -> None:
    verdict = replace(_issue("shallow", 4, 0.5), value=-0.4, expected_low=-0.18)
    (finding,) = headline_of(_with_verdicts(verdict), 1, spec_of("squat")).things
    assert finding.subject == "Hip above knee"
    assert finding.value.startswith("0.40 ± 0.04")
    assert finding.expected.startswith("at most 0.18")


@pytest.mark.parametrize(
    ("rep", "outcome"), [(1, "ok"), (3, "too_close_to_call"), (4, "issue"), (9, "cannot_judge")]
)
def test_a_repetition_wears_its_worst_verdict(rep: int, outcome: str) -> None:
    assert worst_outcome(squat_set().verdicts, rep) == outcome


def test_a_gauge_puts_the_value_outside_the_band_it_misses() -> None:
    gauge = gauge_of(squat_set().verdicts[3])
    assert gauge is not None
    assert gauge.value_x < gauge.band_x
    assert gauge.band_x + gauge.band_width == pytest.approx(100)
    assert 0 <= gauge.error_x <= gauge.value_x <= gauge.error_x + gauge.error_width <= 100


@pytest.mark.parametrize("change", [{"value": nan}, {"expected_low": nan, "expected_high": nan}])
def test_without_a_value_or_a_band_there_is_no_gauge(change: dict[str, float]) -> None:
    verdict = replace(squat_set().verdicts[3], **change)  # type: ignore[arg-type] - float fields
    assert gauge_of(verdict) is None
