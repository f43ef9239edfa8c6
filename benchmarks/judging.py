"""How well technique is judged: `python -m benchmarks.judging [--bodies N] [--clips FOLDER]`.

The digital athlete does sets with one declared fault, and balanced sets of varied proportions
and variations; its landmarks carry a realistic error. Prints a Markdown table with n and the
95 % Wilson interval on stdout, and every miss and false flag on stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.exercises import spec_of

__all__ = ["Trial", "main"]

#: Rules that are a right answer to a fault, and the camera yaws from which it can be seen.
ANSWERS: dict[str, dict[str, tuple[tuple[str, ...], float]]] = {
    "squat": {
        "shallow": (("shallow",), 90.0),
        "hips_rise_first": (("hips_rise_first",), 90.0),
        "heel_rise": (("heel_rise",), 90.0),
        "forward_drift": (("forward_drift", "excess_lean"), 90.0),
        "knees_in": (("knees_in",), 0.0),
        "lateral_shift": (("lateral_shift",), 0.0),
    },
    "deadlift": {
        "hips_shoot_up": (("hips_shoot_up",), 90.0),
        "bar_away": (("bar_away",), 90.0),
        "soft_lockout": (("soft_lockout", "short_lockout", "soft_knees"), 90.0),
        "hitch": (("hitch",), 90.0),
        "lean_back": (("lean_back",), 90.0),
    },
    "push_up": {
        "hip_sag": (("hip_sag", "hip_sag_knees"), 90.0),
        "hip_pike": (("hip_pike", "hip_pike_knees"), 90.0),
        "shallow": (("shallow",), 90.0),
        "soft_lockout": (("soft_lockout",), 90.0),
        "head_lead": (("head_lead",), 90.0),
    },
    "shoulder_press": {
        "soft_lockout": (("soft_lockout", "low_lockout"), 90.0),
        "uneven_arms": (("uneven_arms",), 0.0),
        "knee_dip": (("knee_dip",), 90.0),
        "lean_back": (("lean_back",), 90.0),
    },
}
VIEWS_DEG = (90.0, -90.0, 0.0, 45.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """One set and what came out of it."""

    exercise: str
    variation: str
    fault: str
    yaw_deg: float
    seed: int
    counted: int
    flagged: tuple[str, ...]
    judged_pairs: int
    contradictions: int


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=8, help="bodies per fault and variation")
    parser.add_argument("--noise", type=float, default=1.0, help="1 is a good phone clip")
    parser.add_argument("--only", default="", help="one exercise")
    options = parser.parse_args(arguments)
    chosen = [options.only] if options.only else list(ANSWERS)
    faulty = [t for name in chosen for t in _faulty(name, options.bodies, options.noise)]
    clean = [t for name in chosen for t in _balanced(name, options.bodies, options.noise)]
    _print_table(faulty, clean)
    return 0


def _faulty(exercise: str, bodies: int, noise: float) -> Iterator[Trial]:
    style = STYLES[exercise]
    for fault, (rules, yaw_deg) in ANSWERS[exercise].items():
        for seed in range(bodies):
            made = perform(exercise, seed=seed, variation=style.variations[0],
                           faults=(Fault(fault),))  # fmt: skip
            trial = _trial(made, fault, yaw_deg=yaw_deg, seed=seed, noise=noise)
            if not set(rules) & set(trial.flagged):
                _tell(f"missed {trial}")
            yield trial


def _balanced(exercise: str, bodies: int, noise: float) -> Iterator[Trial]:
    for number, variation in enumerate(STYLES[exercise].variations):
        for seed in range(bodies):
            yaw_deg = VIEWS_DEG[(seed + number) % len(VIEWS_DEG)]
            made = perform(exercise, seed=100 + seed, variation=variation)
            trial = _trial(made, "", yaw_deg=yaw_deg, seed=100 + seed, noise=noise)
            if trial.flagged:
                _tell(f"false flag {trial}")
            yield trial


def _trial(made: Performance, fault: str, *, yaw_deg: float, seed: int, noise: float) -> Trial:
    truth = made.truth
    spec = spec_of(truth.exercise)
    scene = observe(made.track(made.camera(yaw_deg=yaw_deg), noise=noise, seed=seed))
    known = {variation.id for variation in spec.book.variations}
    declared = truth.variation.partition("/")[0]
    reps = refine(scene, spec).reps
    judged = judge_reps(scene, spec, reps, variation=declared if declared in known else "")
    flagged = sorted({v.rule for v in judged.verdicts if v.outcome == "issue"})
    pairs = len({v.rule for v in judged.verdicts if v.outcome != "cannot_judge"})
    return Trial(
        truth.exercise, truth.variation, fault, yaw_deg, seed, len(reps), tuple(flagged), pairs,
        _contradictions(judged, scene.view.name),
    )  # fmt: skip


def _contradictions(judged: Judged, view: str) -> int:
    """Verdicts whose value is not the metric of the same name at the same repetition."""
    same = {"shallow": "depth", "soft_lockout": "hip_at_lockout", "hitch": "sink"}
    wrong = 0
    for verdict in judged.verdicts:
        metric = same.get(verdict.rule, "")
        if verdict.rep and verdict.outcome != "cannot_judge" and view:
            measures = judged.reps[verdict.rep - 1].metrics
            wrong += metric in measures and measures[metric].value != verdict.value
    return wrong


def _print_table(faulty: list[Trial], clean: list[Trial]) -> None:
    print("| what | mark | measured | n | 95 % interval |")
    print("|---|---|---|---|---|")
    found = [t for t in faulty if _is_found(t)]
    _row("declared faults found", ">= 90 %", len(found), len(faulty))
    for exercise in dict.fromkeys(t.exercise for t in faulty):
        for fault in dict.fromkeys(t.fault for t in faulty if t.exercise == exercise):
            same = [t for t in faulty if (t.exercise, t.fault) == (exercise, fault)]
            hits = sum(_is_found(t) for t in same)
            _row(f"{exercise.replace('_', ' ')}: {fault.replace('_', ' ')}", "", hits, len(same))
    _row("balanced sets with any false flag", "<= 5 %", sum(bool(t.flagged) for t in clean),
         len(clean))  # fmt: skip
    others = sum(len(set(t.flagged) - set(ANSWERS[t.exercise][t.fault][0])) for t in faulty)
    _row("false flags among rules judged on balanced sets", "", sum(len(t.flagged) for t in clean),
         sum(t.judged_pairs for t in clean))  # fmt: skip
    _row("other rules flagged beside a declared fault", "", others,
         sum(t.judged_pairs for t in faulty))  # fmt: skip
    wrong = sum(t.contradictions for t in faulty + clean)
    print(f"| verdicts that contradict the report's own metrics | 0 | {wrong} | "
          f"{len(faulty) + len(clean)} sets | |")  # fmt: skip


def _is_found(trial: Trial) -> bool:
    return bool(set(ANSWERS[trial.exercise][trial.fault][0]) & set(trial.flagged))


def _row(what: str, mark: str, hits: int, n: int) -> None:
    low, high = _wilson(hits, n)
    share = 100 * hits / n if n else float("nan")
    print(f"| {what} | {mark} | {share:.0f} % | {n} | {100 * low:.0f} to {100 * high:.0f} % |")


def _wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    if not n:
        return 0.0, 1.0
    share, scale = hits / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
