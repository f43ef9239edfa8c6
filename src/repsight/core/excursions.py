"""Where a driver goes to its turnaround and back: candidates for repetitions, nothing decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray
from repsight.core.windows import Concentric

__all__ = ["TALLER_SHARE", "Candidate", "excursions", "within"]

#: A repetition leaves and reaches rest within this share of its own excursion.
_REST_SHARE = 0.08
#: The turnaround band is within this share of the excursion from the extreme.
_TURN_SHARE = 0.05
#: A turnaround may settle by the first share if it had been within the second of its extreme.
_SETTLE_SHARE = 0.25
_NEARLY_SHARE = 0.12
#: A hole in the signal longer than this separates two recordings of the same lifter.
_MAX_HOLE_S = 1.0
#: A side this much higher than usual began or ended elsewhere than at rest: at the rack, standing.
TALLER_SHARE = 1.25
#: Setting up moves less than the first share of the way, and sinks by more than the second again.
_SET_UP_SHARE = 0.25
_SINKS_SHARE = 0.03
#: A repetition goes there and back; noise around a slow drift covers many times that way.
_WANDER = 2.5
#: A recording that shows this much rest before or after a repetition shows all of it.
_REST_SEEN_S = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One excursion to the turn end and back; ``before`` and ``after`` are its heights.

    Heights are in the driver's unit. ``*_seen`` is False where the recording's edge cuts it.
    ``is_wandering`` marks a signal that went to and fro so much that it was no movement.
    """

    start_s: float
    turn_start_s: float
    turn_s: float
    turn_end_s: float
    end_s: float
    before: float
    after: float
    start_seen: bool
    end_seen: bool
    is_wandering: bool = False

    def work(self, concentric: Concentric) -> float:
        """Height of the concentric side."""
        return self.before if concentric == "before" else self.after

    def size(self, concentric: Concentric) -> float:
        """Height for the own range: what set-up adds on one side only does not belong to it."""
        if self.start_seen and self.end_seen:
            return min(self.before, self.after)
        if self.start_seen:
            return self.before
        return self.after if self.end_seen else self.work(concentric)

    def reach(self, concentric: Concentric, *, is_edge: bool) -> float:
        """How far the work went: at the edge of a set, no further than the way there and back.

        Racking, standing up after the last one and picking up before the first lie beside the
        work and are no part of it.
        """
        return self.size(concentric) if is_edge else self.work(concentric)

    def is_cut(self, concentric: Concentric) -> bool:
        """Whether the recording's edge cuts the concentric side."""
        return not (self.start_seen if concentric == "before" else self.end_seen)


def excursions(t_s: FloatArray, u: FloatArray, height: float) -> Iterator[Candidate]:
    """Movements of (N,) ``u`` to its high end and back, at least ``height`` high, in time order.

    ``u`` is oriented so that the turnaround is high; NaN where unseen.
    """
    for known in _recordings(t_s, u):
        yield from _excursions_of(t_s[known], u[known], height)


def within(candidate: Candidate, t_s: FloatArray, u: FloatArray, usual: float) -> Candidate:
    """The candidate without what set-up or putting the weight away added before or after it.

    ``usual`` is the height of the lifter's own full repetition, ``u`` (N,) the oriented driver.
    """
    rest = u[np.searchsorted(t_s, candidate.turn_s)] - (1.0 - _REST_SHARE) * usual
    start_s, end_s = _sets_off_s(candidate, t_s, u), candidate.end_s
    low = t_s[u <= rest]
    if candidate.before > TALLER_SHARE * usual:
        start_s = max([start_s, *low[low < candidate.turn_start_s][-1:]])
    if candidate.after > TALLER_SHARE * usual:
        end_s = min([end_s, *low[low > candidate.turn_end_s][:1]])
    return replace(candidate, start_s=float(start_s), end_s=float(end_s))


def _sets_off_s(candidate: Candidate, t_s: FloatArray, u: FloatArray) -> float:
    """When the way out really begins: after a set-up that sank once more before it.

    Somebody who pulls the slack out of the bar, sinks and then pulls starts with the pull.
    """
    inside = (t_s >= candidate.start_s) & (t_s <= candidate.turn_s) & np.isfinite(u)
    times, way = t_s[inside], u[inside]
    rise = way[-1] - way[0] if len(way) > 2 else 0.0
    if not rise > 0:
        return candidate.start_s
    # only before it first gets far: what sinks later is a fault of the repetition itself
    last = int(np.argmax(way > way[0] + _SET_UP_SHARE * rise)) - 1
    lowest = np.minimum.accumulate(way[last::-1])  # lowest so far, going back in time
    again = np.flatnonzero(way[last::-1] > lowest + _SINKS_SHARE * rise)
    if not again.size:
        return candidate.start_s
    low = lowest[again[0]]
    return float(times[np.flatnonzero(way <= low + _REST_SHARE * (way[-1] - low))[-1]])


