from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from repsight.video.read import open_clip
from repsight.video.sheet import Sheet, output_size
from tests.integration.clips import turned, write_clip


def corners(width: int = 128, height: int = 96) -> np.ndarray:
    """Red in the upper left, green upper right, blue lower left, white lower right."""
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[: height // 2, : width // 2, 0] = 255
    rgb[: height // 2, width // 2 :, 1] = 255
    rgb[height // 2 :, : width // 2, 2] = 255
    rgb[height // 2 :, width // 2 :] = 255
    return rgb


def first_frame(path: Path) -> av.VideoFrame:
    with av.open(str(path)) as container:
        return next(container.decode(video=0))


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ((1280, 720), (1280, 720)), ((853, 480), (852, 480)), ((3840, 2160), (1280, 720)),
        ((2160, 3840), (720, 1280)), ((202, 360), (360, 642)), ((426, 240), (640, 360)),
        ((4000, 100), (1280, 32)),
    ],
)  # fmt: skip
def test_sizes_are_even_and_neither_tiny_nor_huge(
    source: tuple[int, int], drawn: tuple[int, int]
) -> None:
    width, height, share = output_size(*source, longest_side_px=1280)
    assert (width, height) == drawn
    assert share == pytest.approx(drawn[1] / source[1], rel=0.1)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_clip_is_drawn_upright_like_it_is_read(tmp_path: Path, degrees: int) -> None:
    path = turned(write_clip(tmp_path / "a.mp4", [corners(512, 384)] * 3), degrees)
    sheet = Sheet(first_frame(path), longest_side_px=1280)
    sheet.fill(first_frame(path))
    drawn = sheet.frame.to_ndarray(format="rgb24").astype(int)
    read = next(iter(open_clip(path).pictures())).rgb.astype(int)
    assert drawn.shape == read.shape
    assert np.abs(drawn - read).mean() < 6


def test_an_odd_size_loses_its_last_row_and_column(tmp_path: Path) -> None:
    frame = av.VideoFrame.from_ndarray(corners(401, 363), format="rgb24").reformat(format="yuv444p")
    sheet = Sheet(frame, longest_side_px=1280)
    sheet.fill(frame)
    assert (sheet.width, sheet.height) == (400, 362)
    assert sheet.full_height_px == 363


def test_high_range_is_brought_to_standard_range(tmp_path: Path) -> None:
    frame = av.VideoFrame.from_ndarray(corners(400, 400) // 2, format="rgb24")
    frame = frame.reformat(format="yuv420p10le")
    frame.color_trc, frame.color_primaries = 18, 9
    sheet = Sheet(frame, longest_side_px=1280)
    sheet.fill(frame)
    assert (sheet.look.color_trc, sheet.look.colorspace, sheet.look.color_range) == (1, 1, 1)
    assert sheet.coding == "bt709"
    lit = sheet.frame.to_ndarray(format="rgb24")
    assert lit[300, 300].min() > lit[100, 100].min()


def test_full_range_becomes_limited_range_without_a_change_in_looks() -> None:
    rgb = corners(400, 400)
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuvj420p")
    sheet = Sheet(frame, longest_side_px=1280)
    sheet.fill(frame)
    assert sheet.look.color_range == 1
    assert sheet.canvas.planes[0].cells.max() == 235
    drawn = sheet.frame.to_ndarray(format="rgb24").astype(int)
    assert np.abs(drawn - rgb).mean() < 3
