"""Reading a number off a scene: visibility, sides, moments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.expectation import why_unknown
from repsight.core.measure import Scene, observe
from repsight.core.reading import Signals
from repsight.core.refine import refine
from repsight.core.report import Rep
from repsight.core.signals import Angle, Asymmetry, Height, Ratio, Spread
from repsight.core.spec import Balance, Fixed, OwnMedian, OwnRest
from repsight.exercises import spec_of

KNEE = Angle("hip", "knee", "ankle", "near")


def _scene(yaw_deg: float = 90.0) -> tuple[Scene, tuple[Rep, ...]]:
    made = perform("squat", reps=2, seed=1)
    scene = observe(made.track(made.camera(yaw_deg=yaw_deg), noise=0.0))
    return scene, refine(scene, spec_of("squat")).reps


def _hiding(scene: Scene, columns: list[int], visibility: float = 0.1) -> Scene:
    seen = scene.track.visibility.copy()
    seen[:, columns] = visibility
    return replace(scene, track=replace(scene.track, visibility=seen))


def test_a_signal_is_measured_once():
    scene, _ = _scene()
    signals = Signals(scene, "after")
    assert signals.series(KNEE) is signals.series(KNEE)


@pytest.mark.parametrize(("side", "column"), [("left", 25), ("right", 26)])
def test_a_fixed_side_depends_on_that_side_only(side: str, column: int):
    scene, reps = _scene(0.0)
    other = 51 - column
    knee = Angle("hip", "knee", "ankle", side)
    gone = Signals(_hiding(scene, [column]), "after")
    assert np.isnan(gone.read(knee, reps[0], when="turn", pick="median").value)
    kept = Signals(_hiding(scene, [other]), "after").read(knee, reps[0], when="turn", pick="median")
    assert np.isfinite(kept.value)
    assert kept.side == side


def test_the_mean_of_both_sides_needs_one_of_them():
    scene, reps = _scene(0.0)
    knee = Angle("hip", "knee", "ankle")
    one = Signals(_hiding(scene, [25]), "after")
    assert np.isfinite(one.read(knee, reps[0], when="turn", pick="median").value)
    none = Signals(_hiding(scene, [25, 26]), "after")
    assert np.isnan(none.read(knee, reps[0], when="turn", pick="median").value)


@pytest.mark.parametrize(
    "signal",
    [Asymmetry("hip", "leg"), Ratio(Spread("hip", "leg"), Spread("ankle", "leg"))],
)
def test_a_comparison_of_sides_needs_both(signal):
    scene, reps = _scene(0.0)
    hidden = Signals(_hiding(scene, [23]), "after")
    assert np.isnan(hidden.read(signal, reps[0], when="turn", pick="median").value)


def test_worse_means_both_sides_from_the_front_and_the_near_one_in_profile():
    worse = Height("heel", "toe", "leg", "worse")
    front, _ = _scene(0.0)
    assert [series.side for series in Signals(front, "after").sides(worse)] == ["left", "right"]
    profile, _ = _scene(90.0)
    (near,) = Signals(profile, "after").sides(worse)
    assert near.side in ("left", "right")


def test_a_window_seen_for_less_than_most_of_it_gives_no_number():
    scene, reps = _scene()
    t_s = scene.track.t_s
    inside = np.flatnonzero((t_s >= reps[0].turn_start_s) & (t_s <= reps[0].turn_end_s))
    seen = scene.track.visibility.copy()
    seen[inside[: len(inside) // 2 + 1], 25:27] = 0.1
    half = Signals(replace(scene, track=replace(scene.track, visibility=seen)), "after")
    reading = half.read(KNEE, reps[0], when="turn", pick="median")
    assert np.isnan(reading.value)
    assert 0.0 < reading.seen_share < 0.6


def test_a_repetition_outside_the_clip_gives_no_number():
    scene, reps = _scene()
    late = replace(reps[0], start_s=900.0, turn_start_s=901.0, turn_s=901.0, turn_end_s=901.1,
                   end_s=902.0)  # fmt: skip
    signals = Signals(scene, "after")
    assert np.isnan(signals.read(KNEE, late, when="turn", pick="max").value)
    assert signals.view_of(late) == scene.view.name


def test_a_value_at_a_moment_comes_from_a_frame_near_it():
    scene, reps = _scene()
    signals = Signals(scene, "after")
    assert signals.at(KNEE, reps[0].turn_s) < 120.0
    assert np.isnan(signals.at(KNEE, 900.0))


def test_rest_before_the_first_repetition_shows_its_start():
    scene, reps = _scene()
    signals = Signals(scene, "after")
    blind = replace(reps[0], start_seen=False, end_seen=False)
    assert signals.start_seen(blind)
    assert signals.end_seen(blind)
    cut = replace(blind, start_s=float(scene.track.t_s[0]), end_s=float(scene.track.t_s[-1]))
    assert not signals.start_seen(cut)
    assert not signals.end_seen(cut)


def test_noise_is_the_scatter_from_frame_to_frame():
    made = perform("squat", reps=2, seed=1)
    noises: list[float] = []
    for level in (0.0, 1.0, 2.0):
        scene = observe(made.track(noise=level, seed=1))
        rep = refine(scene, spec_of("squat")).reps[0]
        noises.append(Signals(scene, "after").read(KNEE, rep, when="turn", pick="max").noise)
    assert noises == sorted(noises)


def test_every_missing_reference_has_its_reason():
    reasons = {why_unknown(e) for e in (OwnMedian(), OwnRest(), Balance("squat"), Fixed())}
    assert len(reasons) == 4
