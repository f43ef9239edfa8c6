"""The square cut out of a picture, against the plain formula for one pixel."""

from __future__ import annotations

from math import cos, sin

import numpy as np
import pytest

from repsight.core.picture import Picture
from repsight.pose.crop import crop
from repsight.pose.roi import Roi

SIZE = 144  # more rows than are computed at once


def noise(height: int = 90, width: int = 160) -> Picture:
    rng = np.random.default_rng(3)
    return Picture(0.0, rng.integers(0, 256, (height, width, 4), dtype=np.uint8))


def place(roi: Roi, row: int, column: int, height: int) -> tuple[float, float]:
    """Where a pixel of the square lies, in pixels of the picture."""
    step = roi.size * height / SIZE
    across, down = (column - SIZE / 2) * step, (row - SIZE / 2) * step
    turn = roi.angle_rad
    return (
        roi.x * height + cos(turn) * across - sin(turn) * down,
        roi.y * height + sin(turn) * across + cos(turn) * down,
    )


def blended(picture: Picture, x: float, y: float) -> np.ndarray:
    """The bilinear mean around a place, the edge repeated outside."""
    x = min(max(x, 0.0), picture.width_px - 1.001)
    y = min(max(y, 0.0), picture.height_px - 1.001)
    left, top = int(x), int(y)
    square = picture.rgb[top : top + 2, left : left + 2].astype(float)
    in_rows = square[0] * (1 - (y - top)) + square[1] * (y - top)
    return in_rows[0] * (1 - (x - left)) + in_rows[1] * (x - left)


@pytest.mark.parametrize(
    "roi",
    [
        Roi(0.9, 0.5, 0.6, 0.2),  # wholly inside
        Roi(0.2, 0.9, 1.4, -2.5),  # beyond three edges
        Roi(3.0, 0.5, 0.4, 0.1),  # wholly outside
    ],
)
def test_every_pixel_is_the_mean_of_its_neighbours(roi: Roi) -> None:
    picture = noise()
    pixels = crop(picture, roi, size_px=SIZE, replicate=True)
    assert pixels.shape == (SIZE, SIZE, 3)
    assert pixels.flags.c_contiguous
    for row in range(0, SIZE, 11):
        for column in range(0, SIZE, 7):
            wanted = blended(picture, *place(roi, row, column, picture.height_px))
            # A place is rounded to 1/256 pixel: noise changes by up to 255 from pixel to pixel.
            assert pixels[row, column] == pytest.approx(wanted, abs=6)


def test_outside_the_picture_is_black_if_the_edge_is_not_repeated() -> None:
    white = Picture(0.0, np.full((90, 160, 4), 255, np.uint8))
    pixels = crop(white, Roi(0.0, 0.5, 0.8), size_px=SIZE, replicate=False)
    assert pixels[:, : SIZE // 2 - 1].max() == 0
    assert pixels[:, SIZE // 2 + 1 :].min() >= 254


def test_a_flat_picture_stays_flat_in_all_colours() -> None:
    flat = Picture(0.0, np.tile(np.array([10, 200, 255, 77], np.uint8), (90, 160, 1)))
    pixels = crop(flat, Roi(0.8, 0.5, 2.0, 0.7), size_px=SIZE, replicate=True)
    assert np.abs(pixels.astype(int) - [10, 200, 255]).max() <= 1
