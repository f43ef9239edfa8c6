"""Dark pictures with their local contrast stretched: does a pose model see more in them?

It is not part of the program: docs/accuracy.md says what it changes on real clips made dark.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import ByteArray

__all__ = ["brightened"]

#: Parts along each side in which the contrast is taken, the most that it is raised, and the mean
#: brightness below which a picture is dark.
_PARTS: Final = 6
_MOST: Final = 6.0
_DARK: Final = 70.0
_Luma = NDArray[np.float32]
_LUMA: Final = np.array([0.299, 0.587, 0.114], np.float32)


def brightened(rgb: ByteArray) -> ByteArray:
    """Pixels (H, W, 3) with the luma of each part stretched; a bright picture stays as it is."""
    luma: _Luma = rgb.astype(np.float32) @ _LUMA
    if float(luma[::4, ::4].mean()) >= _DARK:
        return rgb
    low, high = (_smooth(luma, percent) for percent in (2.0, 98.0))
    gain = np.clip(235.0 / np.maximum(high - low, 1.0), 1.0, _MOST)
    lifted = np.clip((luma - low) * gain, 0.0, 255.0)
    scale = np.clip(lifted / np.maximum(luma, 1.0), 0.0, _MOST)
    return np.clip(rgb * scale[..., None], 0.0, 255.0).astype(np.uint8)


def _smooth(luma: _Luma, percent: float) -> _Luma:
    """(H, W) percentile of the luma around each pixel: taken in parts, linear between them."""
    rows = [
        [np.percentile(part[::3, ::3], percent) for part in np.array_split(band, _PARTS, axis=1)]
        for band in np.array_split(luma, _PARTS, axis=0)
    ]
    grid: _Luma = np.array(rows, np.float32)
    for axis, size in enumerate(luma.shape):
        middles = (np.arange(_PARTS) + 0.5) * size / _PARTS
        where = np.interp(np.arange(size), middles, np.arange(_PARTS))
        before = np.minimum(where.astype(int), _PARTS - 2)
        share = (where - before).astype(np.float32)
        low, high = np.take(grid, before, axis=axis), np.take(grid, before + 1, axis=axis)
        grid = low + (high - low) * (share[:, None] if axis == 0 else share)
    return grid
