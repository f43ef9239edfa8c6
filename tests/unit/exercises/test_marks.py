"""Every exercise on the digital athlete: n reps in, n out; halves out; faults found; no blame.

Driven by the catalog and the athlete's styles: a new exercise is tested without an edit here.
`python -m benchmarks.judging` measures the same with more bodies.
"""

from __future__ import annotations

import pytest

from benchmarks.judging import ANSWERS, YAW_DEG
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.judge import judge_reps
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.spec import Cycle
from repsight.exercises import catalog, spec_of

CYCLES = [name for name in ANSWERS if isinstance(catalog()[name].movement, Cycle)]
EVERY = [(name, variation) for name in CYCLES for variation in STYLES[name].variations]
FAULTS = [(name, fault) for name in CYCLES for fault in ANSWERS[name]]


def _outcome(made: Performance, *, yaw_deg: float) -> tuple[int, set[str]]:
    """Count and issues of one set of the athlete."""
    spec = spec_of(made.truth.exercise)
    scene = observe(made.track(made.camera(yaw_deg=yaw_deg), seed=3))
    known = {variation.id for variation in spec.book.variations}
    declared = made.truth.variation.partition("/")[0]
    reps = refine(scene, spec).reps
    judged = judge_reps(scene, spec, reps, variation=declared if declared in known else "")
    return len(reps), {v.rule for v in judged.verdicts if v.outcome == "issue"}


@pytest.mark.parametrize(("exercise", "variation"), EVERY)
def test_a_balanced_set_is_counted_and_not_blamed(exercise: str, variation: str) -> None:
    # one limb at a time can be followed only where both are seen
    one_by_one = variation in {"alternating", "one_arm"}
    yaw_deg = 0.0 if one_by_one else YAW_DEG[spec_of(exercise).recommended_view]
    made = perform(exercise, variation=variation, reps=4, seed=2000)
    assert _outcome(made, yaw_deg=yaw_deg) == (4, set())


@pytest.mark.parametrize("exercise", CYCLES)
def test_half_the_range_among_full_ones_is_not_counted(exercise: str) -> None:
    made = perform(exercise, range_ratio=[1.0, 1.0, 0.5, 1.0], reps=4, seed=2003)
    assert _outcome(made, yaw_deg=45.0)[0] == 3


@pytest.mark.parametrize(("exercise", "fault"), FAULTS)
def test_a_declared_fault_is_found_in_two_sets_of_three(exercise: str, fault: str) -> None:
    rules, yaw_deg = ANSWERS[exercise][fault]
    found = 0
    for seed in (1002, 1003, 1004):
        made = perform(exercise, faults=(Fault(fault),), seed=seed)
        found += bool(_outcome(made, yaw_deg=yaw_deg)[1] & set(rules))
        if found == 2:
            return
    pytest.fail(f"found {found} times in three sets")
