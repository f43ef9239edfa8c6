"""What a motion is asked for and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.course import Course, Tempo
from repsight.athlete.faults import Fault
from repsight.athlete.limbs import Limbs
from repsight.athlete.truth import Moment
from repsight.core.types import FloatArray

__all__ = ["Motion", "Order", "Style", "draw_traits"]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Who moves, how, and when; ``traits`` are this person's own habits, drawn by seed."""

    body: Body
    variation: str
    course: Course
    faults: tuple[Fault, ...]
    traits: Mapping[str, float]

    def severity(self, fault: str) -> FloatArray:
        """Strength (N,) of a declared fault over time; zeros if it was not declared."""
        return self.course.severity(self.faults, fault)

    def trait(self, name: str, low: float, high: float) -> float:
        """Personal value between ``low`` and ``high``; 0.5 of the way for the average person."""
        return low + (high - low) * self.traits.get(name, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Joints over time; centre of the bar or weight (N, 3) if there is one; named instants."""

    limbs: Limbs
    load: FloatArray | None = None
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How an exercise is done by default; the first variation is the default.

    ``cheats`` are faults that turn a rep into a cheated one. ``ends_in_position`` says that the
    film of a set usually ends before the lifter stands up again.
    """

    move: Callable[[Order], Motion]
    variations: tuple[str, ...]
    tempo: Tempo
    faults: tuple[str, ...] = ()
    cheats: tuple[str, ...] = ()
    work_is_out: bool = False
    ready_s: float = 1.2
    has_reps: bool = True
    walks_in: bool = False
    ends_in_position: bool = False
    tempos: tuple[tuple[str, Tempo], ...] = ()

    def tempo_for(self, variation: str) -> Tempo:
        """The usual tempo of a variation."""
        return dict(self.tempos).get(variation, self.tempo)


def draw_traits(rng: np.random.Generator) -> Mapping[str, float]:
    """Personal habits, each 0..1 and clustered around one half."""
    names = ("toe_out", "stance", "grip", "shin", "depth", "head", "lean", "elbow", "load", "reach")
    return {name: float(np.clip(0.5 + 0.22 * rng.normal(), 0.0, 1.0)) for name in names}
