"""Stills: the lifter at the moments that matter, with what was measured drawn where it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from repsight.core.measure import Scene
from repsight.core.report import ClipReport
from repsight.core.signals import LengthUnit
from repsight.core.skeleton import BILATERAL, columns
from repsight.core.types import FloatArray
from repsight.video.canvas import ByteArray, Canvas, Tile, rgb_canvas
from repsight.video.figure import Figure, Posture, joint_columns, skeleton_strokes
from repsight.video.gauge import Gauge, Joints, gauge_of
from repsight.video.layout import Box, scale_of
from repsight.video.lettering import Line, Paragraph, card
from repsight.video.palette import GOOD, INK, ISSUE, NEAR_SIDE, QUIET
from repsight.video.still_labels import place_label
from repsight.video.still_plan import Reading, SpecOf, Still, plan_stills
from repsight.video.stream_facts import is_high_range
from repsight.video.strokes import Pen
from repsight.writing import whole_file

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["StillMaker"]

#: Longest side of the picture above its caption, of an issue and of a key moment.
_ISSUE_PX: Final = 880
_MOMENT_PX: Final = 640
_MOST_ENLARGED: Final = 3.0
_READ_PX: Final = 1920
_QUALITY: Final = 84
#: Room around the lifter as a share of the lifter's larger extent.
_ROOM: Final = 0.16
_NARROWEST: Final = 0.72
_WIDEST: Final = 1.6
_SEEN: Final = 0.2
_FEWEST_JOINTS: Final = 4
#: Joints that a label should leave visible, and the share of a gauge's points that is looked at.
_JOINTS: Final = columns("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
_EVERY: Final = 3
_CAPTION: Final = (17, 22, 30)


@dataclass(frozen=True, slots=True, eq=False)
class _Crop:
    """A part of the picture in pixels of the source, and what it is enlarged by."""

    left: int
    top: int
    width: int
    height: int
    share: float


class StillMaker:
    """Makes the stills of one clip from frames it is given; ``folder`` None makes none."""

    def __init__(
        self, report: ClipReport, scene: Scene, *, spec_of: SpecOf, folder: Path | None
    ) -> None:
        self._folder = folder
        self._figure = Figure(scene, 1.0)
        self._stills = plan_stills(report, spec_of) if folder is not None else ()
        #: The wanted moments in order, each once.
        self.times_s = sorted({still.t_s for still in self._stills})

    def make(self, t_s: float, frame: VideoFrame) -> list[Path]:
        """Write every still of the wanted moment ``t_s``, whose picture is ``frame``.

        Raises UnwritableOutput if a file cannot be written.
        """
        if self._folder is None:
            return []
        written: list[Path] = []
        picture = _upright(frame)
        for still in self._stills:
            if still.t_s == t_s:
                path = self._folder / still.name
                _save(self._draw(still, picture), path)
                written.append(path)
        return written

    def _draw(self, still: Still, picture: ByteArray) -> Image.Image:
        height = picture.shape[0]
        posture = self._figure.at(still.t_s)
        longest = _ISSUE_PX if still.is_issue else _MOMENT_PX
        crop = _crop(picture.shape[1], height, posture, longest)
        canvas, planes = _canvas(picture, crop)
        if posture is not None:
            placed = _moved(posture, height, crop)
            self._draw_lifter(canvas, still, placed, height * crop.share)
        return _with_caption(planes, still)

    def _draw_lifter(
        self, canvas: Canvas, still: Still, posture: Posture, height_px: float
    ) -> None:
        scale = scale_of(canvas.width, canvas.height)
        marked = joint_columns(still.joints, still.side, posture)
        pen = Pen()
        pen.draw(canvas, skeleton_strokes(posture, scale.bone * 0.8, marked))
        index = self._figure.index_at(still.t_s)
        taken: list[Box] = []
        for reading in still.readings:
            joints = self._joints(posture, reading.side, index, height_px)
            gauge = gauge_of(
                reading.signal, joints, reading.band, line_px=max(1.5, scale.bone * 0.7),
                colour=ISSUE if still.is_issue else INK,
            )  # fmt: skip
            pen.draw(canvas, gauge.strokes)
            tile = _label(reading, scale.text, is_issue=still.is_issue, in_space=gauge.in_space)
            spots = np.concatenate([_points(gauge), posture.xy[_JOINTS]])
            taken.append(place_label(canvas, tile, gauge, spots=spots, taken=taken))

    def _joints(self, posture: Posture, side: str, index: int, height_px: float) -> Joints:
        scene = self._figure.scene
        is_left = side == "left" or (side != "right" and posture.near_left)

        def at(name: str) -> FloatArray:
            if name == "mid_foot":
                return (at("heel") + at("toe")) / 2
            return posture.xy[BILATERAL[name][0 if is_left else 1]]

        def both(name: str) -> tuple[FloatArray, FloatArray]:
            left, right = BILATERAL[name]
            return posture.xy[left], posture.xy[right]

        def unit_px(unit: LengthUnit) -> float:
            return float(scene.body.in_picture(unit)[index]) * height_px

        lowest = posture.xy[columns("ankle", "heel", "toe"), 1]
        return Joints(at, both, unit_px, float(np.max(lowest)), float(scene.view.facing[index]))


def _upright(frame: VideoFrame) -> ByteArray:
    """(H, W, 3) upright, in standard range, at most ``_READ_PX`` along its longer side."""
    share = min(1.0, _READ_PX / max(frame.width, frame.height))
    width, height = round(frame.width * share), round(frame.height * share)
    if is_high_range(frame):
        from repsight.video.tone import to_standard_range

        reduced = frame.reformat(width=width, height=height, format="rgba", threads=1)
        rgbx = np.asarray(reduced.to_ndarray(), dtype=np.uint8)
        picture = to_standard_range(rgbx, int(frame.color_trc))[..., :3]
    else:
        reduced = frame.reformat(width=width, height=height, format="rgb24", threads=1)
        picture = np.asarray(reduced.to_ndarray(), dtype=np.uint8)
    return np.rot90(picture, frame.rotation // 90 % 4)


def _crop(width: int, height: int, posture: Posture | None, longest_px: int) -> _Crop:
    """The lifter with some room around, in a shape that fits a phone."""
    box = _body_box(posture, width, height)
    left, top, right, bottom = _shaped(box, width, height)
    across, down = right - left, bottom - top
    share = min(longest_px / max(across, down), _MOST_ENLARGED)
    return _Crop(left, top, across, down, share)


def _body_box(posture: Posture | None, width: int, height: int) -> tuple[float, ...]:
    """Left, top, right and bottom of the lifter with room; the whole picture if unseen."""
    if posture is None:
        return 0.0, 0.0, float(width), float(height)
    seen = posture.xy[(posture.visibility > _SEEN) & np.isfinite(posture.xy).all(axis=1)] * height
    if len(seen) < _FEWEST_JOINTS:
        return 0.0, 0.0, float(width), float(height)
    low, high = seen.min(axis=0), seen.max(axis=0)
    room = _ROOM * float((high - low).max())
    return (
        float(low[0]) - room, float(low[1]) - 1.2 * room,
        float(high[0]) + room, float(high[1]) + room,
    )  # fmt: skip


def _shaped(box: tuple[float, ...], width: int, height: int) -> tuple[int, int, int, int]:
    """The box widened to a shape neither too narrow nor too wide, inside the picture."""
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    wanted = max(across, down * _NARROWEST), max(down, across / _WIDEST)
    middle = (left + right) / 2, (top + bottom) / 2
    x0, x1 = _inside(middle[0], min(wanted[0], width), width)
    y0, y1 = _inside(middle[1], min(wanted[1], height), height)
    return x0, y0, x1, y1


def _inside(middle: float, extent: float, limit: int) -> tuple[int, int]:
    start = min(max(middle - extent / 2, 0.0), limit - extent)
    return int(start), min(int(np.ceil(start + extent)), limit)


def _canvas(picture: ByteArray, crop: _Crop) -> tuple[Canvas, ByteArray]:
    """The cropped part, enlarged or reduced, as a canvas over its planes (3, H, W)."""
    part = picture[crop.top : crop.top + crop.height, crop.left : crop.left + crop.width]
    size = max(round(crop.width * crop.share), 2), max(round(crop.height * crop.share), 2)
    filter_ = Image.Resampling.BILINEAR if crop.share > 1 else Image.Resampling.BOX
    image = Image.fromarray(np.ascontiguousarray(part)).resize(size, filter_)
    planes = np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1))
    return rgb_canvas(planes), planes


def _moved(posture: Posture, height: int, crop: _Crop) -> Posture:
    """The posture (in picture heights) in pixels of the crop."""
    corner = np.array([crop.left, crop.top])
    return replace(
        posture,
        xy=(posture.xy * height - corner) * crop.share,
        trunk_px=posture.trunk_px * height * crop.share,
    )


def _label(reading: Reading, size_px: int, *, is_issue: bool, in_space: bool) -> Tile:
    """The value, and below it what was expected, in the colour of the expected band."""
    value = f"{reading.label} (3D)" if in_space else reading.label
    lines = [Paragraph(value, size_px, INK, is_bold=is_issue)]
    if reading.expected:
        lines.append(Paragraph(reading.expected, round(size_px * 0.84), GOOD))
    accent = ISSUE if is_issue else None
    return card(lines, width_px=size_px * 16, padding_px=size_px // 3, accent=accent)


def _points(gauge: Gauge) -> FloatArray:
    """(N, 2) points along the strokes of a gauge."""
    shares = np.linspace(0, 1, 5)[:, None, None]
    along = [
        (stroke.segments[None, :, :2] * (1 - shares) + stroke.segments[None, :, 2:] * shares)
        for stroke in gauge.strokes
    ]
    points = [each.reshape(-1, 2) for each in along]
    return np.concatenate(points)[::_EVERY] if points else np.empty((0, 2))


def _with_caption(planes: ByteArray, still: Still) -> Image.Image:
    """The picture above a caption of the same width."""
    _, height, width = planes.shape
    size = max(15, round(min(width, 1.1 * height) / 27))
    parts: list[Paragraph | Line] = [Paragraph(still.title, size, INK, is_bold=True)]
    parts += [Paragraph(line, round(size * 0.86), QUIET, gap=0.1) for line in still.lines]
    tile = card(
        parts, width_px=width // 2 * 2, padding_px=size // 2, least_width_px=width // 2 * 2,
        accent=ISSUE if still.is_issue else NEAR_SIDE,
    )  # fmt: skip
    whole = Image.new("RGB", (width, height + tile.height), _CAPTION)
    whole.paste(Image.fromarray(np.ascontiguousarray(planes.transpose(1, 2, 0))), (0, 0))
    text = Image.fromarray(tile.rgba)
    whole.paste(text, (0, height), text)
    return whole


def _save(image: Image.Image, path: Path) -> None:
    with whole_file(path) as part:
        image.save(part, format="JPEG", quality=_QUALITY)
