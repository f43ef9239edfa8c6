from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.core.picture import Picture
from repsight.pose.crop import crop
from repsight.pose.roi import MARGIN, Roi, roi_from_circle, whole_frame

rois = st.builds(
    Roi,
    x=st.floats(-1, 2),
    y=st.floats(-1, 2),
    size=st.floats(0.05, 3),
    angle_rad=st.floats(-3.1, 3.1),
)


def _ramp(height: int = 90, width: int = 120) -> Picture:
    """Red grows to the right, green grows downwards, by one level per pixel."""
    y, x = np.mgrid[0:height, 0:width]
    return Picture.from_rgb(0.0, np.stack([x, y, x * 0 + 7], -1).astype(np.uint8))


@given(rois)
def test_shares_and_frame_coordinates_are_inverse(roi: Roi) -> None:
    points = np.random.default_rng(0).uniform(-1, 2, (20, 2))
    assert np.allclose(roi.to_shares(roi.to_frame(points)), points)


@given(rois)
def test_turning_keeps_lengths_and_depth(roi: Roi) -> None:
    vectors = np.random.default_rng(0).normal(size=(5, 3))
    turned = roi.turned(vectors)
    assert np.allclose(np.linalg.norm(turned, axis=1), np.linalg.norm(vectors, axis=1))
    assert np.array_equal(turned[:, 2], vectors[:, 2])


def test_an_upright_person_gives_an_unturned_square() -> None:
    roi = roi_from_circle(np.array([0.5, 0.6]), np.array([0.5, 0.1]))
    assert roi == Roi(0.5, 0.6, pytest.approx(2 * 0.5 * MARGIN), pytest.approx(0.0))


def test_a_person_with_the_head_to_the_right_turns_the_square_by_a_quarter() -> None:
    roi = roi_from_circle(np.array([0.5, 0.5]), np.array([0.9, 0.5]))
    assert roi.angle_rad == pytest.approx(np.pi / 2)


def test_the_whole_frame_fits_into_its_square() -> None:
    assert whole_frame(16 / 9).size == pytest.approx(16 / 9)
    assert whole_frame(0.5).size == 1.0


@pytest.mark.parametrize("angle_rad", [0.0, 0.4, -2.0])
def test_a_crop_samples_the_picture_where_the_square_says(angle_rad: float) -> None:
    roi = Roi(0.6, 0.5, 0.4, angle_rad)
    pixels = crop(_ramp(), roi, size_px=64, replicate=True)
    rows, columns = np.mgrid[0:64, 0:64]
    wanted = roi.to_frame(np.stack([columns, rows], -1) / 64) * 90
    assert np.abs(pixels[..., :2] - wanted).max() <= 1.0
    assert (pixels[..., 2] == 7).all()


def test_a_crop_at_half_a_pixel_is_the_mean_of_its_neighbours() -> None:
    rgb = np.zeros((4, 4, 3), np.uint8)
    rgb[1, 1], rgb[1, 2] = 100, 200
    roi = Roi(0.625, 0.5, 1.0)
    pixels = crop(Picture.from_rgb(0.0, rgb), roi, size_px=4, replicate=True)
    assert pixels[1, 1].tolist() == [150, 150, 150]


def test_outside_the_picture_the_edge_is_repeated_or_black() -> None:
    roi = Roi(0.0, 0.5, 1.0)
    repeated = crop(_ramp(), roi, size_px=32, replicate=True)
    black = crop(_ramp(), roi, size_px=32, replicate=False)
    assert (repeated[:, :16, 0] == 0).all()
    assert (repeated[10, :16] == repeated[10, 0]).all()
    assert (black[:, :16] == 0).all()
    assert np.array_equal(black[:, 16:], repeated[:, 16:])


@given(rois)
def test_any_square_can_be_cropped(roi: Roi) -> None:
    assert crop(_ramp(9, 7), roi, size_px=8, replicate=True).shape == (8, 8, 3)
