"""The digital athlete keeps its bones, its feet and its word."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.body import Body
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, perform
from repsight.core.skeleton import Landmark
from repsight.errors import UnknownName

EVERY = [(name, variation) for name, style in STYLES.items() for variation in style.variations]
BONES = [
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, "thigh_m"),
    (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE, "shank_m"),
    (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW, "upper_arm_m"),
    (Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST, "forearm_m"),
]


@pytest.mark.parametrize(("exercise", "variation"), EVERY)
def test_bones_keep_their_length_in_every_movement(exercise: str, variation: str) -> None:
    for seed in (0, 1):
        performance = perform(exercise, variation=variation, reps=2, seed=seed)
        assert np.isfinite(performance.points).all()
        for first, last, name in BONES:
            length = np.linalg.norm(
                performance.points[:, first] - performance.points[:, last], axis=-1
            )
            np.testing.assert_allclose(length, getattr(performance.body, name), rtol=2e-3)


@pytest.mark.parametrize(("exercise", "variation"), EVERY)
def test_nothing_sinks_into_the_floor_or_jumps(exercise: str, variation: str) -> None:
    performance = perform(exercise, variation=variation, reps=2, seed=2)
    assert performance.points[..., 2].min() > -0.01
    step = np.linalg.norm(np.diff(performance.points, axis=0), axis=-1)
    assert step.max() * 120.0 < 8.0  # m/s


@pytest.mark.parametrize("exercise", ["squat", "deadlift", "shoulder_press"])
def test_feet_stay_planted_during_the_set(exercise: str) -> None:
    performance = perform(exercise, reps=3, seed=4)
    inside = (performance.t_s > performance.truth.start_s) & (
        performance.t_s < performance.truth.end_s
    )
    assert np.ptp(performance.points[inside, 27:33], axis=0).max() < 1e-6


def test_hands_and_toes_stay_planted_in_push_ups() -> None:
    performance = perform("push_up", reps=3, seed=4)
    inside = (performance.t_s > performance.truth.start_s) & (
        performance.t_s < performance.truth.end_s
    )
    assert np.ptp(performance.points[inside][:, [15, 16, 31, 32]], axis=0).max() < 2e-3


@pytest.mark.parametrize("seed", range(12))
def test_a_deadlift_bar_rises_straight(seed: int) -> None:
    performance = perform("deadlift", reps=2, seed=seed)
    load = performance.load
    assert load is not None
    assert np.ptp(load[:, 0]) < 1e-9


def test_balanced_bodies_lean_as_the_mechanics_ask() -> None:
    def leans(exercise: str, variation: str, *, at_turn: bool) -> list[float]:
        out: list[float] = []
        for seed in range(40):
            performance = perform(exercise, variation=variation, reps=1, seed=seed)
            rep = performance.truth.reps[0]
            t_s = rep.turn_s if at_turn else rep.start_s
            out.append(float(performance.angles_at(np.array([t_s])).lean_deg[0]))
        return out

    high, low = leans("squat", "high_bar", at_turn=True), leans("squat", "low_bar", at_turn=True)
    pull, sumo = (
        leans("deadlift", "conventional", at_turn=False), leans("deadlift", "sumo", at_turn=False)
    )  # fmt: skip
    assert 29 < np.mean(high) < 43
    assert 38 < np.mean(low) < 55
    assert 48 < np.mean(pull) < 62
    assert np.mean(sumo) < np.mean(pull) - 4


def test_longer_thighs_make_a_squatter_lean_more() -> None:
    def lean(body: Body) -> float:
        performance = perform("squat", body=body, reps=1, seed=3)
        turn_s = np.array([performance.truth.reps[0].turn_s])
        return float(performance.angles_at(turn_s).lean_deg[0])

    assert lean(Body(thigh=0.262, trunk=0.268)) > lean(Body()) + 4.0


@pytest.mark.parametrize("exercise", [name for name, s in STYLES.items() if s.has_reps])
def test_truth_orders_every_rep(exercise: str) -> None:
    truth = perform(exercise, reps=4, range_ratio=[1.0, 1.0, 0.5, 1.0], seed=1).truth
    assert [rep.kind for rep in truth.reps] == ["full", "full", "partial", "full"]
    assert truth.counted == 3
    for rep in truth.reps:
        assert rep.start_s < rep.turn_start_s <= rep.turn_s <= rep.turn_end_s < rep.end_s
    ends = [rep.end_s for rep in truth.reps[:-1]]
    assert all(end < rep.start_s for end, rep in zip(ends, truth.reps[1:], strict=True))


def test_the_same_seed_gives_the_same_track_and_another_seed_another() -> None:
    first, again, other = (perform("squat", seed=seed).track(seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.xy, again.xy)
    assert first.xy.shape != other.xy.shape or not np.array_equal(first.xy, other.xy)


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="high_bar"):
        perform("squat", variation="sideways")
    with pytest.raises(UnknownName, match="deadlift"):
        perform("juggling")


@pytest.mark.parametrize("name", [name for name, s in STYLES.items() if not s.has_reps])
def test_negatives_have_no_reps_and_last_as_long_as_asked(name: str) -> None:
    performance = perform(name, reps=5, hold_s=9.0)
    assert performance.truth.reps == ()
    assert 9.0 <= performance.truth.duration_s < 16.0


def test_a_still_photograph_does_not_move() -> None:
    assert np.ptp(perform("still").points, axis=0).max() < 1e-12


def test_a_lifter_can_walk_in_and_out_without_changing_the_set() -> None:
    plain, walked = (perform("deadlift", reps=2, seed=3, walk_in=walk) for walk in (False, True))
    hips = walked.points[:, 23:25].mean(axis=1)
    assert np.abs(hips[0, 0] - hips[len(hips) // 2, 0]) > 1.5
    assert np.abs(hips[-1, 0] - hips[len(hips) // 2, 0]) > 1.5
    for ours, theirs in zip(walked.truth.reps, plain.truth.reps, strict=True):
        np.testing.assert_allclose(
            walked.points_at(np.array([ours.turn_s])), plain.points_at(np.array([theirs.turn_s])),
            atol=2e-3,
        )  # fmt: skip


def test_deadlift_moments_come_in_order() -> None:
    for rep in perform("deadlift", reps=2, seed=1).truth.reps:
        assert [m.name for m in rep.moments] == ["setup", "first_pull", "knee_pass", "lockout"]
        assert sorted(m.t_s for m in rep.moments) == [m.t_s for m in rep.moments]


def test_a_cheated_curl_is_not_counted() -> None:
    truth = perform("biceps_curl", reps=3, faults=[Fault("body_swing", reps=(2,))]).truth
    assert [rep.kind for rep in truth.reps] == ["full", "cheated", "full"]
    assert truth.counted == 2
