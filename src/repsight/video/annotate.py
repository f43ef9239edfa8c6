"""Draws everything a report has to say onto the frames of its clip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from repsight.core.measure import Scene
from repsight.core.report import ClipReport
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.video.canvas import Canvas, Tile
from repsight.video.cards import Cards
from repsight.video.figure import Figure, Posture, joint_columns, skeleton_strokes
from repsight.video.layout import Box, Place, Scale, choose_places, scale_of
from repsight.video.marks import PathMark, TargetMark, path_marks
from repsight.video.strokes import Pen, Strokes
from repsight.video.target import target_line
from repsight.video.timeline import Message, Shown, Timeline

__all__ = ["Annotator"]

_LAYOUT_MOMENTS: Final = 240


class Annotator:
    """Draws the frames of one clip; ``height_px`` is the height that 1.0 of a track means.

    Everything is decided from the report and the cleaned track ``scene``; ``size`` is the width
    and height of the drawn picture, ``last_s`` the time of its last frame.
    """

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
        self._figure = Figure(scene, height_px)
        half_frame_s = _half_frame_s(scene.track.t_s)
        self._timeline = Timeline(report, spec_of=spec_of, last_s=last_s, half_frame_s=half_frame_s)
        self._scale: Scale = scale_of(*size)
        self._pen = Pen()
        self._cards = Cards(self._scale, sorted(self._timeline.phases))
        self._targets: list[TargetMark] = []
        self._paths: list[PathMark] = []
        for one in report.sets:
            spec = spec_of(one.exercise.id)
            if (line := target_line(one, spec, scene)) is not None:
                tile = self._cards.target(line.label)
                mark = TargetMark(line, tile, self._figure, scale=self._scale, size=size)
                self._targets.append(mark)
            if spec is not None and spec.bar == "hands":
                self._paths += path_marks(one, scene, height_px)
        self._places = self._choose_places(size)

    def draw(self, canvas: Canvas, t_s: float) -> Shown:
        """Draw the overlay of the frame at ``t_s`` in place and say what was written."""
        shown = self._timeline.at(t_s)
        posture = self._figure.at(t_s)
        if posture is not None:
            self._pen.draw(canvas, self._strokes(shown, posture))
        taken = self._place_cards(canvas, shown)
        for target in self._targets if posture is not None else ():
            target.place_label(canvas, t_s, taken)
        return shown

    def _strokes(self, shown: Shown, posture: Posture) -> list[Strokes]:
        """Path, target and lifter; without the lifter neither of the others means anything."""
        strokes: list[Strokes] = []
        for path in self._paths:
            strokes += path.strokes(posture.t_s, self._scale.bone)
        for target in self._targets:
            strokes += target.strokes(posture.t_s)
        marked = _marked(shown.messages, posture)
        return strokes + skeleton_strokes(posture, self._scale.bone, marked)

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

    def _choose_places(self, size: tuple[int, int]) -> tuple[Place, Place]:
        last = self._timeline.at(float("inf"))
        counter = self._cards.counter(replace(last, rejected=max(last.rejected, 1), messages=()))
        tiles = [self._cards.message(message) for message in self._timeline.messages]
        message = (
            max((tile.width for tile in tiles), default=self._scale.card_width),
            max((tile.height for tile in tiles), default=4 * self._scale.text),
        )
        return choose_places(
            _outlines(self._figure),
            size,
            counter=(counter.width, counter.height),
            message=message,
            margin=self._scale.margin,
        )


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


def _outlines(figure: Figure) -> FloatArray:
    """(F, P, 2) points on the lifter at moments spread over the clip."""
    count = len(figure.scene.track)
    chosen = range(0, count, max(1, count // _LAYOUT_MOMENTS))
    points = [figure.outline(index) for index in chosen]
    return np.stack(points) if points else np.empty((0, 1, 2))
