"""One picture of a clip, as it travels from a reader to a pose backend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["ByteArray", "Picture", "PictureSource"]

ByteArray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An upright picture at media time ``t_s``.

    ``rgbx`` is (H, W, 4) uint8 in C order: red, green, blue and one unused byte, so that a
    pixel is one 32-bit word.
    """

    t_s: float
    rgbx: ByteArray

    @classmethod
    def from_rgb(cls, t_s: float, rgb: ByteArray) -> Picture:
        """Wrap (H, W, 3) uint8; the pixels are copied."""
        rgbx = np.empty((*rgb.shape[:2], 4), np.uint8)
        rgbx[..., :3] = rgb
        rgbx[..., 3] = 255
        return cls(t_s, rgbx)

    @property
    def rgb(self) -> ByteArray:
        """The (H, W, 3) view of the same pixels."""
        return self.rgbx[..., :3]

    @property
    def height_px(self) -> int:
        """Count of rows."""
        return self.rgbx.shape[0]

    @property
    def width_px(self) -> int:
        """Count of columns."""
        return self.rgbx.shape[1]

    @property
    def aspect_ratio(self) -> float:
        """Width / height."""
        return self.width_px / self.height_px


class PictureSource(Protocol):
    """Something that can be read from the start, as often as needed."""

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> Iterable[Picture]:
        """Pictures with strictly increasing times, at most ``rate_hz`` of them per second.

        ``roughly`` allows other moments than the nearest ones where that is cheaper.
        """
        ...
