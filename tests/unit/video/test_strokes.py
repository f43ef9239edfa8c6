from __future__ import annotations

import numpy as np
import pytest

from repsight.video.canvas import Canvas, rgb_canvas, yuv_canvas
from repsight.video.palette import ISSUE, NEAR_SIDE
from repsight.video.strokes import Pen, Strokes, polyline, ring


def black(width: int = 64, height: int = 48) -> tuple[Canvas, np.ndarray]:
    planes = np.zeros((3, height, width), dtype=np.uint8)
    return rgb_canvas(planes), planes


def line(*ends: float) -> np.ndarray:
    return np.array([ends], dtype=float)


@pytest.mark.parametrize(
    "ends", [(10, 24, 50, 24), (32, 8, 32, 40), (10, 10, 50, 38), (50, 10, 10, 38)]
)
def test_a_stroke_has_its_colour_in_the_middle_and_none_far_away(ends: tuple[float, ...]) -> None:
    canvas, planes = black()
    Pen().draw(canvas, [Strokes(line(*ends), 3.0, NEAR_SIDE)])
    middle = int((ends[0] + ends[2]) / 2), int((ends[1] + ends[3]) / 2)
    assert tuple(planes[:, middle[1], middle[0]]) == NEAR_SIDE
    assert planes[:, 0, 0].sum() == 0
    assert planes[:, -1, -1].sum() == 0


def test_the_width_is_twice_the_radius_at_any_angle() -> None:
    areas = []
    for angle in np.radians([0, 20, 45, 70, 90, 110]):
        canvas, planes = black(200, 200)
        reach = 60 * np.array([np.cos(angle), np.sin(angle)])
        Pen().draw(canvas, [Strokes(line(*(100 - reach), *(100 + reach)), 4.0, (255, 255, 255))])
        areas.append(planes[0].sum() / 255)
    expected = 120 * 8 + np.pi * 16
    assert areas == pytest.approx([expected] * len(areas), rel=0.03)


def test_edges_are_smooth() -> None:
    canvas, planes = black()
    Pen().draw(canvas, [Strokes(line(5, 10, 60, 30), 2.0, (255, 255, 255))])
    assert len(np.unique(planes[0])) > 10


def test_the_outline_lies_around_the_stroke_and_under_every_fill() -> None:
    planes = np.full((3, 48, 64), 255, dtype=np.uint8)
    canvas = rgb_canvas(planes)
    crossing = [
        Strokes(line(5, 24, 59, 24), 2.0, NEAR_SIDE, 1.0, 2.0),
        Strokes(line(32, 5, 32, 43), 2.0, ISSUE, 1.0, 2.0),
    ]
    Pen().draw(canvas, crossing)
    assert planes[:, 20, 15].max() < 120  # outline above the first stroke
    assert tuple(planes[:, 24, 15]) == NEAR_SIDE
    assert tuple(planes[:, 24, 32]) == ISSUE  # the later stroke is on top
    assert tuple(planes[:, 24, 29]) == NEAR_SIDE  # and its outline does not cut the first


def test_strokes_outside_the_picture_and_unknown_ones_are_harmless() -> None:
    canvas, planes = black()
    nan = float("nan")
    Pen().draw(canvas, [Strokes(line(nan, 1, 2, 3), 3.0, ISSUE)])
    Pen().draw(canvas, [Strokes(line(-500, -500, -400, -300), 3.0, ISSUE)])
    Pen().draw(canvas, [Strokes(line(1e6, 10, 2e6, 10), 3.0, ISSUE)])
    Pen().draw(canvas, [Strokes(np.empty((0, 4)), 3.0, ISSUE)])
    Pen().draw(canvas, [])
    assert planes.sum() == 0


def test_a_stroke_that_leaves_the_picture_is_cut_at_its_edge() -> None:
    canvas, planes = black()
    Pen().draw(canvas, [Strokes(line(32, 24, 400, 24), 3.0, (255, 255, 255))])
    assert planes[0, 24, -1] == 255
    assert planes[0, :, 0].sum() == 0  # nothing wraps around to the other side


def test_chroma_lies_where_luma_lies() -> None:
    rows = [
        np.full((48, 80), 128, np.uint8), np.full((24, 40), 128, np.uint8),
        np.full((24, 40), 128, np.uint8),
    ]  # fmt: skip
    canvas = yuv_canvas(rows, width=64, height=48)
    Pen().draw(canvas, [Strokes(line(20, 24, 44, 24), 6.0, ISSUE)])
    touched = np.argwhere(rows[0][:, :64] != 128).mean(axis=0)
    coloured = np.argwhere(rows[2][:, :32] > 140).mean(axis=0) * 2 + 0.5
    assert touched == pytest.approx(coloured, abs=0.6)
    assert (rows[0][:, 64:] == 128).all()  # the padding of the rows stays untouched


def test_a_polyline_joins_its_points_and_a_ring_closes() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 2.0]])
    assert polyline(points).tolist() == [[0, 0, 1, 0], [1, 0, 1, 2]]
    circle = ring(np.array([5.0, 5.0]), 3.0)
    assert circle[0, :2] == pytest.approx(circle[-1, 2:])
    assert np.hypot(*(circle[:, :2] - 5.0).T) == pytest.approx(3.0)
