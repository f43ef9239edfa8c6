"""Marks that belong to a set: the target line with its label, and the path of the bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from repsight.core.barpath import bar_way
from repsight.core.measure import Scene
from repsight.core.report import SetReport
from repsight.core.types import FloatArray
from repsight.video.canvas import Canvas, Tile
from repsight.video.figure import Figure
from repsight.video.layout import Box, Scale, covered_share, overlap
from repsight.video.palette import BAR_PATH, TARGET
from repsight.video.strokes import Strokes, polyline
from repsight.video.target import TargetLine

__all__ = ["PathMark", "TargetMark", "path_marks"]

_DASHES: Final = 9
#: The path of the bar stays for this long after its repetition.
_PATH_STAYS_S: Final = 1.0
#: Moments of a set that are looked at to find the best place of the label.
_LOOKS: Final = 40
#: A label at the edge of the picture is only loosely connected with its line, and one that is
#: some label heights above or below its end a little less well.
_LOOSE_COST: Final = 0.8
_SHIFTS: Final = (0.0, -1.1, 1.1, -2.2, 2.2)
_SHIFT_COST: Final = 0.07
#: A body is wider than its landmarks: a label keeps this share of the trunk away from them.
_ROOM: Final = 0.12


class TargetMark:
    """A target line in pixels; its label keeps one side, the one that hides the lifter least."""

    def __init__(
        self, line: TargetLine, tile: Tile, figure: Figure, *, scale: Scale, size: tuple[int, int]
    ) -> None:
        self._line = line
        self._tile = tile
        self._figure = figure
        self._scale = scale
        self._size = size
        self._order = self._best_order()

    def strokes(self, t_s: float) -> list[Strokes]:
        """The dashed line at ``t_s``; nothing outside the set."""
        found = self._at(t_s)
        if found is None:
            return []
        level, left, right = found
        edges = np.linspace(left, right, 2 * _DASHES)
        levels = np.full(_DASHES, level)
        dashes = np.stack([edges[0::2], levels, edges[1::2], levels], axis=1)
        radius = max(1.0, 0.55 * self._scale.bone)
        return [Strokes(dashes, radius, TARGET, 0.95, max(0.75, radius * 0.5))]

    def place_label(self, canvas: Canvas, t_s: float, taken: Sequence[Box]) -> Box | None:
        """Lay the label where no card is and say where; None without room: it is left out."""
        boxes = self._boxes(t_s)
        for choice in self._order if boxes else ():
            if not any(overlap(boxes[choice], other) for other in taken):
                canvas.place(self._tile, *boxes[choice][:2])
                return boxes[choice]
        return None

    def _at(self, t_s: float) -> tuple[float, float, float] | None:
        """Level and both ends in pixels."""
        found = self._line.at(self._figure.index_at(t_s), t_s)
        if found is None:
            return None
        level, left, right = (value * self._figure.height_px for value in found)
        return level, left, right

    def _boxes(self, t_s: float) -> list[Box]:
        """Where the label could be: beside the line or at an edge, level with it or off it."""
        found = self._at(t_s)
        if found is None:
            return []
        level, left, right = found
        (width, height), tile, gap = self._size, self._tile, self._scale.margin // 2
        ends = (right + gap, left - gap - tile.width, width - gap - tile.width, gap)
        tops = [level + (shift - 0.5) * tile.height for shift in _SHIFTS]
        return [
            (
                _within(x, width - tile.width),
                _within(y, height - tile.height),
                tile.width,
                tile.height,
            )
            for y in tops
            for x in ends
        ]

    def _best_order(self) -> list[int]:
        """The places, those first where the label hides least of the lifter over the set."""
        times = self._figure.scene.track.t_s
        inside = (times >= self._line.start_s) & (times <= self._line.end_s)
        looked = np.flatnonzero(inside)
        looked = looked[:: max(1, len(looked) // _LOOKS)]
        costs = np.array(
            [_SHIFT_COST * abs(shift) + loose for shift in _SHIFTS
             for loose in (0.0, 0.0, _LOOSE_COST, _LOOSE_COST)]
        ) * len(looked)  # fmt: skip
        for index in looked:
            points = self._figure.outline(int(index))[None]
            room = _ROOM * self._figure.trunk_px(int(index))
            boxes = [_widened(box, room) for box in self._boxes(float(times[index]))]
            costs[: len(boxes)] += [covered_share(points, box) for box in boxes]
        return [int(choice) for choice in np.argsort(costs, kind="stable")]


def _within(value: float, most: int) -> int:
    return round(min(max(value, 0), max(most, 0)))


def _widened(box: Box, by: float) -> Box:
    x, y, width, height = box
    return round(x - by), round(y - by), round(width + 2 * by), round(height + 2 * by)


class PathMark:
    """Where the hands were during one repetition; it stays a while, or until the next one."""

    def __init__(
        self, t_s: FloatArray, points: FloatArray, *, start_s: float, until_s: float
    ) -> None:
        self._t_s = t_s
        self._points = points
        self._start_s = start_s
        self._until_s = until_s

    def strokes(self, t_s: float, bone_px: float) -> list[Strokes]:
        """The path up to ``t_s``; nothing outside its time."""
        if not self._start_s <= t_s <= self._until_s:
            return []
        points = self._points[self._t_s <= t_s]
        radius = max(1.0, 0.6 * bone_px)
        if len(points) < 2:
            return []
        return [Strokes(polyline(points), radius, BAR_PATH, 0.9, radius * 0.5)]


def path_marks(one: SetReport, scene: Scene, height_px: float) -> list[PathMark]:
    """The path of each repetition of a set in pixels."""
    following = [*(rep.start_s for rep in one.reps), float("inf")]
    marks: list[PathMark] = []
    for rep, next_s in zip(one.reps, following[1:], strict=True):
        way = bar_way(scene, rep.start_s, rep.end_s)
        until_s = min(rep.end_s + _PATH_STAYS_S, next_s)
        points = _smooth(way.points * height_px)
        marks.append(PathMark(way.t_s, points, start_s=rep.start_s, until_s=until_s))
    return marks


def _smooth(points: FloatArray) -> FloatArray:
    """A running mean of five: the eye reads the path, not the jitter of the wrists."""
    if len(points) < 5:
        return points
    padded = np.pad(points, ((2, 2), (0, 0)), mode="edge")
    return np.mean([padded[i : i + len(points)] for i in range(5)], axis=0)
