"""Where to point the detector: it sees 224 pixels, so small people need a closer look."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.pose.roi import Roi

__all__ = ["around", "content_views"]

_BLACK: Final = 24
_STEP: Final = 8
_SMALL: Final = 0.45
_ROOM: Final = 2.2


def content_views(picture: Picture) -> list[Roi]:
    """The square that holds the picture without black bars, then closer squares along it."""
    left, top, right, bottom = _content(picture)
    width, height = right - left, bottom - top
    whole = Roi((left + right) / 2, (top + bottom) / 2, max(width, height))
    side = min(width, height)
    count = int(np.ceil((max(width, height) - side) / (side / 2))) + 1
    if count == 1:
        return [whole, *_quarters(whole)]
    shares = np.linspace(0, 1, count)
    if width > height:
        places = [(left + side / 2 + (width - side) * share, whole.y) for share in shares]
    else:
        places = [(whole.x, top + side / 2 + (height - side) * share) for share in shares]
    return [whole, *(Roi(float(x), float(y), side) for x, y in places)]


def around(roi: Roi, whole: Roi) -> Roi:
    """A closer view of somebody at ``roi`` if they are small in the ``whole`` view, else that."""
    if roi.size > _SMALL * whole.size:
        return whole
    return Roi(roi.x, roi.y, _ROOM * roi.size)


def _quarters(whole: Roi) -> list[Roi]:
    """Four overlapping squares of 60 % of the side."""
    away = 0.2 * whole.size
    return [
        Roi(whole.x + x * away, whole.y + y * away, 0.6 * whole.size)
        for y in (-1, 1)
        for x in (-1, 1)
    ]


def _content(picture: Picture) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is not black bars, in frame heights."""
    bright = picture.rgb[::_STEP, ::_STEP].max(axis=2) > _BLACK
    columns, rows = np.flatnonzero(bright.any(0)), np.flatnonzero(bright.any(1))
    if not len(columns):
        return 0.0, 0.0, picture.aspect_ratio, 1.0
    step = _STEP / picture.height_px
    return (
        columns[0] * step,
        rows[0] * step,
        min((columns[-1] + 1) * step, picture.aspect_ratio),
        min((rows[-1] + 1) * step, 1.0),
    )
