"""The timeline as geometry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.pages.timeline import phases_of, timeline_of
from repsight.testing.sample_report import deadlift_set, squat_set


def test_bars_lie_in_order_within_the_width_and_do_not_overlap() -> None:
    line = timeline_of(squat_set())
    moves = sorted([*line.bars, *line.crossed], key=lambda move: move.x)
    ends = [move.x + move.width for move in moves]
    assert moves[0].x > 0
    assert ends[-1] < 100
    assert all(move.x >= end for move, end in zip(moves[1:], ends, strict=False))


def test_the_phases_of_a_bar_fill_it() -> None:
    for bar in timeline_of(squat_set()).bars:
        assert [block.kind for block in bar.blocks] == ["lower", "pause", "lift"]
        assert sum(block.width for block in bar.blocks) == pytest.approx(bar.width, abs=0.01)


def test_a_deadlift_lifts_first() -> None:
    (first, *_) = deadlift_set().reps
    assert [kind for kind, _, _ in phases_of(first)] == ["lift", "pause", "lower"]


def test_of_an_unknown_movement_no_half_is_called_the_work() -> None:
    (first, *_) = squat_set().reps
    assert phases_of(first, is_known=False) == (("move", first.start_s, first.end_s),)


def test_a_rejected_movement_says_why() -> None:
    (crossed,) = timeline_of(squat_set()).crossed
    assert crossed.reason == "Partial range"
    assert "41 % of your usual range" in crossed.words


def test_of_an_issue_and_a_watch_at_one_place_the_issue_is_drawn() -> None:
    fifth = timeline_of(squat_set()).bars[4]
    assert [spot.outcome for spot in fifth.spots] == ["issue"]


def test_a_cut_repetition_says_so() -> None:
    seen = squat_set()
    reps = (replace(seen.reps[0], start_seen=False), *seen.reps[1:])
    assert "Cut off" in timeline_of(replace(seen, reps=reps)).bars[0].words


def test_a_set_without_any_movement_has_an_axis_still() -> None:
    line = timeline_of(replace(squat_set(), reps=(), rejected=()))
    assert line.axis.start_s < line.axis.end_s
    assert line.bars == ()


def test_ticks_are_few_and_round() -> None:
    line = timeline_of(squat_set())
    assert 2 <= len(line.ticks) <= 6
    assert all(tick.text.endswith(("0", "5")) for tick in line.ticks)


def test_many_repetitions_make_the_timeline_wider_instead_of_thinner() -> None:
    seen = squat_set()
    many = tuple(
        replace(rep, number=k, **{name: getattr(rep, name) + 20.0 * k for name in _TIMES})
        for k in range(12)
        for rep in seen.reps
    )
    assert timeline_of(replace(seen, reps=many)).min_px > timeline_of(seen).min_px


_TIMES = ("start_s", "turn_s", "end_s", "turn_start_s", "turn_end_s")
