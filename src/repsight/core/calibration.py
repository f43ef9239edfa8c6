"""What is learned of one lifter from a rest and a few slow repetitions, and where it counts.

A calibration is data that changes other data: ``calibrated`` gives the exercise as it is for this
lifter, and everything else works as before, live and from a file alike.

What changes: what counts follows the lifter's own range from the first repetition on (half of it
is a partial, and a small one may be all there is); a movement may count whose posture at the
turnaround a lifter of little range does not reach; the own value at rest is known where a set does
not show it; and the balanced lean stands on measured proportions. What does not change: standards
of the rule book. A lifter of little range gets repetitions counted and hears all the same that
they are above parallel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot, isfinite
from typing import Final

import numpy as np

from repsight.core.body import measure_body
from repsight.core.measure import Scene
from repsight.core.posture import gate_value, membership
from repsight.core.reading import Signals, default_sigma, sigma_in, unit_of
from repsight.core.refine import refine
from repsight.core.report import Measure, Rep
from repsight.core.spec import (
    Balance,
    Cycle,
    ExerciseSpec,
    Gate,
    Known,
    OwnRest,
    Proportions,
    Rule,
    ViewName,
)
from repsight.core.types import FloatArray
from repsight.errors import UserMistake

__all__ = ["LEAST_REPS", "Calibration", "calibrate", "calibrated"]

LEAST_REPS: Final = 2
#: However small the lifter's own range, less than this share of the usual floor is never a
#: repetition: noise and shifting of weight move as much (heuristic).
_LEAST_FLOOR: Final = 0.5
#: Slow repetitions of one lifter are alike within this share of their range (heuristic).
_ALIKE: Final = 0.25
#: Standing that is shorter than this, all of it together, shows no posture (heuristic).
_STANDING_S: Final = 1.0
#: Standing is looked for this far from the nearest repetition.
_NEAR_S: Final = 10.0
_Z: Final = 1.64


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is known of a lifter from one exercise filmed from one side.

    ``own_range`` is in the driver's unit. ``at_turn`` has, by the reason of a posture gate, what a
    lifter of little range reaches at the turnaround; ``at_rest`` by rule the value at rest.
    """

    exercise: str
    view: ViewName
    reps: int
    own_range: Measure
    proportions: Proportions | None = None
    at_rest: dict[str, Measure] = field(default_factory=dict[str, Measure])
    at_turn: dict[str, Measure] = field(default_factory=dict[str, Measure])


def calibrate(scene: Scene, spec: ExerciseSpec) -> Calibration:
    """Learn from a recording in which the lifter rests and does a few slow repetitions.

    UserMistake says what was missing: repetitions, alike, seen whole, or rest.
    """
    if not isinstance(spec.movement, Cycle):
        raise _failed(
            f"{spec.name} is held: there is no range to learn.", "An exercise with repetitions."
        )
    reps = _slow_reps(scene, spec)
    ranges = np.array([rep.range_share for rep in reps])
    middle = float(np.median(ranges))
    if float(np.ptp(ranges)) > _ALIKE * middle:
        raise _failed(
            "The repetitions were of different range.", "Slow repetitions, each the whole way."
        )
    standing = _standing(scene, reps)
    view = scene.view.name
    scatter = float(np.std(ranges, ddof=1)) / float(np.sqrt(len(ranges)))
    sigma = hypot(default_sigma(spec.cycle.driver, view), scatter)
    return Calibration(
        exercise=spec.id,
        view=view,
        reps=len(reps),
        own_range=Measure(middle, unit_of(spec.cycle.driver), sigma),
        proportions=_proportions(scene, standing),
        at_rest=_at_rest(scene, spec, reps),
        at_turn=_at_turn(scene, spec, reps, is_limited=middle < spec.cycle.floor),
    )


def calibrated(spec: ExerciseSpec, known: Iterable[Calibration]) -> ExerciseSpec:
    """The exercise for the lifter of these calibrations; itself where none of them serves it.

    Proportions may come from another exercise, everything else only from this one.
    """
    kept = list(known)
    own = next((one for one in kept if one.exercise == spec.id), None)
    proportions = next(
        (one.proportions for one in ([own] if own else kept) if one and one.proportions), None
    )
    if own is None and proportions is None:
        return spec
    rules = tuple(_rule_for(rule, own, proportions) for rule in spec.book.rules)
    judged = replace(spec, book=replace(spec.book, rules=rules))
    return judged if own is None else _counted(judged, own)


def _counted(spec: ExerciseSpec, own: Calibration) -> ExerciseSpec:
    """Counted after the lifter's own range; an ordinary one never makes counting laxer."""
    cycle = spec.cycle
    surely = max(0.0, own.own_range.value - _Z * own.own_range.error)
    floor = cycle.floor
    if own.own_range.value < floor:
        floor = max(_LEAST_FLOOR * floor, cycle.partial_share * surely)
    posture = tuple(_widened(gate, own.at_turn) for gate in spec.posture)
    return replace(spec, movement=replace(cycle, floor=floor, own_range=surely), posture=posture)


