from __future__ import annotations

import numpy as np
import pytest

from repsight.video.canvas import rgb_canvas
from repsight.video.gauge import Gauge
from repsight.video.layout import overlap
from repsight.video.lettering import label
from repsight.video.palette import INK
from repsight.video.still_labels import place_label

NOTHING = np.empty((0, 2))


def placed(
    anchor: tuple[float, float], away: tuple[float, float], *, spots: np.ndarray = NOTHING
) -> tuple[int, int, int, int]:
    canvas = rgb_canvas(np.zeros((3, 300, 400), np.uint8))
    gauge = Gauge([], np.array(anchor), np.array(away))
    return place_label(canvas, label("124°", 20, INK), gauge, spots=spots, taken=[])


def test_a_label_lies_on_the_side_its_gauge_points_to() -> None:
    right, left = placed((200, 150), (1, 0)), placed((200, 150), (-1, 0))
    assert right[0] + right[2] / 2 > 220
    assert left[0] + left[2] / 2 < 180


@pytest.mark.parametrize("anchor", [(0, 0), (400, 300), (0, 300), (399, 1), (-50, 500)])
def test_a_label_stays_inside_the_picture(anchor: tuple[float, float]) -> None:
    x, y, width, height = placed(anchor, (1, 0))
    assert 0 <= x <= 400 - width
    assert 0 <= y <= 300 - height


def test_a_label_leaves_the_joints_visible() -> None:
    x, y, width, height = placed((200, 150), (1, 0))
    there = np.array([[x + width / 2, y + height / 2]])
    moved = placed((200, 150), (1, 0), spots=there)
    assert not overlap((*there[0].astype(int), 1, 1), moved)


def test_two_labels_do_not_cover_each_other() -> None:
    canvas = rgb_canvas(np.zeros((3, 300, 400), np.uint8))
    gauge = Gauge([], np.array([200.0, 150.0]), np.array([1.0, 0.0]))
    tile = label("124°", 20, INK)
    first = place_label(canvas, tile, gauge, spots=NOTHING, taken=[])
    second = place_label(canvas, tile, gauge, spots=NOTHING, taken=[first])
    assert not overlap(first, second)


def test_what_was_not_seen_has_no_label() -> None:
    assert placed((float("nan"), 1), (1, 0)) == (0, 0, 0, 0)
