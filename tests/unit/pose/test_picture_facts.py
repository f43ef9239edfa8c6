from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from repsight.core.picture import Picture
from repsight.pose.picture_facts import PictureMeter, measure_person, measure_sharpness
from repsight.pose.roi import Roi
from repsight.pose.views import around, content_views


def _texture(height: int = 288, width: int = 512, seed: int = 1) -> NDArray[np.uint8]:
    """Soft random blobs of many sizes, as a gym has."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((height, width))
    for cells in (4, 16, 64):
        small = rng.uniform(0, 255, (cells, cells)).astype(np.uint8)
        picture += np.asarray(Image.fromarray(small).resize((width, height), 2)) / 3
    return np.repeat(picture[..., None], 3, -1).astype(np.uint8)


def _blurred(rgb: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    return np.asarray(Image.fromarray(rgb).filter(ImageFilter.GaussianBlur(radius)))


def test_light_and_contrast_are_shares() -> None:
    half = np.zeros((90, 160, 3), np.uint8)
    half[:, 80:] = 255
    facts = PictureMeter().push(Picture.from_rgb(0.0, half), [])
    assert facts.luminance == pytest.approx(0.5, abs=0.02)
    assert facts.contrast == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("moved", [(8, 0), (0, -12), (-16, 8)])
def test_a_moving_camera_is_measured_in_frame_heights(moved: tuple[int, int]) -> None:
    wide = _texture(400, 640)
    meter = PictureMeter()
    meter.push(Picture.from_rgb(0.0, wide[50:338, 60:572]), [])
    across, down = moved
    later = wide[50 - down : 338 - down, 60 - across : 572 - across]
    shift = meter.push(Picture.from_rgb(0.1, later), []).shift
    assert shift == pytest.approx((across / 288, down / 288), abs=0.004)


def test_a_still_camera_does_not_move_because_a_person_does() -> None:
    room = _texture()
    first, second = room.copy(), room.copy()
    first[80:250, 200:280] = 250
    second[80:250, 215:295] = 250
    meter, roi = PictureMeter(), Roi(0.85, 0.57, 0.8)
    meter.push(Picture.from_rgb(0.0, first), [roi])
    shift = meter.push(Picture.from_rgb(0.1, second), [roi]).shift
    assert shift == pytest.approx((0.0, 0.0), abs=0.002)


def test_a_bare_wall_tells_nothing_about_the_camera() -> None:
    meter = PictureMeter()
    wall = Picture.from_rgb(0.0, np.full((90, 160, 3), 120, np.uint8))
    meter.push(wall, [])
    assert np.isnan(meter.push(wall, []).shift).all()


def test_another_scene_is_a_cut_and_a_moving_camera_is_not() -> None:
    wide = _texture(400, 640)
    meter = PictureMeter()
    cuts = [
        meter.push(Picture.from_rgb(i / 10, wide[50:338, 20 + 6 * i : 532 + 6 * i]), []).is_cut
        for i in range(10)
    ]
    assert not any(cuts)
    assert meter.push(Picture.from_rgb(1.0, _texture(seed=5)), []).is_cut


def test_sharpness_falls_with_blur() -> None:
    crisp = np.random.default_rng(0).integers(0, 255, (128, 128, 3)).astype(np.uint8)
    values = [measure_sharpness(_blurred(crisp, radius)) for radius in (0, 1, 2, 4)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1
    assert values[-1] < 0.1


def test_a_featureless_crop_is_not_sharp() -> None:
    assert measure_sharpness(np.full((128, 128, 3), 90, np.uint8)) == 0.0


def test_sharpness_of_a_person_does_not_depend_on_resolution() -> None:
    large = _blurred(_texture(720, 960), 6)
    small = np.asarray(Image.fromarray(large).resize((480, 360), Image.Resampling.BOX))
    roi = Roi(0.67, 0.5, 0.9)
    first, second = (measure_person(Picture.from_rgb(0.0, one), roi) for one in (large, small))
    assert second.sharpness == pytest.approx(first.sharpness, rel=0.1)


def test_where_nobody_is_nothing_is_measured() -> None:
    assert np.isnan(measure_person(Picture.from_rgb(0.0, _texture()), None).sharpness)


def test_black_bars_are_not_looked_at() -> None:
    rgb = np.zeros((480, 854, 3), np.uint8)
    rgb[:, 292:562] = 120
    whole, *parts = content_views(Picture.from_rgb(0.0, rgb))
    assert (whole.x, whole.size) == (pytest.approx(427 / 480, abs=0.02), pytest.approx(1.0))
    assert all(part.size < 0.65 for part in parts)
    assert min(part.y for part in parts) < 0.35
    assert max(part.y for part in parts) > 0.65


def test_small_people_are_looked_at_more_closely() -> None:
    whole = Roi(0.9, 0.5, 1.78)
    assert around(Roi(0.5, 0.5, 0.3), whole).size < 1.0
    assert around(Roi(0.5, 0.5, 1.2), whole) is whole
