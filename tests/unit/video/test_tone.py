"""High dynamic range: colours of everyday things look in the result as they did in the gym."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from repsight.video.read import open_clip
from repsight.video.sheet import Sheet

Floats = NDArray[np.float64]

#: sRGB values of a grey wall, skin, a red and a blue shirt, grass, dark shorts, a white wall.
THINGS = np.array([
    (120, 120, 120), (200, 150, 125), (150, 40, 40), (40, 60, 140), (60, 120, 50), (25, 25, 30),
    (190, 190, 190),
])  # fmt: skip
PATCH_PX = 32
WHITE_NITS = 203.0

#: Linear BT.709 to linear BT.2020 (ITU-R BT.2087), and the weights of BT.2020's brightness.
TO_2020 = np.array([
    [0.6274, 0.3293, 0.0433],
    [0.0691, 0.9195, 0.0114],
    [0.0164, 0.0880, 0.8956],
])  # fmt: skip
WEIGHTS = np.array([0.2627, 0.6780, 0.0593])


def linear(srgb: Floats) -> Floats:
    share = srgb / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def pq(nits: Floats) -> Floats:
    share = (nits / 10000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * share) / (1 + 18.6875 * share)) ** 78.84375


def hlg(nits: Floats) -> Floats:
    display = nits / 1000
    scene = display * ((display @ WEIGHTS) ** (-0.2 / 1.2))[:, None]
    high = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), high)


def write_patches(path: Path, code: Callable[[Floats], Floats], transfer: int) -> Path:
    """The things side by side, coded in ten bits."""
    signal = code(WHITE_NITS * linear(THINGS) @ TO_2020.T)
    luma = signal @ WEIGHTS
    rows = (
        64 + 876 * luma,
        512 + 896 * (signal[:, 2] - luma) / 1.8814,
        512 + 896 * (signal[:, 0] - luma) / 1.4746,
    )
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=30)
        stream.width, stream.height = PATCH_PX * len(THINGS), 64
        stream.pix_fmt = "yuv420p10le"
        context = stream.codec_context
        context.color_trc, context.color_primaries, context.colorspace = transfer, 9, 9
        context.color_range = 1
        for number in range(3):
            frame = av.VideoFrame(stream.width, stream.height, "yuv420p10le")
            for plane, values in zip(frame.planes, rows, strict=True):
                cells = np.zeros((plane.height, plane.line_size // 2), np.uint16)
                wide = np.repeat(np.rint(values), plane.width // len(THINGS))
                cells[:, : plane.width] = wide
                plane.update(cells.tobytes())
            frame.pts, frame.time_base = number, Fraction(1, 30)
            frame.color_trc, frame.color_primaries = transfer, 9
            frame.colorspace, frame.color_range = 9, 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def patches(rgb: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The colour in the middle of each patch."""
    height, width = rgb.shape[:2]
    middles = (np.arange(len(THINGS)) + 0.5) * width / len(THINGS)
    return rgb[height // 2, middles.astype(int)].astype(int)


@pytest.mark.parametrize(("code", "transfer"), [(pq, 16), (hlg, 18)], ids=["PQ", "HLG"])
def test_everyday_colours_are_kept(
    tmp_path: Path, code: Callable[[Floats], Floats], transfer: int
) -> None:
    path = write_patches(tmp_path / "bright.mkv", code, transfer)
    reader = open_clip(path)
    read = patches(next(iter(reader.pictures())).rgb)
    assert reader.info.high_range
    assert np.abs(read - THINGS).max() < 16

    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    sheet = Sheet(frame, longest_side_px=1280)
    sheet.fill(frame)
    drawn = sheet.frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
    assert np.abs(patches(drawn) - THINGS).max() < 24
