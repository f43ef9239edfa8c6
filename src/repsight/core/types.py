"""Poses in time: one frame, and a track of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repsight.core.skeleton import COUNT

__all__ = ["FloatArray", "PoseFrame", "PoseTrack"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PoseFrame:
    """One person at one moment.

    ``t_s`` is media time. ``xy`` (33, 2) is measured in frame heights on both axes (isotropic),
    x to the right from the left edge, y down from the top edge, so it can leave 0..1. An unseen
    landmark is NaN. ``visibility`` (33,) is 0..1. ``world`` (33, 3) is in metres around the hip
    midpoint, y down, z away from the camera, or None. ``aspect_ratio`` is width / height of
    the upright picture. ``plate`` (3,) is centre x, y and radius of the plate of a barbell that
    is nearer to the camera, as ``xy``; None where nobody looked for it, NaN where it is not seen.
    """

    t_s: float
    xy: FloatArray
    visibility: FloatArray
    world: FloatArray | None = None
    aspect_ratio: float = 1.0
    plate: FloatArray | None = None

    @classmethod
    def missing(cls, t_s: float, aspect_ratio: float = 1.0) -> PoseFrame:
        """A moment at which nobody was found: all NaN, visibility zero."""
        return cls(
            t_s, np.full((COUNT, 2), np.nan), np.zeros(COUNT), np.full((COUNT, 3), np.nan),
            aspect_ratio,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class PoseTrack:
    """One person over time; N frames with strictly increasing ``t_s`` (N,) in media seconds.

    ``xy`` (N, 33, 2), ``visibility`` (N, 33), ``world`` (N, 33, 3) and ``plate`` (N, 3) follow
    PoseFrame.
    """

    t_s: FloatArray
    xy: FloatArray
    visibility: FloatArray
    world: FloatArray | None = None
    aspect_ratio: float = 1.0
    plate: FloatArray | None = None

    def __len__(self) -> int:
        """Count of frames."""
        return len(self.t_s)

    def frames(self) -> Iterator[PoseFrame]:
        """The same moments one by one, as a live source would push them."""
        for i, t_s in enumerate(self.t_s):
            world = None if self.world is None else self.world[i]
            plate = None if self.plate is None else self.plate[i]
            yield PoseFrame(
                float(t_s), self.xy[i], self.visibility[i], world, self.aspect_ratio, plate
            )

    def part(self, where: slice | NDArray[np.bool_] | NDArray[np.intp]) -> PoseTrack:
        """The frames selected by a slice, mask or index array."""
        world = None if self.world is None else self.world[where]
        plate = None if self.plate is None else self.plate[where]
        return PoseTrack(
            self.t_s[where], self.xy[where], self.visibility[where], world, self.aspect_ratio, plate
        )

    @classmethod
    def from_frames(cls, frames: Sequence[PoseFrame]) -> PoseTrack:
        """Stack frames; ``world`` and ``plate`` are kept only if every frame has them."""
        if not frames:
            empty = np.empty
            return cls(empty(0), empty((0, COUNT, 2)), empty((0, COUNT)), None)
        worlds = [frame.world for frame in frames if frame.world is not None]
        plates = [frame.plate for frame in frames if frame.plate is not None]
        return cls(
            np.array([frame.t_s for frame in frames]),
            _stacked([frame.xy for frame in frames]),
            _stacked([frame.visibility for frame in frames]),
            _stacked(worlds) if len(worlds) == len(frames) else None,
            frames[-1].aspect_ratio,
            _stacked(plates) if len(plates) == len(frames) else None,
        )


def _stacked(parts: Sequence[FloatArray]) -> FloatArray:
    """(N, ...) of N arrays alike: sooner than numpy's own for many small ones."""
    return np.concatenate(parts).reshape(len(parts), *parts[0].shape)
