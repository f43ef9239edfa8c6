from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.core.report import Verdict
from repsight.core.spec import Moment
from repsight.exercises import catalog
from repsight.video.wording import (
    band_text,
    finding_text,
    phase_names,
    plain,
    value_text,
)

NAN = float("nan")


def verdict(value: float, low: float = NAN, high: float = NAN, unit: str = "deg") -> Verdict:
    return Verdict(
        rule="r", title="T", outcome="issue", rep=1, t_s=1.0, side="near", value=value,
        expected_low=low, expected_high=high, error=1.0, unit=unit, view="side", joints=(),
        cue="", source="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (78.4, "deg", "78°"), (-0.3, "deg", "0°"), (0.123, "thigh", "0.12 thigh lengths"),
        (0.41, "share of own range", "41 % of own range"), (12.3, "%", "12 %"),
        (0.5, "shoulder_width", "0.50 shoulder widths"), (1.25, "s", "1.25 s"),
        (0.62, "ratio", "0.62"), (NAN, "deg", ""), (float("inf"), "deg", ""),
        (0.3, "m/s", "0.30 m/s"), (0.1, "thigh lengths", "0.10 thigh lengths"),
    ],
)  # fmt: skip
def test_values_read_as_people_say_them(value: float, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


def test_a_value_with_its_error_names_the_unit_once() -> None:
    assert value_text(78.4, "deg", error=6.2) == "78° ± 6°"
    assert value_text(0.123, "thigh", error=0.04) == "0.12 ± 0.04 thigh lengths"


def test_bands_have_one_or_two_ends() -> None:
    assert band_text(verdict(1, 165)) == "at least 165°"
    assert band_text(verdict(1, NAN, 8)) == "at most 8°"
    assert band_text(verdict(1, 10, 20)) == "10° to 20°"
    assert band_text(verdict(1, 0.1, 0.2, "thigh")) == "0.10 to 0.20"
    assert band_text(verdict(1, -float("inf"), 8)) == "at most 8°"
    assert band_text(verdict(1)) == ""


def test_a_height_below_zero_is_told_the_other_way_round() -> None:
    shallow = verdict(-0.66, -0.18, NAN, "thigh")
    assert finding_text(shallow, "knee above hip") == (
        "Hip above knee: 0.66 thigh lengths, expected at most 0.18"
    )


def test_a_finding_without_a_value_says_nothing() -> None:
    assert finding_text(verdict(NAN), "knee angle") == ""


@given(st.text(max_size=60))
def test_plain_text_can_be_drawn(text: str) -> None:
    drawable = set("°±·…äöüÄÖÜßéèêàâçñóòôíìúùûÉÈÀÇÑåÅøØæÆ")
    assert all(ord(c) < 128 or c in drawable for c in plain(text))


def test_dashes_and_signs_are_spelt_out() -> None:
    assert plain("10\N{EN DASH}20\N{DEGREE SIGN} \N{GREATER-THAN OR EQUAL TO} 5") == (
        "10-20° at least 5"
    )
    assert plain("na\N{LATIN SMALL LETTER I WITH DIAERESIS}ve") == "naive"


def test_phases_are_named_in_the_terms_of_the_exercise() -> None:
    squat, deadlift = catalog()["squat"], catalog()["deadlift"]
    assert phase_names(squat)[1::2] == ("Down", "Up")
    assert phase_names(deadlift)[1::2] == ("Up", "Down")
    named = replace(squat, book=replace(squat.book, moments=(Moment("b", "Hole", "turn"),)))
    assert phase_names(named)[2] == "Hole"
    assert phase_names(None) == ("", "", "", "")
