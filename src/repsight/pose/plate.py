"""Find the plate of a barbell near the lifter's hands: a circle, by its rim.

Seen from the side, the plate nearer to the camera is a disc whose centre is the end of the bar.
Hands behind it are guessed by a pose model; its rim is sharp. Every pixel on an edge votes for
the centres that a rim through it would have (gradient Hough transform); the best circles are kept
by the share of their rim that really is an edge, and refined to fractions of a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import Picture
from repsight.core.types import FloatArray
from repsight.pose.crop import crop
from repsight.pose.roi import Roi

__all__ = ["Disc", "find_discs"]

_Pixels = NDArray[np.float32]
_Floats = NDArray[np.floating[Any]]
_Places = NDArray[np.intp]

_SIZE_PX: Final = 112
#: The window and the radii in lengths of the leg (hip to ankle, about 0.85 m): plates of 0.32 to
#: 0.45 m, which look up to half as large again when they are nearer to the camera than the legs.
_WINDOW: Final = 2.1
_RADII: Final = np.linspace(0.17, 0.45, 11)
#: Plates hang lower in the picture than the hands, most cameras being higher than the bar.
_BELOW_HANDS: Final = 0.25
_STRONGEST: Final = 1400
_LEAST_EDGE: Final = 2.5
_TEXTURED: Final = 60
_KEPT: Final = 3
#: Circles with less of a rim than this are chance.
_LEAST_SUPPORT: Final = 0.45
_ALIGNED: Final = 0.85
#: A fit that moves a circle further has taken to another edge.
_MOVES_LESS_PX: Final = 3.0
_MARGIN_PX: Final = 2  # smoothing and differences take this much off every side

_OFFSETS_PX: Final = np.array([[-1.0], [0.0], [1.0]])
_BESIDE: Final = np.array([[0.8], [1.0], [0.8]])
_RIM: Final = np.linspace(0, 2 * np.pi, 48, endpoint=False)
_RIM_X, _RIM_Y = np.cos(_RIM), np.sin(_RIM)


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle in frame heights; ``support`` is the share of its rim that is an edge, 0..1."""

    x: float
    y: float
    radius: float
    support: float


class _Circle(NamedTuple):
    """A circle in pixels of the window."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Slopes of a window: their size, their direction, and the strongest of them."""

    size: _Floats
    along_x: _Floats
    along_y: _Floats
    rows: _Places
    columns: _Places
    floor: float


def find_discs(picture: Picture, hands: FloatArray, leg: float) -> tuple[Disc, ...]:
    """Up to three circles near ``hands`` (2,), best first; ``leg`` in frame heights.

    Empty where hands or leg are NaN, or nothing looks like a plate.
    """
    if not (np.isfinite(hands).all() and np.isfinite(leg) and leg > 0):
        return ()
    roi = Roi(float(hands[0]), float(hands[1]) + _BELOW_HANDS * leg, _WINDOW * leg)
    edges = _edges(crop(picture, roi, size_px=_SIZE_PX, replicate=True))
    if len(edges.rows) < _TEXTURED:
        return ()
    per_px = roi.size / _SIZE_PX
    found: list[Disc] = []
    for voted in _voted(edges, _RADII * leg / per_px):
        circle = _refined(_refined(voted, edges), edges)
        support = _support(circle, edges)
        if support >= _LEAST_SUPPORT:
            middle = _MARGIN_PX - _SIZE_PX / 2
            x, y = roi.x + (circle.x + middle) * per_px, roi.y + (circle.y + middle) * per_px
            found.append(Disc(x, y, circle.radius * per_px, support))
    return _distinct(found)


def _edges(rgb: NDArray[np.uint8]) -> _Edges:
    grey: _Pixels = rgb @ np.array([0.299, 0.587, 0.114], np.float32)
    grey = grey[:-2] + 2 * grey[1:-1] + grey[2:]
    grey = grey[:, :-2] + 2 * grey[:, 1:-1] + grey[:, 2:]
    across = (grey[1:-1, 2:] - grey[1:-1, :-2]) / 16
    down = (grey[2:, 1:-1] - grey[:-2, 1:-1]) / 16
    size = np.hypot(across, down)
    scale = 1 / np.maximum(size, 1e-6)
    along_x, along_y = across * scale, down * scale
    strong = np.where(_is_ridge(size, along_x, along_y), size, 0.0)
    order = np.argpartition(strong, -_STRONGEST, axis=None)[-_STRONGEST:]
    chosen = np.sort(order[strong.flat[order] > _LEAST_EDGE])
    rows, columns = np.divmod(chosen, size.shape[1])
    return _Edges(size, along_x, along_y, rows, columns, _LEAST_EDGE)


