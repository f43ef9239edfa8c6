"""The second look at a finished set: which movements were repetitions, and which were not.

The running engine must decide at once; ``refine`` sees the whole signal, so the lifter's own
range is known, the ends are found on a zero-phase signal, and set-up or walking can be told from
work. It is the same for a live set and for a recorded one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isnan, nan

import numpy as np

from repsight.core.excursions import TALLER_SHARE, Candidate, excursions, within
from repsight.core.holds import Spell, find_spells, too_short
from repsight.core.in_sight import OUT_OF_SIGHT, is_out_of_sight
from repsight.core.leaving import LEFT, UNSURE_LAST, has_left, is_unsure, stands_up
from repsight.core.measure import Scene, measure
from repsight.core.pairing import SEEN_ALONE, SIDES, alone, paired, seen_by, unseen_notes
from repsight.core.posture import broken_gate
from repsight.core.report import Rejected, RejectionReason, Rep
from repsight.core.sides import leading_side, spec_for
from repsight.core.spec import Cycle, ExerciseSpec, Hold
from repsight.core.types import FloatArray

__all__ = [
    "ATTEMPT_SHARE",
    "LOOK_SHARE",
    "Refined",
    "driver_of",
    "oriented",
    "own_range",
    "refine",
    "rep_of",
]

#: Excursions below this share of the own range are not even attempts.
ATTEMPT_SHARE = 0.25
#: Candidates this much smaller than the floor are still looked at, so that partials are named.
LOOK_SHARE = 0.6
#: Work that the end of the recording cuts off counts from this share of the own range on: by then
#: the hardest part lies behind (heuristic).
_ALL_BUT_DONE_SHARE = 0.7
#: A half that covers this share of the other one is all there, even without the rest beside it.
_ALL_SEEN_SHARE = 0.9
#: A turnaround that lasted longer than this was seen whole.
_TURN_SEEN_S = 0.15
#: Above this many frame heights a metre the lifter walks into the camera.
_TOO_CLOSE_PER_M = 3.0


@dataclass(frozen=True, slots=True)
class Refined:
    """Counted repetitions, rejected movements and the lifter's own range (driver's unit).

    A hold has ``spells`` in place of repetitions. ``notes`` say what the count cannot know.
    """

    reps: tuple[Rep, ...]
    rejected: tuple[Rejected, ...]
    own_range: float
    spells: tuple[Spell, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def spans(self) -> tuple[Rep | Spell, ...]:
        """What was done, in time order: repetitions or spells."""
        return self.reps or self.spells


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one driver shows: counted candidates and refused ones, each with its own range."""

    counted: tuple[Candidate, ...]
    refused: tuple[tuple[Candidate, Rejected], ...]


def refine(scene: Scene, spec: ExerciseSpec) -> Refined:
    """Repetitions or spells of ``spec`` in a cleaned scene; empty when it was never seen."""
    if isinstance(spec.movement, Hold):
        return _refine_hold(scene, spec.movement)
    if spec.movement.sides == "each":
        return _refine_sides(scene, spec)
    candidates = _candidates(scene, spec)
    full = _full_range(candidates, scene, spec)
    looked = _look(candidates, scene, spec, full)
    reps = tuple(
        replace(
            rep_of(candidate, number, spec.cycle, full),
            side=leading_side(candidate, scene, spec.cycle),
        )
        for number, candidate in enumerate(looked.counted, start=1)
    )
    is_open = stands_up(spec.cycle) and is_unsure(looked.counted)
    notes = (UNSURE_LAST,) if is_open else ()
    return Refined(reps, tuple(refusal for _, refusal in looked.refused), full, notes=notes)


def _refine_hold(scene: Scene, hold: Hold) -> Refined:
    spells = find_spells(hold, scene)
    short = [too_short(spell, hold) for spell in spells if spell.lasted_s < hold.min_s]
    return Refined(
        reps=(),
        rejected=tuple(one for one in short if one is not None),
        own_range=nan,
        spells=tuple(spell for spell in spells if spell.lasted_s >= hold.min_s),
    )


