"""How well technique is judged: `python -m benchmarks.judging [--bodies N] [--clips]`.

The digital athlete does sets with one declared fault, and balanced sets of varied proportions and
variations; its landmarks carry a realistic error. With `--clips`, the real clips beside the
project are judged against what their labels say. Prints Markdown with n and 95 % intervals on
stdout, and every miss and false flag on stderr.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.intervals import Row, share, table
from benchmarks.wording import tell, words
from repsight.app.track_clip import track_clip
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.core.holds import as_rep
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.spec import ExerciseSpec, ViewName
from repsight.core.types import PoseTrack
from repsight.errors import RepsightError
from repsight.exercises import catalog, spec_of

__all__ = ["ANSWERS", "YAW_DEG", "Trial", "answers_of", "main"]

SHARED = Path(__file__).resolve().parents[2] / "shared"

#: Rules that are a right answer to a fault beside, or instead of, the rule of the same name.
ALSO_RIGHT: dict[tuple[str, str], tuple[str, ...]] = {
    ("squat", "forward_drift"): ("excess_lean",),
    ("deadlift", "soft_lockout"): ("short_lockout", "soft_knees"),
    ("push_up", "hip_sag"): ("hip_sag_knees",),
    ("push_up", "hip_pike"): ("hip_pike_knees",),
    ("shoulder_press", "soft_lockout"): ("low_lockout",),
}
#: Where the camera stands to see what a rule judges from a view.
YAW_DEG: dict[ViewName, float] = {"side": 90.0, "front": 0.0, "oblique": 45.0, "back": 180.0}


def answers_of(exercise: str) -> dict[str, tuple[tuple[str, ...], float]]:
    """Per declared fault of the athlete: the rules that answer it, and the yaw it is filmed from.

    A fault that turns a repetition into none (a cheat) is a matter of counting, not of rules.
    """
    rules = {rule.id: rule for rule in spec_of(exercise).book.rules}
    found: dict[str, tuple[tuple[str, ...], float]] = {}
    for fault in STYLES[exercise].faults:
        right = tuple(
            rule for rule in (fault, *ALSO_RIGHT.get((exercise, fault), ())) if rule in rules
        )
        if right and fault not in STYLES[exercise].cheats:
            views = rules[right[0]].views
            found[fault] = (right, next(yaw for view, yaw in YAW_DEG.items() if view in views))
    return found


#: Every exercise that both the catalog and the athlete know, with its declared faults.
ANSWERS = {name: answers_of(name) for name in STYLES if name in catalog()}
VIEWS_DEG = (90.0, -90.0, 0.0, 45.0, 180.0)

#: What a label of a real clip says -> the rule that should find it. Labels that name what is
#: never claimed (a rounded back) or what has no rule are not counted either way.
LABELS = {
    "shallow_depth": "shallow",
    "forward_lean": "excess_lean",
    "squatting_the_deadlift": "hips_too_low",
    "bar_too_far_from_body": "bar_away",
    "hyperextension_at_lockout": "lean_back",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One set and what came out of it; ``judged`` of ``asked`` rules gave an answer."""

    name: str
    fault: str
    flagged: tuple[str, ...]
    judged: int
    contradictions: int
    asked: int = 0


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=5, help="bodies per fault and variation")
    parser.add_argument("--noise", type=float, default=1.0, help="1 is a good phone clip")
    parser.add_argument("--only", default="", help="one exercise")
    parser.add_argument("--clips", action="store_true", help="judge the real clips instead")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--landmarks", type=Path, help="landmarks of the clips, made before")
    options = parser.parse_args(arguments)
    chosen = [options.only] if options.only else list(ANSWERS)
    if options.clips and not (options.shared / "clips" / "labels.csv").is_file():
        tell("No labelled clips here: give their folder with --shared.")
        rows = []
    elif options.clips:
        rows = _clip_rows(list(_clips(chosen, options.shared, options.landmarks)))
    else:
        faulty = [t for name in chosen for t in _faulty(name, options.bodies, options.noise)]
        clean = [t for name in chosen for t in _balanced(name, options.bodies, options.noise)]
        rows = _athlete_rows(faulty, clean)
    print(table(rows))
    return 0


def _faulty(exercise: str, bodies: int, noise: float) -> Iterator[Trial]:
    style = STYLES[exercise]
    for fault, (_, yaw_deg) in ANSWERS[exercise].items():
        for seed in range(1000, 1000 + bodies):
            made = perform(
                exercise, seed=seed, variation=style.variations[0], faults=(Fault(fault),)
            )
            trial = _trial(made, fault, yaw_deg=yaw_deg, seed=seed, noise=noise)
            if not _is_found(trial, exercise):
                tell(f"missed: {trial}")
            yield trial


def _balanced(exercise: str, bodies: int, noise: float) -> Iterator[Trial]:
    for number, variation in enumerate(STYLES[exercise].variations):
        for seed in range(2000, 2000 + bodies):
            yaw_deg = VIEWS_DEG[(seed + number) % len(VIEWS_DEG)]
            made = perform(exercise, seed=seed, variation=variation)
            trial = _trial(made, "", yaw_deg=yaw_deg, seed=seed, noise=noise)
            if trial.flagged:
                tell(f"false flag: {trial} {variation} from {yaw_deg:.0f}")
            yield trial


