"""A change may not lower the quick figures by more than chance allows."""

from __future__ import annotations

from benchmarks.quick import Figure, fallen, measure_all, read_baseline


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


def test_no_quick_figure_fell_beyond_chance() -> None:
    assert fallen(measure_all(), read_baseline()) == []
