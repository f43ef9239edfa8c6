"""Lunges, bridges and rows on the digital athlete: sides, ways of doing them, what they are not."""

from __future__ import annotations

import pytest

from repsight.athlete.performance import STYLES
from repsight.core.refine import refine
from repsight.core.sides import side_counts
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all
from tests.unit.exercises.trials import scene_of, try_set

LUNGE = spec_of("lunge")
each_lunge = pytest.mark.parametrize("variation", STYLES["lunge"].variations)


def test_legs_that_take_turns_are_counted_each() -> None:
    counts = side_counts(LUNGE, refine(scene_of("lunge", seed=1), LUNGE).reps)
    assert counts == {"left": 3, "right": 2, "both": 0}


def test_all_repetitions_of_a_split_squat_belong_to_one_leg() -> None:
    reps = refine(scene_of("lunge", variation="split", seed=1), LUNGE).reps
    assert {rep.side for rep in reps} in ({"left"}, {"right"})


@each_lunge
def test_side_on_the_way_of_lunging_is_seen(variation: str) -> None:
    seen = try_set("lunge", variation=variation, seed=1).judged.variations
    assert [one.id for one in seen] == [variation]


@each_lunge
def test_from_the_front_no_way_of_lunging_is_claimed(variation: str) -> None:
    trial = try_set("lunge", variation=variation, yaw_deg=0.0, seed=1)
    assert trial.count == 5
    assert not trial.judged.variations


@each_lunge
@pytest.mark.parametrize("yaw_deg", [90.0, 0.0])
def test_lunges_explain_themselves_best(variation: str, yaw_deg: float) -> None:
    scene = scene_of("lunge", variation=variation, yaw_deg=yaw_deg, seed=1)
    found = best_fit(fit_all(scene, catalog().values()))
    assert found is not None
    assert found.spec == LUNGE


def test_squats_side_on_are_no_lunges() -> None:
    refined = refine(scene_of("squat", seed=1), LUNGE)
    assert not refined.reps
    assert {one.explanation for one in refined.rejected} == {"the feet were side by side"}


@pytest.mark.parametrize("variation", STYLES["glute_bridge"].variations)
@pytest.mark.parametrize("yaw_deg", [90.0, 45.0])
def test_bridges_explain_themselves_best(variation: str, yaw_deg: float) -> None:
    scene = scene_of("glute_bridge", variation=variation, yaw_deg=yaw_deg, seed=1)
    found = best_fit(fit_all(scene, catalog().values()))
    assert found is not None
    assert found.spec == spec_of("glute_bridge")


@pytest.mark.parametrize("variation", STYLES["glute_bridge"].variations)
def test_a_bridge_on_the_floor_is_told_from_a_hip_thrust(variation: str) -> None:
    seen = try_set("glute_bridge", variation=variation, seed=1).judged.variations
    assert [one.id for one in seen] == [variation]


@pytest.mark.parametrize("other", ["sit_up", "crunch", "push_up"])
def test_what_is_done_lying_is_no_bridge(other: str) -> None:
    assert not refine(scene_of(other, seed=1), spec_of("glute_bridge")).reps


@pytest.mark.parametrize("variation", STYLES["bent_over_row"].variations)
@pytest.mark.parametrize("yaw_deg", [90.0, 0.0])
def test_rows_explain_themselves_best(variation: str, yaw_deg: float) -> None:
    scene = scene_of("bent_over_row", variation=variation, yaw_deg=yaw_deg, seed=1)
    found = best_fit(fit_all(scene, catalog().values()))
    assert found is not None
    assert found.spec == spec_of("bent_over_row")


def test_an_arm_that_rows_alone_is_named() -> None:
    scene = scene_of("bent_over_row", variation="one_arm", yaw_deg=0.0, seed=1)
    row = spec_of("bent_over_row")
    assert side_counts(row, refine(scene, row).reps) == {"left": 5, "right": 0, "both": 0}


@pytest.mark.parametrize("other", ["deadlift", "romanian_deadlift", "push_up", "biceps_curl"])
def test_hinges_push_ups_and_curls_are_no_rows(other: str) -> None:
    assert not refine(scene_of(other, seed=1), spec_of("bent_over_row")).reps
