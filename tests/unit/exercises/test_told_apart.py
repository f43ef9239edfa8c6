"""Exercises on bars, benches and in a plank: each is told from the others."""

from __future__ import annotations

import pytest

from repsight.athlete.course import Tempo
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.judge import judge_reps
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.report import Verdict
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all
from tests.unit.exercises.trials import scene_of

#: exercise -> camera yaws from which it must be recognised
VIEWS: dict[str, tuple[float, ...]] = {
    "pull_up": (180.0, 90.0, -45.0),
    "bench_press": (90.0, 45.0),
    "dip": (90.0, -45.0),
    "triceps_extension": (90.0, 45.0),
    "burpee": (90.0, 0.0),
    "mountain_climber": (-45.0, 0.0),
}
WAYS = [
    *((name, way) for name in VIEWS for way in STYLES[name].variations),
    ("push_up", "incline"),
    ("push_up", "decline"),
    ("shoulder_press", "arnold"),
]


@pytest.mark.parametrize(("exercise", "variation"), WAYS)
def test_each_explains_its_own_sets_best(exercise: str, variation: str) -> None:
    for yaw_deg in VIEWS.get(exercise, (90.0, 0.0)):
        scene = scene_of(exercise, variation=variation, yaw_deg=yaw_deg, seed=1000)
        found = best_fit(fit_all(scene, catalog().values()))
        assert found is not None
        assert (found.spec.id, len(found.refined.reps)) == (exercise, 5), yaw_deg


def _count(made: Performance, exercise: str, *, yaw_deg: float = 90.0) -> int:
    return len(refine(observe(made.track(made.camera(yaw_deg=yaw_deg))), spec_of(exercise)).reps)


def _issues(made: Performance, exercise: str, *, yaw_deg: float, declared: str) -> set[str]:
    scene, spec = observe(made.track(made.camera(yaw_deg=yaw_deg))), spec_of(exercise)
    judged = judge_reps(scene, spec, refine(scene, spec).reps, variation=declared)
    flagged: list[Verdict] = [v for v in judged.verdicts if v.outcome == "issue"]
    return {v.rule for v in flagged}


def test_slow_pull_ups_count_and_stay_pull_ups() -> None:
    slow = Tempo(out_s=2.5, hold_s=0.5, back_s=3.0, rest_s=0.8)
    made = perform("pull_up", reps=5, tempo=slow)
    scene = observe(made.track())
    found = best_fit(fit_all(scene, catalog().values()))
    assert found is not None
    assert (found.spec.id, len(found.refined.reps)) == ("pull_up", 5)


def test_hanging_and_letting_go_is_no_pull_up() -> None:
    assert _count(perform("pull_up", reps=0), "pull_up") == 0


@pytest.mark.parametrize("variation", STYLES["shoulder_press"].variations)
def test_presses_are_no_pull_ups(variation: str) -> None:
    made = perform("shoulder_press", variation=variation, reps=5, seed=2)
    found = best_fit(fit_all(observe(made.track()), catalog().values()))
    assert found is None or found.spec.id != "pull_up"


def test_a_kip_on_purpose_is_not_blamed() -> None:
    made = perform("pull_up", faults=(Fault("kip"),), seed=1002)
    assert "kip" in _issues(made, "pull_up", yaw_deg=90.0, declared="pull_up")
    assert "kip" not in _issues(made, "pull_up", yaw_deg=90.0, declared="kipping")


@pytest.mark.parametrize(
    ("exercise", "variation", "yaw_deg"),
    [
        ("push_up", "incline", 90.0),
        ("push_up", "decline", 90.0),
        ("push_up", "close", 0.0),
        ("push_up", "knee", 90.0),
        ("shoulder_press", "arnold", 0.0),
        ("shoulder_press", "push_press", 90.0),
        ("shoulder_press", "seated", 90.0),
        ("bench_press", "incline", 90.0),
        ("bench_press", "close_grip", 0.0),
        ("pull_up", "wide", 180.0),
        ("dip", "bench", 90.0),
        ("triceps_extension", "kickback", 90.0),
        ("burpee", "push_up", 90.0),
    ],
)
def test_a_variation_is_seen_without_being_told(
    exercise: str, variation: str, yaw_deg: float
) -> None:
    scene = scene_of(exercise, variation=variation, yaw_deg=yaw_deg, seed=1001)
    reps = refine(scene, spec_of(exercise)).reps
    seen = judge_reps(scene, spec_of(exercise), reps).variations
    assert variation in [one.id for one in seen]