def _refine_sides(scene: Scene, spec: ExerciseSpec) -> Refined:
    """Both sides looked at on their own against one range, then put together."""
    specs = {side: spec_for(spec, side) for side in SIDES}
    candidates = {side: _candidates(scene, specs[side]) for side in SIDES}
    ranges = [_full_range(candidates[side], scene, specs[side]) for side in SIDES]
    full = float(np.nanmax(ranges)) if np.isfinite(ranges).any() else nan
    looked = {side: _look(candidates[side], scene, specs[side], full) for side in SIDES}
    done = paired(
        {side: looked[side].counted for side in SIDES},
        seen={side: seen_by(scene, specs[side].cycle.driver, side) for side in SIDES},
    )
    reps = tuple(
        replace(rep_of(candidate, number, spec.cycle, full), side=side)
        for number, (candidate, side) in enumerate(done, start=1)
    )
    refused = [
        (candidate, replace(refusal, side=side))
        for side in SIDES
        for candidate, refusal in looked[side].refused
        if seen_by(scene, specs[side].cycle.driver, side)(candidate) >= SEEN_ALONE
    ]
    return Refined(reps, alone(refused, reps), full, notes=unseen_notes(scene, spec, reps))


def _look(
    candidates: Sequence[Candidate], scene: Scene, spec: ExerciseSpec, full: float
) -> _Looked:
    counted: list[Candidate] = []
    refused: list[tuple[Candidate, Rejected]] = []
    usual = float(np.fmax(full, spec.cycle.own_range or nan))  # known before, or seen in this set
    edge = _edge(candidates, spec.cycle)
    for candidate in candidates:
        refusal = _refusal(candidate, scene, spec, usual, is_edge=candidate is edge)
        if refusal is None:
            counted.append(candidate)
        elif refusal.explanation:
            refused.append((candidate, refusal))
    if stands_up(spec.cycle) and has_left(counted, scene, oriented(scene, spec.cycle)):
        gone = counted.pop()
        refused.append((gone, _rejected(gone, "wrong_posture", LEFT, gone.after, gone.before)))
    t_s, u = scene.track.t_s, oriented(scene, spec.cycle)
    return _Looked(tuple(within(one, t_s, u, full) for one in counted), tuple(refused))


def _full_range(candidates: Sequence[Candidate], scene: Scene, spec: ExerciseSpec) -> float:
    return own_range(_sizes([one for one in candidates if _fits(one, scene, spec)], spec.cycle))


def driver_of(scene: Scene, cycle: Cycle) -> FloatArray:
    """(N,) driver in its own unit and sign; NaN where unseen or far too close to be seen whole."""
    too_close = scene.body.is_metric & (scene.body.scale > _TOO_CLOSE_PER_M)
    return np.where(too_close, np.nan, measure(cycle.driver, scene))


def oriented(scene: Scene, cycle: Cycle) -> FloatArray:
    """(N,) driver turned so that the turnaround is its high end."""
    driver = driver_of(scene, cycle)
    return driver if cycle.turn == "high" else -driver


def _sizes(candidates: Sequence[Candidate], cycle: Cycle) -> list[float]:
    """Heights that tell the own range.

    One seen from one side only may hold the set-up on that side: where others are seen whole, it
    must not be much higher than they are.
    """
    works = cycle.concentric
    whole = [one.size(works) for one in candidates if one.start_seen and one.end_seen]
    most = TALLER_SHARE * max(whole) if len(whole) > 1 else inf
    return [size for one in candidates if (size := one.size(works)) <= most]


