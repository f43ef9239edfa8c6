"""A clip with every picture changed, as a pose backend reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from repsight.core.picture import ByteArray, Picture, PictureSource

__all__ = ["Change", "ChangedPictures"]

#: Pixels (H, W, 3) and their media time in seconds -> other pixels, of any size.
Change = Callable[[ByteArray, float], ByteArray]


@dataclass(frozen=True, slots=True)
class ChangedPictures:
    """The pictures of ``source`` after ``change``, which gives the same in every pass.

    At most ``rate_hz`` of them a second.
    """

    source: PictureSource
    change: Change
    rate_hz: float = inf

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> Iterator[Picture]:
        """The pictures of the source, changed."""
        most_hz = min(self.rate_hz, rate_hz or inf)
        wanted_hz = None if most_hz == inf else most_hz
        for picture in self.source.pictures(rate_hz=wanted_hz, roughly=roughly):
            yield Picture.from_rgb(picture.t_s, self.change(picture.rgb, picture.t_s))
