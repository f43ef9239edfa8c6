"""Every exercise, counted: what is a mistake and what is not."""

from __future__ import annotations

import pytest

from benchmarks.every_exercise import KINDS, Tried, held, rows_of, tried

_FULL, _SHORT, *_, _THROUGHOUT = KINDS


def test_full_repetitions_are_counted_as_done() -> None:
    (done,) = tried("squat", _FULL, 1)
    assert (done.wanted, done.counted) == (4, 4)


def test_short_ones_among_full_ones_are_not_counted() -> None:
    (done,) = tried("push_up", _SHORT, 1)
    assert (done.wanted, done.counted) == (4, 4)


def test_a_small_range_throughout_may_be_counted_where_it_is_told() -> None:
    assert Tried("squat", _THROUGHOUT.name, 0, 4, ("shallow",)).is_right
    assert not Tried("squat", _THROUGHOUT.name, 0, 4, ()).is_right
    assert not Tried("squat", _SHORT.name, 4, 5, ("shallow",)).is_right


def test_only_exercises_that_were_wrong_have_a_row_of_their_own() -> None:
    done = [Tried("dip", _FULL.name, 4, 4, ()), Tried("squat", _FULL.name, 4, 3, ())]
    rows = [(row.what.split(":")[0], row.value) for row in rows_of(done)]
    assert rows == [("every exercise", 0.5), ("squat", 0.0)]


def test_a_plank_is_timed_from_hips_up_to_hips_down() -> None:
    assert next(held("plank", 1)) == pytest.approx(0.0, abs=0.5)
