"""Planks on the digital athlete: how long they last, how they are done, and what they are not."""

from __future__ import annotations

from functools import cache

import pytest

from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, perform
from repsight.core.holds import as_rep
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import Scene, observe
from repsight.core.refine import refine
from repsight.exercises import catalog, spec_of
from repsight.recognize.spec_fit import best_fit, fit_all
from tests.unit.exercises.trials import scene_of

PLANK = spec_of("plank")
each_way = pytest.mark.parametrize("variation", STYLES["plank"].variations)


@cache
def _scene(variation: str = "forearm", *, fault: str = "", yaw_deg: float = 90.0) -> Scene:
    faults = (Fault(fault),) if fault else ()
    made = perform("plank", variation=variation, seed=1000, faults=faults)
    return observe(made.track(made.camera(yaw_deg=yaw_deg), seed=1000))


def _judged(scene: Scene) -> Judged:
    spells = refine(scene, PLANK).spells
    held = [as_rep(spell, number, scene) for number, spell in enumerate(spells, start=1)]
    return judge_reps(scene, PLANK, held)


@pytest.mark.parametrize(
    ("variation", "yaw_deg"),
    [(way, yaw) for way in STYLES["plank"].variations for yaw in (90.0, -90.0)]
    + [("forearm", 45.0), ("high", 45.0), ("forearm", 0.0)],
)
def test_the_whole_hold_is_timed_and_not_blamed(variation: str, yaw_deg: float) -> None:
    scene = _scene(variation, yaw_deg=yaw_deg)
    (spell,) = refine(scene, PLANK).spells
    assert spell.lasted_s == pytest.approx(scene.track.t_s[-1], abs=0.3)
    assert not [v for v in _judged(scene).verdicts if v.outcome == "issue"]


@each_way
def test_side_on_the_way_of_holding_is_seen(variation: str) -> None:
    assert variation in [one.id for one in _judged(_scene(variation)).variations]


@pytest.mark.parametrize("fault", STYLES["plank"].faults)
def test_a_declared_fault_is_found(fault: str) -> None:
    issues = {v.rule for v in _judged(_scene(fault=fault)).verdicts if v.outcome == "issue"}
    assert fault in issues


@each_way
def test_planks_explain_themselves_best(variation: str) -> None:
    found = best_fit(fit_all(_scene(variation), catalog().values()))
    assert found is not None
    assert found.spec == PLANK


@pytest.mark.parametrize("other", ["push_up", "sit_up", "squat"])
def test_what_moves_is_no_plank(other: str) -> None:
    assert not refine(scene_of(other, seed=1), PLANK).spells
