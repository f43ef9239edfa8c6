"""Whether a movement is done in the posture of the exercise: gates and how well they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene, measure
from repsight.core.signals import Signal
from repsight.core.spec import ExerciseSpec, Gate, When
from repsight.core.types import FloatArray
from repsight.core.windows import Concentric, Span, frames_of, pick_value

__all__ = ["broken_gate", "gate_value", "membership", "memberships"]


def broken_gate(candidate: Span, scene: Scene, spec: ExerciseSpec) -> tuple[Gate, float] | None:
    """The first posture gate that a candidate fails, with its value; None when all hold."""
    cut = _Cut(candidate, _around(candidate, scene))
    for gate in spec.posture:
        value = cut.value(gate, spec.concentric)
        if membership(gate, value) < 0.5:
            return gate, value
    return None


def gate_value(gate: Gate, candidate: Span, scene: Scene, concentric: Concentric) -> float:
    """The number a gate looks at for one candidate; NaN when unseen or not for this view."""
    if scene.view.name not in gate.views:
        return nan
    return _Cut(candidate, _around(candidate, scene)).value(gate, concentric)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A candidate in its part of the scene: each signal is measured, each window cut once."""

    candidate: Span
    part: Scene
    _known: dict[Signal, FloatArray] = field(default_factory=dict[Signal, FloatArray])
    _frames: dict[When, NDArray[np.bool_]] = field(default_factory=dict[When, NDArray[np.bool_]])

    def value(self, gate: Gate, concentric: Concentric) -> float:
        if self.part.view.name not in gate.views:
            return nan
        if gate.signal not in self._known:
            self._known[gate.signal] = measure(gate.signal, self.part)
        if gate.when not in self._frames:
            self._frames[gate.when] = frames_of(
                gate.when, self.candidate, self.part.track.t_s, concentric=concentric
            )
        return pick_value(self._known[gate.signal][self._frames[gate.when]], gate.pick)


def _around(candidate: Span, scene: Scene) -> Scene:
    """The candidate with the rest around it: gates need no more of a long clip."""
    margin_s = 0.5
    first, last = np.searchsorted(
        scene.track.t_s, [candidate.start_s - margin_s, candidate.end_s + margin_s]
    )
    return scene.part(slice(int(first), int(last) + 1))


def membership(gate: Gate, value: float) -> float:
    """1 inside the gate, 0.5 at half its soft width outside, 0 beyond; 1 for NaN."""
    if isnan(value):
        return 1.0
    outside = max(gate.low - value, value - gate.high, 0.0)
    return float(np.clip(1.0 - outside / gate.soft, 0.0, 1.0))


def memberships(gate: Gate, values: FloatArray) -> FloatArray:
    """(N,) as ``membership`` for every value; NaN stays NaN."""
    outside = np.maximum(np.maximum(gate.low - values, values - gate.high), 0.0)
    return np.clip(1.0 - outside / gate.soft, 0.0, 1.0)
