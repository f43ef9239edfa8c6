"""Numbers and names as a lifter reads them."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from repsight.core.report import Measure
from repsight.pages import words
from repsight.testing.sample_report import squat_set

NARROW, SPACE, MINUS = (
    "\N{NARROW NO-BREAK SPACE}",
    "\N{NO-BREAK SPACE}",
    "\N{MINUS SIGN}",
)


def _plain(text: str) -> str:
    return text.replace(NARROW, " ").replace(SPACE, " ").replace(MINUS, "-")


@pytest.mark.parametrize(
    ("value", "error", "unit", "text"),
    [
        (62.37, 6.2, "deg", "62° ± 6°"),
        (62.37, 0.62, "°", "62.4° ± 0.6°"),
        (-0.132, 0.041, "thigh", "-0.13 ± 0.04 thigh lengths"),
        (1.217, 0.05, "shoulder_width", "1.22 ± 0.05 shoulder widths"),
        (0.413, nan, "share of own range", "41 % of own range"),
        (34.2, 6.1, "%", "34 ± 6 %"),
        (2.18, 0.13, "ROM/s", "2.18 ± 0.13 ranges/s"),
        (0.623, 0.031, "m/s", "0.62 ± 0.03 m/s"),
        (1.736, 0.93, "%/rep", "1.7 ± 0.9 % a rep"),
        (-1.0, 0.46, "deg/rep", "-1.0° ± 0.5° a rep"),
        (-0.001, 0.02, "leg/rep", "0.00 ± 0.02 leg lengths a rep"),
        (0.912, 0.08, "ratio", "0.91 ± 0.08"),
        (-0.387, 0.164, "thigh", "-0.39 ± 0.16 thigh lengths"),
        (7.4, 12.8, "deg", "7° ± 13°"),
        (-2.02, 0.3, "SPARC", "-2.0 ± 0.3 SPARC"),
        (1.234, nan, "s", "1.2 s"),
        (nan, 0.1, "deg", words.UNKNOWN),
        (inf, 0.1, "deg", words.UNKNOWN),
        (0.0, nan, "deg", "0°"),
    ],
)
def test_numbers_are_rounded_by_their_error(
    value: float, error: float, unit: str, text: str
) -> None:
    assert _plain(words.with_error(value, error, unit)) == text


def test_a_column_whose_head_names_the_unit_keeps_only_the_sign() -> None:
    measure = Measure(-0.132, "thigh", 0.041)
    assert _plain(words.bare(measure)) == "-0.13 ± 0.04"
    assert words.unit_words(measure) == "thigh lengths"
    assert words.unit_words(Measure(60.0, "deg", 6.0)) == ""


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.0, nan, "at least 0°"),
        (nan, 8.0, "at most 8°"),
        (-inf, 12.5, "at most 12.5°"),
        (165.51, inf, "at least 166°"),
        (10.0, 20.0, "10° to 20°"),
        (nan, nan, ""),
        (-inf, inf, ""),
    ],
)
def test_a_band_is_said_in_words(low: float, high: float, text: str) -> None:
    verdict = replace(
        squat_set().verdicts[0], expected_low=low, expected_high=high, unit="deg", error=7.0
    )
    assert words.band(verdict) == text


@pytest.mark.parametrize(
    ("t_s", "text"), [(0.0, "0:00.0"), (7.44, "0:07.4"), (59.96, "1:00.0"), (nan, words.UNKNOWN)]
)
def test_a_point_in_time_is_a_clock_time(t_s: float, text: str) -> None:
    assert words.clock(t_s) == text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([4], "rep 4"),
        ([5, 4], "reps 4 and 5"),
        ([1, 2, 3, 4], "reps 1 to 4"),
        ([1, 3, 5], "reps 1, 3 and 5"),
        ([0], "the whole set"),
    ],
)
def test_repetitions_are_named_shortly(numbers: list[int], text: str) -> None:
    assert _plain(words.reps_named(numbers)) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("knee_angle", "Knee angle"), ("eccentric", "Lowering"), ("trunk-lean", "Trunk lean")],
)
def test_identifiers_become_words(name: str, text: str) -> None:
    assert words.human(name) == text


def test_a_fragment_becomes_one_sentence() -> None:
    assert words.sentence("it covered 47% of your range") == "It covered 47% of your range."
    assert words.sentence("Done.") == "Done."
    assert words.sentence("") == ""


def test_a_title_inside_a_sentence_loses_its_capital_but_an_abbreviation_keeps_it() -> None:
    assert words.inner("Heels lift") == "heels lift"
    assert words.inner("IPF depth") == "IPF depth"
