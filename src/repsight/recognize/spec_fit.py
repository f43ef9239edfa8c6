"""Recognition without a trained model: how well each specification explains the movement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from repsight.core.holds import as_rep
from repsight.core.measure import Scene
from repsight.core.periodic import count_repetitions
from repsight.core.posture import gate_value, membership
from repsight.core.refine import Refined, refine
from repsight.core.report import Rep
from repsight.core.sides import spec_for
from repsight.core.spec import ExerciseSpec, Gate

__all__ = ["ACCEPT", "ACCEPT_SINGLE", "Fit", "best_fit", "fit_all", "fit_of", "without_parts"]

#: A specification must explain the movement at least this well, else it is ``unknown``.
ACCEPT = 0.4
ACCEPT_SINGLE = 0.5
#: This many periods are plainly a set, and an exercise should explain this share of them.
_PLAIN_REPS = 5
_EXPLAINED_SHARE = 0.6
#: A movement is a part of another when each of its repetitions lies in one of the other's, which
#: lasts this many times as long (the same movement seen by two specifications: 0.9 to 1.2).
_WHOLE_TIMES = 1.5
#: The whole must explain the movement nearly as well as its part.
_WHOLE_SHARE = 0.8
#: What somebody gets into position for may be seen this much worse than getting there.
_FRAMED_SHARE = 0.6
#: Edges of repetitions are good to about this.
_EDGE_S = 0.1


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one exercise explains a scene: ``score`` 0..1, 0 without any repetition."""

    spec: ExerciseSpec
    score: float
    refined: Refined


def fit_all(scene: Scene, specs: Iterable[ExerciseSpec]) -> list[Fit]:
    """Fits of all specifications, best first.

    A specification that leaves most of a plainly periodic movement unexplained loses score: a
    row is not one deadlift.
    """
    periods = count_repetitions(scene.track)
    expected = len(periods.reps) if len(periods.reps) >= _PLAIN_REPS else 0
    fits = [_explained(fit_of(scene, spec), expected) for spec in specs]
    return sorted(fits, key=lambda fit: -fit.score)


def _explained(fit: Fit, expected: int) -> Fit:
    """The fit, lowered when it found clearly fewer repetitions than there are periods.

    Who holds still repeats nothing.
    """
    wanted = _EXPLAINED_SHARE * expected
    if len(fit.refined.reps) >= wanted:
        return fit
    return replace(fit, score=fit.score * len(fit.refined.reps) / wanted)


def without_parts(fits: Sequence[Fit]) -> list[Fit]:
    """The fits but those that are a part of another one, or only the way to it and back.

    A burpee is not the push-up in it, and rows are not the one bend down to the bar around them.
    """
    return [
        fit
        for fit in fits
        if not any(
            _is_part_of(fit, other) or _is_frame_of(fit, other)
            for other in fits
            if other is not fit
        )
    ]


def _is_part_of(part: Fit, whole: Fit) -> bool:
    """Whether each repetition of ``whole`` holds one of ``part`` and much else."""
    short, long = part.refined.reps, whole.refined.reps
    if not short or len(short) != len(long) or whole.score < max(ACCEPT, _WHOLE_SHARE * part.score):
        return False
    is_inside = all(
        one.start_s >= around.start_s - _EDGE_S and one.end_s <= around.end_s + _EDGE_S
        for one, around in zip(short, long, strict=True)
    )
    times = (
        (around.end_s - around.start_s) / max(one.end_s - one.start_s, _EDGE_S)
        for one, around in zip(short, long, strict=True)
    )
    return is_inside and median(times) >= _WHOLE_TIMES


def _is_frame_of(frame: Fit, inner: Fit) -> bool:
    """Whether the only repetition of ``frame`` holds several of ``inner``, found well enough."""
    if len(frame.refined.reps) != 1 or inner.score < max(ACCEPT, _FRAMED_SHARE * frame.score):
        return False
    (around,) = frame.refined.reps
    within = [
        rep
        for rep in inner.refined.reps
        if rep.start_s >= around.start_s - _EDGE_S and rep.end_s <= around.end_s + _EDGE_S
    ]
    return len(within) > 1


def best_fit(fits: list[Fit]) -> Fit | None:
    """The first fit if it is good enough, else None: the movement is unknown.

    A single repetition must agree better: one bend proves less than a set.
    """
    if not fits:
        return None
    wanted = ACCEPT if len(fits[0].refined.reps) > 1 else ACCEPT_SINGLE
    return fits[0] if fits[0].score >= wanted else None


def fit_of(scene: Scene, spec: ExerciseSpec) -> Fit:
    """Median over repetitions, or spells of a hold, of the agreement with the signature."""
    refined = refine(scene, spec)
    held = (as_rep(spell, number, scene) for number, spell in enumerate(refined.spells, start=1))
    scores = [_agreement(rep, scene, spec_for(spec, rep.side)) for rep in (*refined.reps, *held)]
    return Fit(spec, float(np.median(scores)) if scores else 0.0, refined)


def _agreement(rep: Rep, scene: Scene, spec: ExerciseSpec) -> float:
    """Product of the signature gates' memberships for one repetition."""
    works = spec.concentric
    gates = [gate for gate in spec.signature if _can_tell(gate, rep)]
    values = [membership(g, gate_value(g, rep, scene, works)) for g in gates]
    return float(np.prod(values)) if values else 1.0


def _can_tell(gate: Gate, rep: Rep) -> bool:
    """Whether enough of a repetition was seen: cut off at both ends, it shows no rest or range."""
    return rep.start_seen or rep.end_seen or not (gate.when == "rest" or gate.pick == "range")
