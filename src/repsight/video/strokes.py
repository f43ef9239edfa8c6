"""Smooth round-ended strokes with a dark outline, drawn straight into the planes.

All strokes of a picture are rasterised in one go: for each unit step along a stroke's longer
axis a short run of cells across it is tested for its distance from the stroke. The cost follows
the length of the strokes, never the size of the picture or of the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray
from repsight.video.canvas import Canvas, Coding, Plane, components_of
from repsight.video.palette import OUTLINE, Rgb

__all__ = ["Pen", "Strokes", "polyline", "ring"]

_FloatRow = NDArray[np.float32]
_IndexRow = NDArray[np.intp]

_OUTLINE_OPACITY = 0.72
#: Squared distances are looked up in steps of 1/8 square pixel.
_STEPS = 8
_TINY = np.float32(1e-6)
_FARTHEST = np.int32(2**31 - 1)


@dataclass(frozen=True, slots=True)
class _Style:
    radius_px: float
    colour: Rgb
    opacity: float
    outline_px: float

    @property
    def reach_px(self) -> float:
        return self.radius_px + self.outline_px + 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Segments (N, 4) as x0, y0, x1, y1 in pixels, all drawn alike; NaN segments are left out.

    The dark outline of ``outline_px`` lies outside ``radius_px``.
    """

    segments: FloatArray
    radius_px: float
    colour: Rgb
    opacity: float = 1.0
    outline_px: float = 0.0

    @property
    def style(self) -> _Style:
        """How it looks, apart from where; sizes in quarter pixels so that looks can be kept."""
        radius, outline = round(self.radius_px * 4) / 4, round(self.outline_px * 4) / 4
        return _Style(radius, self.colour, round(self.opacity, 2), outline)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Touched cells of a plane: flat index, squared distance, and the segment's owner."""

    index: _IndexRow
    square: _FloatRow
    owner: _IndexRow


def polyline(points: FloatArray) -> FloatArray:
    """Segments (N-1, 4) that join ``points`` (N, 2) in order."""
    return np.hstack([points[:-1], points[1:]])


def ring(
    centre: FloatArray, radius_px: float, *, start_deg: float = 0.0, sweep_deg: float = 360.0
) -> FloatArray:
    """Segments (N, 4) of a circle or arc; angles run clockwise in the picture from the x axis."""
    count = max(6, round(abs(sweep_deg) / 360 * max(16.0, radius_px)))
    angles = np.radians(np.linspace(start_deg, start_deg + sweep_deg, count + 1))
    return polyline(centre + radius_px * np.stack([np.cos(angles), np.sin(angles)], axis=1))


class Pen:
    """Draws strokes on canvases of one size; keeps one number per cell as scratch space."""

    def __init__(self) -> None:
        self._nearest = np.zeros(0, dtype=np.int32)

    def draw(self, canvas: Canvas, strokes: Sequence[Strokes]) -> None:
        """Draw in order: fills of later strokes lie over earlier ones, outlines under all."""
        kept = [(_finite(s.segments), s.style) for s in strokes]
        kept = [(segments, style) for segments, style in kept if len(segments)]
        if not kept:
            return
        full = [plane for plane in canvas.planes if plane.share == 1]
        halved = [plane for plane in canvas.planes if plane.share < 1]
        looks = _looks(tuple(style for _, style in kept), canvas.coding)
        cells = _rasterise_all(kept, full[0])
        order = self._decide(cells, looks, full[0].flat.size)
        for plane in full:
            _ink(plane, cells.index, order, looks)
        if halved:
            index, order = _every_second(cells.index, order, full[0].stride, halved[0].stride)
            for plane in halved:
                _ink(plane, index, order, looks)

    def _decide(self, cells: _Cells, looks: _Looks, size: int) -> NDArray[np.int32]:
        """Which look each touched cell gets, where several strokes want it."""
        if self._nearest.size != size:
            self._nearest = np.zeros(size, dtype=np.int32)
        step = (cells.square * _STEPS).astype(np.intp)
        step += looks.first[cells.owner]
        wanted = looks.rank.take(step)
        self._nearest[cells.index] = _FARTHEST
        np.minimum.at(self._nearest, cells.index, wanted)
        return self._nearest.take(cells.index)


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """Tables over all styles and steps of distance, best rank first.

    ``first`` (styles,) is where a style's steps begin in ``rank``; ``keep`` and ``add`` (3, K)
    are by rank: the share kept of the picture and what is added per component.
    """

    first: _IndexRow
    rank: NDArray[np.int32]
    keep: _FloatRow
    add: _FloatRow


@lru_cache(maxsize=256)
def _looks(styles: tuple[_Style, ...], coding: Coding) -> _Looks:
    """Fills come before outlines, later styles before earlier ones, near before far."""
    sizes = [int(style.reach_px**2 * _STEPS) + 2 for style in styles]
    tables = [_table(style, size, coding) for style, size in zip(styles, sizes, strict=True)]
    outlined = np.concatenate([table[0] for table in tables])
    later = np.repeat(-np.arange(len(styles)), sizes)
    step = np.concatenate([np.arange(size) for size in sizes])
    order = np.lexsort((step, later, outlined))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    keep = np.concatenate([table[1] for table in tables])[order]
    add = np.concatenate([table[2] for table in tables], axis=1)[:, order]
    return _Looks(np.cumsum([0, *sizes[:-1]]), rank, keep, add)


