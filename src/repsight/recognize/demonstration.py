"""What carries a movement, told from one demonstration with a known number of repetitions.

Every signal of a bank is followed from both ends. Those that make exactly the demonstrated
repetitions, alike and well apart from everything else that happens, can drive the count; the
clearest of them is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from math import log
from typing import Final, Literal

import numpy as np

from repsight.core.excursions import Candidate, excursions
from repsight.core.measure import Scene
from repsight.core.pairing import SIDES
from repsight.core.reading import default_sigma
from repsight.core.refine import Refined, oriented, refine
from repsight.core.report import Rep
from repsight.core.signals import Angle, Distance, Height, Lean, Signal, Spread
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import Cycle, ExerciseSpec
from repsight.core.types import FloatArray
from repsight.core.windows import Concentric

__all__ = ["Drive", "bank", "drive_of"]

#: A repetition covers at least this many one-sigma errors of its signal.
_LEAST_SIGMAS: Final = 4.0
#: One repetition is like no other, so it must be this many times as clear and as much alone.
_ONCE_TIMES: Final = 3.0
#: The largest movement that is no repetition stays below this share of the smallest that is.
_OTHER_SHARE: Final = 0.7
#: No repetition is smaller than this share of their median.
_ALIKE_SHARE: Final = 0.5
#: The floor lies between the two, as low as this share of the smallest repetition: a lifter
#: with less range than the demonstrator is still counted.
_FLOOR_SHARE: Final = 0.4
#: Shares of the signal's whole span at which excursions are looked for.
_LOOKS: Final = (0.2, 0.35, 0.5)
#: Signals of the arms that a moving trunk carries along.
_CARRIED: Final = ("wrist", "elbow")
#: Seconds at both ends of the demonstration in which the lifter should be at rest.
_EDGE_S: Final = 0.4
#: Errors grow no clearer beyond this many sigmas.
_CLEAR_SIGMAS: Final = 60.0
#: Signals that only count with what the clip cuts off prove less.
_CUT_SHARE: Final = 0.4
#: One limb that moves while the other rests moves twice as far as their mean.
_ONE_LIMB: Final = 1.5
#: Looking for excursions of no height at all would find every ripple.
_NOTHING: Final = 1e-6
#: Less clear than this, it may be noise that happens to have the number that was said.
_LEAST_CLEARNESS: Final = 0.25
#: Points whose mean height stands for that of the body's mass.
_MASS: Final = ("shoulder", "hip", "wrist")


@dataclass(frozen=True, slots=True, eq=False)
class Drive:
    """The movement of a demonstration: how it is counted, and its repetitions.

    ``clearness`` is how much it stands out, in units of the signal's error, weighed by how alike
    the repetitions are.
    """

    cycle: Cycle
    refined: Refined
    clearness: float

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The demonstrated repetitions."""
        return self.refined.reps


_TRUNK: Final = (Lean("hip", "shoulder"), Angle("shoulder", "hip", "knee"))


def bank() -> tuple[Signal, ...]:
    """Signals that may carry a movement: what large joints do, of the whole body and one side."""
    return (
        Height("hip", "floor", "leg"),
        Height("shoulder", "floor", "leg"),
        Height("wrist", "shoulder", "arm"),
        Height("shoulder", "wrist", "arm"),
        Height("wrist", "elbow", "forearm"),
        Height("elbow", "shoulder", "upper_arm"),
        Height("knee", "hip", "thigh"),
        Height("ankle", "knee", "shank"),
        Height("heel", "toe", "foot"),
        Angle("shoulder", "elbow", "wrist"),
        Angle("hip", "shoulder", "elbow"),
        Angle("shoulder", "hip", "knee"),
        Angle("hip", "knee", "ankle"),
        Lean("hip", "shoulder"),
        Lean("knee", "hip"),
        Distance("wrist", "shoulder", "arm"),
        Spread("ankle", "leg"),
        Spread("wrist", "arm"),
        Spread("knee", "leg"),
    )


