"""Repetitions of one limb, of both, and of a side that leads."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.core.engine import SetEngine
from repsight.core.events import RepEnded, RepRejected
from repsight.core.judge import judge_reps
from repsight.core.measure import measure, observe
from repsight.core.refine import refine
from repsight.core.report import SetReport
from repsight.core.sides import for_side, has_sides, needs_lead, on_side, side_counts, spec_for
from repsight.core.signals import Angle, Asymmetry, Height, Lean, Ratio, Spread
from repsight.core.spec import Cycle, ExerciseSpec, Fixed, Metric, Rule, RuleBook
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of
from repsight.testing.stick_figure import bumps, stick_figure
from tests.live_sets import run_live

_ELBOW = Angle("shoulder", "elbow", "wrist")
_REACHED = Metric("reached", "Elbow", _ELBOW, "turn", "min", "deg", 6.0)
_ROUND = Rule(
    "short", "Stops low", _ELBOW, "turn", "min", Fixed(high=60.0), "deg", 2.0,
    ("front", "side"), "Higher", "heuristic", ("elbow",),
)  # fmt: skip
CURL = ExerciseSpec(
    "curl", "Curl", Cycle(_ELBOW, "low", "before", 40.0, sides="each"), "front",
    book=RuleBook(rules=(_ROUND,), metrics=(_REACHED,), curves=(("e", "Elbow", _ELBOW),)),
)  # fmt: skip
#: The same arms for an exercise of the whole body that one side leads.
LED = replace(
    CURL,
    movement=Cycle(
        replace(_ELBOW, side="lead"), "low", "before", 40.0, side_of=Asymmetry("wrist", "forearm")
    ),
)
_T_S = np.arange(0.0, 11.0, 1 / 30)
_LEFT, _RIGHT = (1.0, 4.0, 7.0), (2.5, 5.5, 8.5)


def _arms(left: tuple[float, ...], right: tuple[float, ...], **how) -> PoseTrack:
    return stick_figure(_T_S, left=bumps(_T_S, left), right=bumps(_T_S, right), **how)


def _live(track: PoseTrack) -> tuple[SetEngine, SetReport, list]:
    engine, events = run_live(track, CURL)
    return engine, engine.report(), events


@pytest.mark.parametrize("yaw_deg", [0, 90, -135])
@pytest.mark.parametrize(
    ("left", "right", "counts"),
    [
        (_LEFT, _LEFT, (0, 0, 3)),
        (_LEFT, _RIGHT, (3, 3, 0)),
        ((1.0, 2.6, 4.2), (1.8, 3.4, 5.0), (3, 3, 0)),
        (_LEFT, (), (3, 0, 0)),
        ((1.0, 4.0), (4.0, 7.0), (1, 1, 1)),
    ],
    ids=["together", "in_turn", "one_rises_as_the_other_sinks", "one_arm", "mixed"],
)
def test_repetitions_belong_to_the_arms_that_did_them(left, right, counts, yaw_deg):
    engine, report, _ = _live(_arms(left, right, yaw_deg=yaw_deg))
    assert tuple(report.side_counts[side] for side in ("left", "right", "both")) == counts
    assert report.rep_count == engine.count == sum(counts)
    assert report.corrections == ()


def test_repetitions_are_numbered_by_time_whichever_side_did_them():
    _, report, events = _live(_arms(_LEFT, _RIGHT))
    assert [rep.side for rep in report.reps] == ["left", "right"] * 3
    assert [rep.number for rep in report.reps] == [1, 2, 3, 4, 5, 6]
    assert [e.side for e in events if isinstance(e, RepEnded)] == ["left", "right"] * 3


def test_a_hidden_arm_that_is_drawn_moving_adds_nothing_and_that_is_said():
    track = _arms(_LEFT, _RIGHT, yaw_deg=-90, visibility=(1.0, 0.1))
    engine, report, _ = _live(track)
    assert report.side_counts == {"left": 3, "right": 0, "both": 0}
    assert engine.count == 3
    (note,) = report.corrections
    assert "right side could not be seen" in note


def test_a_hidden_arm_that_goes_along_is_part_of_the_repetition():
    _, report, _ = _live(_arms(_LEFT, _LEFT, yaw_deg=-90, visibility=(1.0, 0.1)))
    assert report.side_counts["both"] == 3
    assert report.corrections == ()


def test_arms_that_are_both_hidden_do_nothing():
    _, report, _ = _live(_arms(_LEFT, _LEFT, visibility=(0.1, 0.1)))
    assert report.rep_count == 0


def test_an_arm_that_goes_half_way_is_held_against_the_range_of_the_other():
    left, right = bumps(_T_S, _LEFT), bumps(_T_S, _RIGHT, height=0.42)
    engine, report, events = _live(stick_figure(_T_S, left=left, right=right))
    assert report.side_counts == {"left": 3, "right": 0, "both": 0}
    assert [(one.reason, one.side) for one in report.rejected] == [("partial_range", "right")] * 3
    assert engine.count == 3
    assert {e.side for e in events if isinstance(e, RepRejected)} == {"right"}


def test_an_arm_that_lags_in_range_beside_the_other_is_not_refused_as_well():
    left, right = bumps(_T_S, _LEFT), bumps(_T_S, _LEFT, height=0.42)
    _, report, _ = _live(stick_figure(_T_S, left=left, right=right))
    assert report.side_counts["left"] == 3
    assert report.rejected == ()


def test_each_repetition_is_judged_and_measured_by_the_arm_that_did_it():
    left, right = bumps(_T_S, _LEFT), bumps(_T_S, _RIGHT, height=0.7)
    scene = observe(stick_figure(_T_S, left=left, right=right))
    judged = judge_reps(scene, CURL, refine(scene, CURL).reps)
    assert [v.outcome for v in judged.verdicts] == ["ok", "issue"] * 3
    reached = [rep.metrics["reached"].value for rep in judged.reps]
    assert min(reached[1::2]) > max(reached[::2]) + 20
    ranges = [rep.metrics["range"].value for rep in judged.reps]
    assert min(ranges[::2]) > max(ranges[1::2]) + 20
    assert all(np.isnan(rep.metrics["left_right_difference"].value) for rep in judged.reps)


def test_the_side_that_leads_is_told_by_its_sign():
    # both elbows bend, the leading one further: wrists end at different heights
    left = bumps(_T_S, (1.0, 4.0)) + bumps(_T_S, (7.0,), height=0.6)
    right = bumps(_T_S, (1.0, 4.0), height=0.6) + bumps(_T_S, (7.0,))
    track = stick_figure(_T_S, left=left, right=right)
    mean = replace(LED, movement=replace(LED.cycle, driver=_ELBOW))
    assert [rep.side for rep in refine(observe(track), mean).reps] == ["left", "left", "right"]
    engine = SetEngine(mean)
    events = [event for frame in track.frames() for event in engine.push(frame)]
    assert [e.side for e in events if isinstance(e, RepEnded)] == ["left", "left", "right"]


def test_a_lead_too_small_to_tell_is_both():
    track = _arms(_LEFT, _LEFT)
    mean = replace(LED, movement=replace(LED.cycle, driver=_ELBOW))
    assert {rep.side for rep in refine(observe(track), mean).reps} == {"both"}


def test_a_rule_for_the_leading_side_abstains_where_nobody_leads():
    rule = replace(_ROUND, signal=replace(_ELBOW, side="lead"))
    spec = replace(
        LED, movement=replace(LED.cycle, driver=_ELBOW), book=replace(LED.book, rules=(rule,))
    )
    scene = observe(_arms(_LEFT, _LEFT))
    judged = judge_reps(scene, spec, refine(scene, spec).reps)
    (verdict,) = judged.verdicts
    assert verdict.outcome == "cannot_judge"
    assert "which side led" in verdict.reason


def test_a_leading_side_that_nobody_told_has_no_value():
    scene = observe(_arms((), ()))
    assert np.isnan(measure(replace(_ELBOW, side="lead"), scene)).all()


@pytest.mark.parametrize("side", ["mean", "near", "worse", "lead"])
def test_a_limb_on_its_own_is_looked_at_whatever_side_a_signal_names(side):
    assert on_side(replace(_ELBOW, side=side), "right") == replace(_ELBOW, side="right")


def test_a_signal_that_names_its_side_or_has_none_stays():
    for signal in (replace(_ELBOW, side="left"), Spread("ankle", "leg"), Asymmetry("hip", "leg")):
        assert on_side(signal, "right") == signal


def test_the_trailing_side_is_the_other_one():
    assert on_side(Lean("hip", "knee", "trail"), "left", is_alone=False).side == "right"
    ratio = Ratio(Height("hip", "knee", "leg", "lead"), Height("hip", "floor", "leg"))
    turned = on_side(ratio, "left", is_alone=False)
    assert turned.numerator.side == "left"
    assert turned.denominator.side == "mean"
    assert needs_lead(ratio)
    assert not needs_lead(turned)


def test_an_exercise_without_sides_reads_the_same_for_every_side():
    squat = spec_of("squat")
    assert not has_sides(squat)
    assert spec_for(squat, "left") is squat
    assert side_counts(squat, ()) == {}
    assert for_side(_ELBOW, CURL, "left") == replace(_ELBOW, side="left")


def test_the_report_of_a_live_set_with_sides_is_that_of_its_recording(monkeypatch):
    monkeypatch.setattr("repsight.app.assess.spec_of", lambda _: CURL)
    track = _arms(_LEFT, _RIGHT, yaw_deg=30)
    _, live, _ = _live(track)
    (recorded,) = assess_track(track, exercise="curl")
    np.testing.assert_equal(asdict(live), asdict(recorded))