def _widened(gate: Gate, at_turn: dict[str, Measure]) -> Gate:
    if gate.when != "turn" or gate.reason not in at_turn:
        return gate
    seen = at_turn[gate.reason]
    low, high = seen.value - seen.error, seen.value + seen.error
    return replace(gate, low=min(gate.low, low), high=max(gate.high, high))


def _rule_for(rule: Rule, own: Calibration | None, proportions: Proportions | None) -> Rule:
    expected = rule.expected
    if isinstance(expected, Balance) and proportions is not None:
        return replace(rule, expected=replace(expected, proportions=proportions))
    if isinstance(expected, OwnRest) and own is not None and rule.id in own.at_rest:
        seen = own.at_rest[rule.id]
        known = Known(seen.value, seen.error, own.view)
        return replace(rule, expected=replace(expected, known=known))
    return rule


def _slow_reps(scene: Scene, spec: ExerciseSpec) -> tuple[Rep, ...]:
    """Repetitions of any range above the least, seen whole; ``range_share`` is the range itself."""
    cycle = spec.cycle
    lax = replace(
        spec,
        movement=replace(cycle, floor=_LEAST_FLOOR * cycle.floor),
        posture=tuple(gate for gate in spec.posture if gate.when != "turn"),
    )
    refined = refine(scene, lax)
    whole = [rep for rep in refined.reps if rep.start_seen and rep.end_seen]
    if len(whole) < LEAST_REPS:
        seen = (
            f"{len(whole)} whole repetition{'' if len(whole) == 1 else 's'} of {spec.name.lower()}"
        )
        raise _failed(
            f"Only {seen} could be seen.", "Two slow repetitions, the whole body in view."
        )
    return tuple(replace(rep, range_share=rep.range_share * refined.own_range) for rep in whole)


def _standing(scene: Scene, reps: Sequence[Rep]) -> FloatArray:
    """(N,) mask, 1 where the lifter rests before, between or after the repetitions."""
    t_s = scene.track.t_s
    near = (t_s >= reps[0].start_s - _NEAR_S) & (t_s <= reps[-1].end_s + _NEAR_S)
    for rep in reps:
        near &= ~((t_s > rep.start_s) & (t_s < rep.end_s))
    near &= np.isfinite(scene.track.xy[:, 11:]).any(axis=(1, 2))
    step_s = float(np.median(np.diff(t_s)))
    if float(near.sum()) * step_s < _STANDING_S:
        raise _failed("You were hardly seen at rest.", "A few seconds at rest before and after.")
    return near.astype(np.float64)


def _proportions(scene: Scene, standing: FloatArray) -> Proportions | None:
    lengths = measure_body(scene.track.part(standing > 0)).lengths
    whole = lengths["trunk"] + lengths["leg"]
    shares = [lengths["trunk"] / whole, lengths["leg"] / whole, lengths["arm"] / whole]
    return Proportions(*shares) if all(isfinite(one) for one in shares) else None


def _at_rest(scene: Scene, spec: ExerciseSpec, reps: Sequence[Rep]) -> dict[str, Measure]:
    signals = Signals(scene, spec.concentric)
    found: dict[str, Measure] = {}
    for rule in spec.book.rules:
        if not isinstance(rule.expected, OwnRest) or scene.view.name not in rule.views:
            continue
        read = [signals.read(rule.signal, rep, when="rest", pick="median").value for rep in reps]
        values = np.array([value for value in read if isfinite(value)])
        if len(values) == len(reps):
            declared = sigma_in(scene.view.name, rule.sigma, rule.view_sigma)
            sigma = hypot(declared, float(np.std(values)))
            found[rule.id] = Measure(float(np.median(values)), rule.unit, sigma)
    return found


def _at_turn(
    scene: Scene, spec: ExerciseSpec, reps: Sequence[Rep], *, is_limited: bool
) -> dict[str, Measure]:
    """Gates at the turnaround that this lifter's range does not reach, or hardly.

    The value is that of the repetition that is furthest from passing.
    """
    found: dict[str, Measure] = {}
    for gate in spec.posture:
        if gate.when != "turn" or not gate.reason:
            continue
        values = [gate_value(gate, rep, scene, spec.concentric) for rep in reps]
        worst = min(values, key=lambda value: membership(gate, value))
        sigma = default_sigma(gate.signal, scene.view.name)
        is_near = min(membership(gate, worst - sigma), membership(gate, worst + sigma)) < 1.0
        if is_near and (is_limited or membership(gate, worst) < 0.5):
            found[gate.reason] = Measure(worst, unit_of(gate.signal), sigma)
    return found


def _failed(what: str, wanted: str) -> UserMistake:
    return UserMistake(
        what,
        wanted=wanted,
        next_step="Rest for three seconds, do two slow repetitions, rest again.",
    )
