"""Rule books hold together: ids, sources, words, and a metric behind every rule."""

from __future__ import annotations

import math

import pytest

from repsight.core.measure import points_of
from repsight.core.reading import unit_of
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec, Rule
from repsight.exercises import catalog

SPECS = list(catalog().values())
RULES = [(spec, rule) for spec in SPECS for rule in spec.book.rules]
each_spec = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
each_rule = pytest.mark.parametrize(
    ("spec", "rule"), RULES, ids=[f"{spec.id}-{rule.id}" for spec, rule in RULES]
)


@each_spec
def test_ids_are_unique_and_readable(spec: ExerciseSpec):
    for parts in (spec.book.rules, spec.book.variations, spec.book.moments, spec.book.metrics):
        ids = [part.id for part in parts]
        assert len(ids) == len(set(ids))
        assert all(part.replace("_", "").isalpha() and part.islower() for part in ids)


@each_spec
def test_what_is_never_claimed_is_written_down(spec: ExerciseSpec):
    claims = " ".join(spec.book.never_claimed)
    assert "injury" in claims
    assert "pain" in claims
    assert "muscle" in claims


@each_rule
def test_every_judged_number_is_a_metric_of_every_repetition(spec: ExerciseSpec, rule: Rule):
    same = [
        metric
        for metric in spec.book.metrics
        if (metric.signal, metric.when, metric.pick) == (rule.signal, rule.when, rule.pick)
    ]
    assert len(same) == 1
    assert same[0].unit == rule.unit
    assert set(rule.views) <= set(same[0].views)


@each_rule
def test_every_rule_has_a_source_an_error_and_joints_that_exist(spec: ExerciseSpec, rule: Rule):
    assert rule.source
    assert rule.sigma > 0
    assert all(sigma >= rule.sigma for _, sigma in rule.view_sigma)
    assert set(rule.joints) <= set(BILATERAL)
    assert set(points_of(rule.signal)) <= set(BILATERAL)
    assert rule.unit == unit_of(rule.signal)
    assert (
        math.isfinite(rule.expected.low)
        or math.isfinite(rule.expected.high)
        or (type(rule.expected).__name__ == "Balance")
    )
    assert spec.recommended_view in rule.views or rule.shoot_from in rule.views


@each_rule
def test_cues_are_short_and_name_no_harm(spec: ExerciseSpec, rule: Rule):
    assert 1 <= len(rule.cue.split()) <= 14, spec.id
    words = f"{rule.title} {rule.cue}".lower()
    assert not {"injury", "danger", "safe", "pain", "perfect", "spine"} & set(words.split())


@each_rule
def test_exceptions_name_variations_that_exist(spec: ExerciseSpec, rule: Rule):
    known = {variation.id for variation in spec.book.variations}
    assert set(rule.not_for) | set(rule.only_for) <= known
