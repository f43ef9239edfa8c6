from __future__ import annotations

import numpy as np
import pytest

from repsight.video.canvas import Coding, Tile, components_of, rgb_canvas, yuv_canvas


def flat_tile(colour: tuple[int, int, int], alpha: int = 255) -> Tile:
    rgba = np.zeros((8, 10, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = colour, alpha
    return Tile(rgba)


def grey_rows(width: int = 32, height: int = 24) -> list[np.ndarray]:
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return [np.full(shape, 100, np.uint8) for shape in shapes]


def test_an_opaque_tile_replaces_what_is_below() -> None:
    planes = np.full((3, 24, 32), 50, np.uint8)
    rgb_canvas(planes).place(flat_tile((255, 0, 90)), 4, 6)
    assert tuple(planes[:, 6, 4]) == (255, 0, 90)
    assert tuple(planes[:, 13, 13]) == (255, 0, 90)
    assert tuple(planes[:, 14, 14]) == (50, 50, 50)


def test_a_transparent_tile_changes_nothing() -> None:
    planes = np.arange(3 * 24 * 32, dtype=np.int64).reshape(3, 24, 32).astype(np.uint8)
    before = planes.copy()
    rgb_canvas(planes).place(flat_tile((255, 0, 90), alpha=0), 0, 0)
    assert (planes == before).all()


def test_half_opacity_is_half_way() -> None:
    planes = np.full((3, 24, 32), 200, np.uint8)
    rgb_canvas(planes).place(flat_tile((0, 100, 200), alpha=128), 0, 0)
    assert tuple(planes[:, 2, 2]) == pytest.approx((100, 150, 200), abs=2)


@pytest.mark.parametrize("corner", [(-4, -4), (28, 20), (-100, 0), (0, 500)])
def test_a_tile_over_the_edge_is_clipped(corner: tuple[int, int]) -> None:
    rows = grey_rows()
    yuv_canvas(rows, width=32, height=24).place(flat_tile((255, 255, 255)), *corner)
    assert [row.shape for row in rows] == [(24, 32), (12, 16), (12, 16)]


def test_white_on_white_does_not_wrap_around() -> None:
    planes = np.full((3, 24, 32), 255, np.uint8)
    for alpha in range(0, 256, 5):
        rgb_canvas(planes).place(flat_tile((255, 255, 255), alpha), 0, 0)
        assert planes.min() >= 253


@pytest.mark.parametrize(
    ("coding", "white", "red"),
    [
        ("bt601", (235, 128, 128), (81, 90, 240)),
        ("bt709", (235, 128, 128), (63, 102, 240)),
        ("rgb", (255, 255, 255), (255, 0, 0)),
    ],
)
def test_colours_are_coded_as_the_standards_say(
    coding: Coding, white: tuple[int, ...], red: tuple[int, ...]
) -> None:
    assert components_of((255, 255, 255), coding) == pytest.approx(white, abs=0.6)
    assert components_of((255, 0, 0), coding) == pytest.approx(red, abs=0.9)


def test_chroma_of_a_tile_lies_under_its_luma() -> None:
    rows = grey_rows()
    yuv_canvas(rows, width=32, height=24).place(flat_tile((255, 0, 0)), 7, 5)
    assert (rows[0][4:12, 6:16] != 100).all()  # moved to even pixels
    assert (rows[2][2:6, 3:8] == 240).all()
