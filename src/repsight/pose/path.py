"""The smooth path of the square around one person, from sightings a tenth of a second apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from repsight.core.types import FloatArray
from repsight.pose.people import Sighting
from repsight.pose.roi import Roi

__all__ = ["RoiPath"]

_PLACE_WIDTH_S: Final = 0.12
_SHAPE_WIDTH_S: Final = 0.25
_BRIDGE_S: Final = 2.0
_HOLD_S: Final = 1.5
_WINDOW: Final = 8


class RoiPath:
    """Answers where to look for the person at any moment.

    Gaps up to 2 s are bridged and the ends are held for 1.5 s: the landmark model then says
    whether the person is there. Nothing reaches across a scene cut, and nobody is looked for
    inside ``hidden_s`` (K, 2), spans of time in which somebody else stands there.
    """

    def __init__(
        self, sightings: Sequence[Sighting], cuts_s: FloatArray, hidden_s: FloatArray | None = None
    ) -> None:
        self._pieces = [_Piece(part) for part in _split(sightings, cuts_s)]
        self._cuts_s = cuts_s
        self._hidden_s = np.empty((0, 2)) if hidden_s is None else hidden_s

    def at(self, t_s: float) -> Roi | None:
        """The square at media time ``t_s``; None where nobody is near in time."""
        if np.any((self._hidden_s[:, 0] < t_s) & (t_s < self._hidden_s[:, 1])):
            return None
        best: _Piece | None = None
        away_s = _HOLD_S
        for piece in self._pieces:
            distance = max(piece.first_s - t_s, t_s - piece.last_s, 0.0)
            if distance <= away_s and not self._cut_between(piece, t_s):
                best, away_s = piece, distance
        return None if best is None else best.at(t_s)

    def _cut_between(self, piece: _Piece, t_s: float) -> bool:
        low = min(t_s, piece.last_s)
        high = max(t_s, piece.first_s)
        return bool(np.any((self._cuts_s > low) & (self._cuts_s <= high)))


class _Piece:
    """A run of sightings without long gaps."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self._t_s = np.array([sighting.t_s for sighting in sightings])
        rois = [sighting.roi for sighting in sightings]
        self._place = _steady(np.array([(roi.x, roi.y) for roi in rois]))
        angle = np.unwrap([roi.angle_rad for roi in rois])
        size = np.log([roi.size for roi in rois])
        self._shape = _steady(np.stack([size, angle], -1))
        self.first_s, self.last_s = float(self._t_s[0]), float(self._t_s[-1])

    def at(self, t_s: float) -> Roi:
        t_s = min(max(t_s, self.first_s), self.last_s)
        middle = int(np.searchsorted(self._t_s, t_s))
        near = slice(max(middle - _WINDOW, 0), middle + _WINDOW)
        away_s = self._t_s[near] - t_s
        x, y = _local_line(away_s, self._place[near], _PLACE_WIDTH_S)
        size, angle = _local_line(away_s, self._shape[near], _SHAPE_WIDTH_S)
        return Roi(float(x), float(y), float(np.exp(size)), float(angle))


def _split(sightings: Sequence[Sighting], cuts_s: FloatArray) -> list[Sequence[Sighting]]:
    t_s = np.array([sighting.t_s for sighting in sightings])
    breaks = np.diff(t_s) > _BRIDGE_S
    scene = np.searchsorted(cuts_s, t_s, side="right")
    edges = [0, *(np.flatnonzero(breaks | (np.diff(scene) > 0)) + 1).tolist(), len(sightings)]
    return [sightings[low:high] for low, high in pairwise(edges) if high > low]


def _steady(values: FloatArray) -> FloatArray:
    """Median of three: one wild sighting does not move the path."""
    if len(values) < 3:
        return values
    padded = np.concatenate([values[:1], values, values[-1:]])
    return np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)


def _local_line(away_s: FloatArray, values: FloatArray, width_s: float) -> FloatArray:
    """Value at zero of the line fitted around it, with Gaussian weights."""
    nearest = float(np.abs(away_s).min())
    weight = np.exp(-0.5 * (away_s / max(width_s, nearest)) ** 2)
    total, first, second = weight.sum(), weight @ away_s, weight @ away_s**2
    spread = second * total - first**2
    mean = weight @ values
    if spread <= 1e-9 * total**2:
        return mean / total
    return (second * mean - first * ((weight * away_s) @ values)) / spread
