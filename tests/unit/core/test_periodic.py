"""The class-agnostic counter on a stick figure whose movement is known."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.periodic import count_repetitions
from repsight.core.periodic_gates import UNASKED, Gates, body_length
from repsight.core.periodic_signals import bank_of
from repsight.core.types import FloatArray, PoseTrack

RATE_HZ = 30.0

#: A person who stands 0.72 frame heights tall in the middle of the picture.
STANDING = {
    0: (0.50, 0.15), 11: (0.56, 0.25), 12: (0.44, 0.25), 13: (0.58, 0.37), 14: (0.42, 0.37),
    15: (0.58, 0.48), 16: (0.42, 0.48), 23: (0.54, 0.50), 24: (0.46, 0.50), 25: (0.54, 0.68),
    26: (0.46, 0.68), 27: (0.54, 0.87), 28: (0.46, 0.87),
}  # fmt: skip
LEFT_ARM, RIGHT_ARM = (15, -0.45), (16, -0.45)


def rises(at_s: list[float], length_s: float, t_s: FloatArray) -> FloatArray:
    """Smooth bumps from 0 to 1 and back."""
    phase = np.stack([np.clip((t_s - start) / length_s, 0, 1) for start in at_s])
    return np.sin(np.pi * phase).sum(axis=0) ** 2


def person(t_s: FloatArray, noise: float = 0.002) -> FloatArray:
    xy = np.full((len(t_s), 33, 2), np.nan)
    for column, place in STANDING.items():
        xy[:, column] = place
    return xy + np.random.default_rng(1).normal(0, noise, xy.shape)


def track_of(t_s: FloatArray, xy: FloatArray) -> PoseTrack:
    return PoseTrack(t_s, xy, np.isfinite(xy[..., 0]).astype(float))


def seconds(length_s: float, rate_hz: float = RATE_HZ) -> FloatArray:
    return np.arange(0, length_s, 1 / rate_hz)


def arm_raises(starts_s: list[float], *, length_s: float = 1.6, rate_hz: float = RATE_HZ,
               clip_s: float = 20.0, size: float = 1.0) -> PoseTrack:  # fmt: skip
    t_s = seconds(clip_s, rate_hz)
    xy = person(t_s)
    lifted = rises(starts_s, length_s, t_s)
    for wrist, height in (LEFT_ARM, RIGHT_ARM):
        xy[:, wrist, 1] += size * height * lifted
        xy[:, wrist - 2, 1] += size * height / 2 * lifted
    return track_of(t_s, xy)


def test_every_arm_raise_is_counted() -> None:
    found = count_repetitions(arm_raises([2, 5, 8, 11, 14, 17]))
    assert found.count == 6
    assert found.confidence > 0.7
    assert found.reason == ""


def test_the_turn_of_each_repetition_is_at_its_top() -> None:
    found = count_repetitions(arm_raises([2, 5, 8, 11, 14, 17]))
    assert [rep.turn_s for rep in found.reps] == pytest.approx(
        [2.8, 5.8, 8.8, 11.8, 14.8, 17.8], abs=0.15
    )


def test_rest_is_outside_the_repetition() -> None:
    rep = count_repetitions(arm_raises([2, 8, 14])).reps[1]
    assert rep.start_s == pytest.approx(8.2, abs=0.35)
    assert rep.end_s == pytest.approx(9.4, abs=0.35)


def test_idle_time_before_and_after_does_not_count() -> None:
    assert count_repetitions(arm_raises([20, 22.5, 25, 27.5], clip_s=60)).count == 4


def test_tempo_may_double_within_a_set() -> None:
    starts = [1.0, 4.5, 7.5, 10.2, 12.6, 14.8, 16.8]
    assert count_repetitions(arm_raises(starts)).count == 7


@pytest.mark.parametrize("rate_hz", [12.0, 24.0, 60.0])
def test_the_frame_rate_does_not_change_the_count(rate_hz: float) -> None:
    assert count_repetitions(arm_raises([2, 5, 8, 11, 14, 17], rate_hz=rate_hz)).count == 6


def test_alternating_sides_count_every_side() -> None:
    t_s = seconds(20)
    xy = person(t_s)
    for (wrist, height), starts in ((LEFT_ARM, [1, 7, 13]), (RIGHT_ARM, [4, 10, 16])):
        xy[:, wrist, 1] += height * rises([float(start) for start in starts], 1.8, t_s)
    assert count_repetitions(track_of(t_s, xy)).count == 6


def test_a_lone_movement_does_not_repeat() -> None:
    found = count_repetitions(arm_raises([8.0]))
    assert found.count == 0
    assert found.reason


def test_a_movement_below_the_floor_is_not_counted() -> None:
    found = count_repetitions(arm_raises([2, 5, 8, 11, 14, 17], size=0.08))
    assert found.count == 0
    assert "too small" in found.reason


def test_the_floor_is_an_argument() -> None:
    track = arm_raises([2, 5, 8, 11, 14, 17], size=0.08)
    assert count_repetitions(track, gates=Gates(floor=0.01)).count == 6
    assert count_repetitions(track, gates=None).count == 6


@pytest.mark.parametrize("noise", [0.001, 0.005, 0.02, 0.05])
@pytest.mark.parametrize("seed", range(4))
def test_a_still_person_with_sensor_noise_does_nothing(noise: float, seed: int) -> None:
    t_s = seconds(20)
    still = np.broadcast_to(person(t_s[:1], 0.0), (len(t_s), 33, 2))
    shaken = still + np.random.default_rng(seed).normal(0, noise, still.shape)
    assert count_repetitions(track_of(t_s, shaken)).count == 0


@pytest.mark.parametrize("seed", range(6))
def test_somebody_who_talks_with_the_hands_does_nothing(seed: int) -> None:
    t_s = seconds(15)
    xy = person(t_s)
    random = np.random.default_rng(seed)
    for column in (0, 13, 14, 15, 16):
        for axis in (0, 1):
            wander = np.convolve(random.normal(0, 1, len(t_s)), np.hanning(25), "same")
            xy[:, column, axis] += 0.04 * wander / wander.std()
    assert count_repetitions(track_of(t_s, xy)).count == 0


def walking(length_s: float, speed: float) -> PoseTrack:
    """Side view: legs and arms swing against each other once a second."""
    t_s = seconds(length_s)
    xy = person(t_s)
    swing = np.sin(2 * np.pi * t_s)
    xy[..., 0] = 0.5 + 0.2 * (xy[..., 0] - 0.5)
    for column, share in ((27, 0.15), (28, -0.15), (25, 0.08), (26, -0.08), (15, -0.1), (16, 0.1)):
        xy[:, column, 0] += share * swing
    xy[..., 0] += (speed * t_s)[:, None]
    return track_of(t_s, xy)


def test_walking_on_the_spot_is_not_an_exercise() -> None:
    found = count_repetitions(walking(12, 0.0))
    assert found.count == 0
    assert "walking" in found.reason


def test_walking_through_the_picture_is_not_an_exercise() -> None:
    found = count_repetitions(walking(12, 0.3))
    assert found.count == 0
    assert "travels" in found.reason


def test_nobody_gives_nothing() -> None:
    t_s = seconds(5)
    found = count_repetitions(track_of(t_s, np.full((len(t_s), 33, 2), np.nan)))
    assert (found.reps, found.confidence) == ((), 0.0)
    assert found.reason == "hardly anybody was seen"


@pytest.mark.parametrize("frames", [0, 1, 2, 7])
def test_a_handful_of_frames_gives_nothing(frames: int) -> None:
    t_s = np.arange(frames) / RATE_HZ
    assert count_repetitions(track_of(t_s, person(t_s))).count == 0


def test_repetitions_while_nobody_was_seen_are_not_invented() -> None:
    track = arm_raises([2, 5, 8, 11, 14, 17])
    xy = track.xy.copy()
    xy[(track.t_s > 7.5) & (track.t_s < 13.5)] = np.nan
    assert count_repetitions(track_of(track.t_s, xy)).count == 4


def test_short_gaps_cost_no_repetition() -> None:
    track = arm_raises([2, 5, 8, 11, 14, 17])
    xy = track.xy.copy()
    xy[np.random.default_rng(3).random(len(xy)) < 0.3] = np.nan
    assert count_repetitions(track_of(track.t_s, xy)).count == 6


def test_the_legs_may_be_out_of_the_picture() -> None:
    track = arm_raises([2, 5, 8, 11, 14, 17])
    xy = track.xy.copy()
    xy[:, 25:] = np.nan
    assert count_repetitions(track_of(track.t_s, xy)).count == 6


def test_a_body_without_a_trunk_cannot_be_scaled() -> None:
    track = arm_raises([2, 5, 8, 11, 14, 17])
    xy = track.xy.copy()
    xy[:, 23:25] = np.nan
    found = count_repetitions(track_of(track.t_s, xy))
    assert (found.count, found.reason) == (0, "too little of the body was seen")


def test_body_length_is_trunk_plus_leg() -> None:
    t_s = seconds(2)
    bank = bank_of(t_s, person(t_s, 0.0))
    assert bank is not None
    assert body_length(bank.points) == pytest.approx(0.25 + 0.37, abs=0.01)


def test_what_happens_once_in_a_long_while_does_not_repeat():
    assert count_repetitions(arm_raises([3.0, 28.0, 55.0], clip_s=60.0)).count == 0


def test_a_stray_movement_long_after_the_set_is_left_out():
    assert count_repetitions(arm_raises([2.0, 4.0, 6.0, 8.0, 40.0], clip_s=45.0)).count == 4


def test_a_few_gestures_are_counted_only_where_somebody_asked_for_a_count():
    made = perform("talking", seed=5, hold_s=20.0)
    track = observe(made.track(made.camera(yaw_deg=45.0), seed=5)).track
    assert count_repetitions(track).count == 3
    assert count_repetitions(track, gates=UNASKED).count == 0


def test_a_few_repetitions_of_a_real_set_are_counted_unasked_as_well():
    made = perform("squat", reps=3, seed=5)
    track = observe(made.track(made.camera(yaw_deg=90.0), seed=5)).track
    assert count_repetitions(track, gates=UNASKED).count == count_repetitions(track).count > 2
