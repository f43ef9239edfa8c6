from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.core.signals import (
    Angle,
    Asymmetry,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Place,
    Ratio,
    Shift,
    Signal,
    Spread,
    Stagger,
    Travel,
)
from repsight.video.gauge import Band, Gauge, Joints, gauge_of
from repsight.video.palette import GOOD, ISSUE

PLACES = {
    "shoulder": (100.0, 100.0), "hip": (100.0, 200.0), "knee": (200.0, 200.0),
    "ankle": (200.0, 300.0), "heel": (190.0, 310.0), "toe": (230.0, 310.0), "wrist": (150.0, 150.0),
}  # fmt: skip
SIGNALS: tuple[Signal, ...] = (
    Angle("hip", "knee", "ankle"), Lean("hip", "shoulder"), Height("hip", "knee", "thigh"),
    Height("hip", "floor", "leg"), Offset("wrist", "mid_foot", "foot"),
    Distance("hip", "knee", "leg"),
    Deviation("hip", "shoulder", "ankle", "trunk"), Spread("knee", "leg"),
    Asymmetry("wrist", "arm"),
    Stagger("ankle", "leg"), Shift("hip", "ankle", "leg"), Travel("hip", "leg"),
    Place("ankle", "leg"), Ratio(Spread("knee", "leg"), Spread("ankle", "leg")),
)  # fmt: skip


def joints(hidden: frozenset[str] = frozenset()) -> Joints:
    def at(name: str) -> np.ndarray:
        if name == "mid_foot":
            return (at("heel") + at("toe")) / 2
        return np.full(2, np.nan) if name in hidden else np.array(PLACES[name])

    return Joints(
        at,
        lambda name: (at(name), at(name) + np.array([20.0, 5.0])),
        lambda _: 100.0,
        312.0,
        facing=1.0,
    )


def drawn(signal: Signal, band: Band, hidden: frozenset[str] = frozenset()) -> Gauge:
    return gauge_of(signal, joints(hidden), band, line_px=2.0, colour=ISSUE)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda s: type(s).__name__)
def test_every_signal_of_the_vocabulary_can_be_drawn(signal: Signal) -> None:
    gauge = drawn(signal, Band(0.3, 0.1, 0.2))
    assert np.isfinite(gauge.anchor).all()
    assert np.hypot(*gauge.away) == pytest.approx(1.0)
    assert all(np.isfinite(one.segments).all() for one in gauge.strokes)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda s: type(s).__name__)
def test_nothing_is_drawn_of_what_was_not_seen(signal: Signal) -> None:
    gauge = drawn(signal, Band(0.3), hidden=frozenset(PLACES))
    assert gauge.strokes == []


def test_an_angle_is_an_arc_between_its_limbs() -> None:
    arc = drawn(Angle("hip", "knee", "ankle"), Band(90.0)).strokes[0].segments
    around = arc[:, :2] - PLACES["knee"]
    radii = np.hypot(*around.T)
    assert np.ptp(radii) == pytest.approx(0.0, abs=1e-6)
    assert around[0] == pytest.approx([-radii[0], 0.0], abs=1e-6)
    assert (arc[-1, 2:] - PLACES["knee"]) == pytest.approx([0.0, radii[0]], abs=1e-6)


def test_the_expected_band_of_an_angle_is_an_arc_of_that_sweep() -> None:
    gauge = drawn(Angle("hip", "knee", "ankle"), Band(90.0, 60.0, 80.0))
    (band,) = [one.segments for one in gauge.strokes if one.colour == GOOD]
    sides = np.degrees(np.arctan2(*(band[[0, -1]][:, [1, 0]] - [200.0, 200.0]).T))
    assert abs(sides[0] - sides[1]) == pytest.approx(20.0, abs=4.0)


@pytest.mark.parametrize("signal", [Angle("hip", "knee", "ankle"), Lean("hip", "shoulder")])
def test_an_angle_measured_in_space_is_not_drawn_as_if_it_were_in_the_picture(
    signal: Signal,
) -> None:
    gauge = drawn(signal, Band(140.0, 160.0, 180.0))
    assert gauge.in_space
    assert not [one for one in gauge.strokes if one.colour == GOOD]
    around = gauge.strokes[0].segments
    assert around[0, :2] == pytest.approx(around[-1, 2:])  # a ring, not an arc


def test_the_band_of_a_lean_with_a_direction_lies_where_the_lifter_faces() -> None:
    leaning_back = {**PLACES, "shoulder": (80.0, 100.0)}
    seen = replace(joints(), at=lambda name: np.array(leaning_back[name]))
    signal = Lean("hip", "shoulder", signed=True)
    gauge = gauge_of(signal, seen, Band(-11.0, -6.0), line_px=2.0, colour=ISSUE)
    (band,) = [one.segments for one in gauge.strokes if one.colour == GOOD]
    assert band[0, 0] < 100.0 < band[-1, 2]  # from 6 degrees back to forwards, the right here


def test_a_height_shows_the_level_that_was_expected_above_the_lower_joint() -> None:
    gauge = drawn(Height("shoulder", "hip", "thigh"), Band(1.0, 0.5, float("nan")))
    (band,) = [one.segments for one in gauge.strokes if one.colour == GOOD]
    assert band[:, [1, 3]] == pytest.approx(150.0)


def test_a_band_open_at_one_end_is_closed_by_what_is_possible() -> None:
    assert Band(1.0, 165.0).within(0.0, 180.0) == (165.0, 180.0)
    assert Band(1.0, 90.0).within(0.0, 180.0) == (90.0, 120.0)
    assert Band(1.0, float("nan"), 8.0).within(0.0, 180.0) == (0.0, 8.0)
    assert Band(1.0).within(0.0, 180.0) is None