def _table(
    style: _Style, size: int, coding: Coding
) -> tuple[NDArray[np.bool_], _FloatRow, _FloatRow]:
    """Per step of distance: is it outline only, the share kept, what is added (3, size)."""
    distance = np.sqrt((np.arange(size, dtype=np.float32) + np.float32(0.5)) / _STEPS)
    fill = np.clip(style.radius_px + 0.5 - distance, 0, 1) * style.opacity
    edge = np.clip(style.reach_px - distance, 0, 1) * style.opacity * _OUTLINE_OPACITY
    edge = edge * (1 - fill) if style.outline_px > 0 else np.zeros_like(edge)
    dark = np.array(components_of(OUTLINE, coding))[:, None]
    bright = np.array(components_of(style.colour, coding))[:, None]
    add = dark * edge + bright * fill
    return fill <= 0, (1 - fill - edge).astype(np.float32), add.astype(np.float32)


def _finite(segments: FloatArray) -> _FloatRow:
    rows = np.asarray(segments, dtype=np.float32).reshape(-1, 4)
    return rows[np.isfinite(rows).all(axis=1)]


def _rasterise_all(kept: Sequence[tuple[_FloatRow, _Style]], plane: Plane) -> _Cells:
    """The centre of cell i lies at i + 0.5."""
    counts = [len(segments) for segments, _ in kept]
    segments = np.concatenate([segments for segments, _ in kept]) - np.float32(0.5)
    reach = np.repeat(np.array([style.reach_px for _, style in kept], dtype=np.float32), counts)
    return _rasterise(segments, reach, np.repeat(np.arange(len(kept)), counts), plane)


def _rasterise(segments: _FloatRow, reach: _FloatRow, owner: _IndexRow, plane: Plane) -> _Cells:
    height, width = plane.cells.shape
    steep = np.abs(segments[:, 3] - segments[:, 1]) > np.abs(segments[:, 2] - segments[:, 0])
    rows = np.where(steep[:, None], segments[:, [1, 0, 3, 2]], segments)
    rows = np.where((rows[:, 2] < rows[:, 0])[:, None], rows[:, [2, 3, 0, 1]], rows)
    last: _FloatRow = np.where(steep, np.float32(height - 1), np.float32(width - 1))
    first = np.clip(np.floor(rows[:, 0] - reach), 0, last)
    counts = np.maximum(np.clip(np.ceil(rows[:, 2] + reach), -1, last) - first + 1, 0)
    counts = counts.astype(np.intp)
    begins = (np.cumsum(counts) - counts).astype(np.float32)
    facts = _facts(rows, reach, first - begins)
    steps = np.repeat(facts, counts, axis=1)
    major = np.arange(steps.shape[1], dtype=np.float32) + steps[6]
    across, square = _distances(steps, major, float(reach.max()))
    is_steep = np.repeat(steep, counts)
    inside = square < (steps[7] * steps[7])[:, None]
    inside &= _within(across, np.where(is_steep, np.intp(width), np.intp(height)))
    strides = np.where(is_steep, [[plane.stride], [1]], [[1], [plane.stride]]).astype(np.int32)
    index = across.astype(np.int32)
    index *= strides[1][:, None]
    index += (major.astype(np.int32) * strides[0])[:, None]
    touched = np.flatnonzero(inside)
    owners = np.repeat(np.repeat(owner, counts), np.count_nonzero(inside, axis=1))
    return _Cells(index.ravel().take(touched).astype(np.intp), square.ravel().take(touched), owners)


def _facts(rows: _FloatRow, reach: _FloatRow, shift: _FloatRow) -> _FloatRow:
    """(8, N): what every step of a segment needs to know of it."""
    run, rise = rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1]
    square = np.maximum(run * run + rise * rise, _TINY)
    return np.stack(
        [rows[:, 0], rows[:, 1], run, rise, run / square, rise / square, shift, reach],
        dtype=np.float32,
    )


def _distances(steps: _FloatRow, major: _FloatRow, reach: float) -> tuple[_FloatRow, _FloatRow]:
    """Minor cell coordinates and squared distances, both (steps, window)."""
    start, level, run, rise, run_share, rise_share = steps[:6]
    ahead = major - start
    centre = np.rint(level + rise / np.maximum(run, _TINY) * np.clip(ahead, 0, run))
    half = int(np.ceil(reach * np.sqrt(2.0)))
    across = centre[:, None] + np.arange(-half, half + 1, dtype=np.float32)
    aside = across - level[:, None]
    where = aside * rise_share[:, None]
    where += (ahead * run_share)[:, None]
    np.maximum(where, 0, out=where)
    np.minimum(where, 1, out=where)
    aside -= where * rise[:, None]
    aside *= aside
    where *= run[:, None]
    np.subtract(ahead[:, None], where, out=where)
    where *= where
    aside += where
    return across, aside


def _within(across: _FloatRow, limit: _IndexRow) -> NDArray[np.bool_] | np.bool_:
    """Only strokes near an edge of the picture need the test cell by cell."""
    if not across.size or (across[:, 0].min() >= 0 and bool((across[:, -1] < limit).all())):
        return np.True_
    return (across >= 0) & (across < limit[:, None])


def _ink(plane: Plane, index: _IndexRow, order: NDArray[np.int32], looks: _Looks) -> None:
    mixed = plane.flat.take(index) * looks.keep.take(order)
    mixed += looks.add[plane.component].take(order)
    plane.flat[index] = mixed.astype(np.uint8)


def _every_second(
    index: _IndexRow, order: NDArray[np.int32], stride: int, half_stride: int
) -> tuple[_IndexRow, NDArray[np.int32]]:
    """The cells of a half-size plane under the touched cells, through every second one."""
    even = np.flatnonzero(index & 1 == 0)
    index, order = index.take(even), order.take(even)
    row = ((index + 0.5) * (1.0 / stride)).astype(np.intp)
    even = np.flatnonzero(row & 1 == 0)
    row, index = row.take(even), index.take(even)
    column = index - row * stride
    return (row >> 1) * half_stride + (column >> 1), order.take(even)