def _trial(made: Performance, fault: str, *, yaw_deg: float, seed: int, noise: float) -> Trial:
    spec = spec_of(made.truth.exercise)
    known = {variation.id for variation in spec.book.variations}
    # every other lifter says which variation it is; the others must not be blamed for it
    declared = made.truth.variation.partition("/")[0] if fault or seed % 2 else ""
    track = made.track(made.camera(yaw_deg=yaw_deg), noise=noise, seed=seed)
    judged = _judge(track, spec, declared if declared in known else "")
    return _outcome(f"{spec.id} {seed}", fault, judged, spec)


def _judge(track: PoseTrack, spec: ExerciseSpec, declared: str = "") -> Judged:
    scene = observe(track)
    done = refine(scene, spec)
    held = [as_rep(spell, number, scene) for number, spell in enumerate(done.spells, start=1)]
    return judge_reps(scene, spec, done.reps or held, variation=declared)


def _outcome(name: str, fault: str, judged: Judged, spec: ExerciseSpec) -> Trial:
    flagged = sorted({v.rule for v in judged.verdicts if v.outcome == "issue"})
    answered = len({v.rule for v in judged.verdicts if v.outcome != "cannot_judge"})
    asked = len({v.rule for v in judged.verdicts})
    return Trial(name, fault, tuple(flagged), answered, _contradictions(judged, spec), asked)


def _contradictions(judged: Judged, spec: ExerciseSpec) -> int:
    """Verdicts whose value is not that of the metric with the same signal, When and Pick."""
    taken = {(m.signal, m.when, m.pick): m.id for m in spec.book.metrics}
    same = {rule.id: taken[rule.signal, rule.when, rule.pick] for rule in spec.book.rules}
    return sum(
        judged.reps[v.rep - 1].metrics[same[v.rule]].value != v.value
        for v in judged.verdicts
        if v.outcome != "cannot_judge"
    )


def _athlete_rows(faulty: list[Trial], clean: list[Trial]) -> Iterator[Row]:
    found = [(t, _is_found(t, t.name.split()[0])) for t in faulty]
    yield share("declared faults found", ">= 90 %", [hit for _, hit in found])
    for exercise, faults in ANSWERS.items():
        for fault in faults:
            hits = [hit for t, hit in found if t.fault == fault and t.name.startswith(exercise)]
            if hits:
                yield share(f"{words(exercise)}: {words(fault)}", "", hits)
    yield share("balanced sets with any false flag", "<= 5 %", [bool(t.flagged) for t in clean])
    yield share("false flags among answers on balanced sets", "", _flags(clean))
    others = [
        Trial(t.name, t.fault, tuple(set(t.flagged) - set(_right(t))), t.judged, 0) for t in faulty
    ]
    yield share("other rules flagged beside a declared fault", "", _flags(others))
    yield share("flags that name the declared fault (precision)", "", _right_flags(faulty))
    yield share(
        "rules that could not judge, balanced sets from five views (abstention)", "",
        [silent for t in clean for silent in
         [True] * (t.asked - t.judged) + [False] * t.judged],
    )  # fmt: skip
    wrong = sum(t.contradictions for t in faulty + clean)
    yield Row("verdicts against the report's own metrics", "0", wrong, len(faulty + clean))


def _right_flags(trials: Iterable[Trial]) -> list[bool]:
    """One entry for each flag: whether it answers the fault that was declared."""
    return [rule in _right(t) for t in trials for rule in t.flagged]


def _flags(trials: Iterable[Trial]) -> list[bool]:
    """One entry for each rule that answered: whether it flagged."""
    return [
        hit
        for t in trials
        for hit in [True] * len(t.flagged) + [False] * (t.judged - len(t.flagged))
    ]


def _right(trial: Trial) -> tuple[str, ...]:
    return ANSWERS[trial.name.split()[0]][trial.fault][0]


def _is_found(trial: Trial, exercise: str) -> bool:
    return bool(set(ANSWERS[exercise][trial.fault][0]) & set(trial.flagged))


def _clips(chosen: list[str], shared: Path, landmarks: Path | None) -> Iterator[Trial]:
    with (shared / "clips" / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["exercise"] in chosen]
    for row in rows:
        if "synthetic" in row["notes"]:
            continue
        track = _track(shared / "clips" / row["file"], landmarks)
        if track is None:
            continue
        spec = spec_of(row["exercise"])
        trial = _outcome(row["file"], row["issues"], _judge(track, spec), spec)
        tell(f"{row['file']}: labelled {row['issues'] or 'fine'}, flagged {trial.flagged}")
        yield trial


def _track(clip: Path, landmarks: Path | None) -> PoseTrack | None:
    if landmarks is None:
        try:
            return track_clip(clip).track
        except RepsightError as error:
            tell(f"{clip.name}: {error}")
            return None
    file = landmarks / f"{clip.stem}.npz"
    if not file.is_file():
        return None
    data = np.load(file)
    return PoseTrack(
        data["t_s"], data["xy"], data["visibility"], data["world"], float(data["aspect_ratio"])
    )


def _clip_rows(trials: list[Trial]) -> Iterator[Row]:
    wanted = [(t, rule) for t in trials for label, rule in LABELS.items() if label in t.fault]
    yield share("labelled issues found", "", [rule in t.flagged for t, rule in wanted])
    fine = [t for t in trials if not t.fault]
    yield share("clips labelled fine with any flag", "", [bool(t.flagged) for t in fine])
    yield share("flags among answers on clips labelled fine", "", _flags(fine))
    wrong = sum(t.contradictions for t in trials)
    yield Row("verdicts against the report's own metrics", "0", wrong, len(trials))


if __name__ == "__main__":
    raise SystemExit(main())
