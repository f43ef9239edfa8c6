"""Bring high dynamic range pictures (HLG, PQ) to the standard range that models expect."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from repsight.core.picture import ByteArray
from repsight.core.types import FloatArray

__all__ = ["to_standard_range"]

# Transfer functions as numbered by ITU-T H.273.
_PQ: Final = 16

_GRID: Final = 33
_WHITE_NITS: Final = 203.0  # reference white of ITU-R BT.2408
_PEAK_NITS: Final = 1000.0

#: Linear BT.2020 to linear BT.709 (ITU-R BT.2087).
_TO_709: Final = np.array([
    [1.6605, -0.5876, -0.0728],
    [-0.1246, 1.1329, -0.0083],
    [-0.0182, -0.1006, 1.1187],
])  # fmt: skip


def to_standard_range(rgbx: ByteArray, transfer: int) -> ByteArray:
    """(H, W, 4) pixels coded with ``transfer`` as standard-range (H, W, 4) pixels."""
    rgb = Image.fromarray(np.ascontiguousarray(rgbx[..., :3]))
    mapped = np.asarray(rgb.filter(_lookup(transfer)))
    result = np.empty_like(rgbx)
    result[..., :3] = mapped
    result[..., 3] = 255
    return result


@cache
def _lookup(transfer: int) -> ImageFilter.Color3DLUT:
    def colour(red: float, green: float, blue: float) -> tuple[float, float, float]:
        nits = _to_nits(np.array([red, green, blue]), transfer)
        linear = np.maximum(_TO_709 @ (nits / _WHITE_NITS), 0)
        red, green, blue = _gamma(_rolled_off(linear))
        return float(red), float(green), float(blue)

    return ImageFilter.Color3DLUT.generate(_GRID, colour)


def _to_nits(signal: FloatArray, transfer: int) -> FloatArray:
    if transfer == _PQ:
        root = signal ** (1 / 78.84375)
        share = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
        return 10000 * share ** (1 / 0.1593017578125)
    scene = np.where(
        signal <= 0.5,
        signal**2 / 3,
        (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12,
    )
    brightness = float(scene @ np.array([0.2627, 0.6780, 0.0593]))
    return _PEAK_NITS * scene * max(brightness, 1e-6) ** 0.2


def _rolled_off(linear: FloatArray) -> FloatArray:
    """Leave up to 0.6 of reference white alone, bend the rest below 1; hue is kept."""
    knee, top = 0.6, _PEAK_NITS / _WHITE_NITS
    peak = float(linear.max())
    if peak <= knee:
        return linear
    room = 1 - knee
    over = (min(peak, top) - knee) / room
    bent = knee + room * over * (1 + over / ((top - knee) / room) ** 2) / (1 + over)
    return linear * (min(bent, 1.0) / peak)


def _gamma(linear: FloatArray) -> FloatArray:
    low = 12.92 * linear
    high = 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    return np.clip(np.where(linear <= 0.0031308, low, high), 0, 1)
