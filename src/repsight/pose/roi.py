"""The rotated square around a person, and the pixels inside it.

Lengths are in frame heights, as everywhere; a picture's own pixels appear only in ``crop``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import ByteArray, Picture
from repsight.core.types import FloatArray

__all__ = ["MARGIN", "Roi", "crop", "roi_from_circle", "whole_frame"]

#: The models were trained on squares this much larger than the circle around the body.
MARGIN: Final = 1.25

_Fixed = NDArray[np.int32]
_Words = NDArray[np.uint32]

_FRACTION_BITS: Final = 8
_ONE: Final = 1 << _FRACTION_BITS
_RED_BLUE: Final = np.uint32(0x00FF00FF)
_LOW_BYTE: Final = np.uint32(0xFF)
_GREEN: Final = np.uint32(0xFF00)

# Small enough for the intermediate sums to stay in the processor's own memory.
_ROWS_AT_ONCE: Final = 128


@dataclass(frozen=True, slots=True)
class Roi:
    """Centre ``x``, ``y`` and side ``size`` in frame heights; ``angle_rad`` turns clockwise."""

    x: float
    y: float
    size: float
    angle_rad: float = 0.0

    def to_frame(self, points: FloatArray) -> FloatArray:
        """Points (..., 2) given as shares of the square, in frame heights."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        centred = (points - 0.5) * self.size
        return np.stack(
            [
                self.x + cos * centred[..., 0] - sin * centred[..., 1],
                self.y + sin * centred[..., 0] + cos * centred[..., 1],
            ],
            axis=-1,
        )

    def to_shares(self, points: FloatArray) -> FloatArray:
        """Points (..., 2) in frame heights, as shares of the square: the inverse of to_frame."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        across, down = points[..., 0] - self.x, points[..., 1] - self.y
        return (
            0.5 + np.stack([cos * across + sin * down, cos * down - sin * across], -1) / self.size
        )

    def turned(self, vectors: FloatArray) -> FloatArray:
        """Vectors (..., 3) in the square's axes, turned into the frame's (about z)."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        turned = vectors.copy()
        turned[..., 0] = cos * vectors[..., 0] - sin * vectors[..., 1]
        turned[..., 1] = sin * vectors[..., 0] + cos * vectors[..., 1]
        return turned


def roi_from_circle(centre: FloatArray, rim: FloatArray) -> Roi:
    """The square around the body: hip midpoint ``centre``, and ``rim`` above the head."""
    across, down = rim - centre
    angle = np.pi / 2 - np.arctan2(-down, across)
    angle -= 2 * np.pi * np.floor((angle + np.pi) / (2 * np.pi))
    size = 2 * float(np.hypot(across, down)) * MARGIN
    return Roi(float(centre[0]), float(centre[1]), size, float(angle))


def whole_frame(aspect_ratio: float) -> Roi:
    """The upright square that just holds the frame."""
    return Roi(aspect_ratio / 2, 0.5, max(aspect_ratio, 1.0))


def crop(picture: Picture, roi: Roi, *, size_px: int, replicate: bool) -> ByteArray:
    """The pixels inside ``roi`` as (size_px, size_px, 3), bilinear, without smoothing.

    Outside the picture the nearest pixel is repeated if ``replicate``, else it is black.
    """
    height, width = picture.height_px, picture.width_px
    x_fixed, y_fixed = _sample_points(roi, size_px, height)
    inside = None if replicate else _inside(x_fixed, y_fixed, width, height)
    np.clip(x_fixed, 0, (width - 1) * _ONE - 1, out=x_fixed)
    np.clip(y_fixed, 0, (height - 1) * _ONE - 1, out=y_fixed)
    pixels = picture.rgbx.view(np.uint32).reshape(-1)
    blended = np.empty((size_px, size_px), np.uint32)
    for top in range(0, size_px, _ROWS_AT_ONCE):
        rows = slice(top, top + _ROWS_AT_ONCE)
        _blend(pixels, _Corners.of(x_fixed[rows], y_fixed[rows], width), out=blended[rows])
    if inside is not None:
        blended *= inside
    return blended.view(np.uint8).reshape(size_px, size_px, 4)[..., :3]


def _sample_points(roi: Roi, size_px: int, height_px: int) -> tuple[_Fixed, _Fixed]:
    """Where each pixel of the square lies in the picture, as fixed-point pixels (rows, columns)."""
    step = roi.size * height_px / size_px * _ONE
    cos, sin = step * np.cos(roi.angle_rad), step * np.sin(roi.angle_rad)
    place = np.arange(size_px) - size_px / 2
    x_row = np.rint(roi.x * height_px * _ONE + cos * place).astype(np.int32)
    y_row = np.rint(roi.y * height_px * _ONE + sin * place).astype(np.int32)
    x_column = np.rint(-sin * place).astype(np.int32)
    y_column = np.rint(cos * place).astype(np.int32)
    return x_row[None, :] + x_column[:, None], y_row[None, :] + y_column[:, None]


def _inside(x_fixed: _Fixed, y_fixed: _Fixed, width: int, height: int) -> _Words:
    in_x = (x_fixed >= 0) & (x_fixed <= (width - 1) * _ONE)
    return (in_x & (y_fixed >= 0) & (y_fixed <= (height - 1) * _ONE)).astype(np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class _Corners:
    """Which four pixels surround each sample, and their shares of it (they sum to 256)."""

    index: NDArray[np.intp]
    offsets: tuple[int, int, int, int]
    shares: tuple[_Words, _Words, _Words, _Words]

    @classmethod
    def of(cls, x_fixed: _Fixed, y_fixed: _Fixed, width: int) -> _Corners:
        index = y_fixed >> _FRACTION_BITS
        index *= width
        index += x_fixed >> _FRACTION_BITS
        right = (x_fixed & (_ONE - 1)).astype(np.uint32)
        below = (y_fixed & (_ONE - 1)).astype(np.uint32)
        both = right * below
        both >>= _FRACTION_BITS
        right -= both
        below -= both
        first = np.uint32(_ONE) - right
        first -= below
        first -= both
        return cls(index.astype(np.intp), (0, 1, width, width + 1), (first, right, below, both))


def _blend(pixels: _Words, corners: _Corners, *, out: _Words) -> None:
    """Bilinear mean of the four neighbours, two colours at a time inside 32-bit words."""
    green: _Words = np.zeros_like(out)
    word: _Words = np.empty_like(out)
    half: _Words = np.empty_like(out)
    out[:] = 0
    # In place throughout: this runs for every frame, and fresh arrays cost more than the sums.
    for offset, share in zip(corners.offsets, corners.shares, strict=True):
        # Every index lies inside; "wrap" is the mode that checks least.
        pixels[offset:].take(corners.index, out=word, mode="wrap")
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
