"""In a set both arms are about the same thing; in talk each is about its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.course import Tempo
from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.exercises import spec_of
from repsight.recognize.both_arms import are_at_odds
from repsight.recognize.spec_fit import Fit, fit_of


def _scene(exercise: str, *, variation: str | None = None, seed: int = 3, yaw_deg: float = 45.0,
           tempo: Tempo | None = None) -> Scene:  # fmt: skip
    made = perform(exercise, reps=4, variation=variation, seed=seed, hold_s=20.0, tempo=tempo)
    return observe(made.track(made.camera(yaw_deg=yaw_deg), seed=seed))


def _at_odds(scene: Scene, exercise: str) -> bool:
    fit: Fit = fit_of(scene, spec_of(exercise))
    assert fit.refined.reps
    return are_at_odds(scene, fit.spec.cycle.driver, fit.refined.reps)


@pytest.mark.parametrize("variation", ["barbell", "alternating"])
def test_arms_that_work_together_or_take_turns_are_not_at_odds(variation: str):
    assert not _at_odds(_scene("biceps_curl", variation=variation), "biceps_curl")


def test_one_arm_that_works_while_the_other_rests_is_not_at_odds_with_it():
    scene = _scene("lateral_raise", variation="one_arm", seed=24)
    assert not _at_odds(scene, "lateral_raise")


def test_slow_curls_are_not_at_odds():
    scene = _scene("biceps_curl", tempo=Tempo(4.0, 1.0, 4.0, 0.5), yaw_deg=90.0)
    assert not _at_odds(scene, "biceps_curl")


@pytest.mark.parametrize(
    ("seed", "yaw_deg", "taken_for"),
    [(33, 0.0, "biceps_curl"), (19, 45.0, "triceps_extension"), (1, -90.0, "biceps_curl")],
)
def test_hands_that_talk_are_at_odds(seed: int, yaw_deg: float, taken_for: str):
    assert _at_odds(_scene("talking", seed=seed, yaw_deg=yaw_deg), taken_for)


def test_arms_that_are_not_seen_are_not_at_odds():
    scene = _scene("biceps_curl")
    fit = fit_of(scene, spec_of("biceps_curl"))
    hidden = replace(scene, track=replace(scene.track, xy=np.full_like(scene.track.xy, np.nan)))
    assert not are_at_odds(hidden, fit.spec.cycle.driver, fit.refined.reps)
    assert not are_at_odds(scene, fit.spec.cycle.driver, ())
