"""Recognition without a trained model: how well each specification explains the movement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from repsight.core.measure import Scene
from repsight.core.refine import Refined, gate_value, membership, refine
from repsight.core.report import Rep
from repsight.core.spec import ExerciseSpec

__all__ = ["ACCEPT", "Fit", "best_fit", "fit_all", "fit_of"]

#: A specification must explain the movement at least this well, else it is ``unknown``.
ACCEPT = 0.4


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one exercise explains a scene: ``score`` 0..1, 0 without any repetition."""

    spec: ExerciseSpec
    score: float
    refined: Refined


def fit_all(scene: Scene, specs: Iterable[ExerciseSpec]) -> list[Fit]:
    """Fits of all specifications, best first."""
    return sorted((fit_of(scene, spec) for spec in specs), key=lambda fit: -fit.score)


def best_fit(fits: list[Fit]) -> Fit | None:
    """The first fit if it is good enough, else None: the movement is unknown."""
    return fits[0] if fits and fits[0].score >= ACCEPT else None


def fit_of(scene: Scene, spec: ExerciseSpec) -> Fit:
    """Median over repetitions of the weakest agreement with the exercise's signature."""
    refined = refine(scene, spec)
    scores = [_agreement(rep, scene, spec) for rep in refined.reps]
    return Fit(spec, float(np.median(scores)) if scores else 0.0, refined)


def _agreement(rep: Rep, scene: Scene, spec: ExerciseSpec) -> float:
    """Product of the signature gates' memberships for one repetition."""
    works = spec.cycle.concentric
    values = [membership(g, gate_value(g, rep, scene, works)) for g in spec.signature]
    return float(np.prod(values)) if values else 1.0
