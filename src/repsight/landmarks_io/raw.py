"""What a landmark file says before it is brought into the 33 columns of a track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from repsight.core.layouts import LAYOUTS, Layout
from repsight.core.types import FloatArray
from repsight.errors import UnknownName, UnreadableSource

__all__ = ["MAX_FILE_BYTES", "MAX_FRAMES", "RawLandmarks", "ReadOptions", "Units", "wrong_shape"]

Units = Literal["auto", "pixels", "normalised", "heights"]

#: Larger files are refused before they are read: ten hours of 33 points are far smaller.
MAX_FILE_BYTES: Final = 512 * 1024**2
MAX_FRAMES: Final = 1_000_000

#: Said in every error about a shape.
_ACCEPTED: Final = (
    "Wanted: frames x points x (x, y[, confidence] or x, y, z, visibility) with 33 (BlazePose), "
    "17 (COCO), 26 (Halpe) or 70 (MHR) points."
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the file itself may not say.

    ``layout`` is ``auto`` or a layout id; ``fps_hz`` gives the times of a file that has none;
    ``size_px`` is (width, height) of the upright picture; ``person`` picks one of several.
    """

    layout: str = "auto"
    units: Units = "auto"
    fps_hz: float | None = None
    size_px: tuple[int, int] | None = None
    person: int | None = None

    def __post_init__(self) -> None:
        """Refuse names and numbers that cannot be meant."""
        if self.layout != "auto" and self.layout not in LAYOUTS:
            raise UnknownName(
                f"There is no landmark layout '{self.layout}'.",
                wanted=f"Known: auto, {', '.join(LAYOUTS)}.",
                next_step="Pass one of these with --layout.",
            )
        if self.units not in ("auto", "pixels", "normalised", "heights"):
            raise UnknownName(
                f"There are no units '{self.units}'.",
                wanted="Known: auto, pixels, normalised, heights.",
                next_step="Pass one of these with --units.",
            )


@dataclass(frozen=True, slots=True, eq=False)
class RawLandmarks:
    """A file's content as it lies there.

    ``points`` (N, K, 2) in ``units``; ``confidence`` (N, K), ``world`` (N, K, 3) and ``t_s``
    (N,) are None where the file has none. ``layout`` is None if only the count of points is
    known. ``aspect_ratio`` is NaN if unknown.
    """

    points: FloatArray
    confidence: FloatArray | None = None
    world: FloatArray | None = None
    t_s: FloatArray | None = None
    layout: Layout | None = None
    units: Units = "auto"
    size_px: tuple[int, int] | None = None
    aspect_ratio: float = float("nan")
    notes: tuple[str, ...] = ()


def wrong_shape(name: str, what: str) -> UnreadableSource:
    """The error for a file whose arrays cannot be landmarks."""
    return UnreadableSource(
        f"{name}: {what}", wanted=_ACCEPTED, next_step="docs/landmark-files.md shows examples."
    )
