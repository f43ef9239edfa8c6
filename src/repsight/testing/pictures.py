"""Pictures in memory, as a source that a pose backend can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from repsight.core.picture import Picture

__all__ = ["EMPTY_ROOM", "PicturesInMemory", "squatting_athlete"]


class PicturesInMemory:
    """A PictureSource over ready pictures; ``reads`` counts how often it was read."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        self.reads = 0
        self._pictures = tuple(pictures)

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> Iterator[Picture]:
        """All pictures, or those nearest to a raster of ``rate_hz``."""
        del roughly
        self.reads += 1
        due_s = -np.inf
        for picture in self._pictures:
            if picture.t_s >= due_s - 1e-6:
                due_s = max(due_s, picture.t_s) + (1 / rate_hz if rate_hz else 0.0)
                yield picture


def _empty_room() -> PicturesInMemory:
    wall = np.linspace(90, 160, 320)[None, :, None] * np.ones((240, 1, 3))
    rgb = wall.astype(np.uint8)
    return PicturesInMemory([Picture.from_rgb(i / 10, rgb) for i in range(10)])


#: One second of a bare wall.
EMPTY_ROOM = _empty_room()


@cache
def squatting_athlete() -> PicturesInMemory:
    """The digital athlete squatting for two seconds, 10 pictures a second, from the side."""
    from repsight.athlete.performance import perform
    from repsight.athlete.render import Film, render

    performance = perform("squat", reps=1)
    camera = performance.camera(yaw_deg=60.0)
    start_s = performance.truth.reps[0].start_s
    film = Film(size=(360, 480), fps=10.0)
    frames = render(performance, camera, film=film, start_s=start_s, end_s=start_s + 2.0)
    return PicturesInMemory([Picture.from_rgb(t_s, rgb) for t_s, rgb in frames])