def _is_ridge(size: _Floats, along_x: _Floats, along_y: _Floats) -> NDArray[np.bool_]:
    """Pixels at which the slope is steepest along its own direction: one for each edge."""
    padded = np.pad(size, 1)
    upright = np.abs(along_y) > np.abs(along_x)
    above, below = padded[:-2, 1:-1], padded[2:, 1:-1]
    left, right = padded[1:-1, :-2], padded[1:-1, 2:]
    first, second = np.where(upright, above, left), np.where(upright, below, right)
    return (size >= first) & (size > second)


def _voted(edges: _Edges, radii_px: FloatArray) -> list[_Circle]:
    """For every radius the centre with most votes."""
    side = len(edges.size)
    steps = np.concatenate([radii_px, -radii_px])[:, None].astype(np.float32)
    ux = edges.along_x[edges.rows, edges.columns]
    uy = edges.along_y[edges.rows, edges.columns]
    x = np.rint(edges.columns + steps * ux).astype(np.int32)
    y = np.rint(edges.rows + steps * uy).astype(np.int32)
    inside = (x >= 0) & (x < side) & (y >= 0) & (y < side)
    layer = np.tile(np.arange(len(radii_px), dtype=np.int32), 2)[:, None]
    cells = ((layer * side + y) * side + x)[inside]
    votes = np.bincount(cells, minlength=len(radii_px) * side * side)
    votes = votes.reshape(len(radii_px), side, side).astype(np.float32)
    votes = votes[:, 1:-1] + votes[:, :-2] + votes[:, 2:]
    votes = votes[:, :, 1:-1] + votes[:, :, :-2] + votes[:, :, 2:]
    best = votes.reshape(len(radii_px), -1).argmax(axis=1)
    rows, columns = np.divmod(best, votes.shape[2])
    return [
        _Circle(float(column + 1), float(row + 1), float(radius))
        for row, column, radius in zip(rows, columns, radii_px, strict=True)
    ]


def _refined(circle: _Circle, edges: _Edges) -> _Circle:
    """The circle through the edge pixels beside the rim (least squares), if it is nearly it."""
    away = np.hypot(edges.columns - circle.x, edges.rows - circle.y)
    beside = np.abs(away - circle.radius) < 1.5
    if beside.sum() < 12:
        return circle
    px, py = edges.columns[beside].astype(float), edges.rows[beside].astype(float)
    system = np.stack([2 * px, 2 * py, np.ones(len(px))], axis=1)
    x, y, power = (float(one) for one in np.linalg.lstsq(system, px**2 + py**2, rcond=None)[0])
    fitted = _Circle(x, y, sqrt(max(power + x * x + y * y, 0.0)))
    moved = hypot(x - circle.x, y - circle.y) + abs(fitted.radius - circle.radius)
    return fitted if moved < _MOVES_LESS_PX else circle


def _support(circle: _Circle, edges: _Edges) -> float:
    """Share of the rim where an edge runs along it; beside it by a pixel counts a little less."""
    side = len(edges.size)
    distance = circle.radius + _OFFSETS_PX
    columns = np.rint(circle.x + distance * _RIM_X).astype(np.intp)
    rows = np.rint(circle.y + distance * _RIM_Y).astype(np.intp)
    inside = (columns >= 0) & (columns < side) & (rows >= 0) & (rows < side)
    columns, rows = np.clip(columns, 0, side - 1), np.clip(rows, 0, side - 1)
    along = edges.along_x[rows, columns] * _RIM_X + edges.along_y[rows, columns] * _RIM_Y
    is_edge = inside & (edges.size[rows, columns] > edges.floor) & (np.abs(along) > _ALIGNED)
    return float((is_edge * _BESIDE).max(axis=0).mean())


def _distinct(discs: list[Disc]) -> tuple[Disc, ...]:
    """The best ones, the larger of two about one centre first: rims stand for plates, not hubs."""
    kept: list[Disc] = []
    for disc in sorted(discs, key=lambda one: one.support + one.radius, reverse=True):
        if all(hypot(disc.x - one.x, disc.y - one.y) > 0.3 * one.radius for one in kept):
            kept.append(disc)
    return tuple(kept[:_KEPT])
