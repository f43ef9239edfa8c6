"""Planes of pixels that can be drawn on: luma and chroma of a video frame, or red, green, blue.

Video is drawn where it lies, on its luma and chroma planes: turning every frame into red, green
and blue and back would cost more than the drawing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repsight.video.palette import Rgb

__all__ = [
    "ByteArray",
    "Canvas",
    "Coding",
    "Plane",
    "Tile",
    "components_of",
    "rgb_canvas",
    "yuv_canvas",
]

ByteArray = NDArray[np.uint8]
_WordArray = NDArray[np.uint16]

#: How red, green and blue become the numbers in the planes: as they are, or in limited range.
Coding = Literal["rgb", "bt601", "bt709"]

_LUMA_SHARES = {"bt601": (0.299, 0.587, 0.114), "bt709": (0.2126, 0.7152, 0.0722)}


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """One component of the picture; ``cells`` (H, W) is a view into rows of ``stride`` bytes.

    ``share`` is cells per pixel along each axis: 1, or 0.5 for chroma. ``component`` is the
    index of the component in the coding.
    """

    cells: ByteArray
    flat: ByteArray
    stride: int
    share: float
    component: int


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture of ``width`` x ``height`` pixels that is drawn on in place."""

    width: int
    height: int
    coding: Coding
    planes: tuple[Plane, ...]

    def place(self, tile: Tile, x_px: int, y_px: int) -> None:
        """Lay ``tile`` with its upper left corner at a pixel, moved to an even one and clipped."""
        left, top = x_px // 2 * 2, y_px // 2 * 2
        for plane in self.planes:
            alpha, premultiplied = tile.for_plane(plane, self.coding)
            _blend(plane, alpha, premultiplied, int(left * plane.share), int(top * plane.share))


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A small picture with transparency: ``rgba`` (H, W, 4), height and width even.

    What each plane needs of it is worked out once and kept, so that a tile that stays on screen
    costs two multiplications a pixel.
    """

    rgba: ByteArray
    _kept: dict[tuple[Coding, int], tuple[_WordArray, _WordArray]] = field(
        default_factory=dict[tuple[Coding, int], tuple[_WordArray, _WordArray]], repr=False
    )

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.rgba.shape[1]

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.rgba.shape[0]

    def for_plane(self, plane: Plane, coding: Coding) -> tuple[_WordArray, _WordArray]:
        """What is kept of the plane (of 256) and what is added (of 65280), both (H, W)."""
        key = (coding, plane.component)
        if key not in self._kept:
            self._kept[key] = _prepare(self.rgba, plane, coding)
        return self._kept[key]


def _prepare(rgba: ByteArray, plane: Plane, coding: Coding) -> tuple[_WordArray, _WordArray]:
    alpha = rgba[..., 3].astype(np.float32) / 255.0
    weights, offset = _row(coding, plane.component)
    red, green, blue = (rgba[..., i] * weights[i] for i in range(3))
    value = (red + green + blue + offset) * alpha
    if plane.share < 1:
        alpha, value = _halved(alpha), _halved(value)
    keep = np.rint((1.0 - alpha) * 256.0)
    # Both terms together must stay below 65536 even for a cell of 255.
    add = np.minimum(np.rint(value * 256.0), 65535.0 - keep * 255.0)
    return keep.astype(np.uint16), add.astype(np.uint16)


def _halved(values: NDArray[np.floating]) -> NDArray[np.floating]:
    height, width = values.shape
    return values.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))


def _blend(plane: Plane, keep: _WordArray, add: _WordArray, left: int, top: int) -> None:
    height, width = plane.cells.shape
    rows = slice(max(top, 0), min(top + keep.shape[0], height))
    cols = slice(max(left, 0), min(left + keep.shape[1], width))
    if rows.start >= rows.stop or cols.start >= cols.stop:
        return
    part = (
        slice(rows.start - top, rows.stop - top),
        slice(cols.start - left, cols.stop - left),
    )
    mixed = plane.cells[rows, cols] * keep[part]
    mixed += add[part]
    mixed >>= 8
    plane.cells[rows, cols] = mixed


@lru_cache(maxsize=256)
def components_of(colour: Rgb, coding: Coding) -> tuple[float, float, float]:
    """The three numbers that stand for ``colour``."""
    rgb = np.array(colour, dtype=np.float32)
    first, second, third = (
        float(rgb @ weights + offset) for weights, offset in (_row(coding, i) for i in range(3))
    )
    return first, second, third


def _row(coding: Coding, component: int) -> tuple[NDArray[np.float32], float]:
    """Weights of red, green and blue and the offset that give one component."""
    if coding == "rgb":
        return np.eye(3, dtype=np.float32)[component], 0.0
    red, green, blue = _LUMA_SHARES[coding]
    luma = np.array([red, green, blue])
    if component == 0:
        return (luma * (219 / 255)).astype(np.float32), 16.0
    own, share = (2, blue) if component == 1 else (0, red)
    weights = (np.eye(3)[own] - luma) / (2 * (1 - share))
    return (weights * (224 / 255)).astype(np.float32), 128.0


def rgb_canvas(planes: ByteArray) -> Canvas:
    """A canvas over ``planes`` (3, H, W): red, green and blue, contiguous."""
    _, height, width = planes.shape
    return Canvas(
        width, height, "rgb",
        tuple(Plane(planes[i], planes[i].reshape(-1), width, 1.0, i) for i in range(3)),
    )  # fmt: skip


def yuv_canvas(
    rows: Sequence[ByteArray], *, width: int, height: int, coding: Coding = "bt601"
) -> Canvas:
    """A canvas over the three planes of a planar 4:2:0 frame; width and height are even.

    ``rows`` are (H, stride), (H/2, stride) and (H/2, stride), contiguous and writable.
    """
    planes: list[Plane] = []
    for component, buffer in enumerate(rows):
        share = 1.0 if component == 0 else 0.5
        cells = buffer[: int(height * share), : int(width * share)]
        planes.append(Plane(cells, buffer.reshape(-1), buffer.shape[1], share, component))
    return Canvas(width, height, coding, tuple(planes))
