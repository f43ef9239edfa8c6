"""The benchmark against the athlete's truth prints what it promises."""

from __future__ import annotations

import math

import pytest

from benchmarks.intervals import median_interval, wilson
from benchmarks.rendered import main


def test_intervals_hold_the_estimate_and_shrink_with_data() -> None:
    low, high = wilson(9, 10)
    assert 0.5 < low < 0.9 < high < 1.0
    more = wilson(900, 1000)
    assert more[1] - more[0] < high - low
    assert all(math.isnan(edge) for edge in wilson(0, 0))  # NaN: nothing is known
    inside = median_interval([1.0, 2.0, 3.0, 4.0, 100.0])
    assert inside[0] <= 3.0 <= inside[1]


@pytest.mark.slow
def test_the_quick_run_prints_every_mark_with_n(capsys: pytest.CaptureFixture[str]) -> None:
    # the other exercises are tried, with figures, in tests/unit/benchmarks/test_quick.py
    assert main(["--bodies", "1", "--lifts", "squat"]) == 0
    printed = capsys.readouterr().out
    for words in (
        "all: exact | >= 90 %", "off by one at most | >= 97 %", "knee, side on, absolute | <= 6",
        "trunk, side on, absolute | <= 6", "reps on negatives",
    ):  # fmt: skip
        assert words in printed
