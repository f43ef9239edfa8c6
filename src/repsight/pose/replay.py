"""Landmarks that already exist, played back as if a model had just found them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import PictureSource
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import MissingExtra, UnreadableSource
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.single_pass import facts_without_pictures

__all__ = ["ReplayBackend"]


class ReplayBackend:
    """Gives the frame of a stored track that is nearest in time to each picture.

    The track is handed over, or read from ``options.model_path``: an ``.npz`` file with ``t_s``,
    ``xy`` and ``visibility`` (and ``world``, ``aspect_ratio``) as Repsight writes it. Pictures
    further than half a frame from any stored frame have no landmarks.
    """

    def __init__(self, track: PoseTrack | None = None) -> None:
        self._track = track

    def track(self, source: PictureSource, options: TrackOptions) -> TrackedPictures:
        """The stored landmarks at the times of the pictures."""
        stored = self._track if self._track is not None else _load(options.model_path)
        times: list[float] = []
        for picture in source.pictures(rate_hz=options.rate_hz):
            times.append(picture.t_s)
            options.report("landmarks", picture.t_s)
        track = _sampled(stored, np.array(times))
        return TrackedPictures(track, facts_without_pictures(track))


def _sampled(stored: PoseTrack, t_s: FloatArray) -> PoseTrack:
    nearest = _nearest(stored.t_s, t_s)
    step_s = float(np.median(np.diff(stored.t_s))) if len(stored) > 1 else 1.0
    away = np.abs(stored.t_s[nearest] - t_s) > step_s * 0.51
    found = stored.part(nearest)
    return PoseTrack(
        t_s,
        np.where(away[:, None, None], np.nan, found.xy),
        np.where(away[:, None], 0.0, found.visibility),
        None if found.world is None else np.where(away[:, None, None], np.nan, found.world),
        stored.aspect_ratio,
        None if found.plate is None else np.where(away[:, None], np.nan, found.plate),
    )


def _nearest(stored_s: FloatArray, t_s: FloatArray) -> NDArray[np.intp]:
    after = np.clip(np.searchsorted(stored_s, t_s), 0, len(stored_s) - 1)
    before = np.maximum(after - 1, 0)
    closer = np.abs(stored_s[before] - t_s) < np.abs(stored_s[after] - t_s)
    return np.where(closer, before, after)


def _load(path: Path | None) -> PoseTrack:
    if path is None:
        raise MissingExtra(
            "The replay backend was given no landmarks.",
            next_step="Name a landmark file, or analyse the landmark file itself.",
        )
    try:
        with np.load(path, allow_pickle=False) as file:
            world, plate = (
                np.asarray(file[name], np.float64) if name in file else None
                for name in ("world", "plate")
            )
            return PoseTrack(
                np.asarray(file["t_s"], np.float64),
                np.asarray(file["xy"], np.float64),
                np.asarray(file["visibility"], np.float64),
                world,
                float(file["aspect_ratio"]) if "aspect_ratio" in file else 1.0,
                plate,
            )
    except (OSError, KeyError, ValueError) as error:
        raise UnreadableSource(
            f"{path} is not a landmark file that can be replayed.",
            wanted="An .npz file with t_s, xy and visibility is wanted.",
            next_step="Use a landmarks.npz that Repsight wrote.",
        ) from error
