"""Which exercise is this? The router proposes, the specification must agree and count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from repsight.core.measure import Scene
from repsight.core.spec import ExerciseSpec
from repsight.recognize.router import Routed
from repsight.recognize.segments import Claim, claims_of
from repsight.recognize.spec_fit import Fit, best_fit, fit_all

__all__ = ["ACCEPT_BOTH", "Choice", "choose"]

#: Router and specification together must be this sure, else the movement is unknown.
ACCEPT_BOTH: Final = 0.4
#: A proposal less likely than this is not worth a look, nor are more than a few of them.
_WORTH_A_LOOK: Final = 0.04
_LOOKS: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The exercise that was found: its fit, how sure 0..1, by which method, and the others."""

    fit: Fit
    confidence: float
    method: Literal["router", "spec_fit"]
    others: dict[str, float]


def choose(
    scene: Scene, routed: Routed, specs: Mapping[str, ExerciseSpec]
) -> tuple[Choice | None, dict[str, float]]:
    """The exercise done in a scene, or None: unknown; and how likely each known one is.

    The router's likeliest proposals are tried; one counts when its specification finds its
    postures in the scene and counts there. Without a router (no classes) the specification that
    explains the movement best is taken.
    """
    if not routed.classes:
        return _by_fit_alone(scene, specs)
    claims = [
        claim
        for claim in claims_of(routed)[:_LOOKS]
        if claim.probability >= _WORTH_A_LOOK and claim.label in specs
    ]
    sure = {claim.label: claim for claim in claims}
    fits = fit_all(scene, [specs[claim.label] for claim in claims])
    together = {fit.spec.id: _together(sure[fit.spec.id], fit) for fit in fits}
    shown = {claim.label: round(claim.probability, 3) for claim in claims}
    if not fits:
        return None, shown
    best = max(fits, key=lambda fit: together[fit.spec.id])
    if together[best.spec.id] < ACCEPT_BOTH:
        return None, shown
    others = {name: value for name, value in shown.items() if name != best.spec.id}
    return Choice(best, together[best.spec.id], "router", others), shown


def _together(claim: Claim, fit: Fit) -> float:
    """Geometric mean of how sure the router is and how well the specification agrees."""
    return sqrt(max(claim.probability, 0.0) * max(fit.score, 0.0))


def _by_fit_alone(
    scene: Scene, specs: Mapping[str, ExerciseSpec]
) -> tuple[Choice | None, dict[str, float]]:
    fits = fit_all(scene, specs.values())
    shown = {fit.spec.id: round(fit.score, 3) for fit in fits}
    best = best_fit(fits)
    if best is None:
        return None, shown
    others = {name: value for name, value in shown.items() if name != best.spec.id}
    return Choice(best, best.score, "spec_fit", others), shown
