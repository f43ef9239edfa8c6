"""Hands of a set do little else; hands that talk do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.exercises import spec_of
from repsight.recognize.hands import share_in_reps
from repsight.recognize.spec_fit import fit_of


@pytest.fixture(scope="module")
def curls() -> Scene:
    made = perform("biceps_curl", reps=4, seed=3)
    return observe(made.track(made.camera(yaw_deg=45.0), seed=3))


def test_most_of_what_the_hands_do_in_a_set_of_curls_is_curls(curls):
    assert share_in_reps(curls, fit_of(curls, spec_of("biceps_curl")).refined.reps) > 0.7


def test_hands_that_talk_do_more_than_what_looks_like_a_repetition():
    made = perform("talking", seed=8, hold_s=20.0)
    scene = observe(made.track(made.camera(yaw_deg=45.0), seed=8))
    reps = fit_of(scene, spec_of("biceps_curl")).refined.reps
    assert reps
    assert share_in_reps(scene, reps) < 0.6


def test_hands_that_are_not_seen_do_nothing_else(curls):
    hidden = replace(curls, track=replace(curls.track, visibility=0.0 * curls.track.visibility))
    reps = fit_of(curls, spec_of("biceps_curl")).refined.reps
    assert share_in_reps(hidden, reps) == 1.0
    assert share_in_reps(curls, ()) == 1.0
