"""Which exercise is this? The router proposes, the specification must agree and count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from repsight.core.measure import Scene
from repsight.core.spec import ExerciseSpec
from repsight.recognize.router import Routed
from repsight.recognize.segments import Claim, claims_of
from repsight.recognize.spec_fit import Fit, best_fit, fit_all

__all__ = ["ACCEPT_BOTH", "ACCEPT_BOTH_ONCE", "Choice", "choose"]

#: Router and specification together must be this sure, else the movement is unknown; a single
#: repetition proves less than a set, and the router alone must be this sure of it.
ACCEPT_BOTH: Final = 0.25
ACCEPT_BOTH_ONCE: Final = 0.4
_ROUTER_ONCE: Final = 0.25
#: How much the router weighs beside the specification, and by how much less a posture that does
#: not quite agree takes away where the router is sure the whole time.
_ROUTER_WEIGHT: Final = 0.25
_MILDER: Final = 0.5
_SURE: Final = 0.3
_SURE_AGREEMENT: Final = 0.8
_SURE_WINDOWS: Final = 3
#: A proposal less likely than this is not worth a look, nor are more than a few of them.
_WORTH_A_LOOK: Final = 0.04
_LOOKS: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The exercise that explains a scene best.

    ``fit`` is None where nothing explains it, or not well enough: the movement is unknown then.
    ``confidence`` 0..1 is how sure that was, reached or not; ``likely`` says how likely each
    exercise that was looked at is by the ``method`` alone.
    """

    fit: Fit | None
    confidence: float
    method: Literal["router", "spec_fit"]
    likely: dict[str, float]

    @property
    def others(self) -> dict[str, float]:
        """What else was looked at."""
        own = self.fit.spec.id if self.fit else ""
        return {name: value for name, value in self.likely.items() if name != own}


def choose(scene: Scene, routed: Routed, specs: Mapping[str, ExerciseSpec]) -> Choice:
    """The exercise of ``specs`` that is done in a scene.

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
    likely = {claim.label: round(claim.probability, 3) for claim in claims}
    own = _by_fit_alone(scene, {n: s for n, s in specs.items() if n not in routed.classes})
    fits = {fit.spec.id: fit for fit in fit_all(scene, [specs[c.label] for c in claims])}
    if not fits:
        return own if own.fit else Choice(None, own.confidence, "router", likely | own.likely)
    is_long = len(routed.t_s) >= _SURE_WINDOWS
    sure = {
        claim.label: _together(claim, fits[claim.label], is_sure=is_long and _is_sure(claim))
        for claim in claims
    }
    best = max(sure, key=lambda name: sure[name])
    accepted = sure[best] >= (ACCEPT_BOTH_ONCE if _is_once(fits[best]) else ACCEPT_BOTH)
    if own.fit and own.confidence > sure[best]:
        # an exercise that the router never saw: somebody's own, or one added since
        return Choice(own.fit, own.confidence, "spec_fit", likely | own.likely)
    return Choice(fits[best] if accepted else None, sure[best], "router", likely)


def _is_sure(claim: Claim) -> bool:
    """Whether nearly every window says the same: one posture seen badly proves little then."""
    return claim.probability >= _SURE and claim.agreement >= _SURE_AGREEMENT


def _together(claim: Claim, fit: Fit, *, is_sure: bool) -> float:
    """Weighted geometric mean of the router's and the specification's opinions."""
    if claim.probability <= 0 or fit.score <= 0:
        return 0.0
    if _is_once(fit) and claim.probability < _ROUTER_ONCE:
        return claim.probability * fit.score
    weight = (1 - _ROUTER_WEIGHT) * (_MILDER if is_sure else 1.0)
    return float(claim.probability**_ROUTER_WEIGHT * fit.score**weight)


def _is_once(fit: Fit) -> bool:
    return len(fit.refined.reps) == 1


def _by_fit_alone(scene: Scene, specs: Mapping[str, ExerciseSpec]) -> Choice:
    fits = fit_all(scene, specs.values())
    likely = {fit.spec.id: round(fit.score, 3) for fit in fits}
    return Choice(best_fit(fits), fits[0].score if fits else 0.0, "spec_fit", likely)
