"""Signals as SVG paths."""

from __future__ import annotations

from dataclasses import replace
from math import nan, sin

import pytest

from repsight.core.report import Curve, Limit
from repsight.pages.curves import MAX_POINTS, CurveView, curves_of
from repsight.pages.timeline import timeline_of
from repsight.testing.sample_report import squat_set


def _views(*curves: Curve) -> tuple[CurveView, ...]:
    seen = replace(squat_set(), curves=curves)
    return curves_of(seen, timeline_of(seen))


def _curve(values: list[float], unit: str = "deg", *limits: Limit) -> Curve:
    step_s = 20.0 / max(len(values), 1)
    times = tuple(2.0 + i * step_s for i in range(len(values)))
    return Curve("knee_angle", "Knee angle", unit, times, tuple(values), limits)


def _coordinates(path: str) -> list[tuple[float, float]]:
    points = path.replace("M", " ").replace("L", " ").split()
    return [(float(x), float(y)) for x, y in (point.split(",") for point in points)]


def test_every_point_lies_inside_the_plot() -> None:
    for view in _views(*squat_set().curves):
        assert all(0 <= x <= 1000 and 0 <= y <= 300 for x, y in _coordinates(view.path))


def test_a_hole_in_the_measurement_stays_a_hole() -> None:
    (view,) = _views(_curve([10.0, 20.0, nan, nan, 30.0, 40.0]))
    assert view.path.count("M") == 2
    assert view.values.count(None) == 2


def test_higher_values_are_drawn_higher() -> None:
    (view,) = _views(_curve([10.0, 20.0, 30.0]))
    heights = [y for _, y in _coordinates(view.path)]
    assert heights == sorted(heights, reverse=True)


def test_a_signal_that_was_never_measured_is_not_drawn() -> None:
    assert _views(_curve([nan, nan])) == ()
    assert _views(_curve([])) == ()


def test_a_constant_signal_has_a_height() -> None:
    (view,) = _views(_curve([5.0, 5.0]))
    assert view.low < 5.0 < view.high


def test_shares_are_drawn_in_percent_and_body_lengths_as_they_are() -> None:
    (view,) = _views(_curve([0.0, 0.5], "share"))
    assert (view.unit, view.values) == ("%", (0.0, 50.0))
    (view,) = _views(_curve([-0.9, 0.1], "thigh", Limit("Above parallel", -0.18, nan)))
    assert (view.unit, view.values) == ("thigh lengths", (-0.9, 0.1))
    assert "\N{MINUS SIGN}0.18" in view.stripes[0].words


def test_a_limit_open_at_one_end_reaches_the_edge() -> None:
    (view,) = _views(_curve([0.0, 100.0], "deg", Limit("Depth", nan, 50.0)))
    (stripe,) = view.stripes
    assert stripe.y + stripe.height == pytest.approx(100)
    assert stripe.lines == (pytest.approx(stripe.y),)


def test_a_limit_without_ends_is_left_out() -> None:
    (view,) = _views(_curve([0.0, 1.0], "deg", Limit("None", nan, nan)))
    assert view.stripes == ()


def test_a_long_signal_is_thinned_but_keeps_its_extremes() -> None:
    values = [sin(i / 50) for i in range(20_000)]
    values[7_777] = 9.0
    (view,) = _views(_curve(values))
    assert len(view.times) <= MAX_POINTS
    assert 9.0 in view.values
    assert list(view.times) == sorted(view.times)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0.5, 1.7], ["0.50", "0.75", "1.00", "1.25", "1.50", "1.75"]),
        ([0.0, 170.0], ["0°", "50°", "100°", "150°", "200°"]),
    ],
)
def test_the_scale_is_labelled_with_its_exact_steps(values: list[float], texts: list[str]) -> None:
    (view,) = _views(_curve(values, "deg" if "0°" in texts else "leg"))
    assert [tick.text for tick in view.y_ticks] == texts
