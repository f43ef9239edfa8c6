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
_GREEN: Final = np.uint32(0xFF00)

# Small enough for the intermediate sums to stay in the processor's own memory, and so many that
# the calls themselves do not count.
_ROWS_AT_ONCE: Final = 128


def crop(picture: Picture, roi: Roi, *, size_px: int, replicate: bool) -> ByteArray:
    """The pixels inside ``roi`` as (size_px, size_px, 3) in C order, bilinear, not smoothed.

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
        part.index_pixels(grid.width)
        part.blend(corners, out)
        if inside is not None:
            out *= inside
    return _colours(blended)


def _colours(words: _Words) -> ByteArray:
    """(H, W) words as (H, W, 3) bytes; colour by colour, which numpy does five times faster."""
    bytes_ = words.view(np.uint8).reshape(*words.shape, 4)
    rgb = np.empty((*words.shape, 3), np.uint8)
    for colour in range(3):
        rgb[..., colour] = bytes_[..., colour]
    return rgb


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
        _keep_within(slab.x, right - 1, self.x_row, self.x_column[rows])
        _keep_within(slab.y, bottom - 1, self.y_row, self.y_column[rows])
        return inside


def _keep_within(places: _Fixed, last: int, row: _Fixed, column: _Fixed) -> None:
    """Clip the sums of ``row`` and ``column`` to 0..last; mostly there is nothing to do."""
    if row.min() + column.min() < 0 or row.max() + column.max() > last:
        np.clip(places, 0, last, out=places)


@dataclass(frozen=True, slots=True, eq=False)
class _Slab:
    """Some rows of samples, and room to compute in.

    ``x`` and ``y`` are fixed-point places, later whole ones; ``index`` is the pixel up and left
    of each sample, and ``shares`` what each of the four pixels around it contributes (they sum
    to 256).
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
        whole, word, half = (one[:count] for one in self.rooms)
        return _Slab(
            self.x[:count], self.y[:count], self.index[:count],
            (first, right, below, both), (whole, word, half),
        )  # fmt: skip

    def share(self) -> None:
        """Compute the shares from the places."""
        first, right, below, both = self.shares
        np.bitwise_and(self.x.view(np.uint32), _ONE - 1, out=right)
        np.bitwise_and(self.y.view(np.uint32), _ONE - 1, out=below)
        np.multiply(right, below, out=both)
        both >>= _FRACTION_BITS
        below -= both
        np.subtract(_ONE, right, out=first)
        first -= below
        right -= both

    def index_pixels(self, width: int) -> None:
        """Compute the index from the places, which are whole pixels afterwards."""
        x, y = self.x, self.y
        x >>= _FRACTION_BITS
        y >>= _FRACTION_BITS
        y *= width
        np.add(x, y, out=self.index)

    def blend(self, corners: tuple[_Words, ...], out: _Words) -> None:
        """Bilinear mean of the four neighbours, two colours at a time inside 32-bit words.

        Red and blue have 16 bits each for their sums. Those of whole words run over; taking away
        red and blue leaves the sum of green, eight bits up, below bits that nobody wants.
        """
        whole, word, half = self.rooms
        for number, (pixels, share) in enumerate(zip(corners, self.shares, strict=True)):
            # Every index lies inside; "wrap" is the mode that checks least.
            pixels.take(self.index, out=word, mode="wrap")
            if number == 0:
                np.bitwise_and(word, _RED_BLUE, out=out)
                out *= share
                np.multiply(word, share, out=whole)
                continue
            np.bitwise_and(word, _RED_BLUE, out=half)
            half *= share
            out += half
            word *= share
            whole += word
        whole -= out
        whole >>= _FRACTION_BITS
        whole &= _GREEN
        out >>= _FRACTION_BITS
        out &= _RED_BLUE
        out |= whole


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
