"""Where the label of a measured value goes in a still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from repsight.core.types import FloatArray
from repsight.video.canvas import Canvas, Tile
from repsight.video.gauge import Gauge
from repsight.video.layout import Box, overlap

__all__ = ["place_label"]

#: Directions that are tried, as turns from where the gauge points to, in degrees.
_TURNS_DEG: Final = (0, 45, -45, 90, -90, 135, -135, 180)
#: Gaps between gauge and label that are tried, as shares of the label's height.
_GAPS: Final = (0.3, 1.0, 2.0)


def place_label(
    canvas: Canvas, tile: Tile, gauge: Gauge, *, spots: FloatArray, taken: Sequence[Box]
) -> Box:
    """Lay ``tile`` near the gauge, off the ``spots`` (N, 2) that should stay visible.

    Other labels lie in the boxes ``taken``; the box used is returned.
    """
    if not np.isfinite(gauge.anchor).all():
        return 0, 0, 0, 0
    box = min(_boxes(canvas, tile, gauge), key=lambda one: _cost(one, gauge, spots, taken))
    canvas.place(tile, box[0], box[1])
    return box


def _boxes(canvas: Canvas, tile: Tile, gauge: Gauge) -> list[Box]:
    half = np.array([tile.width, tile.height]) / 2
    limit = np.array([canvas.width - tile.width, canvas.height - tile.height])
    boxes: list[Box] = []
    for gap in _GAPS:
        for turn in np.radians(_TURNS_DEG):
            cosine, sine = np.cos(turn), np.sin(turn)
            away = np.array([[cosine, -sine], [sine, cosine]]) @ gauge.away
            middle = gauge.anchor + away * (half + gap * tile.height)
            corner = np.clip(middle - half, 0, np.maximum(limit, 0))
            boxes.append((int(corner[0]), int(corner[1]), tile.width, tile.height))
    return boxes


def _cost(box: Box, gauge: Gauge, spots: FloatArray, taken: Sequence[Box]) -> float:
    """Hidden spots count most, then other labels, then the way to the gauge."""
    x, y, width, height = box
    hidden = (
        (spots[:, 0] > x) & (spots[:, 0] < x + width)
        & (spots[:, 1] > y) & (spots[:, 1] < y + height)
    )  # fmt: skip
    covered = sum(overlap(box, other) for other in taken)
    way = np.array([x + width / 2, y + height / 2]) - gauge.anchor
    turned = 1.0 - float(way @ gauge.away) / max(float(np.linalg.norm(way)), 1.0)
    nearest = np.clip(gauge.anchor, [x, y], [x + width, y + height])
    far = float(np.linalg.norm(nearest - gauge.anchor)) / height
    return 4.0 * float(hidden.sum()) + 30.0 * covered + far + turned
