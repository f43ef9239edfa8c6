"""What a verdict measures, in words."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pytest

from repsight.core.signals import Lean
from repsight.core.spec import RuleBook
from repsight.core.subjects import as_read, subject_of
from repsight.exercises import spec_of
from repsight.testing.sample_report import squat_set


def test_a_rule_says_what_it_measures() -> None:
    assert subject_of("shallow", spec_of("squat")) == "knee above hip"


def test_a_rule_about_a_change_says_so() -> None:
    squat = spec_of("squat")
    rule = replace(squat.book.rules[0], id="own", signal=Lean("hip", "shoulder"), pick="change")
    own = replace(squat, book=RuleBook(rules=(rule,)))
    assert subject_of("own", own) == "change of trunk lean"


def test_a_rule_or_an_exercise_that_nobody_knows_measures_nothing_by_name() -> None:
    assert subject_of("no_such_rule", spec_of("squat")) == ""
    assert subject_of("shallow", None) == ""


@pytest.mark.parametrize(
    ("subject", "turned"),
    [
        ("knee above hip", "hip above knee"),
        ("left wrist above the right", "left wrist below the right"),
        ("hip below the line from shoulder to ankle", "hip above the line from shoulder to ankle"),
        ("trunk lean forwards", "trunk lean backwards"),
        ("wrist in front of the middle of the foot", "wrist behind the middle of the foot"),
    ],
)
def test_a_height_below_zero_is_turned_upside_down(subject: str, turned: str) -> None:
    verdict = replace(squat_set().verdicts[3], value=-0.4, expected_low=-0.18, expected_high=nan)
    read, words = as_read(verdict, subject)
    assert words == turned
    assert (read.value, read.expected_high) == (0.4, 0.18)
    assert isnan(read.expected_low)


@pytest.mark.parametrize(
    ("value", "subject"),
    [(0.4, "knee above hip"), (-4.0, "trunk lean"), (-4.0, "change of hip above knee")],
)
def test_anything_else_stays_as_it_is(value: float, subject: str) -> None:
    verdict = replace(squat_set().verdicts[3], value=value)
    assert as_read(verdict, subject) == (verdict, subject)
