"""A clip with several exercises: where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Final

from repsight.core.report import SetReport
from repsight.recognize import Routed, segments_of

__all__ = ["is_circuit", "stretches_of"]

#: What lies between two sets may be an exercise that the router does not know, if it lasts.
_OWN_STRETCH_S: Final = 8.0
#: An exercise belongs to a circuit with this many repetitions, or as a hold.
_LEAST_REPS: Final = 2


def stretches_of(routed: Routed) -> list[tuple[float, float]]:
    """Stretches of time (from_s, to_s) with one exercise each; one endless one if there is one.

    Cuts lie in the middle between two sets; a long gap between them is a stretch of its own.
    """
    found = segments_of(routed)
    if len({segment.label for segment in found}) < 2:
        return [(-inf, inf)]
    edges = [-inf]
    for before, after in pairwise(found):
        if after.start_s - before.end_s > _OWN_STRETCH_S:
            edges += [before.end_s, after.start_s]
        else:
            edges.append((before.end_s + after.start_s) / 2)
    return list(pairwise([*edges, inf]))


def is_circuit(sets: Sequence[SetReport]) -> bool:
    """Whether at least two known exercises were really done."""
    done = {
        one.exercise.id
        for one in sets
        if one.exercise.is_known and (one.rep_count >= _LEAST_REPS or one.holds)
    }
    return len(done) > 1
