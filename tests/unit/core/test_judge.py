"""Verdicts: residuals beyond error, gates, persistence, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import Scene, observe
from repsight.core.refine import refine
from repsight.core.report import Rep, Verdict
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec, Fixed, OwnMedian, Rule
from repsight.errors import UnknownName
from repsight.exercises import spec_of


@cache
def _seen(
    exercise: str,
    *,
    yaw_deg: float = 90.0,
    faults: tuple[Fault, ...] = (),
    variation: str | None = None,
    reps: int = 4,
    noise: float = 1.0,
) -> tuple[Scene, tuple[Rep, ...]]:
    made = perform(exercise, reps=reps, seed=3, faults=faults, variation=variation)
    track = made.track(made.camera(yaw_deg=yaw_deg), noise=noise, seed=3)
    scene = observe(track.part(track.t_s <= made.truth.end_s + 0.5))
    return scene, refine(scene, spec_of(exercise)).reps


def _judged(exercise: str, *, declared: str = "", **how) -> Judged:
    scene, reps = _seen(exercise, **how)
    return judge_reps(scene, spec_of(exercise), reps, variation=declared)


def _of(judged: Judged, rule: str) -> list[Verdict]:
    return [verdict for verdict in judged.verdicts if verdict.rule == rule]


def _with_rules(exercise: str, *rules: Rule) -> ExerciseSpec:
    spec = spec_of(exercise)
    return replace(spec, book=replace(spec.book, rules=rules, variations=()))


def _rule(**changes) -> Rule:
    """Depth of the squat, as the book has it, with changes."""
    book = spec_of("squat").book
    return replace(next(rule for rule in book.rules if rule.id == "shallow"), **changes)


def _outcomes(rule: Rule, *, reps: slice = slice(None), **how) -> list[str]:
    scene, seen = _seen("squat", **how)
    judged = judge_reps(scene, _with_rules("squat", rule), seen[reps])
    return [verdict.outcome for verdict in judged.verdicts]


@pytest.mark.parametrize(
    ("exercise", "fault", "yaw_deg"),
    [
        ("squat", "shallow", 90.0),
        ("squat", "hips_rise_first", 90.0),
        ("squat", "heel_rise", -90.0),
        ("squat", "knees_in", 0.0),
        ("deadlift", "hips_shoot_up", 90.0),
        ("deadlift", "bar_away", -90.0),
        ("deadlift", "lean_back", 90.0),
        ("push_up", "shallow", 90.0),
        ("push_up", "hip_sag", 90.0),
        ("push_up", "hip_pike", -90.0),
        ("push_up", "soft_lockout", 90.0),
        ("shoulder_press", "uneven_arms", 0.0),
        ("shoulder_press", "lean_back", 90.0),
        ("shoulder_press", "soft_lockout", 90.0),
    ],
)
def test_a_declared_fault_is_found_where_it_can_be_seen(exercise: str, fault: str, yaw_deg: float):
    found = _of(_judged(exercise, faults=(Fault(fault),), yaw_deg=yaw_deg), fault)
    assert [v.outcome for v in found].count("issue") >= len(found) / 2


@pytest.mark.parametrize("exercise", ["squat", "deadlift", "push_up", "shoulder_press"])
@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, -90.0])
def test_a_balanced_set_has_no_issue(exercise: str, yaw_deg: float):
    judged = _judged(exercise, yaw_deg=yaw_deg)
    assert [v for v in judged.verdicts if v.outcome in ("issue", "watch")] == []


def test_a_fault_in_one_repetition_of_many_is_only_to_be_watched():
    found = _of(_judged("squat", faults=(Fault("heel_rise", reps=(2,)),), reps=6), "heel_rise")
    assert {v.rep: v.outcome for v in found}[2] == "watch"
    assert all(v.outcome in ("ok", "too_close_to_call") for v in found if v.rep != 2)


def test_a_fault_in_two_repetitions_is_an_issue():
    faults = (Fault("heel_rise", reps=(2, 5)),)
    found = _of(_judged("squat", faults=faults, reps=6), "heel_rise")
    assert [v.rep for v in found if v.outcome == "issue"] == [2, 5]


def test_a_single_repetition_needs_a_clearer_excess():
    depth = _judged("squat", noise=0.0).reps[0].metrics["depth"].value
    sigma = 0.05
    just_outside = Fixed(low=depth + 1.8 * sigma)
    far_outside = Fixed(low=depth + 3.5 * sigma)
    one = slice(0, 1)
    assert _outcomes(_rule(expected=just_outside, sigma=sigma), reps=one, noise=0.0) == ["watch"]
    assert _outcomes(_rule(expected=far_outside, sigma=sigma), reps=one, noise=0.0) == ["issue"]


def test_a_line_is_too_close_to_call_on_both_sides():
    depth = _judged("squat", noise=0.0).reps[0].metrics["depth"].value
    for offset in (-0.05, 0.05):
        rule = _rule(expected=Fixed(low=depth + offset), sigma=0.1, is_line=True)
        assert _outcomes(rule, reps=slice(0, 1), noise=0.0) == ["too_close_to_call"]


def test_inside_a_tolerance_is_fine_however_near_its_edge():
    depth = _judged("squat", noise=0.0).reps[0].metrics["depth"].value
    rule = _rule(expected=Fixed(low=depth - 0.01), sigma=0.1, is_line=False)
    assert _outcomes(rule, reps=slice(0, 1), noise=0.0) == ["ok"]


def test_a_repetition_is_praised_only_where_it_is_fine_by_more_than_the_error():
    scene, reps = _seen("squat")
    depth = _of(judge_reps(scene, _with_rules("squat", _rule(is_line=False)), reps), "shallow")
    near, far = min(one.value for one in depth) - 1e-6, min(one.value for one in depth) - 2.0
    for limit, is_praised in ((near, False), (far, True)):
        spec = _with_rules("squat", _rule(is_line=False, expected=Fixed(low=limit), slack=0.0))
        found = _of(judge_reps(scene, spec, reps), "shallow")
        lowest = min(found, key=lambda one: one.value)
        assert (lowest.outcome, bool(lowest.good)) == ("ok", is_praised)


def test_slack_widens_the_error_bar():
    depth = _judged("squat", noise=0.0).reps[0].metrics["depth"].value
    expected = Fixed(low=depth + 0.3)
    assert set(_outcomes(_rule(expected=expected, sigma=0.05), noise=0.0)) == {"issue"}
    slack = _rule(expected=expected, sigma=0.05, slack=0.5)
    assert set(_outcomes(slack, noise=0.0)) == {"too_close_to_call"}


def test_a_value_that_nobody_has_is_a_mistake_of_the_landmarks():
    rule = _rule(expected=Fixed(low=5.0), plausible=(4.0, 9.0))
    scene, reps = _seen("squat")
    judged = judge_reps(scene, _with_rules("squat", rule), reps)
    assert [v.outcome for v in judged.verdicts] == ["cannot_judge"]
    assert "could not be placed" in judged.not_judged[0].reason


def test_a_rule_for_the_side_is_not_judged_from_the_front_and_says_where_to_stand():
    judged = _judged("squat", yaw_deg=0.0)
    (verdict,) = _of(judged, "excess_lean")
    assert (verdict.outcome, verdict.rep) == ("cannot_judge", 0)
    assert np.isnan(verdict.value)
    unjudged = {rule.rule: rule for rule in judged.not_judged}
    assert unjudged["excess_lean"].shoot_from == "side"
    assert "side view" in unjudged["excess_lean"].reason
    assert "knees_in" not in unjudged


def test_hidden_joints_are_not_judged():
    scene, reps = _seen("squat")
    visibility = scene.track.visibility.copy()
    visibility[:, 23:33] = 0.2
    hidden = replace(scene, track=replace(scene.track, visibility=visibility))
    judged = judge_reps(hidden, spec_of("squat"), reps)
    assert {v.outcome for v in judged.verdicts} == {"cannot_judge"}
    assert "could not be seen" in _of(judged, "shallow")[0].reason


def test_the_far_side_in_profile_may_be_hidden():
    scene, reps = _seen("squat")
    visibility = scene.track.visibility.copy()
    far = 24 if scene.view.near_left.mean() > 0.5 else 23
    visibility[:, far::2] = 0.1
    hidden = replace(scene, track=replace(scene.track, visibility=visibility))
    assert {v.outcome for v in _of(judge_reps(hidden, spec_of("squat"), reps), "shallow")} == {"ok"}


def test_a_rep_cut_by_the_recording_is_not_judged_on_what_is_missing():
    scene, reps = _seen("squat")
    end_s = float(scene.track.t_s[-1])
    cut = (*reps[:-1], replace(reps[-1], end_seen=False, end_s=end_s))
    rule = _rule(id="end", when="end", expected=Fixed(low=-9.0))
    judged = judge_reps(scene, _with_rules("squat", rule), cut)
    assert [v.outcome for v in judged.verdicts] == ["ok"] * (len(reps) - 1) + ["cannot_judge"]


def test_a_variation_is_never_a_fault():
    shallow = (Fault("shallow"),)
    assert _of(_judged("squat", faults=shallow), "shallow")
    assert _of(_judged("squat", faults=shallow, declared="box"), "shallow") == []


def test_a_knee_dip_is_judged_only_where_a_strict_press_was_declared():
    dip = (Fault("knee_dip"),)
    strict = _judged("shoulder_press", faults=dip, declared="strict")
    assert {v.outcome for v in _of(strict, "knee_dip")} == {"issue"}
    assert [v.id for v in strict.variations] == ["strict"]
    open_minded = _judged("shoulder_press", faults=dip)
    assert _of(open_minded, "knee_dip") == []


def test_an_unknown_variation_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="sumo"):
        _judged("deadlift", declared="zercher")


def test_own_median_needs_three_repetitions():
    rule = _rule(expected=OwnMedian(low=-0.1), is_line=False)
    assert _outcomes(rule, reps=slice(0, 2)) == ["cannot_judge"]
    assert set(_outcomes(rule)) == {"ok"}


def test_no_repetition_no_verdict():
    scene, _ = _seen("squat")
    judged = judge_reps(scene, spec_of("squat"), ())
    assert judged == Judged((), (), (), (), {}, ())


def test_limits_are_drawn_into_the_curve_of_their_signal():
    curves = {curve.id: curve for curve in _judged("squat").curves}
    (limit,) = curves["depth"].limits
    assert limit.low == spec_of("squat").book.rules[0].expected.low
    assert np.isnan(limit.high)
    assert len(curves["depth"].t_s) == len(curves["depth"].values)


def test_a_shift_seen_at_an_angle_is_given_more_room():
    straight = _of(_judged("squat", yaw_deg=0.0), "lateral_shift")
    turned = _of(_judged("squat", yaw_deg=20.0), "lateral_shift")
    assert turned[0].error > straight[0].error


def test_verdicts_order_by_rule_then_repetition_and_carry_their_source():
    judged = _judged("deadlift")
    rules = [rule.id for rule in spec_of("deadlift").book.rules]
    keys = [(rules.index(v.rule), v.rep) for v in judged.verdicts]
    assert keys == sorted(keys)
    assert all(v.source and v.cue and v.joints for v in judged.verdicts)


def test_two_rules_about_one_fault_mark_a_repetition_once():
    made = perform("deadlift", reps=4, seed=3, faults=(Fault("soft_lockout", 2.5, reps=(2,)),))
    scene = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    spec = spec_of("deadlift")
    judged = judge_reps(scene, spec, refine(scene, spec).reps)
    marked = [v for v in judged.verdicts if v.outcome in ("issue", "watch")]
    lockouts = [v.rep for v in marked if v.rule in ("soft_lockout", "short_lockout")]
    assert len(lockouts) == len(set(lockouts)) > 0


def test_left_and_right_compare_only_from_straight_ahead() -> None:
    made = perform("shoulder_press", reps=3, seed=5)
    spec = spec_of("shoulder_press")

    def outcomes(yaw_deg: float) -> tuple[str, set[str], str]:
        scene = observe(made.track(made.camera(yaw_deg=yaw_deg), noise=0.0))
        judged = judge_reps(scene, spec, refine(scene, spec).reps)
        own = [one for one in judged.verdicts if one.rule == "uneven_arms"]
        return scene.view.name, {one.outcome for one in own}, own[0].reason

    assert outcomes(0.0)[:2] == ("front", {"ok"})
    view, turned, reason = outcomes(22.0)
    assert (view, turned) == ("front", {"cannot_judge"})
    assert "straight ahead" in reason


def test_a_shoulder_that_only_one_side_of_the_trunk_moved_is_no_finding():
    scene, reps = _seen("squat")
    rep = reps[1]
    late_s = rep.turn_end_s + 0.2 * (rep.end_s - rep.turn_end_s)
    guessed = (scene.track.t_s > late_s) & (scene.track.t_s < rep.end_s)
    leaning = _lean_changes(scene, reps, frames=guessed, sides=(0, 1))
    near = 0 if scene.view.near_left.mean() > 0.5 else 1
    torn = _lean_changes(scene, reps, frames=guessed, sides=(near,))
    assert leaning.outcome in {"issue", "watch"}
    assert torn.value == pytest.approx(leaning.value, abs=0.5)
    assert torn.outcome == "too_close_to_call"


def _lean_changes(
    scene: Scene, reps: tuple[Rep, ...], *, frames: np.ndarray, sides: tuple[int, ...]
) -> Verdict:
    """What is said of the second repetition when shoulders lie further forward."""
    xy = scene.track.xy.copy()
    forward = 0.06 * np.sign(np.nanmedian(scene.view.facing))
    for side in sides:
        xy[frames, BILATERAL["shoulder"][side], 0] += forward
    seen = np.ones_like(scene.track.visibility)
    moved = replace(scene, track=replace(scene.track, xy=xy, visibility=seen))
    judged = judge_reps(moved, spec_of("squat"), reps)
    return next(v for v in _of(judged, "hips_rise_first") if v.rep == 2)
