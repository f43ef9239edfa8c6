"""A change may not lower the quick figures by more than chance allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quick import (
    REAL,
    Figure,
    fallen,
    measure_all,
    measure_real,
    read_baseline,
    tracked_clips,
)


def test_a_figure_within_chance_has_not_fallen() -> None:
    assert fallen({"counted": Figure(23, 24)}, {"counted": Figure(24, 24)}) == []


def test_a_figure_beyond_chance_is_named_with_both_counts() -> None:
    told = fallen({"counted": Figure(18, 24)}, {"counted": Figure(24, 24)})
    assert told == ["counted: 18 of 24, was 24 of 24"]


def test_shares_are_compared_when_the_catalog_grew() -> None:
    assert fallen({"counted": Figure(45, 48)}, {"counted": Figure(23, 24)}) == []
    assert fallen({"counted": Figure(23, 48)}, {"counted": Figure(23, 24)}) != []


def test_a_figure_nobody_measures_any_more_is_told() -> None:
    assert fallen({}, {"counted": Figure(3, 4)}) == ["counted: not measured any more"]


def _kept(*, real: bool) -> dict[str, Figure]:
    kept = read_baseline()
    return {name: one for name, one in kept.items() if name.startswith(REAL) == real}


@pytest.mark.slow
def test_no_quick_figure_fell_beyond_chance() -> None:
    assert fallen(measure_all(), _kept(real=False)) == []


@pytest.mark.slow
def test_no_quick_figure_of_real_clips_fell_beyond_chance(shared_dir: Path) -> None:
    clips = tracked_clips(shared_dir)
    if not clips:
        pytest.skip("landmarks of the real clips are not kept here")
    assert fallen(measure_real(clips), _kept(real=True)) == []
