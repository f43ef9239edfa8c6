"""Draws everything a report has to say onto the frames of its clip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from repsight.core.barpath import bar_path
from repsight.core.measure import Scene
from repsight.core.report import ClipReport, SetReport
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.video.canvas import Canvas, Tile
from repsight.video.cards import Cards
from repsight.video.figure import Figure, Posture, joint_columns, skeleton_strokes
from repsight.video.layout import Box, Place, Scale, choose_places, overlap, scale_of
from repsight.video.palette import BAR_PATH, TARGET
from repsight.video.strokes import Pen, Strokes, polyline
from repsight.video.target import TargetLine, target_line
from repsight.video.timeline import Message, Shown, Timeline

__all__ = ["Annotator"]

_DASHES: Final = 9
#: The path of the bar stays for this long after its repetition.
_PATH_STAYS_S: Final = 1.0
_LAYOUT_MOMENTS: Final = 240


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    """Where the hands were during one repetition, in pixels, and from when to when."""

    t_s: FloatArray
    points: FloatArray
    start_s: float
    until_s: float


class Annotator:
    """Draws the frames of one clip; ``height_px`` is the height that 1.0 of a track means."""

    def __init__(
        self,
        report: ClipReport,
        scene: Scene,
        *,
        spec_of: Callable[[str], ExerciseSpec | None],
        size: tuple[int, int],
        height_px: float,
        last_s: float,
    ) -> None:
        self.figure = Figure(scene, height_px)
        half_frame_s = _half_frame_s(scene.track.t_s)
        self.timeline = Timeline(report, spec_of=spec_of, last_s=last_s, half_frame_s=half_frame_s)
        self._scale: Scale = scale_of(*size)
        self._pen = Pen()
        self._cards = Cards(self._scale, sorted(self.timeline.phases))
        self._targets: list[TargetLine] = []
        self._paths: list[_Path] = []
        for one in report.sets:
            spec = spec_of(one.exercise.id)
            line = target_line(one, spec, scene)
            self._targets += [line] if line else []
            if spec is not None and spec.bar == "hands":
                self._paths += _paths(one, scene, height_px)
        self._places = self._choose_places(size)

    def draw(self, canvas: Canvas, t_s: float) -> Shown:
        """Draw the overlay of the frame at ``t_s`` in place and say what was written."""
        shown = self.timeline.at(t_s)
        posture = self.figure.at(t_s)
        strokes = self._path_strokes(t_s)
        line = self._target_at(t_s)
        strokes += self._target_strokes(line)
        if posture is not None:
            marked = _marked(shown.messages, posture)
            strokes += skeleton_strokes(posture, self._scale.bone, marked)
        self._pen.draw(canvas, strokes)
        taken = self._place_cards(canvas, shown)
        self._place_label(canvas, line, taken)
        return shown

    def _place_cards(self, canvas: Canvas, shown: Shown) -> list[Box]:
        """Lay the cards and say where they lie."""
        counter, messages = self._places
        taken: list[Box] = []
        if shown.set_number:
            tile = self._cards.counter(replace(shown, messages=()))
            taken.append(_lay(canvas, tile, counter))
        offset = messages.offset
        for message in reversed(shown.messages):
            tile = self._cards.message(message)
            taken.append(_lay(canvas, tile, replace(messages, offset=offset)))
            offset += tile.height + self._scale.margin // 2
        return taken

    def _target_at(self, t_s: float) -> tuple[str, float, float, float] | None:
        """Label, level and both ends in pixels."""
        index = self.figure.index_at(t_s)
        for line in self._targets:
            found = line.at(index, t_s)
            if found:
                level, left, right = (value * self.figure.height_px for value in found)
                return line.label, level, left, right
        return None

    def _target_strokes(self, line: tuple[str, float, float, float] | None) -> list[Strokes]:
        if line is None:
            return []
        _, level, left, right = line
        edges = np.linspace(left, right, 2 * _DASHES)
        count = _DASHES
        levels = np.full(count, level)
        dashes = np.stack([edges[0::2], levels, edges[1::2], levels], axis=1)
        radius = max(1.0, 0.55 * self._scale.bone)
        return [Strokes(dashes, radius, TARGET, 0.95, max(0.75, radius * 0.5))]

    def _place_label(
        self, canvas: Canvas, line: tuple[str, float, float, float] | None, taken: Sequence[Box]
    ) -> None:
        """Beside the line, on the roomier side, unless a card is there."""
        if line is None:
            return
        text, level, left, right = line
        tile = self._cards.target(text)
        gap = self._scale.margin // 2
        y = round(min(max(level - tile.height / 2, 0), canvas.height - tile.height))
        to_right = round(min(right + gap, canvas.width - tile.width))
        to_left = round(max(left - gap - tile.width, 0))
        sides = [to_right, to_left] if canvas.width - right >= left else [to_left, to_right]
        boxes = [(x, y, tile.width, tile.height) for x in sides]
        free = [box for box in boxes if not any(overlap(box, other) for other in taken)]
        if free:
            canvas.place(tile, *free[0][:2])

    def _path_strokes(self, t_s: float) -> list[Strokes]:
        for path in reversed(self._paths):
            if path.start_s <= t_s <= path.until_s:
                points = path.points[path.t_s <= t_s]
                if len(points) > 1:
                    radius = max(1.0, 0.6 * self._scale.bone)
                    return [Strokes(polyline(points), radius, BAR_PATH, 0.9, radius * 0.5)]
        return []

    def _choose_places(self, size: tuple[int, int]) -> tuple[Place, Place]:
        moments = _some_moments(self.figure, _LAYOUT_MOMENTS)
        last = self.timeline.at(float("inf"))
        counter = self._cards.counter(replace(last, rejected=max(last.rejected, 1), messages=()))
        tiles = [self._cards.message(message) for message in self.timeline.messages]
        message = (
            max((tile.width for tile in tiles), default=self._scale.card_width),
            max((tile.height for tile in tiles), default=4 * self._scale.text),
        )
        return choose_places(
            moments, size, counter=(counter.width, counter.height), message=message,
            margin=self._scale.margin,
        )  # fmt: skip


def _lay(canvas: Canvas, tile: Tile, place: Place) -> Box:
    x, y = place.corner((tile.width, tile.height), (canvas.width, canvas.height))
    canvas.place(tile, x, y)
    return x, y, tile.width, tile.height


def _marked(messages: Sequence[Message], posture: Posture) -> list[int]:
    columns: list[int] = []
    for message in messages:
        if posture.t_s <= message.marked_until_s:
            columns += joint_columns(message.joints, message.side, posture)
    return columns


def _half_frame_s(t_s: FloatArray) -> float:
    return float(min(np.median(np.diff(t_s)) / 2, 0.05)) if len(t_s) > 1 else 0.0


def _paths(one: SetReport, scene: Scene, height_px: float) -> list[_Path]:
    """The path of each repetition; it stays a while, or until the next one begins."""
    points = bar_path(scene) * height_px
    times = scene.track.t_s
    starts = [rep.start_s for rep in one.reps[1:]] + [float("inf")]
    paths: list[_Path] = []
    for rep, following_s in zip(one.reps, starts, strict=True):
        inside = (times >= rep.start_s) & (times <= rep.end_s) & np.isfinite(points[:, 0])
        until_s = min(rep.end_s + _PATH_STAYS_S, following_s)
        paths.append(_Path(times[inside], _smooth(points[inside]), rep.start_s, until_s))
    return paths


def _smooth(points: FloatArray) -> FloatArray:
    """A running mean of five: the eye reads the path, not the jitter of the wrists."""
    if len(points) < 5:
        return points
    padded = np.pad(points, ((2, 2), (0, 0)), mode="edge")
    return np.mean([padded[i : i + len(points)] for i in range(5)], axis=0)


def _some_moments(figure: Figure, count: int) -> FloatArray:
    """(F, P, 2) points on the lifter in pixels: landmarks, middles of bones, top of the head."""
    xy, visibility = figure.scene.track.xy, figure.scene.track.visibility
    step = max(1, len(xy) // count)
    points = np.where(visibility[::step, :, None] > 0.2, xy[::step], np.nan)
    middles = (points[:, [11, 12, 23, 24, 25, 26]] + points[:, [23, 24, 25, 26, 27, 28]]) / 2
    crown = points[:, :1] * 1.6 - points[:, 11:13].mean(axis=1, keepdims=True) * 0.6
    return np.concatenate([points, middles, crown], axis=1) * figure.height_px
