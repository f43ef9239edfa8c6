from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.core.report import ClipReport, Rejected, Rep, SetReport, Verdict
from repsight.core.spec import ExerciseSpec
from repsight.exercises import catalog
from repsight.testing.sample_report import empty_report, sample_report, squat_set
from repsight.video.timeline import Timeline, counted_at_s

SQUAT, DEADLIFT = catalog()["squat"], catalog()["deadlift"]


def rep(number: int, start_s: float, length_s: float) -> Rep:
    turn_s = start_s + length_s / 2
    return Rep(
        number=number, start_s=start_s, turn_s=turn_s, end_s=start_s + length_s,
        turn_start_s=turn_s - 0.1, turn_end_s=turn_s + 0.1, eccentric_s=1.0, pause_s=0.2,
        concentric_s=1.0, range_share=1.0, start_seen=True, end_seen=True, metrics={},
    )  # fmt: skip


def issue(number: int, t_s: float, rule: str = "depth") -> Verdict:
    return Verdict(
        rule=rule, title="Above parallel", outcome="issue", rep=number, t_s=t_s, side="near",
        value=-0.3, expected_low=-0.1, expected_high=nan, error=0.05, unit="thigh", view="side",
        joints=("hip", "knee"), cue="Sit down to a low box.", source="IPF",
    )  # fmt: skip


def rejected(start_s: float) -> Rejected:
    return Rejected(
        start_s, start_s + 0.5, start_s + 1.0, "partial_range", "Half the range.", 0.4, 0.6, "share"
    )


@st.composite
def sets(draw: st.DrawFn) -> SetReport:
    at_s, reps, short, found = draw(st.floats(0, 3)), [], [], []
    start_s = at_s
    for number in range(1, draw(st.integers(0, 6)) + 1):
        length_s = draw(st.floats(0.5, 3))
        reps.append(rep(number, at_s, length_s))
        share = draw(st.floats(0, 1))
        rules = draw(st.sets(st.sampled_from(["depth", "lean", "heels"])))
        found += [issue(number, at_s + share * length_s, rule) for rule in sorted(rules)]
        at_s += length_s + draw(st.floats(0, 1))
        if draw(st.booleans()):
            short.append(rejected(at_s))
            at_s += 1.2
    return replace(
        squat_set(), start_s=start_s, end_s=at_s, reps=tuple(reps), rep_count=len(reps),
        rejected=tuple(short), verdicts=tuple(found),
    )  # fmt: skip


def timeline(
    one: SetReport, last_s: float, spec: ExerciseSpec = SQUAT, half_frame_s: float = 0.0
) -> Timeline:
    report = replace(sample_report(), sets=(one,))
    return Timeline(report, spec_of=lambda _: spec, last_s=last_s, half_frame_s=half_frame_s)


@given(sets(), st.sampled_from([SQUAT, DEADLIFT]), st.integers(8, 60))
def test_the_running_count_is_the_number_of_finished_reps_of_the_report(
    one: SetReport, spec: ExerciseSpec, rate_hz: int
) -> None:
    last_s = one.end_s + 1.0
    shown = timeline(one, last_s, spec)
    counts = []
    for t_s in np.arange(0.0, last_s, 1 / rate_hz):
        at = shown.at(float(t_s))
        done = [r for r in one.reps if counted_at_s(r, spec) <= t_s]
        assert at.count == len(done)
        assert at.rejected == sum(r.end_s <= t_s for r in one.rejected)
        counts.append(at.count)
    assert counts == sorted(counts)
    assert shown.at(last_s).count == one.rep_count


@given(sets(), st.integers(8, 60))
def test_every_issue_is_shown_on_its_own_frame_and_never_before(
    one: SetReport, rate_hz: int
) -> None:
    half_s = 0.5 / rate_hz
    shown = timeline(one, one.end_s + 1.0, half_frame_s=half_s)
    frames = np.arange(0.0, one.end_s + 1.0, 1 / rate_hz)
    for verdict in one.verdicts:
        nearest = float(frames[np.argmin(np.abs(frames - verdict.t_s))])
        titles = [m.about for m in shown.at(nearest).messages if m.kind == "issue"]
        if verdict.t_s <= frames[-1]:
            assert any(about.startswith(f"{verdict.rule} ") for about in titles)
    first_s = min((v.t_s for v in one.verdicts), default=np.inf)
    for t_s in frames[frames < first_s - 2 * half_s]:
        assert not [m for m in shown.at(float(t_s)).messages if m.kind == "issue"]


