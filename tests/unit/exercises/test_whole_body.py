"""Floor and whole-body exercises on the digital athlete: what counts, is found, is left alone."""

from __future__ import annotations

import pytest

from repsight.athlete.course import Tempo
from repsight.athlete.performance import STYLES, perform
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all
from tests.unit.exercises.trials import scene_of, try_set

#: exercise -> camera yaws that are allowed, the recommended one first
VIEWS: dict[str, tuple[float, float]] = {
    "sit_up": (90.0, 45.0),
    "crunch": (90.0, 45.0),
    "jumping_jack": (0.0, 90.0),
}
#: exercise, fault -> the camera yaw it is filmed from; the rule has the fault's name
ANSWERS: dict[tuple[str, str], float] = {
    ("sit_up", "short"): 90.0,
    ("sit_up", "not_down"): 90.0,
    ("sit_up", "feet_lift"): 90.0,
    ("sit_up", "neck_pull"): 90.0,
    ("sit_up", "arm_throw"): 90.0,
    ("crunch", "short"): 90.0,
    ("crunch", "not_down"): 90.0,
    ("crunch", "neck_pull"): 90.0,
    ("crunch", "feet_lift"): 90.0,
    ("jumping_jack", "hands_low"): 0.0,
    ("jumping_jack", "feet_narrow"): 0.0,
    ("jumping_jack", "hands_stay_up"): 0.0,
    ("jumping_jack", "feet_stay_apart"): 0.0,
    ("jumping_jack", "uneven_hands"): 0.0,
}
WAYS = [(name, way) for name in VIEWS for way in STYLES[name].variations]
each_way = pytest.mark.parametrize(("exercise", "variation"), WAYS)


def test_every_fault_of_the_athlete_is_filmed() -> None:
    assert set(ANSWERS) == {
        (name, fault)
        for name in VIEWS
        for fault in STYLES[name].faults
        if fault not in STYLES[name].cheats
    }


@each_way
@pytest.mark.parametrize("view", [0, 1])
def test_every_repetition_counts_and_nothing_is_flagged(
    exercise: str, variation: str, view: int
) -> None:
    trial = try_set(exercise, variation=variation, yaw_deg=VIEWS[exercise][view], seed=1000 + view)
    assert (trial.count, trial.issues) == (5, set())


@each_way
def test_half_repetitions_do_not_count(exercise: str, variation: str) -> None:
    trial = try_set(
        exercise, variation=variation, yaw_deg=VIEWS[exercise][0], seed=1000,
        ratios=(1.0, 1.0, 0.5), reps=6,
    )  # fmt: skip
    assert trial.count == 4


@pytest.mark.parametrize(("exercise", "fault"), list(ANSWERS))
def test_a_declared_fault_is_found(exercise: str, fault: str) -> None:
    for seed in (1002, 1003):
        trial = try_set(exercise, yaw_deg=ANSWERS[exercise, fault], seed=seed, fault=fault)
        assert trial.count == 5
        assert fault in trial.issues, seed


@each_way
def test_each_explains_its_own_sets_best(exercise: str, variation: str) -> None:
    scene = scene_of(exercise, variation=variation, yaw_deg=VIEWS[exercise][0], seed=1000)
    found = best_fit(fit_all(scene, catalog().values()))
    assert found is not None
    assert found.spec == spec_of(exercise)


@pytest.mark.parametrize(("asked", "done"), [("sit_up", "crunch"), ("crunch", "sit_up")])
def test_a_crunch_is_no_sit_up_and_a_sit_up_no_crunch(asked: str, done: str) -> None:
    refined = refine(scene_of(done, seed=1000), spec_of(asked))
    assert not refined.reps


def test_arms_alone_are_no_jumping_jack() -> None:
    refined = refine(
        scene_of("jumping_jack", yaw_deg=0.0, fault="arms_only"), spec_of("jumping_jack")
    )
    assert not refined.reps
    assert {one.explanation for one in refined.rejected} == {"the feet did not go apart"}


@pytest.mark.parametrize("fps", [8, 10, 15, 60])
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_fast_jumping_jacks_count_at_any_frame_rate(fps: float, yaw_deg: float) -> None:
    quick = Tempo(out_s=0.3, hold_s=0.02, back_s=0.3, rest_s=0.03)
    done = perform("jumping_jack", reps=8, seed=1, tempo=quick)
    track = done.track(done.camera(yaw_deg=yaw_deg), fps=fps, seed=1)
    assert len(refine(observe(track), spec_of("jumping_jack")).reps) == 8
