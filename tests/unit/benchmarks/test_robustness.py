"""One difficulty at a time."""

from __future__ import annotations

from benchmarks.conditions import CONDITIONS, filmed_from_deg, made_set
from benchmarks.robustness import try_condition
from repsight.athlete.performance import perform


def test_every_point_of_a_curve_has_a_name_of_its_own() -> None:
    names = [(one.group, one.level) for one in CONDITIONS]
    assert len(set(names)) == len(names)


def test_a_set_is_counted_with_its_exercise_given_alone() -> None:
    usual = next(one for one in CONDITIONS if one.level == "30 Hz")
    (done,) = try_condition(usual, ["glute_bridge"], 1)
    assert (done.off_given, done.off_found, done.is_recognised) == (0, None, False)


def test_limbs_that_work_alone_are_filmed_so_that_none_hides_the_other() -> None:
    curl = perform("biceps_curl", reps=1, variation="alternating")
    both = perform("biceps_curl", reps=1)
    assert filmed_from_deg(curl) < filmed_from_deg(both) == made_set("squat", 1)[1]
