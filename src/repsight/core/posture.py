"""Whether a movement is done in the posture of the exercise: gates and how well they hold."""

from __future__ import annotations

from math import isnan, nan

import numpy as np

from repsight.core.measure import Scene, measure
from repsight.core.spec import ExerciseSpec, Gate
from repsight.core.types import FloatArray
from repsight.core.windows import Concentric, Span, frames_of, pick_value

__all__ = ["broken_gate", "gate_value", "membership", "memberships"]


def broken_gate(candidate: Span, scene: Scene, spec: ExerciseSpec) -> tuple[Gate, float] | None:
    """The first posture gate that a candidate fails, with its value; None when all hold."""
    for gate in spec.posture:
        value = gate_value(gate, candidate, scene, spec.concentric)
        if membership(gate, value) < 0.5:
            return gate, value
    return None


def gate_value(gate: Gate, candidate: Span, scene: Scene, concentric: Concentric) -> float:
    """The number a gate looks at for one candidate; NaN when unseen or not for this view."""
    if scene.view.name not in gate.views:
        return nan
    span = _span_frames(candidate, scene)
    part = scene.part(span)
    values = measure(gate.signal, part)
    frames = frames_of(gate.when, candidate, part.track.t_s, concentric=concentric)
    return pick_value(values[frames], gate.pick)


def _span_frames(candidate: Span, scene: Scene) -> slice:
    """Frames of the candidate with the rest around it: gates need no more of a long clip."""
    margin_s = 0.5
    first, last = np.searchsorted(
        scene.track.t_s, [candidate.start_s - margin_s, candidate.end_s + margin_s]
    )
    return slice(int(first), int(last) + 1)


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
