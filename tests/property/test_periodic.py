"""What must not change the class-agnostic count."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from repsight.core.periodic import count_repetitions
from repsight.core.skeleton import MIRROR
from repsight.core.types import FloatArray, PoseTrack


def squats(count: int, period_s: float, seed: int) -> PoseTrack:
    """A stick figure from the front that sinks ``count`` times, with noise."""
    t_s = np.arange(0, (count + 1) * period_s, 1 / 30)
    phase = np.clip(t_s / period_s - 0.5, 0, count)
    depth = np.sin(np.pi * phase) ** 2
    xy = np.full((len(t_s), 33, 2), np.nan)
    places = {0: (0.5, 0.15, 1), 11: (0.56, 0.25, 1), 12: (0.44, 0.25, 1), 13: (0.58, 0.36, 1),
              14: (0.42, 0.36, 1), 15: (0.56, 0.3, 1), 16: (0.44, 0.3, 1), 23: (0.54, 0.5, 0.9),
              24: (0.46, 0.5, 0.9), 25: (0.56, 0.68, 0.3), 26: (0.44, 0.68, 0.3),
              27: (0.55, 0.87, 0), 28: (0.45, 0.87, 0)}  # fmt: skip
    for column, (x, y, share) in places.items():
        xy[:, column, 0] = x
        xy[:, column, 1] = y + 0.2 * share * depth
    xy += np.random.default_rng(seed).normal(0, 0.003, xy.shape)
    return PoseTrack(t_s, xy, np.ones(xy.shape[:2]))


def moved(track: PoseTrack, xy: FloatArray, shift_s: float = 0.0) -> PoseTrack:
    return PoseTrack(track.t_s + shift_s, xy, track.visibility)


sets = st.builds(
    squats,
    st.integers(3, 8),
    st.floats(1.2, 4.0),
    st.integers(0, 99),
)


@given(st.integers(3, 8), st.floats(1.2, 4.0), st.integers(0, 99))
def test_squats_of_any_tempo_are_counted_within_one(count: int, period_s: float, seed: int) -> None:
    assert abs(count_repetitions(squats(count, period_s, seed)).count - count) <= 1


@settings(max_examples=12)
@given(sets, st.floats(-50, 500))
def test_when_the_clip_starts_does_not_matter(track: PoseTrack, shift_s: float) -> None:
    before = count_repetitions(track)
    after = count_repetitions(moved(track, track.xy, shift_s))
    assert after.count == before.count


@settings(max_examples=12)
@given(sets, st.floats(0.2, 3.0), st.floats(-0.3, 0.3))
def test_size_and_place_in_the_picture_do_not_matter(
    track: PoseTrack, scale: float, shift: float
) -> None:
    assert count_repetitions(moved(track, track.xy * scale + shift)).count == (
        count_repetitions(track).count
    )


@settings(max_examples=12)
@given(sets)
def test_a_mirror_image_counts_the_same(track: PoseTrack) -> None:
    mirrored = track.xy[:, MIRROR] * np.array([-1.0, 1.0]) + np.array([1.0, 0.0])
    assert count_repetitions(moved(track, mirrored)).count == count_repetitions(track).count


@settings(max_examples=12)
@given(sets)
def test_repetitions_follow_each_other_in_time(track: PoseTrack) -> None:
    reps = count_repetitions(track).reps
    times = [t for rep in reps for t in (rep.start_s, rep.turn_s, rep.end_s)]
    assert times == sorted(times)
