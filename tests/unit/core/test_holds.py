"""Time in position: spells, blinks, breaks, and the clock that runs beside them."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.core.engine import SetEngine
from repsight.core.events import CueGiven, Event, FaultSeen, HoldEnded, HoldStarted, HoldTime
from repsight.core.holds import find_spells
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.report import SetReport
from repsight.core.signals import Lean
from repsight.core.spec import (
    ExerciseSpec,
    Fixed,
    Gate,
    Hold,
    Metric,
    Moment,
    PhaseShare,
    Rule,
    RuleBook,
)
from repsight.core.types import PoseTrack
from repsight.testing.stick_figure import stick_figure
from tests.live_sets import run_live

_BODY = Lean("ankle", "shoulder")
LEVEL = Hold((Gate(_BODY, "turn", 60, 110, soft=10, reason="you stood up"),))
PLANK = ExerciseSpec(
    "plank", "Plank", LEVEL, "side",
    book=RuleBook(
        rules=(
            Rule(
                "high", "Hips high", _BODY, "turn", "median", Fixed(low=70.0), "deg", 2.0,
                ("side",), "Long line", "heuristic", ("hip",), good="Long body",
            ),
        ),
        metrics=(Metric("drift", "Drift", _BODY, "turn", "change", "deg", 2.0),),
        moments=(
            Moment("in", "In", "start"), Moment("held", "Held", "turn"),
            Moment("half", "Half", PhaseShare("concentric", 0.5)),
        ),
        curves=(("body", "Body", _BODY),),
    ),
)  # fmt: skip


def _leaning(*course: tuple[float, float], fps: float = 30.0, **how) -> PoseTrack:
    t_s = np.arange(0.0, course[-1][0], 1 / fps)
    at_s, way_deg = np.array(course).T
    lean_deg = np.interp(t_s, at_s, way_deg)
    return stick_figure(t_s, lean_deg=lean_deg, yaw_deg=90.0, **how)


#: Up, ten seconds down with a blink, a break, two seconds down (too short), up.
_SET = (
    (0, 0), (3, 0), (4, 80), (9, 80), (9.2, 40), (9.4, 80), (14, 80), (15, 0), (20, 0),
    (20.5, 80), (22, 80), (22.5, 0), (26, 0),
)  # fmt: skip


def _live(track: PoseTrack, spec: ExerciseSpec = PLANK) -> tuple[SetEngine, SetReport, list[Event]]:
    engine, events = run_live(track, spec)
    return engine, engine.report(), events


def test_time_in_position_is_counted_and_no_repetition():
    engine, report, _ = _live(_leaning(*_SET))
    (held,) = report.holds
    # the gate is half passed at 55 degrees
    assert held.start_s == pytest.approx(3 + 55 / 80, abs=0.05)
    assert held.end_s == pytest.approx(14 + 25 / 80, abs=0.05)
    assert report.held_s == pytest.approx(held.end_s - held.start_s)
    assert (report.rep_count, report.reps, engine.count) == (0, (), 0)
    assert held.left_by == "you stood up"
    assert (report.start_s, report.end_s) == (held.start_s, held.end_s)


def test_a_spell_too_short_is_named_and_not_counted():
    (rejected,) = _live(_leaning(*_SET))[1].rejected
    assert rejected.reason == "too_quick"
    assert rejected.value == pytest.approx(1.81, abs=0.1)
    assert "3 s make a hold" in rejected.explanation


def test_passing_through_the_position_is_not_worth_a_word():
    course = ((0, 0), (2, 0), (2.2, 80), (2.6, 80), (2.9, 0), (5, 0))
    report = _live(_leaning(*course))[1]
    assert (report.holds, report.rejected, report.held_s) == ((), (), 0.0)


def test_a_break_parts_two_holds():
    course = ((0, 80), (5, 80), (5.5, 0), (7, 0), (7.5, 80), (12, 80))
    report = _live(_leaning(*course))[1]
    assert [held.number for held in report.holds] == [1, 2]
    assert report.held_s == pytest.approx(sum(held.end_s - held.start_s for held in report.holds))
    # the recording ended while it was held
    assert report.holds[1].left_by == ""


def test_somebody_who_stands_still_holds_nothing():
    report = _live(_leaning((0, 0), (10, 0)))[1]
    assert (report.holds, report.held_s, report.verdicts) == ((), 0.0, ())


@pytest.mark.parametrize("fps", [8, 15, 60])
def test_the_frame_rate_hardly_changes_the_time_held(fps):
    usual = _live(_leaning(*_SET))[1].held_s
    assert _live(_leaning(*_SET, fps=fps))[1].held_s == pytest.approx(usual, abs=0.1)


def test_not_being_seen_for_a_moment_does_not_end_a_hold_and_for_long_it_does():
    track = _leaning((0, 80), (20, 80))
    for hidden_s, holds in ((0.6, 1), (2.0, 2)):
        xy = track.xy.copy()
        xy[(track.t_s > 9) & (track.t_s < 9 + hidden_s)] = np.nan
        _, report, events = _live(replace(track, xy=xy))
        assert len(report.holds) == holds
        assert len([e for e in events if isinstance(e, HoldStarted)]) == holds


def test_the_clock_runs_while_the_position_is_held():
    engine, report, events = _live(_leaning(*_SET))
    (started,) = [e for e in events if isinstance(e, HoldStarted)]
    (ended,) = [e for e in events if isinstance(e, HoldEnded)]
    assert started.t_s - started.start_s == pytest.approx(LEVEL.min_s, abs=0.05)
    assert ended.t_s - ended.end_s == pytest.approx(LEVEL.blink_s, abs=0.1)
    ticks = [e.lasted_s for e in events if isinstance(e, HoldTime)]
    assert np.allclose(np.diff(ticks), 1.0, atol=0.05)
    assert engine.held_s == pytest.approx(report.held_s, abs=0.2)
    assert report.corrections == ()
    assert engine.lag_s == 0.0


def test_a_clock_that_was_well_off_is_corrected_in_words():
    engine, _, _ = _live(_leaning(*_SET))
    engine._clock._done_s += 5.0
    (correction,) = engine.report().corrections
    assert "The running clock showed" in correction


def test_each_spell_is_judged_measured_and_has_its_moments():
    course = ((0, 60), (8, 60), (8.5, 0), (10, 0), (10.5, 84), (18, 84), (18.5, 0), (20, 0))
    _, report, events = _live(_leaning(*course))
    assert [(v.rep, v.outcome) for v in report.verdicts] == [(1, "watch"), (2, "ok")] or [
        (v.rep, v.outcome) for v in report.verdicts
    ] == [(1, "issue"), (2, "ok")]
    assert [moment.id for moment in report.holds[1].moments] == ["in", "held"]
    assert abs(report.holds[0].metrics["drift"].value) < 1.0
    assert report.metrics["longest_hold"].value == pytest.approx(8.0, abs=0.5)
    assert report.curves[0].id == "body"
    assert len([e for e in events if isinstance(e, FaultSeen)]) == 1
    assert len([e for e in events if isinstance(e, CueGiven)]) == 1


def test_a_position_that_sags_shows_in_the_change_over_the_spell():
    report = _live(_leaning((0, 90), (20, 70)))[1]
    assert report.holds[0].metrics["drift"].value == pytest.approx(-16.0, abs=2.0)


def test_a_hold_without_gates_or_frames_finds_nothing():
    scene = observe(_leaning((0, 80), (5, 80)))
    assert find_spells(Hold(()), scene) == []
    empty = observe(PoseTrack.from_frames([]))
    assert refine(empty, PLANK).spells == ()


def test_gates_that_this_view_cannot_answer_prove_nothing():
    gates = (replace(LEVEL.gates[0], views=("front",)),)
    scene = observe(_leaning((0, 80), (5, 80)))
    assert find_spells(replace(LEVEL, gates=gates), scene) == []


def test_the_report_of_a_live_hold_is_that_of_its_recording(monkeypatch):
    monkeypatch.setattr("repsight.app.assess.spec_of", lambda _: PLANK)
    track = _leaning(*_SET)
    _, live, _ = _live(track)
    (recorded,) = assess_track(track, exercise="plank")
    np.testing.assert_equal(asdict(live), asdict(recorded))
