"""Legs that a pose model draws below the picture are no evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.in_sight import OUT_OF_SIGHT
from repsight.core.measure import observe
from repsight.core.refine import Refined, refine
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of


@pytest.fixture(scope="module")
def squats() -> PoseTrack:
    made = perform("squat", reps=3, seed=2)
    track = made.track(made.camera(yaw_deg=0.0), seed=2)
    return track.part(track.t_s <= made.truth.end_s + 0.5)


def _seen_down_to(track: PoseTrack, landmark: int) -> Refined:
    """The picture ends where ``landmark`` is; the model goes on drawing what is below."""
    lower = np.array([0.0, 1.0 - float(track.xy[0, landmark, 1])])
    return refine(observe(replace(track, xy=track.xy + lower)), spec_of("squat"))


def test_legs_below_the_picture_are_not_counted_and_the_reason_is_said(squats):
    found = _seen_down_to(squats, 11)  # cut at the shoulders
    assert found.reps == ()
    assert OUT_OF_SIGHT in {one.explanation for one in found.rejected}


def test_hips_that_are_seen_to_sink_count_without_the_feet(squats):
    assert len(_seen_down_to(squats, 25).reps) == 3  # cut at the knees


def test_a_whole_lifter_in_the_picture_counts(squats):
    assert len(refine(observe(squats), spec_of("squat")).reps) == 3
