"""One exemplary repetition cut into its phases, as moving solids that a page can draw.

The athlete of average habits does one unhurried repetition. What comes out is small: the places
of joints and of the rounded cones of the figure at a dozen moments a second, in between straight
lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.body import Body
from repsight.athlete.faults import Fault
from repsight.athlete.figure import Look, Parts, figure_parts
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.raycast import Disc
from repsight.athlete.scene import HOLDING_M, equipment
from repsight.core.skeleton import middle
from repsight.core.types import FloatArray

__all__ = [
    "RATE_HZ",
    "LoopPhase",
    "PhaseId",
    "PhaseLoop",
    "Plate",
    "Solids",
    "phase_loop",
    "phase_still",
    "telling_phase",
]

PhaseId = Literal["setup", "out", "turn", "back", "end", "hold"]

#: Samples per second of a loop.
RATE_HZ: Final = 16.0
#: Rest before the start and behind the end, and the least time at the turnaround.
_REST_S: Final = 0.7
_TURN_S: Final = 0.2
#: A hold is shown for so long.
_HOLD_S: Final = 4.0
#: A start so much lower than the turnaround tells more than standing does, unless one lies.
_LOW_SHARE: Final = 0.8
_LYING_M: Final = 0.3
_HIPS: Final = (23, 24)


@dataclass(frozen=True, slots=True)
class LoopPhase:
    """A part of a repetition, seconds from the start of the loop."""

    id: PhaseId
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Solids:
    """P rounded cones over N samples: ends (N, P, 2, 3), radii (P, 2), both in metres.

    ``colour`` (P, 3) is sRGB, 0 to 255.
    """

    ends: FloatArray
    radius_m: FloatArray
    colour: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """A weight plate over N samples: centre (N, 3) in metres, unit axis (N, 3)."""

    centre: FloatArray
    axis: FloatArray
    radius_m: float


@dataclass(frozen=True, slots=True, eq=False)
class PhaseLoop:
    """One repetition over N samples.

    ``t_s`` (N,) counts from 0; ``points`` (N, 33, 3) are the landmarks in the floor frame (x
    forward, y left, z up, metres). ``phases`` follow each other without gaps. The solids have one
    sample only where they were not asked for.
    """

    exercise: str
    variation: str
    body: Body
    t_s: FloatArray
    points: FloatArray
    solids: Solids
    plates: tuple[Plate, ...]
    phases: tuple[LoopPhase, ...]


def phase_loop(
    exercise: str,
    *,
    variation: str = "",
    body: Body | None = None,
    fault: str = "",
    is_drawn: bool = True,
) -> PhaseLoop:
    """The loop of an exercise the athlete knows, done by ``body`` or the average one.

    ``variation`` empty is the usual one; with ``fault`` the repetition shows that fault at full
    severity. Without ``is_drawn`` there are joints, but solids of one sample only. The same
    arguments give the same loop. UnknownName for what the athlete does not know.
    """
    done = _performed(exercise, variation=variation, body=body, fault=fault)
    began_s, phases = _phases(done)
    t_s = np.linspace(0.0, phases[-1].end_s, round(RATE_HZ * phases[-1].end_s) + 1)
    points, load = done.points_at(began_s + t_s), done.load_at(began_s + t_s)
    kept = slice(None) if is_drawn else slice(1)
    solids, plates = _solids(done, points[kept], load[kept])
    return PhaseLoop(exercise, done.truth.variation, done.body, t_s, points, solids, plates, phases)


def phase_still(exercise: str, phase: PhaseId) -> tuple[Solids, tuple[Plate, ...]]:
    """The figure and its plates at one moment: the middle of ``phase``, or of all if it has none.

    Everything has one sample. UnknownName for what the athlete does not know.
    """
    done = _performed(exercise)
    at_s = np.array([_middle_s(done, phase)])
    return _solids(done, done.points_at(at_s), done.load_at(at_s))


def telling_phase(exercise: str) -> PhaseId:
    """The phase by which an exercise is known at a glance: bent, or where it turns around.

    UnknownName for what the athlete does not know.
    """
    done = _performed(exercise)
    if not done.truth.reps:
        return "hold"
    at_s = np.array([_middle_s(done, "setup"), _middle_s(done, "turn")])
    start_m, turn_m = done.points_at(at_s)[:, _HIPS, 2].mean(axis=1)
    return "setup" if _LYING_M < start_m < _LOW_SHARE * turn_m else "turn"


def _middle_s(done: Performance, phase: PhaseId) -> float:
    """The middle of a phase on the clock of the performance; of all if there is no such phase."""
    began_s, phases = _phases(done)
    shown = next((one for one in phases if one.id == phase), None)
    start_s, end_s = (shown.start_s, shown.end_s) if shown else (0.0, phases[-1].end_s)
    return began_s + (start_s + end_s) / 2.0


def _performed(
    exercise: str, *, variation: str = "", body: Body | None = None, fault: str = ""
) -> Performance:
    tempo = STYLES[exercise].tempo_for(variation) if exercise in STYLES else None
    return perform(
        exercise,
        reps=1,
        variation=variation or None,
        body=body or Body(),
        tempo=tempo and replace(tempo, hold_s=max(tempo.hold_s, _TURN_S), rest_s=_REST_S),
        fatigue_ratio=0.0,
        faults=[Fault(fault)] if fault else [],
        hold_s=_HOLD_S,
        traits={},
    )


def _phases(done: Performance) -> tuple[float, tuple[LoopPhase, ...]]:
    """Where the loop begins in the performance, and its phases from there."""
    if not done.truth.reps:
        middle_s = float(np.mean(done.course.ready_at_s))
        return middle_s - _HOLD_S / 2.0, (LoopPhase("hold", 0.0, _HOLD_S),)
    rep = done.truth.reps[0]
    began_s = rep.start_s - _REST_S
    edges: tuple[tuple[PhaseId, float], ...] = (
        ("setup", rep.start_s), ("out", rep.turn_start_s), ("turn", rep.turn_end_s),
        ("back", rep.end_s), ("end", rep.end_s + _REST_S),
    )  # fmt: skip
    phases: list[LoopPhase] = []
    for name, end_s in edges:
        start_s = phases[-1].end_s if phases else 0.0
        phases.append(LoopPhase(name, start_s, end_s - began_s))
    return began_s, tuple(phases)


def _solids(
    done: Performance, points: FloatArray, load: FloatArray
) -> tuple[Solids, tuple[Plate, ...]]:
    gaps = np.linalg.norm(middle(points, "wrist") - load, axis=1)
    holds = bool(np.nanmin(gaps, initial=np.inf) < HOLDING_M)
    moments = [_moment(done, points[i], load[i], fists=holds) for i in range(len(points))]
    first = moments[0][0]
    solids = Solids(
        np.array([np.stack([parts.first, parts.last], axis=1) for parts, _ in moments]),
        np.stack([first.first_m, first.last_m], axis=1),
        np.array(first.colour, np.uint8),
    )
    plates = tuple(
        Plate(
            np.array([discs[i].centre for _, discs in moments]),
            np.array([discs[i].axis for _, discs in moments]),
            disc.radius_m,
        )
        for i, disc in enumerate(moments[0][1])
    )
    return solids, plates


def _moment(
    done: Performance, points: FloatArray, load: FloatArray, *, fists: bool
) -> tuple[Parts, list[Disc]]:
    parts = figure_parts(points, done.body, Look(), fists=fists)
    discs = equipment(
        parts, points, load, exercise=done.truth.exercise, variation=done.truth.variation
    )
    return parts, discs
