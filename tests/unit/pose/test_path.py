from __future__ import annotations

import numpy as np
import pytest

from repsight.pose.path import RoiPath
from repsight.pose.people import Sighting
from repsight.pose.roi import Roi

NO_CUTS = np.zeros(0)


def _sighting(t_s: float, roi: Roi) -> Sighting:
    return Sighting(t_s, roi, np.zeros((33, 2)), np.full((2, 64), 1 / 64))


def _walk(times_s: np.ndarray, speed: float = 0.2) -> list[Sighting]:
    return [_sighting(float(t), Roi(speed * float(t), 0.5, 0.8, 0.1)) for t in times_s]


def test_a_person_in_even_motion_is_followed_without_lag() -> None:
    path = RoiPath(_walk(np.arange(0, 3, 0.1)), NO_CUTS)
    for t_s in (0.5, 1.0, 1.234, 2.5):
        roi = path.at(t_s)
        assert roi is not None
        assert roi.x == pytest.approx(0.2 * t_s, abs=1e-9)
        assert (roi.size, roi.angle_rad) == (pytest.approx(0.8), pytest.approx(0.1))


def test_one_wild_sighting_does_not_move_the_path() -> None:
    sightings = _walk(np.arange(0, 3, 0.1))
    sightings[15] = _sighting(sightings[15].t_s, Roi(1.9, 0.1, 0.2, 2.0))
    roi = RoiPath(sightings, NO_CUTS).at(1.5)
    assert roi is not None
    assert roi.x == pytest.approx(0.3, abs=0.02)
    assert roi.size == pytest.approx(0.8, rel=0.02)


def test_the_square_does_not_spin_when_its_angle_passes_half_a_turn() -> None:
    angles = np.linspace(3.0, 3.3, 20)
    wrapped = (angles + np.pi) % (2 * np.pi) - np.pi
    sightings = [
        _sighting(i / 10, Roi(0.5, 0.5, 1.0, float(angle))) for i, angle in enumerate(wrapped)
    ]
    roi = RoiPath(sightings, NO_CUTS).at(1.0)
    assert roi is not None
    assert np.cos(roi.angle_rad - angles[10]) == pytest.approx(1.0, abs=1e-4)


def test_short_gaps_are_bridged_and_long_ones_are_not() -> None:
    times = np.concatenate([np.arange(0, 1, 0.1), np.arange(2.5, 3.5, 0.1)])
    assert RoiPath(_walk(times), NO_CUTS).at(1.7) is not None
    far = np.concatenate([np.arange(0, 1, 0.1), np.arange(9, 10, 0.1)])
    assert RoiPath(_walk(far), NO_CUTS).at(5.0) is None


def test_nobody_is_looked_for_while_somebody_else_stands_there() -> None:
    times = np.concatenate([np.arange(0, 1, 0.1), np.arange(2.5, 3.5, 0.1)])
    path = RoiPath(_walk(times), NO_CUTS, np.array([[0.9, 2.5]]))
    assert path.at(1.7) is None
    assert path.at(0.9) is not None
    assert path.at(2.5) is not None


def test_nothing_reaches_across_a_scene_cut() -> None:
    path = RoiPath(_walk(np.arange(0, 1, 0.1)), np.array([1.0]))
    assert path.at(0.95) is not None
    assert path.at(1.05) is None


def test_each_side_of_a_cut_has_its_own_path() -> None:
    before = [_sighting(i / 10, Roi(0.3, 0.5, 0.8)) for i in range(10)]
    after = [_sighting(1 + i / 10, Roi(1.2, 0.5, 0.4)) for i in range(10)]
    path = RoiPath([*before, *after], np.array([1.0]))
    last, first = path.at(0.9), path.at(1.0)
    assert last is not None
    assert first is not None
    assert (last.x, first.x) == (pytest.approx(0.3), pytest.approx(1.2))


def test_without_sightings_there_is_nowhere_to_look() -> None:
    assert RoiPath((), NO_CUTS).at(0.0) is None
