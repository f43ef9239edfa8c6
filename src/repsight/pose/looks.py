"""How a person looks: the colours of their clothes, to tell people apart when they cross."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.picture import ByteArray
from repsight.core.skeleton import columns
from repsight.core.types import FloatArray
from repsight.pose.landmarks import CROP_PX, Pose

__all__ = ["clothes", "likeness"]

_SHOULDERS: Final = columns("shoulder")
_HIPS: Final = columns("hip")
_KNEES: Final = columns("knee")
_GRID: Final = np.linspace(0.1, 0.9, 9)
_BINS: Final = 4
_CORNERS: Final = np.array(list(np.ndindex(2, 2, 2)))
_PLACES: Final = np.array([_BINS**2, _BINS, 1])


def clothes(pixels: ByteArray, pose: Pose, aspect_ratio: float) -> FloatArray:
    """Colour histogram (2, 64) of trunk and thighs in the crop that ``pose`` was found in.

    Each row sums to 1; a part that is not wholly in the picture is a row of NaN.
    """
    points = pose.roi.to_shares(pose.xy) * CROP_PX
    return np.stack([
        _histogram(pixels, _between(points[upper], points[lower]))
        if _in_picture(pose.xy[[*upper, *lower]], aspect_ratio)
        else np.full(_BINS**3, np.nan)
        for upper, lower in ((_SHOULDERS, _HIPS), (_HIPS, _KNEES))
    ])  # fmt: skip


def likeness(first: FloatArray, second: FloatArray) -> float:
    """How alike two people look: 0 nothing in common, 1 the same colours.

    Compares the parts that both show; NaN if they share none.
    """
    shared = np.sqrt(first * second).sum(axis=1)
    known = shared[np.isfinite(shared)]
    return float(known.mean()) if len(known) else float("nan")


def _in_picture(points: FloatArray, aspect_ratio: float) -> bool:
    return bool(np.all((points > 0) & (points < (aspect_ratio, 1.0))))


def _between(upper: FloatArray, lower: FloatArray) -> FloatArray:
    """A grid of points (81, 2) in the four-sided figure between two pairs of points.

    In profile the pairs fall together; the grid is then widened to a fifth of its length.
    """
    length = float(np.linalg.norm(upper.mean(0) - lower.mean(0)))
    down, across = np.meshgrid(_GRID, _GRID, indexing="ij")
    edges = [_widened(pair, 0.2 * length) for pair in (upper, lower)]
    left = edges[0][0] + down[..., None] * (edges[1][0] - edges[0][0])
    right = edges[0][1] + down[..., None] * (edges[1][1] - edges[0][1])
    return (left + across[..., None] * (right - left)).reshape(-1, 2)


def _widened(pair: FloatArray, least: float) -> FloatArray:
    width = float(np.linalg.norm(pair[1] - pair[0]))
    if width >= least:
        return pair
    half = np.array([least / 2, 0.0])
    middle = pair.mean(0)
    return np.stack([middle - half, middle + half])


def _histogram(pixels: ByteArray, points: FloatArray) -> FloatArray:
    """Soft histogram over 4 x 4 x 4 colours, so that a change of light moves it only a little."""
    columns, rows = np.clip(np.rint(points).astype(np.intp), 0, CROP_PX - 1).T
    level = pixels[rows, columns].astype(np.float64) / 256 * _BINS - 0.5
    low = np.floor(level)
    share = level - low
    bins = np.clip(low[:, None] + _CORNERS, 0, _BINS - 1).astype(np.intp) @ _PLACES
    weights = np.where(_CORNERS, share[:, None], 1 - share[:, None]).prod(axis=2)
    histogram = np.bincount(bins.ravel(), weights.ravel(), minlength=_BINS**3)
    return histogram / histogram.sum()