def drive_of(scene: Scene, reps: int) -> Drive | None:
    """The clearest signal that makes exactly ``reps`` repetitions; None when there is none.

    Where the trunk moves, signals of the arms are not taken: it carries them along. Limbs that
    take turns are followed each on its own side. Nobody seen shows nothing.
    """
    if not len(scene.track):
        return None
    for sides in ("together", "each"):
        proposals = _proposals(scene, reps, sides)
        drives = (_drive(scene, reps, proposal) for proposal in proposals)
        clearest = next((drive for drive in drives if drive), None)
        if clearest:
            return _by_side(scene, reps, clearest) or clearest
    return None


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A cycle with its floor, not yet tried; ``sizes`` are those of its excursions."""

    cycle: Cycle
    sizes: _Sizes
    clearness: float


def _proposals(scene: Scene, reps: int, sides: Literal["together", "each"]) -> list[_Proposal]:
    """Signals from which the repetitions stand out, clearest first."""
    cycles = [
        Cycle(signal, turn, "after", 0.0, sides=sides)
        for signal in bank()
        for turn in ("low", "high")
    ]
    found = [proposal for cycle in cycles if (proposal := _proposal(scene, reps, cycle))]
    if any(one.cycle.driver in _TRUNK for one in found):
        found = [one for one in found if not _is_of_arm(one.cycle.driver)]
    clear = (one for one in found if one.clearness >= _LEAST_CLEARNESS)
    return sorted(clear, key=lambda one: -one.clearness)


def _proposal(scene: Scene, reps: int, cycle: Cycle) -> _Proposal | None:
    if cycle.sides == "together":
        sizes = _sizes(scene, reps, cycle)
    else:
        sizes = _sizes_by_side(scene, reps, cycle)
    if sizes is None:
        return None
    floored = replace(cycle, floor=_two_digits(sizes.floor))
    return _Proposal(floored, sizes, _clearness(scene, cycle, sizes))


def _is_of_arm(signal: Signal) -> bool:
    return any(getattr(signal, part.name) in _CARRIED for part in fields(signal))


def _sizes_by_side(scene: Scene, reps: int, cycle: Cycle) -> _Sizes | None:
    """The limbs take turns: each makes half of the repetitions; the smaller sizes count.

    One repetition of a limb proves nothing: any twitch stands out once.
    """
    if isinstance(cycle.driver, Spread | Lean):
        return None
    found: list[_Sizes | None] = []
    for side in SIDES:
        one = replace(cycle, driver=replace(cycle.driver, side=side), sides="together")
        sizes = (_sizes(scene, half, one) for half in {reps // 2, (reps + 1) // 2} if half > 1)
        found += [next((one for one in sizes if one), None)]
    known = [sizes for sizes in found if sizes]
    return min(known, key=lambda sizes: sizes.smallest) if len(known) == len(SIDES) else None


def _by_side(scene: Scene, reps: int, both: Drive) -> Drive | None:
    """The same signal limb by limb, where one limb moves at a time and the mean shows half."""
    proposal = _proposal(scene, reps, replace(both.cycle, sides="each"))
    each = _drive(scene, reps, proposal) if proposal else None
    if each is None or any(rep.side == "both" for rep in each.reps):
        return None
    return each if each.refined.own_range > _ONE_LIMB * both.refined.own_range else None


def _drive(scene: Scene, reps: int, proposal: _Proposal) -> Drive | None:
    for works in ("before", "after"):
        cycle = replace(proposal.cycle, concentric=works)
        refined = refine(scene, ExerciseSpec("demonstrated", "", cycle, "unknown"))
        if len(refined.reps) == reps and works == _concentric(scene, refined):
            return Drive(cycle, refined, proposal.clearness)
    return None


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Heights of the demonstrated excursions and of the largest other one, driver's unit.

    ``is_whole`` is False where the clip cuts one of them.
    """

    largest: float
    median: float
    smallest: float
    other: float
    is_whole: bool

    @property
    def floor(self) -> float:
        """Between what is a repetition and what is not."""
        return max(_FLOOR_SHARE * self.smallest, (self.smallest + self.other) / 2.5)


