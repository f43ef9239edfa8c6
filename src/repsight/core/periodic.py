"""Count the repetitions of any movement, without knowing which.

Many signals propose repetitions. A proposal is good when the *whole body* repeats itself from
one repetition to the next and when the repetitions fill the time; proposals that agree with
others in number gain. Half and double counts are told apart by that likeness: half a squat does
not resemble the other half, and of two proposals that explain about as much the finer one wins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.periodic_cycles import Train, trains_of
from repsight.core.periodic_gates import BODY, Gates, body_length, objection, range_share
from repsight.core.periodic_signals import GRID_HZ, Bank, bank_of
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["Periodic", "Repetition", "count_repetitions"]

_LEAST_LIKENESS: Final = 0.25  # an excursion unlike both neighbours is no repetition
_OWN_SHARE: Final = 0.4  # nor one much less alike than is usual in its train
_SUPPORT: Final = 0.25  # exponent: how much agreement among proposals weighs
_TURNED: Final = 0.25  # long rests make the wrong end explain more time
_CLEAR: Final = 0.5  # as good as this, a proposal may tell when the same repetitions turn
_LONGEST_REST_S: Final = 10.0  # a pause within a set is shorter than this
_FINER: Final = 0.75  # a finer proposal wins at this share of the best score


@dataclass(frozen=True, slots=True)
class Repetition:
    """One repetition: it left rest at ``start_s``, turned, and was back at ``end_s``."""

    start_s: float
    turn_s: float
    end_s: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Periodic:
    """What repeats in a track; ``reps`` is empty when nothing does, and ``reason`` says why.

    ``confidence`` 0..1; ``signal`` names the movement signal that shows the repetitions best;
    ``range_share`` is the largest movement in a repetition as a share of the body length (trunk
    plus leg), NaN if the body was not seen.
    """

    reps: tuple[Repetition, ...]
    confidence: float
    signal: str = ""
    range_share: float = float("nan")
    reason: str = ""

    @property
    def count(self) -> int:
        """How many repetitions."""
        return len(self.reps)


@dataclass(frozen=True, slots=True, eq=False)
class _Proposal:
    train: Train
    score: float
    support: float


def count_repetitions(track: PoseTrack, *, gates: Gates | None = BODY) -> Periodic:
    """Repetitions of whatever is done in ``track`` at least twice.

    The default gates need real coordinates (isotropic, global motion kept) and reject what is
    too small, too irregular, walking or travelling. ``gates=None`` counts everything that
    repeats, for coordinates without a scale such as per-frame normalised ones.
    """
    bank = bank_of(track.t_s, track.xy) if len(track) > 1 else None
    if bank is None:
        return Periodic((), 0.0, reason="hardly anybody was seen")
    chosen = _choose(_proposals(bank), bank.pose)
    if chosen is None:
        return Periodic((), 0.0, reason="nothing repeats")
    if gates:
        chosen = replace(chosen, train=_without_strays(chosen.train))
    if not len(chosen.train.turns):
        return Periodic((), 0.0, chosen.train.signal, reason="nothing repeats")
    against = objection(bank, chosen.train, gates) if gates else ""
    if against:
        return Periodic((), 0.0, chosen.train.signal, reason=against)
    return _result(bank, chosen)


def _without_strays(train: Train) -> Train:
    """Without repetitions that stand alone: what happens once in a long while does not repeat."""
    follows = (train.starts[1:] - train.ends[:-1]) / GRID_HZ <= _LONGEST_REST_S
    kept = np.append(follows, False) | np.insert(follows, 0, False)
    return train.part(kept)


def _proposals(bank: Bank) -> list[_Proposal]:
    kept = (train.part(_belongs(train.likeness)) for train in trains_of(bank))
    trains = [train for train in kept if len(train.turns)]
    if not trains:
        return []
    total_s = max(float(bank.seen.sum()), 1.0) / GRID_HZ
    scores = np.array([train.explained_s for train in trains]) / total_s
    counts = np.array([len(train.turns) for train in trains], dtype=float)
    support = _support(counts, scores)
    return [
        _Proposal(train, float(score), float(backing))
        for train, score, backing in zip(trains, scores, support, strict=True)
    ]


def _belongs(likeness: FloatArray) -> NDArray[np.bool_]:
    alike = likeness > _LEAST_LIKENESS
    if alike.any():
        alike = likeness > max(_LEAST_LIKENESS, _OWN_SHARE * float(np.median(likeness[alike])))
    return alike


def _support(counts: FloatArray, scores: FloatArray) -> FloatArray:
    """Share of the proposals' squared scores that has about the same count."""
    room = np.maximum(1.5, 0.15 * counts)
    weight = scores**2
    near = np.clip(1 - np.abs(counts[:, None] - counts[None]) / room[:, None], 0, 1)
    return (near * weight).sum(axis=1) / max(float(weight.sum()), 1e-12)


def _choose(proposals: list[_Proposal], pose: FloatArray) -> _Proposal | None:
    if not proposals:
        return None
    merits = [proposal.score * proposal.support**_SUPPORT for proposal in proposals]
    best = max(merits)
    contenders = [
        (len(proposal.train.turns), merit, -i, proposal)
        for i, (proposal, merit) in enumerate(zip(proposals, merits, strict=True))
        if merit >= _FINER * best
    ]
    chosen = max(contenders, key=lambda entry: entry[:3])[3]
    return _clearest(_rest_outside(chosen, proposals), proposals, pose)


def _rest_outside(chosen: _Proposal, proposals: list[_Proposal]) -> _Proposal:
    """The same movement told from its rest end: time spent at the turn is the shorter one."""
    count = len(chosen.train.turns)
    same = [
        proposal
        for proposal in proposals
        if proposal.train.signal == chosen.train.signal
        and abs(len(proposal.train.turns) - count) <= 1
        and proposal.score >= _TURNED * chosen.score
    ]
    return max(same, key=lambda proposal: proposal.train.explained_motion_s)


def _clearest(chosen: _Proposal, proposals: list[_Proposal], pose: FloatArray) -> _Proposal:
    """As many repetitions, told by the signal that turns where the body is furthest from rest.

    Small movements of the rest of the body repeat as well, but early or late.
    """
    same = [
        proposal
        for proposal in proposals
        if len(proposal.train.turns) == len(chosen.train.turns)
        and proposal.score >= _CLEAR * chosen.score
    ]
    return max(same, key=lambda proposal: _reach(proposal.train, pose))


def _reach(train: Train, pose: FloatArray) -> float:
    """Distance of the mean pose at the turns from the mean pose at starts and ends."""
    rest = (pose[train.starts].mean(axis=0) + pose[train.ends].mean(axis=0)) / 2
    return float(np.linalg.norm(pose[train.turns].mean(axis=0) - rest))


def _result(bank: Bank, chosen: _Proposal) -> Periodic:
    train = chosen.train
    spans = zip(train.starts, train.turns, train.ends, train.likeness, strict=True)
    reps = tuple(
        Repetition(
            float(bank.t_s[start]), float(bank.t_s[turn]), float(bank.t_s[end]), float(alike)
        )
        for start, turn, end, alike in spans
    )
    share = range_share(train, body_length(bank.points))
    return Periodic(reps, _confidence(chosen), train.signal, share)


def _confidence(chosen: _Proposal) -> float:
    """High when repetitions are alike, many, and other proposals count about the same."""
    likeness = float(np.clip(np.median(chosen.train.likeness), 0, 1))
    enough = 1 - 0.5 ** len(chosen.train.turns)
    return likeness * enough * chosen.support**_SUPPORT
