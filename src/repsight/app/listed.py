"""A clip as the library lists it."""

from __future__ import annotations

from dataclasses import dataclass

from repsight.app.drawing import DRAWN_FROM
from repsight.app.inputs import VIDEO_SUFFIXES
from repsight.store.records import Clip, Drawing, Job

__all__ = ["Listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A clip, how many of its bytes have arrived, its latest analysis, and the results it has.

    ``drawings`` are the latest jobs that drew, or draw, its videos.
    """

    clip: Clip
    received_bytes: int
    job: Job | None
    files: tuple[str, ...] = ()
    drawings: tuple[Job, ...] = ()

    @property
    def is_film(self) -> bool:
        """Whether it has pictures; landmarks and live sets have none."""
        return self.clip.suffix in VIDEO_SUFFIXES

    def can_be_drawn(self, kind: Drawing) -> bool:
        """Whether there are pictures and a report to draw onto them."""
        return self.is_film and {DRAWN_FROM[kind], "landmarks.npz"} <= set(self.files)
