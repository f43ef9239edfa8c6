"""Valid ways of doing an exercise: declared by the lifter or seen. Never faults."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from repsight.core.phrases import phrase_of, value_text
from repsight.core.reading import Signals, unit_of
from repsight.core.report import Rep, VariationSeen
from repsight.core.sides import for_side
from repsight.core.spec import ExerciseSpec, Gate, Variation
from repsight.errors import UnknownName

__all__ = ["check_variation", "variations_of"]


def check_variation(spec: ExerciseSpec, declared: str) -> None:
    """Raise UnknownName unless ``declared`` is one of the exercise's variations or empty."""
    known = [variation.id for variation in spec.book.variations]
    if declared and declared not in known:
        raise UnknownName(
            f"{spec.name} has no variation called {declared!r}.",
            wanted=f"It knows: {', '.join(known) or 'none'}.",
            next_step="Choose one of them or leave it out.",
        )


def variations_of(
    signals: Signals, spec: ExerciseSpec, reps: Sequence[Rep], *, declared: str = ""
) -> tuple[VariationSeen, ...]:
    """The declared variation and those the repetitions show.

    What contradicts the declaration is not reported as a variation: a rule that holds only for
    the declared one judges it.
    """
    check_variation(spec, declared)
    judged = {rule.signal for rule in spec.book.rules if declared and declared in rule.only_for}
    found: list[VariationSeen] = []
    for variation in spec.book.variations:
        if variation.id == declared:
            found.append(VariationSeen(variation.id, variation.name, "declared", "declared"))
        elif not judged.intersection(gate.signal for gate in variation.gates):
            evidence = _evidence(signals, variation, reps, spec)
            if evidence:
                found.append(VariationSeen(variation.id, variation.name, "seen", evidence))
    return tuple(found)


def _evidence(
    signals: Signals, variation: Variation, reps: Sequence[Rep], spec: ExerciseSpec
) -> str:
    """The first thing that shows it, in words; empty when it does not hold or cannot be told."""
    if signals.scene.view.name not in variation.views:
        return ""
    gates = [gate for gate in variation.gates if signals.scene.view.name in gate.views]
    parts = [_gate_evidence(signals, gate, reps, spec) for gate in gates]
    if variation.min_pause_s > 0:
        parts.append(_pause_evidence(variation, reps))
    return parts[0] if parts and all(parts) else ""


def _pause_evidence(variation: Variation, reps: Sequence[Rep]) -> str:
    seen_s = [rep.pause_s for rep in reps if isfinite(rep.pause_s)]
    pause_s = float(np.median(seen_s)) if seen_s else 0.0
    if pause_s < variation.min_pause_s:
        return ""
    return f"paused for {pause_s:.1f} s (at least {variation.min_pause_s:.1f} s)"


def _gate_evidence(signals: Signals, gate: Gate, reps: Sequence[Rep], spec: ExerciseSpec) -> str:
    """What was measured, if most repetitions were seen and their median is within the gate."""
    own = [for_side(gate.signal, spec, rep.side) for rep in reps]
    values = np.array(
        [
            signals.read(signal, rep, when=gate.when, pick=gate.pick).value
            for signal, rep in zip(own, reps, strict=True)
        ]
    )
    values = values[np.isfinite(values)]
    if len(values) < max(1, (len(reps) + 1) // 2):
        return ""
    value = float(np.median(values))
    if not gate.low <= value <= gate.high:
        return ""
    return f"{phrase_of(gate.signal)} {value_text(value, unit_of(gate.signal))}"
