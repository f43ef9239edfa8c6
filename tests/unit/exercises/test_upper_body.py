"""Upper-body exercises on the digital athlete: what counts, what is found, what is left alone."""

from __future__ import annotations

import pytest

from repsight.athlete.performance import STYLES
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all
from tests.unit.exercises.trials import scene_of, try_set

#: exercise -> camera yaws that are allowed, the recommended one first
VIEWS: dict[str, tuple[float, float]] = {
    "biceps_curl": (90.0, 0.0),
    "lateral_raise": (0.0, 90.0),
    "front_raise": (90.0, 0.0),
}
#: exercise, fault -> rules that are a right answer, and the camera yaw it is filmed from
ANSWERS: dict[tuple[str, str], tuple[set[str], float]] = {
    ("biceps_curl", "elbow_drift"): ({"elbow_drift"}, 90.0),
    ("biceps_curl", "body_swing"): ({"body_swing"}, 90.0),
    ("biceps_curl", "short_bottom"): ({"short_bottom"}, 90.0),
    ("biceps_curl", "short_top"): ({"short_top"}, 0.0),
    ("biceps_curl", "uneven_arms"): ({"uneven_arms"}, 0.0),
    ("lateral_raise", "low_raise"): ({"low_raise"}, 0.0),
    ("lateral_raise", "uneven_arms"): ({"uneven_arms"}, 0.0),
    ("lateral_raise", "body_swing"): ({"body_swing"}, 90.0),
    ("lateral_raise", "knee_dip"): ({"knee_dip"}, 0.0),
    ("front_raise", "low_raise"): ({"low_raise"}, 90.0),
    ("front_raise", "uneven_arms"): ({"uneven_arms"}, 0.0),
    ("front_raise", "body_swing"): ({"body_swing"}, 90.0),
    ("front_raise", "knee_dip"): ({"knee_dip"}, 90.0),
    ("front_raise", "bent_arms"): ({"bent_arms"}, 90.0),
}
WAYS = [(name, way) for name in VIEWS for way in STYLES[name].variations]
#: One limb at a time can be followed only where both are seen.
ONE_BY_ONE = ("alternating", "one_arm")
each_way = pytest.mark.parametrize(("exercise", "variation"), WAYS)


def _views(exercise: str, variation: str) -> tuple[float, ...]:
    return (0.0,) if variation in ONE_BY_ONE else VIEWS[exercise]


def test_every_fault_of_the_athlete_has_its_answer() -> None:
    assert set(ANSWERS) == {(name, fault) for name in VIEWS for fault in STYLES[name].faults}


@each_way
@pytest.mark.parametrize("seed", [1000, 1001])
def test_every_repetition_counts_and_nothing_is_flagged(
    exercise: str, variation: str, seed: int
) -> None:
    for yaw_deg in _views(exercise, variation):
        trial = try_set(exercise, variation=variation, yaw_deg=yaw_deg, seed=seed)
        assert (trial.count, trial.issues) == (5, set())


@each_way
def test_half_repetitions_do_not_count(exercise: str, variation: str) -> None:
    ratios = (1.0, 1.0, 0.5)
    for yaw_deg in _views(exercise, variation):
        trial = try_set(
            exercise, variation=variation, yaw_deg=yaw_deg, seed=1000, ratios=ratios, reps=6
        )
        assert trial.count == 4


@pytest.mark.parametrize(("exercise", "fault"), list(ANSWERS))
def test_a_declared_fault_is_found(exercise: str, fault: str) -> None:
    rules, yaw_deg = ANSWERS[exercise, fault]
    for seed in (1002, 1003, 1004):
        trial = try_set(exercise, yaw_deg=yaw_deg, seed=seed, fault=fault)
        assert trial.count == 5
        assert trial.issues & rules, seed


@each_way
def test_each_explains_its_own_sets_best(exercise: str, variation: str) -> None:
    # side on a lateral raise a little forward cannot be told from a front raise
    for yaw_deg in _views(exercise, variation)[:1]:
        scene = scene_of(exercise, variation=variation, yaw_deg=yaw_deg, seed=1000)
        found = best_fit(fit_all(scene, catalog().values()))
        assert found is not None
        assert found.spec == spec_of(exercise)