@given(sets())
def test_what_is_shown_are_issues_of_the_report_and_nothing_else(one: SetReport) -> None:
    watched = replace(issue(1, one.start_s + 0.1, "watched"), outcome="watch")
    unsure = replace(issue(1, one.start_s + 0.1, "unsure"), outcome="too_close_to_call")
    one = replace(one, verdicts=(*one.verdicts, watched, unsure))
    messages = timeline(one, one.end_s).messages
    issues = [v for v in one.verdicts if v.outcome == "issue"]
    assert sum(m.kind == "issue" for m in messages) == len(issues)
    assert sum(m.kind == "rejected" for m in messages) == len(one.rejected)


def test_a_rep_whose_end_lies_after_the_clip_still_counts_on_the_last_frame() -> None:
    one = replace(squat_set(), reps=(rep(1, 1.0, 3.0),), rep_count=1, rejected=(), verdicts=())
    shown = timeline(one, last_s=3.5)
    assert (shown.at(3.4).count, shown.at(3.5).count) == (0, 1)


def test_a_deadlift_counts_at_lockout_and_a_squat_when_it_is_finished() -> None:
    one = rep(1, 1.0, 3.0)
    assert counted_at_s(one, DEADLIFT) == one.turn_s
    assert counted_at_s(one, SQUAT) == one.end_s
    assert counted_at_s(one, None) == one.end_s


def test_phases_follow_the_rep() -> None:
    one = replace(squat_set(), start_s=0.0, reps=(rep(1, 1.0, 2.0),), rejected=(), verdicts=())
    shown = timeline(one, last_s=9.0)
    bottom = next(m.name for m in SQUAT.book.moments if m.at == "turn")
    phases = [shown.at(t_s).phase for t_s in (0.5, 1.5, 2.0, 2.5, 4.0)]
    assert phases == ["Ready", "Down", bottom, "Up", "Ready"]


def test_a_rejected_movement_says_why_when_it_is_over() -> None:
    one = replace(squat_set(), reps=(), rep_count=0, rejected=(rejected(2.0),), verdicts=())
    shown = timeline(one, last_s=9.0)
    assert shown.at(2.9).messages == ()
    (message,) = shown.at(3.0).messages
    assert message.title == "Not counted: half range"
    assert shown.at(9.0).messages == ()


def test_the_same_issue_on_the_next_rep_replaces_the_old_message() -> None:
    found = (issue(1, 2.0), issue(2, 3.0))
    one = replace(squat_set(), reps=(), rejected=(), verdicts=found)
    (message,) = timeline(one, last_s=9.0).at(3.1).messages
    assert message.title == "Rep 2: Above parallel"


def test_issues_of_one_moment_are_all_shown() -> None:
    found = tuple(issue(1, 2.0, rule) for rule in ("a", "b", "c"))
    one = replace(squat_set(), reps=(), rejected=(), verdicts=found)
    assert len(timeline(one, last_s=9.0).at(2.0).messages) == 3


def test_a_verdict_without_a_time_is_left_to_the_report() -> None:
    one = replace(squat_set(), reps=(), rejected=(), verdicts=(issue(0, nan),))
    assert timeline(one, last_s=9.0).messages == []


def test_a_clip_without_a_set_shows_no_counter() -> None:
    report: ClipReport = empty_report()
    shown = Timeline(report, spec_of=lambda _: None, last_s=5.0).at(1.0)
    assert (shown.set_number, shown.messages) == (0, ())


@pytest.mark.parametrize(("t_s", "number", "count"), [(0.0, 1, 0), (6.0, 1, 1), (21.0, 2, 0)])
def test_each_set_has_its_own_count(t_s: float, number: int, count: int) -> None:
    first = replace(squat_set(), start_s=1.0, end_s=5.0, reps=(rep(1, 2.0, 2.0),), rejected=())
    second = replace(first, start_s=20.0, end_s=25.0, reps=(rep(1, 22.0, 2.0),))
    report = replace(sample_report(), sets=(first, second))
    at = Timeline(report, spec_of=lambda _: SQUAT, last_s=30.0).at(t_s)
    assert (at.set_number, at.set_count, at.count) == (number, 2, count)
