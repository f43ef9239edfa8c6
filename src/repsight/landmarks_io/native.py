"""The file Repsight writes itself: ``landmarks.npz``, and what it analyses is what it stores."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.layouts import BLAZEPOSE_33
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["FORMAT_VERSION", "as_stored", "save_landmarks"]

FORMAT_VERSION: Final = 1


def as_stored(track: PoseTrack) -> PoseTrack:
    """The track with the precision of the file (float32), so that a replay is equal to it."""
    return PoseTrack(
        t_s=track.t_s,
        xy=_rounded(track.xy),
        visibility=_rounded(track.visibility),
        world=None if track.world is None else _rounded(track.world),
        aspect_ratio=track.aspect_ratio,
        plate=None if track.plate is None else _rounded(track.plate),
    )


def save_landmarks(
    path: Path, track: PoseTrack, *, extra: Mapping[str, NDArray[np.generic]] | None = None
) -> None:
    """Write one person's track; ``extra`` arrays are stored beside it under other names than its.

    OSError if the path cannot be written.
    """
    arrays: dict[str, NDArray[np.generic]] = {
        **(extra or {}),  # what a file held before gives way to the track
        "repsight_landmarks": np.array(FORMAT_VERSION),
        "layout": np.array(BLAZEPOSE_33.id),
        "units": np.array("heights"),
        "t_s": track.t_s,
        "xy": track.xy.astype(np.float32),
        "visibility": track.visibility.astype(np.float32),
        "aspect_ratio": np.array(track.aspect_ratio),
    }
    if track.world is not None:
        arrays["world"] = track.world.astype(np.float32)
    if track.plate is not None:
        arrays["plate"] = track.plate.astype(np.float32)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def _rounded(values: FloatArray) -> FloatArray:
    return values.astype(np.float32).astype(np.float64)
