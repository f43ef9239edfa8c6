"""The router proposes, the specification must agree; what the router never saw is found too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.core.signals import Angle
from repsight.core.spec import ExerciseSpec, Gate
from repsight.exercises import catalog, spec_of
from repsight.recognize import Routed, choose
from repsight.recognize.spec_fit import fit_of

#: A posture that a squat of the athlete shows badly: knees nearly closed.
BADLY_SEEN = Gate(Angle("hip", "knee", "ankle"), "turn", high=-1, soft=60)


@pytest.fixture(scope="module")
def scene() -> Scene:
    made = perform("squat", reps=4, seed=3)
    return observe(made.track(made.camera(yaw_deg=90.0), seed=3))


@pytest.fixture(scope="module")
def badly_seen() -> dict[str, ExerciseSpec]:
    squat = spec_of("squat")
    return {"squat": replace(squat, signature=(*squat.signature, BADLY_SEEN))}


def says(probability: float, windows: int = 8, *, name: str = "squat") -> Routed:
    rows = np.tile([probability, 1.0 - probability], (windows, 1))
    return Routed((name, "unknown"), np.arange(windows) * 0.5, rows, np.ones(windows, bool))


def test_a_posture_seen_badly_is_forgiven_where_the_router_is_sure(scene, badly_seen):
    assert 0.04 < fit_of(scene, badly_seen["squat"]).score < 0.2
    assert choose(scene, says(0.9), badly_seen).fit is not None
    assert choose(scene, says(0.25), badly_seen).fit is None


def test_a_set_that_fits_whole_needs_little_of_the_router(scene):
    found = choose(scene, says(0.1), {"squat": spec_of("squat")})
    assert found.fit is not None
    assert found.method == "router"


@pytest.mark.parametrize("reps", [1, 2])
def test_a_bend_or_two_of_the_arms_are_no_curls_unless_the_router_is_sure(reps: int):
    made = perform("biceps_curl", reps=reps, seed=3)
    few = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    curl = {"biceps_curl": spec_of("biceps_curl")}
    assert choose(few, says(0.3, name="biceps_curl"), curl).fit is None
    assert choose(few, says(0.9, name="biceps_curl"), curl).fit is not None


def test_an_exercise_the_router_never_saw_is_found_by_its_specification(scene):
    routed = says(0.2, name="deadlift")
    others = choose(scene, routed, catalog())
    assert others.fit is not None
    assert (others.fit.spec.id, others.method) == ("squat", "spec_fit")


def test_a_router_that_knows_nothing_leaves_the_choice_to_the_specifications(scene):
    nothing = Routed((), np.empty(0), np.empty((0, 0)), np.empty(0, bool))
    found = choose(scene, nothing, catalog())
    assert found.fit is not None
    assert (found.fit.spec.id, found.method) == ("squat", "spec_fit")


def test_single_bends_of_an_arm_minutes_apart_do_not_add_up_to_a_set():
    made = perform("biceps_curl", reps=2, seed=3)
    once = made.track(made.camera(yaw_deg=90.0), seed=3)
    later = replace(once, t_s=once.t_s + 60.0)
    both = replace(
        once,
        **{
            name: np.concatenate([getattr(once, name), getattr(later, name)])
            for name in ("t_s", "xy", "visibility", "world")
        },
    )
    curl = {"biceps_curl": spec_of("biceps_curl")}
    assert choose(observe(both), says(0.3, 40, name="biceps_curl"), curl).fit is None


def test_hands_that_talk_have_no_beat_and_are_no_set_unless_the_router_is_sure():
    made = perform("talking", seed=0, hold_s=20)
    seen = observe(made.track(made.camera(yaw_deg=0.0), seed=0))
    curl = {"biceps_curl": spec_of("biceps_curl")}
    assert len(fit_of(seen, curl["biceps_curl"]).refined.reps) > 2
    assert choose(seen, says(0.7, 40, name="biceps_curl"), curl).fit is None
    assert choose(seen, says(0.95, 40, name="biceps_curl"), curl).fit is not None


def test_gestures_of_one_length_that_do_not_keep_time_are_no_set():
    made = perform("talking", seed=110, hold_s=20)
    seen = observe(made.track(made.camera(yaw_deg=90.0), seed=110))
    curl = {"biceps_curl": spec_of("biceps_curl")}
    assert len(fit_of(seen, curl["biceps_curl"]).refined.reps) > 4
    assert choose(seen, says(0.7, 40, name="biceps_curl"), curl).fit is None


def test_a_few_gestures_among_others_are_no_set_unless_the_router_is_sure():
    made = perform("talking", seed=8, hold_s=20.0)
    talk = observe(made.track(made.camera(yaw_deg=45.0), seed=8))
    curl = {"biceps_curl": spec_of("biceps_curl")}
    assert fit_of(talk, curl["biceps_curl"]).score > 0.9
    assert choose(talk, says(0.6, name="biceps_curl"), curl).fit is None
    assert choose(talk, says(0.95, name="biceps_curl"), curl).fit is not None


def test_one_repetition_that_fills_the_clip_is_forgiven_a_posture_if_the_router_is_very_sure(
    badly_seen,
):
    made = perform("squat", reps=1, seed=3)
    once = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    span = fit_of(once, badly_seen["squat"]).refined.reps[0]
    first, last = np.searchsorted(once.track.t_s, [span.start_s - 0.5, span.end_s + 0.5])
    assert choose(once.part(slice(int(first), int(last))), says(0.9), badly_seen).fit is not None
    assert choose(once.part(slice(int(first), int(last))), says(0.5), badly_seen).fit is None


@pytest.mark.parametrize("reps", [2, 4])
def test_who_bends_over_for_a_few_rows_does_not_talk(reps: int):
    made = perform("bent_over_row", reps=reps, seed=60)
    rows = observe(made.track(made.camera(yaw_deg=90.0), seed=0))
    found = choose(rows, says(0.5, name="bent_over_row"), catalog())
    assert found.fit is not None
    assert found.fit.spec.id == "bent_over_row"
    assert len(found.fit.refined.reps) == reps


def says_both(first: float, second: float) -> Routed:
    rows = np.tile([first, second, 1.0 - first - second], (8, 1))
    return Routed(
        ("burpee", "deadlift", "unknown"), np.arange(8) * 0.5, rows, np.ones(8, dtype=bool)
    )


def test_a_favourite_that_was_never_seen_leaves_its_share_to_what_was():
    made = perform("deadlift", reps=1, seed=3)
    once = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    lifts = {name: spec_of(name) for name in ("burpee", "deadlift")}
    assert fit_of(once, lifts["burpee"]).score == 0
    assert choose(once, says_both(0.0, 0.08), lifts).fit is None
    found = choose(once, says_both(0.5, 0.08), lifts).fit
    assert found is not None
    assert found.spec.id == "deadlift"


def test_arms_gain_nothing_from_a_favourite_that_was_never_seen():
    made = perform("biceps_curl", reps=1, seed=3)
    once = observe(made.track(made.camera(yaw_deg=90.0), seed=3))
    rows = np.tile([0.5, 0.4, 0.1], (8, 1))
    routed = Routed(
        ("burpee", "biceps_curl", "unknown"), np.arange(8) * 0.5, rows, np.ones(8, dtype=bool)
    )
    assert choose(once, routed, {name: spec_of(name) for name in routed.classes[:2]}).fit is None
