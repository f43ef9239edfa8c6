"""How an exercise is done: the athlete's loop, named phases, and the cues that belong to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.performance import STYLES
from repsight.athlete.phase_loop import PhaseId, PhaseLoop, phase_loop
from repsight.core.skeleton import BILATERAL, MIRROR, columns
from repsight.core.spec import ExerciseSpec, Hold, Rule, ViewName, When
from repsight.core.types import FloatArray
from repsight.errors import UnknownName
from repsight.exercises import spec_of

__all__ = [
    "Cue",
    "Direction",
    "LoopSide",
    "Technique",
    "has_loop",
    "loop_of",
    "model_side",
    "phase_of",
    "technique_of",
    "view_of",
]

#: Which way a phase goes; ``out`` and ``back`` where it is neither up nor down.
Direction = Literal["up", "down", "out", "back", "none"]
LoopSide = Literal["left", "right", "both"]

#: A movement counts as up or down when this much of its longest way is vertical (heuristic).
_VERTICAL: Final = 0.6
#: One limb leads when it covers at least so much way, and so many times that of the other
#: (heuristic).
_LEADS_M: Final = 0.2
_LEADS: Final = 2.0
_AGAINST: Final[dict[Direction, Direction]] = {"up": "down", "down": "up", "out": "back"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule as advice: the phase it is about, and whether the athlete can show the fault.

    ``view`` is where the camera sees it: the exercise's own one where that will do.
    """

    rule: str
    title: str
    text: str
    phase: PhaseId | Literal["whole"]
    joints: tuple[str, ...]
    view: ViewName
    can_show: bool


@dataclass(frozen=True, slots=True, eq=False)
class Technique:
    """What a page shows of an exercise.

    ``moments`` names the phases that the exercise has a word for (its bottom, its lockout);
    ``directions`` says which way the others go. ``variations`` are those the athlete knows.
    """

    spec: ExerciseSpec
    loop: PhaseLoop
    side: LoopSide
    moments: dict[PhaseId, str]
    directions: dict[PhaseId, Direction]
    variations: tuple[str, ...]
    cues: tuple[Cue, ...]


def has_loop(exercise: str) -> bool:
    """Whether the athlete shows this exercise."""
    return exercise in STYLES


def technique_of(
    exercise: str,
    *,
    variation: str = "",
    body: Body | None = None,
    side: LoopSide = "both",
    found: Collection[str] = (),
) -> Technique:
    """How ``exercise`` is done by a body (the average one if None), led by ``side``.

    Rules that are not for this variation are left out unless they were ``found``. UnknownName
    for an exercise that is not in the catalog or that the athlete does not know.
    """
    spec = spec_of(exercise)
    if not has_loop(exercise):
        raise UnknownName(
            f"There is no loop of {spec.name} yet.",
            wanted=f"One of: {', '.join(sorted(STYLES))}.",
            next_step="Read its page in the documentation.",
        )
    loop = loop_of(exercise, variation=variation, body=body, side=side)
    out = _direction(loop)
    return Technique(
        spec,
        loop,
        model_side(loop),
        _moment_names(spec),
        {"out": out, "back": _AGAINST.get(out, "none")},
        STYLES[exercise].variations,
        tuple(
            _cue(rule, spec)
            for rule in spec.book.rules
            if rule.id in found or _is_for(rule, loop.variation)
        ),
    )


@lru_cache(maxsize=64)
def loop_of(
    exercise: str,
    *,
    variation: str = "",
    body: Body | None = None,
    side: LoopSide = "both",
    fault: str = "",
    is_drawn: bool = True,
) -> PhaseLoop:
    """The loop, mirrored where the other side shall lead; the newest ones are kept."""
    loop = phase_loop(exercise, variation=variation, body=body, fault=fault, is_drawn=is_drawn)
    model = model_side(loop)
    return _mirrored(loop) if "both" not in {side, model} and side != model else loop


def model_side(loop: PhaseLoop) -> LoopSide:
    """The side whose hand or foot does clearly more of the movement."""
    travel = np.linalg.norm(np.ptp(loop.points, axis=0), axis=1)
    for left, right in (BILATERAL["wrist"], BILATERAL["ankle"]):
        most, least = sorted([travel[left], travel[right]], reverse=True)
        if most > max(_LEADS_M, _LEADS * least):
            return "left" if travel[left] > travel[right] else "right"
    return "both"


def _mirrored(loop: PhaseLoop) -> PhaseLoop:
    flip = np.array([1.0, -1.0, 1.0])
    solids = replace(loop.solids, ends=loop.solids.ends * flip)
    plates = tuple(replace(p, centre=p.centre * flip, axis=p.axis * flip) for p in loop.plates)
    return replace(loop, points=loop.points[:, MIRROR] * flip, solids=solids, plates=plates)


def _moment_names(spec: ExerciseSpec) -> dict[PhaseId, str]:
    if isinstance(spec.movement, Hold):
        return {}
    names: dict[PhaseId, str] = {}
    for moment in spec.book.moments:
        match moment.at:
            case "turn" | "end":
                names[moment.at] = moment.name
            case _:
                pass
    return names


def _direction(loop: PhaseLoop) -> Direction:
    """Where the joint that moves furthest goes on the way to the turnaround."""
    out = next((phase for phase in loop.phases if phase.id == "out"), None)
    if out is None:
        return "none"
    ways = _at(loop, out.end_s) - _at(loop, out.start_s)
    way = ways[columns("shoulder", "wrist", "hip", "knee")]
    furthest = way[np.argmax(np.linalg.norm(way, axis=1))]
    if abs(furthest[2]) < _VERTICAL * np.linalg.norm(furthest):
        return "out"
    return "up" if furthest[2] > 0 else "down"


def _at(loop: PhaseLoop, t_s: float) -> FloatArray:
    return loop.points[int(np.searchsorted(loop.t_s, t_s).clip(0, len(loop.t_s) - 1))]


def _is_for(rule: Rule, variation: str) -> bool:
    """Whether a rule is about this way of doing the exercise."""
    name = variation.partition("/")[0]
    return name not in rule.not_for and (not rule.only_for or name in rule.only_for)


def _cue(rule: Rule, spec: ExerciseSpec) -> Cue:
    can_show = rule.id in STYLES[spec.id].faults
    phase, view = phase_of(rule.when, spec), view_of(rule, spec)
    return Cue(rule.id, rule.title, rule.cue, phase, rule.joints, view, can_show)


def view_of(rule: Rule, spec: ExerciseSpec) -> ViewName:
    """Where the camera sees what a rule is about: the exercise's own place where that will do."""
    return spec.recommended_view if spec.recommended_view in rule.views else rule.views[0]


def phase_of(when: When, spec: ExerciseSpec) -> PhaseId | Literal["whole"]:
    """The part of a loop that a moment of a rule belongs to."""
    if isinstance(spec.movement, Hold):
        return "hold"
    is_after = spec.concentric == "after"
    match when:
        case "turn" | "end":
            return when
        case "rest" | "start":
            return "setup"
        case "concentric" | "lift_off":
            return "back" if is_after else "out"
        case "eccentric":
            return "out" if is_after else "back"
        case "rep" | "set":
            return "whole"
