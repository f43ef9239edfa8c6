"""Recognition by specifications alone: what they explain, and what is a part of something else."""

from __future__ import annotations

import pytest

from benchmarks.clips import KEPT, kept_track
from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all, fit_of, without_parts


def seen(exercise: str, *, variation: str | None = None, yaw_deg: float = 90.0) -> Scene:
    made = perform(exercise, reps=4, seed=5, variation=variation)
    return observe(made.track(made.camera(yaw_deg=yaw_deg), seed=5))


@pytest.mark.parametrize("variation", ["standard", "push_up", "no_jump"])
def test_a_burpee_is_found_without_a_router_and_is_not_the_push_up_in_it(variation: str):
    fits = fit_all(seen("burpee", variation=variation), catalog().values())
    found = best_fit(without_parts(fits))
    assert found is not None
    assert found.spec.id == "burpee"
    assert len(found.refined.reps) == 4


@pytest.mark.parametrize("yaw_deg", [90.0, 50.0])
def test_mountain_climbers_are_found_without_a_router(yaw_deg: float):
    made = perform("mountain_climber", reps=12, seed=5)
    scene = observe(made.track(made.camera(yaw_deg=yaw_deg), seed=5))
    found = best_fit(without_parts(fit_all(scene, catalog().values())))
    assert found is not None
    assert found.spec.id == "mountain_climber"


def test_a_part_goes_and_the_whole_stays_whichever_comes_first():
    scene = seen("burpee", variation="push_up")
    whole = fit_of(scene, spec_of("burpee"))
    part = fit_of(scene, spec_of("push_up"))
    assert len(part.refined.reps) == len(whole.refined.reps)
    assert without_parts([part, whole]) == without_parts([whole, part]) == [whole]


@pytest.mark.parametrize("variation", ["barbell", "dumbbell"])
def test_two_rows_are_not_the_one_bend_down_to_the_bar_around_them(variation: str):
    made = perform("bent_over_row", reps=2, seed=60, variation=variation)
    scene = observe(made.track(made.camera(yaw_deg=90.0), seed=1))
    rows, bend = (fit_of(scene, spec_of(name)) for name in ("bent_over_row", "romanian_deadlift"))
    assert (len(rows.refined.reps), len(bend.refined.reps)) == (2, 1)
    assert without_parts([bend, rows]) == [rows]


def test_two_views_of_the_same_movement_both_stay():
    scene = seen("deadlift")
    fits = [fit_of(scene, spec_of(name)) for name in ("deadlift", "romanian_deadlift")]
    assert without_parts(fits) == fits


@pytest.mark.parametrize("exercise", ["burpee", "mountain_climber"])
def test_real_ones_are_found_without_a_router(exercise: str):
    files = sorted(KEPT.glob(f"{exercise}_*.npz"))
    if not files:
        pytest.skip("the landmarks of the labelled clips are not here")
    for file in files:
        found = best_fit(without_parts(fit_all(observe(kept_track(file)), catalog().values())))
        assert found is not None
        assert found.spec.id == exercise


def test_a_pull_cut_off_at_both_ends_is_not_held_to_the_rest_that_nobody_saw():
    made = perform("deadlift", reps=1, seed=5)
    whole = made.track(made.camera(yaw_deg=90.0), seed=5)
    (rep,) = fit_of(observe(whole), spec_of("deadlift")).refined.reps
    # from the knees to the lockout, as clips for a glance are cut
    from_s = rep.start_s + 0.45 * (rep.turn_start_s - rep.start_s)
    inside = whole.part((whole.t_s >= from_s) & (whole.t_s <= rep.turn_s))
    fit = fit_of(observe(inside), spec_of("deadlift"))
    assert len(fit.refined.reps) == 1
    assert fit.score > 0.5
