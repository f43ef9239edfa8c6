"""Cuts the pixels inside a rotated square out of a picture."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import ByteArray, Picture
from repsight.pose.roi import Roi

__all__ = ["crop"]

_Fixed = NDArray[np.int32]
_Words = NDArray[np.uint32]

_FRACTION_BITS: Final = 8
_ONE: Final = 1 << _FRACTION_BITS
_RED_BLUE: Final = np.uint32(0x00FF00FF)
_LOW_BYTE: Final = np.uint32(0xFF)
_GREEN: Final = np.uint32(0xFF00)

# Small enough for the intermediate sums to stay in the processor's own memory.
_ROWS_AT_ONCE: Final = 64


def crop(picture: Picture, roi: Roi, *, size_px: int, replicate: bool) -> ByteArray:
    """The pixels inside ``roi`` as (size_px, size_px, 3), bilinear, without smoothing.

    Outside the picture the nearest pixel is repeated if ``replicate``, else it is black.
    """
    grid = _Grid.of(roi, size_px, picture)
    pixels = picture.rgbx.view(np.uint32).reshape(-1)
    corners = tuple(pixels[offset:] for offset in (0, 1, grid.width, grid.width + 1))
    blended = np.empty((size_px, size_px), np.uint32)
    slab = _SLABS.of_width(size_px)
    for top in range(0, size_px, _ROWS_AT_ONCE):
        out = blended[top : top + _ROWS_AT_ONCE]
        part = slab.first(len(out))
        inside = grid.place(part, top, marks_inside=not replicate)
        part.share()
        part.blend(corners, out)
        if inside is not None:
            out *= inside
    return blended.view(np.uint8).reshape(size_px, size_px, 4)[..., :3]


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Where each pixel of a square lies in a picture, in fixed-point pixels.

    Pixel (row, column) of the square lies at ``x_row[column] + x_column[row]``, and so does y.
    """

    x_row: _Fixed
    y_row: _Fixed
    x_column: _Fixed
    y_column: _Fixed
    width: int
    height: int

    @classmethod
    def of(cls, roi: Roi, size_px: int, picture: Picture) -> _Grid:
        height = picture.height_px
        step = roi.size * height / size_px * _ONE
        cos, sin = step * np.cos(roi.angle_rad), step * np.sin(roi.angle_rad)
        place = np.arange(size_px) - size_px / 2
        return cls(
            np.rint(roi.x * height * _ONE + cos * place).astype(np.int32),
            np.rint(roi.y * height * _ONE + sin * place).astype(np.int32),
            np.rint(-sin * place).astype(np.int32)[:, None],
            np.rint(cos * place).astype(np.int32)[:, None],
            picture.width_px,
            height,
        )

    def place(self, slab: _Slab, top: int, *, marks_inside: bool) -> _Words | None:
        """Fill in the samples of the rows from ``top``; 1 where they lie inside the picture."""
        rows = slice(top, top + len(slab.x))
        np.add(self.x_row, self.x_column[rows], out=slab.x)
        np.add(self.y_row, self.y_column[rows], out=slab.y)
        right, bottom = (self.width - 1) * _ONE, (self.height - 1) * _ONE
        inside = None
        if marks_inside:
            in_x = (slab.x >= 0) & (slab.x <= right)
            inside = (in_x & (slab.y >= 0) & (slab.y <= bottom)).astype(np.uint32)
        np.clip(slab.x, 0, right - 1, out=slab.x)
        np.clip(slab.y, 0, bottom - 1, out=slab.y)
        np.right_shift(slab.y, _FRACTION_BITS, out=slab.index)
        index = slab.index
        index *= self.width
        index += slab.x >> _FRACTION_BITS
        return inside


@dataclass(frozen=True, slots=True, eq=False)
class _Slab:
    """Some rows of samples, and room to compute in.

    ``x`` and ``y`` are fixed-point places, ``index`` the pixel up and left of each sample, and
    ``shares`` what each of the four pixels around it contributes (they sum to 256).
    """

    x: _Fixed
    y: _Fixed
    index: NDArray[np.intp]
    shares: tuple[_Words, _Words, _Words, _Words]
    rooms: tuple[_Words, _Words, _Words]

    @classmethod
    def empty(cls, width: int) -> _Slab:
        shape = (_ROWS_AT_ONCE, width)
        first, right, below, both, *rooms = (np.empty(shape, np.uint32) for _ in range(7))
        return cls(
            np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.intp),
            (first, right, below, both), (rooms[0], rooms[1], rooms[2]),
        )  # fmt: skip

    def first(self, count: int) -> _Slab:
        """The same memory, ``count`` rows of it."""
        if count == len(self.x):
            return self
        first, right, below, both = (one[:count] for one in self.shares)
        green, word, half = (one[:count] for one in self.rooms)
        return _Slab(
            self.x[:count], self.y[:count], self.index[:count],
            (first, right, below, both), (green, word, half),
        )  # fmt: skip

    def share(self) -> None:
        """Compute the shares from the places."""
        first, right, below, both = self.shares
        np.bitwise_and(self.x, _ONE - 1, out=right, casting="unsafe")
        np.bitwise_and(self.y, _ONE - 1, out=below, casting="unsafe")
        np.multiply(right, below, out=both)
        both >>= _FRACTION_BITS
        right -= both
        below -= both
        np.subtract(_ONE, right, out=first)
        first -= below
        first -= both

    def blend(self, corners: tuple[_Words, ...], out: _Words) -> None:
        """Bilinear mean of the four neighbours, two colours at a time inside 32-bit words."""
        green, word, half = self.rooms
        green[:] = out[:] = 0
        for pixels, share in zip(corners, self.shares, strict=True):
            # Every index lies inside; "wrap" is the mode that checks least.
            pixels.take(self.index, out=word, mode="wrap")
            np.bitwise_and(word, _RED_BLUE, out=half)
            half *= share
            out += half
            word >>= 8
            word &= _LOW_BYTE
            word *= share
            green += word
        out >>= _FRACTION_BITS
        out &= _RED_BLUE
        green &= _GREEN
        out |= green


class _Slabs(threading.local):
    """One slab for each width and thread.

    A crop is made for every frame, and fresh memory would cost more than the sums.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Slab] = {}

    def of_width(self, width: int) -> _Slab:
        if width not in self._kept:
            self._kept[width] = _Slab.empty(width)
        return self._kept[width]


_SLABS: Final = _Slabs()