def _sizes(scene: Scene, reps: int, cycle: Cycle) -> _Sizes | None:
    """Sizes if exactly ``reps`` excursions stand out; None otherwise."""
    u = oriented(scene, cycle)
    seen = u[np.isfinite(u)]
    if len(seen) < len(u) / 2:
        return None
    span = float(np.subtract(*np.percentile(seen, (98, 2))))
    clearer = _ONCE_TIMES if reps == 1 else 1.0
    least = clearer * _LEAST_SIGMAS * default_sigma(cycle.driver, scene.view.name)
    found = (
        _stand_out(heights, reps, is_whole=of is _there_and_back)
        for of in (_there_and_back, _as_seen)  # a clip cut close shows half a repetition
        for look in _LOOKS
        if (heights := _heights(scene, u, of, look=look * span))
    )
    return next((sizes for sizes in found if sizes and sizes.smallest > least), None)


def _there_and_back(excursion: Candidate) -> float:
    return min(excursion.before, excursion.after)


def _as_seen(excursion: Candidate) -> float:
    return excursion.size("after")


def _heights(
    scene: Scene, u: FloatArray, of: Callable[[Candidate], float], *, look: float
) -> list[float]:
    """Heights of all movements to the turnaround and back, largest first."""
    found = excursions(scene.track.t_s, u, max(look, _NOTHING))
    return sorted((of(one) for one in found if not one.is_wandering), reverse=True)


def _stand_out(heights: list[float], reps: int, *, is_whole: bool) -> _Sizes | None:
    """The first ``reps`` heights if they are alike and the next one is clearly smaller."""
    if len(heights) < reps:
        return None
    done = heights[:reps]
    other = heights[reps] if len(heights) > reps else 0.0
    sizes = _Sizes(done[0], float(np.median(done)), done[-1], other, is_whole)
    is_alike = sizes.smallest >= _ALIKE_SHARE * sizes.median
    apart = _OTHER_SHARE / (_ONCE_TIMES if reps == 1 else 1.0)
    return sizes if is_alike and other <= apart * sizes.smallest else None


def _clearness(scene: Scene, cycle: Cycle, sizes: _Sizes) -> float:
    """Size in errors (its logarithm), times how alike, how alone, and whether rest is at rest."""
    sigmas = sizes.median / default_sigma(cycle.driver, scene.view.name)
    size = log(min(sigmas, _CLEAR_SIGMAS) / (_LEAST_SIGMAS - 1))
    alone = 1 - sizes.other / sizes.smallest
    whole = 1.0 if sizes.is_whole else _CUT_SHARE
    return size * (sizes.smallest / sizes.largest) * alone * whole * _rests(scene, cycle)


def _rests(scene: Scene, cycle: Cycle) -> float:
    """0..1: how close to the rest end of the driver the demonstration begins and ends."""
    u = oriented(scene, cycle)
    low, high = np.nanpercentile(u, (2, 98))
    t_s = scene.track.t_s
    edges = (u[t_s <= t_s[0] + _EDGE_S], u[t_s >= t_s[-1] - _EDGE_S])
    ends = [float(np.nanmedian(part)) for part in edges if np.isfinite(part).any()]
    if not ends:
        return 0.5
    return float(np.clip((high - np.mean(ends)) / (high - low), 0.05, 1.0))


def _concentric(scene: Scene, refined: Refined) -> Concentric:
    """Where the body's mass rises: on the way to the turnaround or on the way back."""
    places = [index for name in _MASS for index in BILATERAL[name]]
    height = -scene.track.xy[:, places, 1]
    last = len(height) - 1
    start, turn, end = (
        height[np.minimum(np.searchsorted(scene.track.t_s, times_s), last)]
        for times_s in (
            [rep.start_s for rep in refined.reps],
            [rep.turn_s for rep in refined.reps],
            [rep.end_s for rep in refined.reps],
        )
    )
    rises = 2 * turn - start - end
    known = rises[np.isfinite(rises)]
    return "before" if len(known) and np.mean(known) > 0 else "after"


def _two_digits(value: float) -> float:
    return float(f"{value:.2g}")
