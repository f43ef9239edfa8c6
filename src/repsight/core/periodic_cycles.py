"""Excursions of a signal and how much the whole body repeats itself from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.periodic_signals import GRID_HZ, Bank
from repsight.core.types import FloatArray

__all__ = ["Train", "trains_of"]

_IndexArray = NDArray[np.intp]

_LEVELS: Final = (0.2, 0.3, 0.4, 0.55)  # hysteresis as shares of the signal's own range
_REST_SHARE: Final = 0.15  # nearer to an end than this is rest
_SHORTEST_S: Final = 0.3
_LONGEST_S: Final = 15.0
_HALF: Final = 6  # samples from start to turn, and from turn to end
_TEMPO: Final = 0.7  # one sigma of the logarithm of the ratio of two durations
_SEEN_SHARE: Final = 0.5  # of an excursion's moments


@dataclass(frozen=True, slots=True, eq=False)
class Train:
    """Excursions of one signal to one side, in time order.

    ``starts``, ``turns``, ``ends`` (K,) are grid indices, rest excluded; ``moving`` (K,) grid steps
    on the way there and back, without the stay at the far end. ``likeness`` (K,) is how
    much the whole body's path resembles that of the previous or the next excursion, whichever is
    more alike: 1 is the same, 0 unrelated; amplitude and duration count. ``ranges`` (K, F) is
    the range of every pose feature within the excursion.
    """

    signal: str
    starts: _IndexArray
    turns: _IndexArray
    ends: _IndexArray
    moving: _IndexArray
    likeness: FloatArray
    ranges: FloatArray

    @property
    def durations_s(self) -> FloatArray:
        """Length of each excursion (K,)."""
        return (self.ends - self.starts) / GRID_HZ

    @property
    def explained_s(self) -> float:
        """Time that the repetition of the whole body explains."""
        return float((self.durations_s * np.clip(self.likeness, 0, 1)).sum())

    @property
    def explained_motion_s(self) -> float:
        """The same without the stay at the far end, which a rest between repetitions would be."""
        return float((self.moving * np.clip(self.likeness, 0, 1)).sum()) / GRID_HZ

    def part(self, where: NDArray[np.bool_]) -> Train:
        """The excursions selected by a mask."""
        return Train(
            self.signal,
            self.starts[where],
            self.turns[where],
            self.ends[where],
            self.moving[where],
            self.likeness[where],
            self.ranges[where],
        )


def trains_of(bank: Bank) -> list[Train]:
    """Every candidate: each signal at several hysteresis levels, towards both of its ends."""
    seen = np.concatenate([[0], np.cumsum(bank.seen)])
    return [
        _train(name, bank.pose, spans)
        for name, signal in zip(bank.names, bank.signals.T, strict=True)
        for spans in _candidates(signal, seen)
    ]


def _candidates(signal: FloatArray, seen: _IndexArray) -> list[_IndexArray]:
    """Different sets (K, 4) of at least two excursions; ``seen`` (N + 1,) counts moments."""
    low, high = np.percentile(signal, (2, 98))
    found: dict[bytes, _IndexArray] = {}
    known: list[tuple[int, int]] = []
    for level in _LEVELS if high - low > 1e-9 else ():
        band = level * (high - low)
        extrema = _zigzag(signal, band)
        if extrema == known:
            continue
        known = extrema
        for sign in (1, -1):
            spans = _plausible(_excursions(signal, extrema, sign, band), seen)
            if len(spans) >= 2:
                found[spans.tobytes()] = spans
    return list(found.values())


def _zigzag(x: FloatArray, band: float) -> list[tuple[int, int]]:
    """Alternating (index, +1 high | -1 low) extremes further apart than ``band``."""
    found: list[tuple[int, int]] = []
    high = low = 0
    heading = 0
    values: list[float] = x.tolist()
    for i, value in enumerate(values):
        if value > values[high]:
            high = i
        if value < values[low]:
            low = i
        if heading >= 0 and values[high] - value >= band:
            found.append((high, 1))
            heading, low = -1, i
        elif heading <= 0 and value - values[low] >= band:
            found.append((low, -1))
            heading, high = 1, i
    if heading:
        found.append((high, 1) if heading > 0 else (low, -1))
    return found


def _excursions(
    x: FloatArray, extrema: list[tuple[int, int]], sign: int, band: float
) -> _IndexArray:
    """(K, 4) start, turn, end, moving of each excursion to ``sign``; there and back are needed."""
    spans: list[tuple[int, int, int, int]] = []
    for k, (turn, side) in enumerate(extrema):
        before = extrema[k - 1][0] if k else 0
        after = extrema[k + 1][0] if k + 1 < len(extrema) else len(x) - 1
        if side != sign or turn in {before, after}:
            continue
        rise, fall = (x[turn] - x[before]) * sign, (x[turn] - x[after]) * sign
        if min(rise, fall) < 0.5 * band:
            continue
        start, top = _way(sign * x[before : turn + 1], rise)
        end, off_top = _way(sign * x[turn : after + 1][::-1], fall)
        spans.append((before + start, turn, after - end, top - start + off_top - end))
    return np.array(spans, dtype=np.intp).reshape(-1, 4)


def _way(x: FloatArray, rise: float) -> tuple[int, int]:
    """Where a way up from ``x[0]`` to ``x[-1]`` leaves its low end, and reaches its high end."""
    start = int(np.flatnonzero(x - x[0] <= _REST_SHARE * rise)[-1])
    return start, int((x - x[0] >= (1 - _REST_SHARE) * rise).argmax())


def _plausible(spans: _IndexArray, seen: _IndexArray) -> _IndexArray:
    """Drop what is too short or long for a repetition, or happened while nobody was seen."""
    steps = spans[:, 2] - spans[:, 0]
    ok = (steps >= _SHORTEST_S * GRID_HZ) & (steps <= _LONGEST_S * GRID_HZ)
    return spans[ok & (seen[spans[:, 2] + 1] - seen[spans[:, 0]] >= _SEEN_SHARE * steps)]


def _train(name: str, pose: FloatArray, spans: _IndexArray) -> Train:
    paths = _paths(pose, spans)
    return Train(
        name, spans[:, 0], spans[:, 1], spans[:, 2], spans[:, 3],
        _likeness(paths, np.log(spans[:, 2] - spans[:, 0])), np.ptp(paths, axis=1),
    )  # fmt: skip


def _paths(pose: FloatArray, spans: _IndexArray) -> FloatArray:
    """(K, P, F): each excursion stretched to the same length, its turn in the middle."""
    start, turn, end = (spans[:, [i]].astype(float) for i in range(3))
    share = np.arange(_HALF + 1) / _HALF
    at = np.hstack([start + (turn - start) * share[:-1], turn + (end - turn) * share])
    floor = np.minimum(at.astype(np.intp), len(pose) - 2)
    rest = (at - floor)[..., None]
    return pose[floor] * (1 - rest) + pose[floor + 1] * rest


def _likeness(paths: FloatArray, log_length: FloatArray) -> FloatArray:
    """Of each path to its more similar neighbour; concordance, so amplitude counts too."""
    centred = (paths - paths.mean(axis=1, keepdims=True)).reshape(len(paths), -1)
    power = (centred**2).sum(axis=1)
    shared = (centred[1:] * centred[:-1]).sum(axis=1)
    alike = 2 * shared / np.maximum(power[1:] + power[:-1], 1e-12)
    alike *= np.exp(-((np.diff(log_length) / _TEMPO) ** 2))
    none = np.array([-1.0])
    return np.maximum(np.concatenate([none, alike]), np.concatenate([alike, none]))
