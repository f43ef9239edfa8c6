"""The second look at a finished set: which movements were repetitions, and which were not.

The running engine must decide at once; ``refine`` sees the whole signal, so the lifter's own
range is known, the ends are found on a zero-phase signal, and set-up or walking can be told from
work. It is the same for a live set and for a recorded one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene, measure
from repsight.core.report import Rejected, RejectionReason, Rep
from repsight.core.spec import Cycle, ExerciseSpec, Gate
from repsight.core.types import FloatArray
from repsight.core.windows import Concentric, Span, frames_of, pick_value

__all__ = [
    "ATTEMPT_SHARE",
    "LOOK_SHARE",
    "Candidate",
    "Refined",
    "broken_gate",
    "driver_of",
    "gate_value",
    "membership",
    "oriented",
    "own_range",
    "refine",
    "rep_of",
]

#: A repetition leaves and reaches rest within this share of its own excursion.
_REST_SHARE = 0.08
#: The turnaround band is within this share of the excursion from the extreme.
_TURN_SHARE = 0.05
#: A turnaround may settle by the first share if it had been within the second of its extreme.
_SETTLE_SHARE = 0.25
_NEARLY_SHARE = 0.12
#: Excursions below this share of the own range are not even attempts.
ATTEMPT_SHARE = 0.25
#: A hole in the signal longer than this separates two recordings of the same lifter.
_MAX_HOLE_S = 1.0
#: Candidates this much smaller than the floor are still looked at, so that partials are named.
LOOK_SHARE = 0.6
#: A repetition goes there and back; noise around a slow drift covers many times that way.
_WANDER = 2.5
#: A recording that shows this much rest before or after a repetition shows all of it.
_REST_SEEN_S = 0.3
#: Above this many frame heights a metre the lifter walks into the camera.
_TOO_CLOSE_PER_M = 3.0


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

    def is_cut(self, concentric: Concentric) -> bool:
        """Whether the recording's edge cuts the concentric side."""
        return not (self.start_seen if concentric == "before" else self.end_seen)


@dataclass(frozen=True, slots=True)
class Refined:
    """Counted repetitions, rejected movements and the lifter's own range (driver's unit)."""

    reps: tuple[Rep, ...]
    rejected: tuple[Rejected, ...]
    own_range: float


def refine(scene: Scene, spec: ExerciseSpec) -> Refined:
    """Repetitions of ``spec`` in a cleaned scene; empty when the driver was never seen."""
    u = oriented(scene, spec.cycle)
    candidates = _candidates(scene, spec, u)
    full = own_range([c.size(spec.cycle.concentric) for c in candidates if _fits(c, scene, spec)])
    reps: list[Rep] = []
    rejected: list[Rejected] = []
    for candidate in candidates:
        refusal = _refusal(candidate, scene, spec, full)
        if refusal is None:
            reps.append(rep_of(candidate, len(reps) + 1, spec.cycle, full))
        elif refusal.explanation:
            rejected.append(refusal)
    return Refined(tuple(reps), tuple(rejected), full)


def driver_of(scene: Scene, cycle: Cycle) -> FloatArray:
    """(N,) driver in its own unit and sign; NaN where unseen or far too close to be seen whole."""
    too_close = scene.body.is_metric & (scene.body.scale > _TOO_CLOSE_PER_M)
    return np.where(too_close, np.nan, measure(cycle.driver, scene))


def oriented(scene: Scene, cycle: Cycle) -> FloatArray:
    """(N,) driver turned so that the turnaround is its high end."""
    driver = driver_of(scene, cycle)
    return driver if cycle.turn == "high" else -driver


