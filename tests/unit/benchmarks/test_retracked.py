"""Another tracking of the same clip: a little different, the same movement."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.retracked import retracked
from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack


@pytest.fixture(scope="module")
def track() -> PoseTrack:
    made = perform("squat", reps=3, seed=5)
    return made.track(made.camera(yaw_deg=90.0), seed=5)


def test_landmarks_move_by_about_a_hundredth_of_the_body(track):
    moved = retracked(track, seed=1)
    body = np.nanmax(np.ptp(track.xy[..., 1], axis=1))
    apart = np.nanmedian(np.linalg.norm(moved.xy - track.xy, axis=-1)) / body
    assert 0.003 < apart < 0.02


def test_the_same_seed_gives_the_same_tracking(track):
    once, again, other = (retracked(track, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(once.xy, again.xy)
    assert not np.array_equal(once.xy, other.xy, equal_nan=True)


def test_times_and_the_count_stay(track):
    moved = retracked(track, seed=3)
    np.testing.assert_array_equal(moved.t_s, track.t_s)
    assert sum(one.rep_count for one in assess_track(moved, exercise="squat")) == 3


def test_no_difference_gives_the_track_itself(track):
    assert retracked(track, seed=1, level=0.0) is track
