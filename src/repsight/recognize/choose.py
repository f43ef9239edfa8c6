"""Which exercise is this? The router proposes, the specification must agree and count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import hypot, isfinite
from statistics import median
from typing import Final, Literal

import numpy as np

from repsight.core.measure import Scene, measure, points_of
from repsight.core.report import Rep
from repsight.core.signals import Lean
from repsight.core.spec import Cycle, ExerciseSpec
from repsight.recognize.both_arms import are_at_odds
from repsight.recognize.hands import share_in_reps
from repsight.recognize.router import Routed
from repsight.recognize.segments import Claim, claims_of
from repsight.recognize.spec_fit import Fit, best_fit, fit_all, without_parts

__all__ = ["ACCEPT_BOTH", "ACCEPT_BOTH_ONCE", "Choice", "choose"]

#: Router and specification together must be this sure, else the movement is unknown; a single
#: repetition proves less than a set.
ACCEPT_BOTH: Final = 0.3
ACCEPT_BOTH_ONCE: Final = 0.35
#: How much the router weighs beside the specification, and the least it can say.
_ROUTER_WEIGHT: Final = 0.25
_ROUTER_LEAST: Final = 0.01
#: The router alone must be this sure of a single repetition; of one or two that a single arm can
#: do more, because arms rise and bend while people talk, wave or scratch themselves.
_ROUTER_ONCE: Final = 0.1
_ROUTER_LIMB: Final = 0.4
#: One bend there and back is what any sign, wave or scratch is, and a perfect curl by its
#: specification: single ones of real sets have 0.65 and more, signs 0.3 to 0.6 (heuristic
#: between the two).
_ROUTER_LIMB_ONCE: Final = 0.6
_FEW: Final = 2
#: Sets have a beat: in real ones of three and more repetitions half of them last as long as the
#: middle one within 5 %, and travel as far within 10 %; hands that talk do so within 13 to 30 %
#: (heuristic between the two). Arms without a beat need a router that is this sure.
_OFF_BEAT: Final = 0.13
#: Turnarounds of real sets follow each other as regularly: half of the times between them are
#: within 14 % of the middle one, mostly 5 %; those of talking hands within 2 to 98 %, half of the
#: films beyond 27 % (heuristic between the two).
_OFF_TIME: Final = 0.2
_ROUTER_GESTURES: Final = 0.8
#: Arms that are each about their own look like talk: the router says up to 0.8 of such curls.
_ROUTER_TALK: Final = 0.9
#: And they go on, and hands do little else meanwhile: between two repetitions of one arm it rests
#: for 0.14 to 0.6 of a repetition, and 0.7 to 0.95 of the hands' way lies within up to four of
#: them; of gestures that look like such, 0.7 to 1.2 and 0.2 to 0.6 (heuristic between the two).
#: Who presses or pulls also reaches for a bar: 0.66 and more there.
_IDLE: Final = 0.65
_BUSY: Final = 0.6
_BUSY_AT_A_BAR: Final = 0.55
#: People who talk sit or stand. Who bends over or lies down got there first, hands included.
_BENT_OVER_DEG: Final = 35.0
_TRUNK: Final = Lean("hip", "shoulder")
_HARDLY_A_SET: Final = 4
_ARM: Final = frozenset({"shoulder", "elbow", "wrist"})
_LONGEST_REST_S: Final = 10.0
#: Where the router is this sure in this share of the windows, and so many repetitions passed the
#: hard gates, one posture seen badly does not count for less than this (not for one arm either).
_SURE: Final = 0.4
_SURE_AGREEMENT: Final = 0.8
_SURE_REPS: Final = 3
#: Where it is this sure, fewer are enough if they last for this share of what was filmed.
_VERY_SURE: Final = 0.7
_MOST_OF_IT: Final = 0.33
_FORGIVEN: Final = 0.3
#: What is less likely by the router is not worth a word in the report.
_WORTH_A_WORD: Final = 0.04


@dataclass(frozen=True, slots=True)
class Choice:
    """The exercise that explains a scene best.

    ``fit`` is None where nothing explains it, or not well enough: the movement is unknown then.
    ``confidence`` 0..1 is how sure that was, reached or not; ``likely`` says how likely each
    exercise that was looked at is by the ``method`` alone. ``rivals`` are the exercises that would
    have been accepted in its place, and how sure that would have been.
    """

    fit: Fit | None
    confidence: float
    method: Literal["router", "spec_fit"]
    likely: dict[str, float]
    rivals: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def others(self) -> dict[str, float]:
        """What else was looked at."""
        own = self.fit.spec.id if self.fit else ""
        return {name: value for name, value in self.likely.items() if name != own}


def choose(scene: Scene, routed: Routed, specs: Mapping[str, ExerciseSpec]) -> Choice:
    """The exercise of ``specs`` that is done in a scene.

    Each specification that finds its postures and counts is weighed by what the router says of
    it. One that the router never saw must explain the movement by itself, and so must all of
    them without a router (no classes).
    """
    tried = fit_all(scene, specs.values())
    fits = without_parts(tried)
    own = _by_fit_alone([fit for fit in fits if fit.spec.id not in routed.classes])
    claims = {claim.label: claim for claim in _possible(claims_of(routed), tried)}
    known = {fit.spec.id: fit for fit in fits if fit.spec.id in claims}
    if not known:
        return own
    likely = {
        name: round(claim.probability, 3)
        for name, claim in claims.items()
        if claim.probability >= _WORTH_A_WORD and name in known
    }
    sure = {name: _together(claims[name], fit, scene) for name, fit in known.items()}
    best = max(sure, key=lambda name: sure[name])
    if own.fit and own.confidence > sure[best]:
        # an exercise that the router never saw: somebody's own, or one added since
        return Choice(own.fit, own.confidence, "spec_fit", likely | own.likely)
    enough = {
        name: value
        for name, value in sure.items()
        if value >= (ACCEPT_BOTH_ONCE if _is_once(known[name]) else ACCEPT_BOTH)
    }
    rivals = {name: value for name, value in enough.items() if name != best}
    return Choice(known[best] if best in enough else None, sure[best], "router", likely, rivals)


def _possible(claims: list[Claim], tried: Sequence[Fit]) -> list[Claim]:
    """The claims once the likeliest is ruled out where its specification never saw it.

    From the front a bend down to a bar looks like the first half of a burpee; where nobody ever
    gets down to the floor, what the router gave to burpees tells of the other bends. Arms gain
    and lend nothing: a wave that is no press is not therefore a curl.
    """
    unseen = {fit.spec.id for fit in tried if fit.score <= 0}
    arms = {fit.spec.id for fit in tried if _is_of_arms(fit.spec)}
    if not claims or claims[0].label not in unseen - arms:
        return claims
    left = 1.0 - claims[0].probability
    return [
        claim
        if claim.label in unseen | arms
        else replace(claim, probability=min(claim.probability / max(left, 1e-9), 1.0))
        for claim in claims
    ]


def _together(claim: Claim, fit: Fit, scene: Scene) -> float:
    """Weighted geometric mean of the router's and the specification's opinions."""
    score = fit.score
    if claim.probability < _ROUTER_TALK and _is_talk(fit, scene):
        return ACCEPT_BOTH * claim.probability * score
    if claim.probability < _ROUTER_GESTURES and (_is_off_beat(fit) or _is_gesture(fit, scene)):
        return ACCEPT_BOTH * claim.probability * score  # never enough, but not nothing
    is_sure = claim.probability >= _SURE and claim.agreement >= _SURE_AGREEMENT
    is_whole = claim.probability >= _VERY_SURE and _covered(fit, scene) >= _MOST_OF_IT
    is_set = len(fit.refined.reps) >= _SURE_REPS or is_whole
    if is_sure and is_set and not _can_be_one_limb(fit.spec):
        score = max(score, _FORGIVEN)
    if score <= 0:
        return 0.0
    if claim.probability < _least_router(fit):
        return ACCEPT_BOTH * claim.probability * score
    router = max(claim.probability, _ROUTER_LEAST)
    return float(router**_ROUTER_WEIGHT * score ** (1 - _ROUTER_WEIGHT))


def _covered(fit: Fit, scene: Scene) -> float:
    """Share of the time filmed that the repetitions last, 0..1."""
    t_s = scene.track.t_s
    filmed_s = float(t_s[-1] - t_s[0]) if len(t_s) > 1 else 0.0
    lasted_s = sum(rep.end_s - rep.start_s for rep in fit.refined.reps)
    return lasted_s / filmed_s if filmed_s > 0 else 0.0


def _least_router(fit: Fit) -> float:
    """What the router must say of so few repetitions; a set speaks for itself."""
    if _can_be_one_limb(fit.spec) and not fit.refined.spells:
        run = _longest_run(fit.refined.reps)
        return _ROUTER_LIMB_ONCE if run <= 1 else _ROUTER_LIMB if run <= _FEW else 0.0
    return _ROUTER_ONCE if _is_once(fit) else 0.0


def _can_be_one_limb(spec: ExerciseSpec) -> bool:
    """Whether one arm alone can do it, as it does while people talk."""
    return isinstance(spec.movement, Cycle) and spec.movement.sides == "each"


def _is_of_arms(spec: ExerciseSpec) -> bool:
    """Whether nothing but arms tells its repetitions."""
    if not isinstance(spec.movement, Cycle):
        return False
    points = set(points_of(spec.movement.driver))
    return points != {"shoulder"} and points <= _ARM  # shoulders alone rise with the body


def _is_off_beat(fit: Fit) -> bool:
    """Whether only arms move, and hardly two movements take the same time, way or turn."""
    reps = fit.refined.reps
    if not _is_of_arms(fit.spec) or len(reps) <= _FEW:
        return False
    spread = hypot(
        _spread([rep.end_s - rep.start_s for rep in reps]),
        _spread([rep.range_share for rep in reps]),
    )
    return spread > _OFF_BEAT or _spread(_between_turns_s(reps)) > _OFF_TIME


def _between_turns_s(reps: Sequence[Rep]) -> list[float]:
    """Times from turnaround to turnaround, without long rests."""
    return [
        after.turn_s - before.turn_s
        for before, after in pairwise(reps)
        if after.start_s - before.end_s <= _LONGEST_REST_S
    ]


def _is_talk(fit: Fit, scene: Scene) -> bool:
    """Whether only arms move, by somebody who stands or sits, and each of them for itself."""
    reps = fit.refined.reps
    if not reps or not _is_of_arms(fit.spec) or _is_bent_over(reps, scene):
        return False
    return are_at_odds(scene, fit.spec.cycle.driver, reps)


def _is_gesture(fit: Fit, scene: Scene) -> bool:
    """Whether arms pause for long between a few repetitions, or move for much else."""
    reps = fit.refined.reps
    if not _is_of_arms(fit.spec) or len(reps) > _HARDLY_A_SET or _is_bent_over(reps, scene):
        return False
    is_free = _can_be_one_limb(fit.spec)
    share = share_in_reps(scene, reps)
    return share < (_BUSY if is_free else _BUSY_AT_A_BAR) or (is_free and _is_idle(reps))


def _is_bent_over(reps: Sequence[Rep], scene: Scene) -> bool:
    t_s, lean_deg = scene.track.t_s, measure(_TRUNK, scene)
    within = np.zeros(len(t_s), dtype=bool)
    for rep in reps:
        within |= (t_s >= rep.start_s) & (t_s <= rep.end_s)
    known = lean_deg[within & np.isfinite(lean_deg)]
    return bool(known.size) and float(np.median(np.abs(known))) > _BENT_OVER_DEG


def _is_idle(reps: Sequence[Rep]) -> bool:
    rests_s = [after.start_s - before.end_s for before, after in pairwise(reps)]
    rests_s = [rest_s for rest_s in rests_s if rest_s <= _LONGEST_REST_S]
    usual_s = median(rep.end_s - rep.start_s for rep in reps) if reps else 0.0
    return bool(rests_s) and median(rests_s) > _IDLE * usual_s


def _spread(values: Sequence[float]) -> float:
    """Median distance from the median, as a share of it; 0 where it is not known."""
    usual = median(values) if values else 0.0
    spread = median(abs(one - usual) for one in values) / usual if usual > 0 else 0.0
    return spread if isfinite(spread) else 0.0


def _longest_run(reps: Sequence[Rep]) -> int:
    """Most repetitions that follow each other: single ones minutes apart are no set."""
    longest = run = 1 if reps else 0
    for before, after in pairwise(reps):
        run = run + 1 if after.start_s - before.end_s <= _LONGEST_REST_S else 1
        longest = max(longest, run)
    return longest


def _is_once(fit: Fit) -> bool:
    return len(fit.refined.reps) == 1


def _by_fit_alone(fits: list[Fit]) -> Choice:
    likely = {fit.spec.id: round(fit.score, 3) for fit in fits}
    return Choice(best_fit(fits), fits[0].score if fits else 0.0, "spec_fit", likely)
