"""The frame that is drawn on: upright, even-sized, standard range, in the encoder's own planes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np
from PIL import Image

from repsight.video.canvas import ByteArray, Canvas, Coding, yuv_canvas
from repsight.video.encode import Look
from repsight.video.stream_facts import is_high_range

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.plane import VideoPlane

__all__ = ["Sheet", "output_size"]

#: Tiny clips are enlarged to this shorter side, so that text stays legible.
_SHORT_SIDE_PX: Final = 360
_BT709: Final = 1
_UNSPECIFIED: Final = 2
_LIMITED_RANGE: Final = 1
_FULL_RANGE: Final = 2
_HD_SIDE: Final = 1280
_PLAIN_FORMATS: Final = ("yuv420p", "yuvj420p")
_LUMA: Final = [round(16 + value * 219 / 255) for value in range(256)]
_CHROMA: Final = [round(128 + (value - 128) * 224 / 255) for value in range(256)]
_TURNS: Final = {
    1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270,
}  # fmt: skip


def output_size(width: int, height: int, *, longest_side_px: int) -> tuple[int, int, float]:
    """Even size of the drawn picture and its pixels per pixel of the source."""
    share = max(1.0, _SHORT_SIDE_PX / min(width, height))
    share = min(share, longest_side_px / max(width, height))
    if share == 1:
        return width - width % 2, height - height % 2, 1.0
    return max(round(width * share / 2) * 2, 2), max(round(height * share / 2) * 2, 2), share


class Sheet:
    """One video frame that is filled, drawn on and encoded again and again."""

    def __init__(self, first: VideoFrame, *, longest_side_px: int) -> None:
        from av.video.frame import VideoFrame

        self._turns = first.rotation // 90 % 4
        sideways = self._turns % 2 == 1
        upright = (first.height, first.width) if sideways else (first.width, first.height)
        self.width, self.height, share = output_size(*upright, longest_side_px=longest_side_px)
        #: Height in drawn pixels of the whole upright picture, before an odd row is cut off.
        self.full_height_px = self.height if share != 1 else float(upright[1])
        drawn = (self.height, self.width) if sideways else (self.width, self.height)
        #: Size before turning; an odd row or column is cut off while copying.
        self._stored = drawn if share != 1 else (first.width, first.height)
        self.high_range = is_high_range(first)
        self.look = _look(first, (self.width, self.height), is_toned=self.high_range)
        #: Full range is not understood by every player, so it is written as limited range.
        self._is_full = not self.high_range and _is_full_range(first)
        self.coding = _coding(self.look)
        self.frame = VideoFrame(self.width, self.height, "yuv420p")
        self._rows = [_rows(plane) for plane in self.frame.planes]
        self.canvas: Canvas = yuv_canvas(
            self._rows, width=self.width, height=self.height, coding=self.coding
        )

    def fill(self, source: VideoFrame) -> None:
        """Copy a decoded frame in: reduced, turned upright and brought to standard range."""
        plain = self._plain(source)
        for plane, target in zip(plain.planes, self.canvas.planes, strict=True):
            cells = _rows(plane)[: plane.height, : plane.width]
            if self._turns or self._is_full:
                image = Image.fromarray(cells)
                if self._is_full:
                    image = image.point(_LUMA if target.component == 0 else _CHROMA)
                if self._turns:
                    image = image.transpose(_TURNS[self._turns])
                cells = np.asarray(image)
            height, width = target.cells.shape
            target.cells[:] = cells[:height, :width]

    def _plain(self, source: VideoFrame) -> VideoFrame:
        """The frame as planar 4:2:0 of the drawn size, not yet turned."""
        if self.high_range:
            return self._toned(source)
        has_size = (source.width, source.height) == self._stored
        if has_size and source.format.name in _PLAIN_FORMATS:
            return source
        return source.reformat(
            width=self._stored[0], height=self._stored[1], format="yuv420p", threads=1,
            dst_color_range=_FULL_RANGE if self._is_full else None,
        )  # fmt: skip

    def _toned(self, source: VideoFrame) -> VideoFrame:
        from av.video.frame import VideoFrame
        from av.video.reformatter import ColorRange, Colorspace

        from repsight.video.tone import to_standard_range

        width, height = self._stored
        reduced = source.reformat(width=width, height=height, format="rgba", threads=1)
        rgbx = np.asarray(reduced.to_ndarray(), dtype=np.uint8)
        toned = VideoFrame.from_ndarray(to_standard_range(rgbx, int(source.color_trc)), "rgba")
        return toned.reformat(
            format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG,
            threads=1,
        )  # fmt: skip


def _rows(plane: VideoPlane) -> ByteArray:
    cells = np.frombuffer(cast("memoryview", plane), dtype=np.uint8)
    return cells.reshape(-1, plane.line_size)


def _look(first: VideoFrame, size: tuple[int, int], *, is_toned: bool) -> Look:
    """Colours are kept as they were tagged; what was toned down is BT.709."""
    if is_toned:
        return Look(*size, _LIMITED_RANGE, _BT709, _BT709, _BT709)
    color_range = _LIMITED_RANGE if _is_full_range(first) else int(first.color_range)
    is_rgb = int(first.colorspace) == 0
    space = _UNSPECIFIED if is_rgb else int(first.colorspace)
    return Look(*size, color_range, space, int(first.color_trc), int(first.color_primaries))


def _coding(look: Look) -> Coding:
    """Without a tag players take BT.709 for large pictures and BT.601 for small ones."""
    is_large = max(look.width, look.height) >= _HD_SIDE
    is_709 = look.colorspace == _BT709 or (look.colorspace == _UNSPECIFIED and is_large)
    return "bt709" if is_709 else "bt601"


def _is_full_range(frame: VideoFrame) -> bool:
    return frame.format.name.startswith("yuvj") or int(frame.color_range) == _FULL_RANGE
