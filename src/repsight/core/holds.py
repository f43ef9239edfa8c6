"""Time in a position: when it was held, when it was left, and by which of its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from repsight.core.filters import running_median
from repsight.core.measure import Scene, measure
from repsight.core.posture import memberships
from repsight.core.report import Rejected, Rep
from repsight.core.spec import Gate, Hold
from repsight.core.types import FloatArray

__all__ = ["HELD_FROM", "UNSEEN_S", "Spell", "as_rep", "find_spells", "gate_scores", "too_short"]

#: In position from this agreement of the weakest gate on.
HELD_FROM = 0.5
#: Unseen for longer than this, nothing is known any more: the spell is over.
UNSEEN_S = 1.0
#: Jitter of landmarks shorter than about this neither starts nor ends a spell.
_STEADY_S = 0.15
#: Getting into and out of position at the ends of a spell is not the position yet.
_SETTLE_S = 0.5
_SETTLE_SHARE = 0.1
#: Passing through a position is not worth a word; staying in it this share of ``min_s`` is.
_ATTEMPT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Spell:
    """One time in position; ``left_by`` says what ended it, empty if the recording did."""

    start_s: float
    end_s: float
    left_by: str = ""

    @property
    def lasted_s(self) -> float:
        """Time in position."""
        return self.end_s - self.start_s


def gate_scores(hold: Hold, scene: Scene) -> FloatArray:
    """(G, N) how well each gate holds on each frame, 0..1; NaN where it cannot be told."""
    if not hold.gates:
        return np.full((1, len(scene.track)), nan)
    return np.stack([_gate_score(gate, scene) for gate in hold.gates])


def _gate_score(gate: Gate, scene: Scene) -> FloatArray:
    if scene.view.name not in gate.views:
        return np.full(len(scene.track), nan)
    return memberships(gate, measure(gate.signal, scene))


def find_spells(hold: Hold, scene: Scene) -> list[Spell]:
    """Every time in position, however short, with blinks closed."""
    t_s = scene.track.t_s
    if len(t_s) < 2:
        return []
    scores = running_median(t_s, gate_scores(hold, scene).T, window_s=_STEADY_S).T
    weakest = np.min(np.where(np.isnan(scores), np.inf, scores), axis=0)
    known = np.isfinite(weakest)
    spells = _above(t_s[known], weakest[known] - HELD_FROM)
    reasons = [gate.reason for gate in hold.gates]
    joined = _joined(spells, hold.blink_s)
    return [
        Spell(one.start_s, one.end_s, _left_by(one.end_s, t_s, scores, reasons)) for one in joined
    ]


def _above(t_s: FloatArray, score: FloatArray) -> list[Spell]:
    """Intervals with a score of at least zero, their ends between frames where it crosses.

    Time that nobody was seen for UNSEEN_S belongs to no interval.
    """
    holes = np.flatnonzero(np.diff(t_s) > UNSEEN_S) + 1
    parts = zip(np.split(t_s, holes), np.split(score, holes), strict=True)
    return [spell for times, scores in parts for spell in _runs(times, scores)]


def _runs(t_s: FloatArray, score: FloatArray) -> Iterator[Spell]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], score >= 0, [False]])))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        start_s = _crossing(t_s, score, first) if first else float(t_s[0])
        yield Spell(start_s, _crossing(t_s, score, after) if after < len(t_s) else float(t_s[-1]))


def _crossing(t_s: FloatArray, score: FloatArray, at: int) -> float:
    """When the score crosses zero between the frames ``at`` - 1 and ``at``."""
    before, after = score[at - 1], score[at]
    return float(t_s[at - 1] + (t_s[at] - t_s[at - 1]) * before / (before - after))


def _joined(spells: Sequence[Spell], blink_s: float) -> list[Spell]:
    """Spells with pauses below ``blink_s`` between them, seen or not, as one."""
    joined: list[Spell] = []
    for spell in spells:
        if joined and spell.start_s - joined[-1].end_s < blink_s:
            joined[-1] = Spell(joined[-1].start_s, spell.end_s)
        else:
            joined.append(spell)
    return [one for one in joined if one.lasted_s > 0]


def _left_by(end_s: float, t_s: FloatArray, scores: FloatArray, reasons: Sequence[str]) -> str:
    """Reason of the gate that fails most in the first half second after the end."""
    after = (t_s > end_s) & (t_s <= end_s + _SETTLE_S)
    if not after.any() or not reasons:
        return ""
    failed = np.nansum(np.where(scores[:, after] < HELD_FROM, 1.0, 0.0), axis=1)
    return reasons[int(np.argmax(failed))] if failed.max() > 0 else ""


def as_rep(spell: Spell, number: int, scene: Scene) -> Rep:
    """The spell as rules, metrics and moments read it: one repetition that is all turnaround.

    Its first and last moments, getting into position and out of it, are left out of ``turn``.
    """
    settle_s = min(_SETTLE_S, _SETTLE_SHARE * spell.lasted_s)
    t_s = scene.track.t_s
    return Rep(
        number=number,
        start_s=spell.start_s,
        turn_s=(spell.start_s + spell.end_s) / 2,
        end_s=spell.end_s,
        turn_start_s=spell.start_s + settle_s,
        turn_end_s=spell.end_s - settle_s,
        eccentric_s=nan,
        pause_s=spell.lasted_s,
        concentric_s=nan,
        range_share=nan,
        start_seen=spell.start_s > float(t_s[0]),
        end_seen=spell.end_s < float(t_s[-1]),
        metrics={},
    )


def too_short(spell: Spell, hold: Hold) -> Rejected | None:
    """Why a spell was no hold; None if it was passed through too quickly to mention."""
    if spell.lasted_s < _ATTEMPT_SHARE * hold.min_s:
        return None
    words = f"held for {spell.lasted_s:.1f} s; {hold.min_s:g} s make a hold"
    middle_s = (spell.start_s + spell.end_s) / 2
    return Rejected(
        spell.start_s, middle_s, spell.end_s, "too_quick", words, spell.lasted_s, hold.min_s, "s"
    )