def _recordings(t_s: FloatArray, u: FloatArray) -> Iterator[NDArray[np.intp]]:
    """Index arrays of known frames, split where nothing is known for _MAX_HOLE_S."""
    known = np.flatnonzero(np.isfinite(u))
    if not known.size:
        return
    holes = np.flatnonzero(np.diff(t_s[known]) > _MAX_HOLE_S) + 1
    yield from (part for part in np.split(known, holes) if len(part) >= 3)


def _excursions_of(t_s: FloatArray, u: FloatArray, height: float) -> Iterator[Candidate]:
    pivots = _zigzag(u, height)
    for k, (peak, is_high) in enumerate(pivots):
        if not is_high:
            continue
        left = pivots[k - 1][0] if k > 0 else 0
        right = pivots[k + 1][0] if k + 1 < len(pivots) else len(u) - 1
        yield _candidate(t_s, u, (left, peak, right))


def _zigzag(u: FloatArray, height: float) -> list[tuple[int, bool]]:
    """Alternating extremes (index, is_high) at least ``height`` apart, edges included."""
    pivots: list[tuple[int, bool]] = []
    low = high = 0
    rising: bool | None = None
    for i, value in enumerate(u):
        if value > u[high]:
            high = i
        if value < u[low]:
            low = i
        if rising is not False and u[high] - value >= height:
            pivots.append((high, True))
            low, rising = i, False
        elif rising is not True and value - u[low] >= height:
            pivots.append((low, False))
            high, rising = i, True
        if rising is False and value <= u[low]:
            high = low = i
        elif rising is True and value >= u[high]:
            low = high = i
    if rising is not None:
        pivots.append((high, True) if rising else (low, False))
    return pivots


def _candidate(t_s: FloatArray, u: FloatArray, pivots: tuple[int, int, int]) -> Candidate:
    left, peak, right = pivots
    before, after = u[peak] - u[left], u[peak] - u[right]
    start = _leave(u, peak, left, u[left] + _REST_SHARE * before)
    end = _leave(u, peak, right, u[right] + _REST_SHARE * after)
    tall = max(before, after)
    return Candidate(
        start_s=float(t_s[start]),
        turn_start_s=float(t_s[_band_edge(u, peak, start, tall)]),
        turn_s=float(t_s[peak]),
        turn_end_s=float(t_s[_band_edge(u, peak, end, tall)]),
        end_s=float(t_s[end]),
        before=float(before),
        after=float(after),
        start_seen=left > 0 or (before > tall / 2 and t_s[start] - t_s[left] >= _REST_SEEN_S),
        end_seen=right < len(u) - 1 or (after > tall / 2 and t_s[right] - t_s[end] >= _REST_SEEN_S),
        is_wandering=_wandered(u[start : end + 1]) > _WANDER * (before + after),
    )


def _wandered(u: FloatArray) -> float:
    """Way covered in all, to and fro."""
    return float(np.abs(np.diff(u)).sum())


def _leave(u: FloatArray, peak: int, limit: int, level: float, *, inside: bool = False) -> int:
    """First index from ``peak`` towards ``limit`` at which u is no longer above ``level``.

    With ``inside`` the last index still above it.
    """
    step = -1 if limit < peak else 1
    i = peak
    while i != limit and u[i] > level:
        if inside and u[i + step] <= level:
            return i
        i += step
    return i


def _band_edge(u: FloatArray, peak: int, limit: int, tall: float) -> int:
    """Where the turnaround begins or ends between ``peak`` and ``limit``.

    That is where u leaves the band below the extreme, unless it settled a little and had been
    nearly as high before: locking out, sinking a little and rising again is one turnaround.
    """
    edge = _leave(u, peak, limit, u[peak] - _TURN_SHARE * tall, inside=True)
    far = _leave(u, edge, limit, u[peak] - _SETTLE_SHARE * tall, inside=True)
    low, high = sorted((edge, far))
    if high - low < 2:
        return edge
    top = low + int(np.argmax(u[low : high + 1]))
    between = u[min(top, edge) : max(top, edge) + 1]
    settled = u[top] - between.min() > 0.02 * tall
    if top in {edge, far} or not settled or u[top] < u[peak] - _NEARLY_SHARE * tall:
        return edge
    return _leave(u, top, limit, u[top] - _TURN_SHARE * tall, inside=True)
