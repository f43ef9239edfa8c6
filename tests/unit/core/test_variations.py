"""Variations: declared, seen, contradicted; words of their evidence."""

from __future__ import annotations

import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.phrases import phrase_of, value_text
from repsight.core.reading import Signals
from repsight.core.refine import refine
from repsight.core.signals import (
    Angle,
    Asymmetry,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Place,
    Ratio,
    Shift,
    Spread,
    Stagger,
    Travel,
)
from repsight.core.variations import variations_of
from repsight.exercises import spec_of


def _seen(exercise: str, variation: str, *, yaw_deg: float, declared: str = "") -> dict[str, str]:
    made = perform(exercise, reps=3, seed=6, variation=variation)
    scene = observe(made.track(made.camera(yaw_deg=yaw_deg), seed=6))
    spec = spec_of(exercise)
    reps = refine(scene, spec).reps
    signals = Signals(scene, spec.cycle.concentric)
    found = variations_of(signals, spec, reps, declared=declared)
    return {variation.id: variation.method for variation in found}


@pytest.mark.parametrize(
    ("exercise", "variation", "yaw_deg", "expected"),
    [
        ("squat", "high_bar/wide", 0.0, "wide"),
        ("squat", "high_bar/narrow", 180.0, "narrow"),
        ("squat", "goblet", 0.0, "goblet"),
        ("deadlift", "sumo", 0.0, "sumo"),
        ("push_up", "knee", 90.0, "knee"),
        ("shoulder_press", "push_press", 90.0, "push_press"),
        ("shoulder_press", "seated", 90.0, "seated"),
    ],
)
def test_a_variation_is_seen_where_the_view_shows_it(
    exercise: str, variation: str, yaw_deg: float, expected: str
):
    assert _seen(exercise, variation, yaw_deg=yaw_deg)[expected] == "seen"


@pytest.mark.parametrize(
    ("exercise", "variation"),
    [("squat", "high_bar"), ("deadlift", "conventional"), ("shoulder_press", "strict")],
)
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_the_plain_way_is_not_taken_for_another(exercise: str, variation: str, yaw_deg: float):
    found = set(_seen(exercise, variation, yaw_deg=yaw_deg))
    assert found <= {"back_bar", variation}


def test_a_declared_variation_is_reported_as_declared():
    assert _seen("squat", "front", yaw_deg=90.0, declared="front") == {"front": "declared"}


def test_what_contradicts_a_declared_variation_is_not_praised_as_another():
    found = _seen("shoulder_press", "push_press", yaw_deg=90.0, declared="strict")
    assert found == {"strict": "declared"}


@pytest.mark.parametrize(
    ("signal", "phrase"),
    [
        (Angle("hip", "knee", "ankle"), "knee angle"),
        (Lean("hip", "shoulder"), "trunk lean"),
        (Lean("ankle", "knee"), "lean from ankle to knee"),
        (Height("wrist", "floor", "leg"), "wrist above floor"),
        (Offset("wrist", "mid_foot", "leg"), "wrist in front of middle of the foot"),
        (Distance("wrist", "shoulder", "arm"), "wrist to shoulder"),
        (
            Deviation("hip", "shoulder", "ankle", "trunk"),
            "hip below the line from shoulder to ankle",
        ),
        (Spread("ankle", "leg"), "ankles apart"),
        (Asymmetry("wrist", "arm"), "left wrist above the right"),
        (Shift("hip", "ankle", "leg"), "hips to the side of the ankles"),
        (Stagger("ankle", "leg"), "one ankle in front of the other"),
        (Travel("wrist", "leg"), "wrist forwards"),
        (Place("ankle", "leg"), "ankles across the picture"),
        (
            Ratio(Spread("ankle", "leg"), Spread("shoulder", "leg")),
            "ankles apart over shoulders apart",
        ),
    ],
)
def test_every_signal_has_words(signal, phrase: str):
    assert phrase_of(signal) == phrase


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (92.4, "deg", "92 degrees"),
        (1.357, "ratio", "1.36"),
        (0.5, "upper_arm", "0.50 upper arm lengths"),
        (1.2, "shoulder_width", "1.20 shoulder widths"),
    ],
)
def test_numbers_come_with_their_unit(value: float, unit: str, text: str):
    assert value_text(value, unit) == text