def own_range(works: Sequence[float]) -> float:
    """Median of the larger half of the excursions: partials do not drag the range down."""
    ordered = sorted(works)
    larger = ordered[len(ordered) // 2 :]
    return float(np.median(larger)) if larger else nan


def _candidates(scene: Scene, spec: ExerciseSpec, u: FloatArray) -> list[Candidate]:
    """Excursions on two passes: the first tells the own range, the second ignores ripples."""
    look = LOOK_SHARE * spec.cycle.floor
    first = list(_excursions(scene.track.t_s, u, look))
    sizes = [c.size(spec.cycle.concentric) for c in first if _fits(c, scene, spec)]
    full = own_range([size for size in sizes if size >= spec.cycle.floor])
    if isnan(full) or ATTEMPT_SHARE * full <= look:
        return first
    return list(_excursions(scene.track.t_s, u, ATTEMPT_SHARE * full))


def _excursions(t_s: FloatArray, u: FloatArray, height: float) -> Iterator[Candidate]:
    for known in _recordings(t_s, u):
        yield from _excursions_of(t_s[known], u[known], height)


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


def _fits(candidate: Candidate, scene: Scene, spec: ExerciseSpec) -> bool:
    """Whether the lifter's posture is that of the exercise at all."""
    return broken_gate(candidate, scene, spec) is None


def broken_gate(
    candidate: Candidate, scene: Scene, spec: ExerciseSpec
) -> tuple[Gate, float] | None:
    """The first posture gate that a candidate fails, with its value; None when all hold."""
    for gate in spec.posture:
        value = gate_value(gate, candidate, scene, spec.cycle.concentric)
        if membership(gate, value) < 0.5:
            return gate, value
    return None


def gate_value(gate: Gate, candidate: Span, scene: Scene, concentric: Concentric) -> float:
    """The number a gate looks at for one candidate; NaN when unseen or not for this view."""
    if scene.view.name not in gate.views:
        return nan
    span = _span_frames(candidate, scene)
    part = scene.part(span)
    values = measure(gate.signal, part)
    frames = frames_of(gate.when, candidate, part.track.t_s, concentric=concentric)
    return pick_value(values[frames], gate.pick)


def _span_frames(candidate: Span, scene: Scene) -> slice:
    """Frames of the candidate with the rest around it: gates need no more of a long clip."""
    margin_s = 0.5
    first, last = np.searchsorted(
        scene.track.t_s, [candidate.start_s - margin_s, candidate.end_s + margin_s]
    )
    return slice(int(first), int(last) + 1)


def membership(gate: Gate, value: float) -> float:
    """1 inside the gate, 0.5 at half its soft width outside, 0 beyond; 1 for NaN."""
    if isnan(value):
        return 1.0
    outside = max(gate.low - value, value - gate.high, 0.0)
    return float(np.clip(1.0 - outside / gate.soft, 0.0, 1.0))


def _refusal(
    candidate: Candidate, scene: Scene, spec: ExerciseSpec, full: float
) -> Rejected | None:
    """Why a candidate does not count; None when it does, no explanation when it was nothing."""
    cycle = spec.cycle
    work = candidate.work(cycle.concentric)
    wanted = cycle.floor if isnan(full) else max(cycle.floor, cycle.partial_share * full)
    attempt = ATTEMPT_SHARE * wanted / cycle.partial_share
    was_cut = candidate.is_cut(cycle.concentric) and cycle.concentric == "after"
    reached = candidate.before if was_cut else work
    # both sides of a repetition reach the floor; bobbing while walking does not
    is_bob = candidate.size(cycle.concentric) < cycle.floor
    if reached < attempt or candidate.is_wandering or is_bob:
        return _rejected(candidate, "partial_range", "", work, wanted)
    broken = broken_gate(candidate, scene, spec)
    # a half repetition never reaches the posture of the turnaround: its fault is its range
    if work < wanted and (broken is None or broken[0].when == "turn"):
        return _short(candidate, cycle, work, wanted)
    if broken is not None:
        gate, value = broken
        wanted_value = gate.low if value < gate.low else gate.high
        return _rejected(candidate, "wrong_posture", gate.reason, value, wanted_value)
    return _out_of_time(candidate, cycle)


def _short(candidate: Candidate, cycle: Cycle, work: float, wanted: float) -> Rejected:
    reason: RejectionReason = "partial_range"
    if candidate.is_cut(cycle.concentric):
        reason = "not_started" if cycle.concentric == "before" else "not_finished"
        words = "the recording cuts it off before enough of it is seen"
    else:
        share = cycle.partial_share * work / wanted
        words = f"it covered {share:.0%} of your usual range; {cycle.partial_share:.0%} is wanted"
    return _rejected(candidate, reason, words, work, wanted)


def _out_of_time(candidate: Candidate, cycle: Cycle) -> Rejected | None:
    lasted_s = candidate.end_s - candidate.start_s
    whole = candidate.start_seen and candidate.end_seen
    if whole and lasted_s < cycle.min_s:
        words = f"it lasted {lasted_s:.1f} s, too quick for a repetition"
        return _rejected(candidate, "too_quick", words, lasted_s, cycle.min_s)
    moving_s = lasted_s - (candidate.turn_end_s - candidate.turn_start_s)
    if moving_s > cycle.max_s:
        words = f"it took {moving_s:.0f} s, too slow for a repetition"
        return _rejected(candidate, "too_slow", words, moving_s, cycle.max_s)
    return None


def _rejected(
    candidate: Candidate, reason: RejectionReason, words: str, value: float, wanted: float
) -> Rejected:
    unit = "s" if reason in {"too_quick", "too_slow"} else "driver"
    return Rejected(
        candidate.start_s, candidate.turn_s, candidate.end_s, reason, words, value, wanted, unit
    )


def rep_of(candidate: Candidate, number: int, cycle: Cycle, full: float) -> Rep:
    """A counted candidate as a repetition without metrics yet; ``full`` is the own range."""
    out_s = candidate.turn_start_s - candidate.start_s
    back_s = candidate.end_s - candidate.turn_end_s
    after = cycle.concentric == "after"
    return Rep(
        number=number,
        start_s=candidate.start_s,
        turn_s=candidate.turn_s,
        end_s=candidate.end_s,
        turn_start_s=candidate.turn_start_s,
        turn_end_s=candidate.turn_end_s,
        eccentric_s=out_s if after else back_s,
        pause_s=candidate.turn_end_s - candidate.turn_start_s,
        concentric_s=back_s if after else out_s,
        range_share=candidate.size(cycle.concentric) / full,
        start_seen=candidate.start_seen,
        end_seen=candidate.end_seen,
        metrics={},
    )
