"""Marker files (.trc) as OpenSim and other biomechanics software read them."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.skeleton import Landmark
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import UserMistake

__all__ = ["trc_text"]

#: Eyes and mouth are no markers of a body.
_MARKERS: Final = tuple(one for one in Landmark if one is Landmark.NOSE or one.value >= 7)
_MOUTH: Final = frozenset({Landmark.MOUTH_LEFT, Landmark.MOUTH_RIGHT})
_RATES: Final = (
    "DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate",
    "OrigDataStartFrame", "OrigNumFrames",
)  # fmt: skip
#: Nothing is drawn through a hole in the track that is longer than this.
_HOLE_S: Final = 0.25


def trc_text(track: PoseTrack, *, name: str) -> str:
    """The track as a marker file in metres: x to the right, y up, z towards the camera.

    The origin is between the hips, as the pose model has it: how the body moves through the room
    is not in the file. Frames are made even in time at the track's own rate; an unseen marker is
    left empty. ``name`` goes into the first line. UserMistake without positions in metres.
    """
    if track.world is None or len(track) < 2 or not np.isfinite(track.world).any():
        raise UserMistake(
            "These landmarks have no positions in metres.",
            wanted="Landmarks of a pose model that gives them, such as those of a clip.",
            next_step="Take the landmarks (.npz) or the table (.csv) instead.",
        )
    markers = [one for one in _MARKERS if one not in _MOUTH]
    rate_hz = round(float(1.0 / np.median(np.diff(track.t_s))), 2)
    even_s = np.arange(track.t_s[0], track.t_s[-1], 1.0 / rate_hz)
    places = track.world[:, [one.value for one in markers]] * np.array([1.0, -1.0, -1.0])
    even = _evenly(even_s, track.t_s, places.reshape(len(track), -1))
    rows = [
        "\t".join([str(number), f"{t_s - even_s[0]:.5f}", *(_cell(value) for value in row)])
        for number, (t_s, row) in enumerate(zip(even_s, even, strict=True), start=1)
    ]
    return "\n".join([*_head(name, markers, rate_hz, len(even_s)), *rows, ""])


def _head(name: str, markers: list[Landmark], rate_hz: float, count: int) -> list[str]:
    rate = f"{rate_hz:g}"
    titles = [one.name.title().replace("_", "") for one in markers]
    axes = [f"{axis}{i}" for i in range(1, len(markers) + 1) for axis in "XYZ"]
    return [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "\t".join(_RATES),
        f"{rate}\t{rate}\t{count}\t{len(markers)}\tm\t{rate}\t1\t{count}",
        "Frame#\tTime\t" + "\t\t\t".join(titles),
        "\t\t" + "\t".join(axes),
    ]


def _evenly(at_s: FloatArray, t_s: FloatArray, values: FloatArray) -> FloatArray:
    """(M, C) columns of (N, C) ``values`` at the times ``at_s``; NaN inside holes."""
    out = np.full((len(at_s), values.shape[1]), np.nan)
    for column in range(values.shape[1]):
        known = np.flatnonzero(np.isfinite(values[:, column]))
        if len(known) < 2:
            continue
        times = t_s[known]
        after = np.clip(np.searchsorted(times, at_s), 1, len(times) - 1)
        is_near = (times[after] - times[after - 1] <= _HOLE_S) & (at_s >= times[0])
        is_near &= at_s <= times[-1]
        known_values: FloatArray = values[known, column]
        between = np.interp(at_s, times, known_values)
        out[:, column] = np.where(is_near, between, np.nan)
    return out


def _cell(value: float) -> str:
    return f"{value:.5f}" if np.isfinite(value) else ""