def own_range(works: Sequence[float]) -> float:
    """Median of the larger half of the excursions: partials do not drag the range down."""
    ordered = sorted(works)
    larger = ordered[len(ordered) // 2 :]
    return float(np.median(larger)) if larger else nan


def _candidates(scene: Scene, spec: ExerciseSpec) -> list[Candidate]:
    """Excursions on two passes: the first tells the own range, the second ignores ripples."""
    u = oriented(scene, spec.cycle)
    look = LOOK_SHARE * spec.cycle.floor
    first = list(excursions(scene.track.t_s, u, look))
    sizes = _sizes([one for one in first if _fits(one, scene, spec)], spec.cycle)
    full = own_range([size for size in sizes if size >= spec.cycle.floor])
    if isnan(full) or ATTEMPT_SHARE * full <= look:
        return first
    return list(excursions(scene.track.t_s, u, ATTEMPT_SHARE * full))


def _fits(candidate: Candidate, scene: Scene, spec: ExerciseSpec) -> bool:
    """Whether the lifter is in the picture and in the posture of the exercise at all."""
    hidden = is_out_of_sight(candidate, scene, spec.cycle.driver)
    return not hidden and broken_gate(candidate, scene, spec) is None


def _edge(candidates: Sequence[Candidate], cycle: Cycle) -> Candidate | None:
    """The one whose work lies beside setting up or putting the weight away; None if cut off."""
    tall = [one for one in candidates if max(one.before, one.after) >= cycle.floor]
    if not tall:
        return None
    one = tall[-1] if cycle.concentric == "after" else tall[0]
    return one if one.start_seen and one.end_seen else None


def _refusal(
    candidate: Candidate,
    scene: Scene,
    spec: ExerciseSpec,
    full: float,
    *,
    is_edge: bool,
) -> Rejected | None:
    """Why a candidate does not count; None when it does, no explanation when it was nothing."""
    cycle = spec.cycle
    work = candidate.reach(cycle.concentric, is_edge=is_edge)
    share = _ALL_BUT_DONE_SHARE if _ends_in_work(candidate, cycle) else cycle.partial_share
    wanted = cycle.floor if isnan(full) else max(cycle.floor, share * full)
    attempt = ATTEMPT_SHARE * wanted / share
    was_cut = candidate.is_cut(cycle.concentric) and cycle.concentric == "after"
    reached = candidate.before if was_cut else work
    # both sides of a repetition reach the floor; bobbing while walking does not
    is_bob = candidate.size(cycle.concentric) < cycle.floor
    if reached < attempt or candidate.is_wandering or is_bob:
        return _rejected(candidate, "partial_range", "", work, wanted)
    if is_out_of_sight(candidate, scene, cycle.driver):
        return _rejected(candidate, "wrong_posture", OUT_OF_SIGHT, work, wanted)
    broken = broken_gate(candidate, scene, spec)
    # a half repetition never reaches the posture of the turnaround: its fault is its range
    if work < wanted and (broken is None or broken[0].when == "turn"):
        return _short(candidate, cycle, work, full)
    if broken is not None:
        gate, value = broken
        wanted_value = gate.low if value < gate.low else gate.high
        return _rejected(candidate, "wrong_posture", gate.reason, value, wanted_value)
    return _out_of_time(candidate, cycle)


def _ends_in_work(candidate: Candidate, cycle: Cycle) -> bool:
    """Whether the recording stops while the lifter is still pushing or pulling."""
    if candidate.end_seen:
        return False
    turned_s = candidate.turn_end_s - candidate.turn_start_s
    return cycle.concentric == "after" or turned_s < _TURN_SEEN_S


def _short(candidate: Candidate, cycle: Cycle, work: float, full: float) -> Rejected:
    reason: RejectionReason = "partial_range"
    wanted = cycle.floor if isnan(full) else max(cycle.floor, cycle.partial_share * full)
    if _ends_in_work(candidate, cycle):
        reason, wanted = "not_finished", max(cycle.floor, _ALL_BUT_DONE_SHARE * full)
        words = "the recording ends before it is finished"
    elif candidate.is_cut(cycle.concentric):
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
    tall = _ALL_SEEN_SHARE * max(candidate.before, candidate.after)
    is_out_seen = candidate.start_seen or candidate.before >= tall
    is_back_seen = candidate.end_seen or candidate.after >= tall
    out_s = candidate.turn_start_s - candidate.start_s if is_out_seen else nan
    back_s = candidate.end_s - candidate.turn_end_s if is_back_seen else nan
    pause_s = candidate.turn_end_s - candidate.turn_start_s
    after = cycle.concentric == "after"
    return Rep(
        number=number,
        start_s=candidate.start_s,
        turn_s=candidate.turn_s,
        end_s=candidate.end_s,
        turn_start_s=candidate.turn_start_s,
        turn_end_s=candidate.turn_end_s,
        eccentric_s=out_s if after else back_s,
        pause_s=pause_s if is_out_seen and is_back_seen else nan,
        concentric_s=back_s if after else out_s,
        range_share=_range_share(candidate, cycle, full),
        start_seen=candidate.start_seen,
        end_seen=candidate.end_seen,
        metrics={},
    )


def _range_share(candidate: Candidate, cycle: Cycle, full: float) -> float:
    """The way covered as a share of the own range.

    Who went down again before standing up whole has done the work all the same: too short a way on
    the other side is no short repetition.
    """
    size = candidate.size(cycle.concentric)
    if size >= cycle.partial_share * full:
        return size / full
    return max(size, min(candidate.work(cycle.concentric), full)) / full
