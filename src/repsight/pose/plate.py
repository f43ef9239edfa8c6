"""Find the plate of a barbell near the lifter's hands: a circle, by its rim.

Seen from the side, the plate nearer to the camera is a disc whose centre is the end of the bar.
Hands behind it are guessed by a pose model; its rim is sharp. Every pixel on an edge votes for
the centres that a rim through it would have (gradient Hough transform); the best circles are kept
by the share of their rim that really is an edge, and refined to fractions of a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, inf, sqrt
from typing import Any, Final

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
#: So many circles, those with most of a rim, are worth a closer look.
_REFINED: Final = 5
_BESIDE_PX: Final = 1.5
_LEAST_FITTED: Final = 12
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
    circles = _voted(edges, _RADII * leg / (roi.size / _SIZE_PX))
    promising = circles[_by_rim(circles, edges)[:_REFINED]]
    refined = np.array([_refined(_refined(one, edges), edges) for one in promising])
    return _distinct(refined, _support(refined, edges), roi)


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


def _voted(edges: _Edges, radii_px: FloatArray) -> FloatArray:
    """For every radius the circle (x, y, radius) whose centre has most votes."""
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
    return np.stack([columns + 1.0, rows + 1.0, radii_px], axis=1)


def _refined(circle: FloatArray, edges: _Edges) -> FloatArray:
    """The circle through the edge pixels beside the rim (least squares), if it is nearly it."""
    x, y = edges.columns - circle[0], edges.rows - circle[1]
    beside = np.abs(np.hypot(x, y) - circle[2]) < _BESIDE_PX
    x, y = x[beside], y[beside]
    if len(x) < _LEAST_FITTED:
        return circle
    fitted = _fit(x, y)
    moved = hypot(fitted[0], fitted[1]) + abs(fitted[2] - circle[2])
    place = np.array([circle[0] + fitted[0], circle[1] + fitted[1], fitted[2]])
    return place if moved < _MOVES_LESS_PX else circle


def _fit(x: FloatArray, y: FloatArray) -> tuple[float, float, float]:
    """The circle nearest to points by least squares of squared distance; infinite on a line."""
    middle = float(x.mean()), float(y.mean())
    u, v = x - middle[0], y - middle[1]
    squares = u * u + v * v
    uu, uv, vv = float(u @ u), float(u @ v), float(v @ v)
    along, across = float(squares @ u) / 2, float(squares @ v) / 2
    scale = uu * vv - uv * uv
    if scale <= 1e-9 * uu * vv:
        return inf, inf, inf
    right, down = (along * vv - across * uv) / scale, (across * uu - along * uv) / scale
    radius = sqrt(right * right + down * down + float(squares.mean()))
    return right + middle[0], down + middle[1], radius


def _by_rim(circles: FloatArray, edges: _Edges) -> NDArray[np.intp]:
    """The order of circles by support, the best first."""
    return np.argsort(-_support(circles, edges), kind="stable")


def _support(circles: FloatArray, edges: _Edges) -> FloatArray:
    """Share of each rim where an edge runs along it; beside it by a pixel counts a little less."""
    side = len(edges.size)
    distance = circles[:, 2, None, None] + _OFFSETS_PX
    columns = np.rint(circles[:, 0, None, None] + distance * _RIM_X).astype(np.intp)
    rows = np.rint(circles[:, 1, None, None] + distance * _RIM_Y).astype(np.intp)
    inside = (columns >= 0) & (columns < side) & (rows >= 0) & (rows < side)
    at = np.where(inside, rows * side + columns, 0)
    along = edges.along_x.take(at) * _RIM_X + edges.along_y.take(at) * _RIM_Y
    is_edge = inside & (edges.size.take(at) > edges.floor) & (np.abs(along) > _ALIGNED)
    return (is_edge * _BESIDE).max(axis=1).mean(axis=1)


def _distinct(circles: FloatArray, support: FloatArray, roi: Roi) -> tuple[Disc, ...]:
    """The best ones, the larger of two about one centre first: rims stand for plates, not hubs."""
    per_px = roi.size / _SIZE_PX
    middle = _MARGIN_PX - _SIZE_PX / 2
    kept: list[Disc] = []
    for one in np.argsort(-(support + circles[:, 2] * per_px), kind="stable"):
        x, y, radius = circles[one] * per_px
        x, y = roi.x + x + middle * per_px, roi.y + y + middle * per_px
        is_new = all(hypot(x - other.x, y - other.y) > 0.3 * other.radius for other in kept)
        if support[one] >= _LEAST_SUPPORT and is_new:
            kept.append(Disc(float(x), float(y), float(radius), float(support[one])))
    return tuple(kept[:_KEPT])
