"""What must hold of every judged set, whoever lifts and wherever the camera stands."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, perform
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.skeleton import MIRROR
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of

FOUR = ("squat", "deadlift", "push_up", "shoulder_press")
sets = st.tuples(
    st.sampled_from(FOUR),
    st.integers(0, 40),
    st.sampled_from((0.0, 30.0, 60.0, 90.0, -90.0, 180.0)),
    st.integers(0, 6),
)


@cache
def _track(exercise: str, seed: int, yaw_deg: float, fault: int) -> PoseTrack:
    known = STYLES[exercise].faults
    faults = (Fault(known[fault]),) if fault < len(known) else ()
    made = perform(exercise, reps=3, seed=seed, faults=faults)
    track = made.track(made.camera(yaw_deg=yaw_deg), seed=seed)
    return track.part(track.t_s <= made.truth.end_s + 0.5)


def _judged(exercise: str, track: PoseTrack) -> Judged:
    scene = observe(track)
    spec = spec_of(exercise)
    return judge_reps(scene, spec, refine(scene, spec).reps)


def _metric_behind(spec: ExerciseSpec, rule_id: str) -> str:
    (rule,) = [rule for rule in spec.book.rules if rule.id == rule_id]
    (metric,) = [
        metric.id
        for metric in spec.book.metrics
        if (metric.signal, metric.when, metric.pick) == (rule.signal, rule.when, rule.pick)
    ]
    return metric


@given(sets)
@settings(max_examples=25)
def test_no_verdict_contradicts_the_metrics_of_its_repetition(chosen):
    exercise = chosen[0]
    judged = _judged(exercise, _track(*chosen))
    for verdict in judged.verdicts:
        if verdict.outcome == "cannot_judge":
            continue
        metrics = judged.reps[verdict.rep - 1].metrics
        assert metrics[_metric_behind(spec_of(exercise), verdict.rule)].value == verdict.value


@given(sets)
@settings(max_examples=25)
def test_an_issue_is_outside_its_band_by_more_than_its_error_and_an_ok_is_inside(chosen):
    for verdict in _judged(chosen[0], _track(*chosen)).verdicts:
        low, high = verdict.expected_low, verdict.expected_high
        outside = max(low - verdict.value, verdict.value - high)
        match verdict.outcome:
            case "issue" | "watch":
                assert outside > verdict.error > 0
            case "ok":
                assert outside <= 0
            case "too_close_to_call":
                assert abs(outside) <= verdict.error
            case "cannot_judge":
                assert verdict.reason
                assert np.isnan(verdict.value)


@given(sets)
@settings(max_examples=25)
def test_one_marker_for_each_repetition_and_rule_at_a_moment_inside_it(chosen):
    judged = _judged(chosen[0], _track(*chosen))
    counted = Counter((verdict.rule, verdict.rep) for verdict in judged.verdicts)
    assert all(count == 1 for count in counted.values())
    for verdict in judged.verdicts:
        if verdict.rep:
            rep = judged.reps[verdict.rep - 1]
            assert rep.start_s <= verdict.t_s <= rep.end_s
        else:
            assert verdict.outcome == "cannot_judge"


@given(sets)
@settings(max_examples=25)
def test_every_rule_is_judged_or_explained(chosen):
    judged = _judged(chosen[0], _track(*chosen))
    silent = {v.rule for v in judged.verdicts if v.rep == 0}
    assert silent == {unjudged.rule for unjudged in judged.not_judged}
    assert all(unjudged.reason and unjudged.shoot_from for unjudged in judged.not_judged)


@given(sets)
@settings(max_examples=25)
def test_moments_lie_in_their_repetition_in_order(chosen):
    for rep in _judged(chosen[0], _track(*chosen)).reps:
        times = [moment.t_s for moment in rep.moments]
        assert times == sorted(times)
        assert all(rep.start_s <= t_s <= rep.end_s for t_s in times)


def _summary(judged: Judged) -> list[tuple[str, str, int]]:
    return [(v.rule, v.outcome, v.rep) for v in judged.verdicts]


def _values(judged: Judged) -> list[float]:
    return [v.value for v in judged.verdicts]


@pytest.mark.parametrize("exercise", FOUR)
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_the_clock_does_not_matter(exercise: str, yaw_deg: float):
    track = _track(exercise, 5, yaw_deg, 0)
    later = PoseTrack(
        track.t_s + 1234.5, track.xy, track.visibility, track.world, track.aspect_ratio
    )
    first, second = _judged(exercise, track), _judged(exercise, later)
    assert _summary(first) == _summary(second)
    assert _values(first) == pytest.approx(_values(second), abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("exercise", FOUR)
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_a_mirrored_picture_gives_the_same_verdicts(exercise: str, yaw_deg: float):
    track = _track(exercise, 6, yaw_deg, 0)
    xy = track.xy[:, MIRROR].copy()
    xy[..., 0] = track.aspect_ratio - xy[..., 0]
    world = track.world[:, MIRROR] * [-1.0, 1.0, 1.0]
    mirrored = PoseTrack(track.t_s, xy, track.visibility[:, MIRROR], world, track.aspect_ratio)
    first, second = _judged(exercise, track), _judged(exercise, mirrored)
    assert _summary(first) == _summary(second)


@pytest.mark.parametrize("exercise", FOUR)
def test_a_lifter_further_away_is_judged_the_same(exercise: str):
    track = _track(exercise, 7, 90.0, 0)
    middle = np.array([track.aspect_ratio / 2, 0.5])
    small = PoseTrack(
        track.t_s, middle + 0.5 * (track.xy - middle), track.visibility, track.world,
        track.aspect_ratio,
    )  # fmt: skip
    first, second = _judged(exercise, track), _judged(exercise, small)
    assert _summary(first) == _summary(second)
    assert _values(first) == pytest.approx(_values(second), rel=5e-3, abs=2e-3, nan_ok=True)
