"""Analysis against the digital athlete's truth: `python -m benchmarks.rendered [--pixels]`.

The usual run feeds landmarks with a realistic error through the engine: hundreds of sets, about
forty seconds of one processor for each of the `--bodies`. `--pixels` renders clips, encodes them
and analyses the files end to end; it takes about 10 s a clip on an idle machine. Both print
Markdown with n and 95 % intervals on stdout, and what went wrong, set by set, on stderr.
`--lifts squat` tries less of it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np

from benchmarks.intervals import median_interval, wilson
from benchmarks.judging import ANSWERS
from benchmarks.wording import tell, words
from repsight.app.assess import assess_track
from repsight.athlete.encode import save_video
from repsight.athlete.faults import Fault
from repsight.athlete.figure import Look
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.render import Film, render
from repsight.core.measure import measure, observe
from repsight.core.report import SetReport
from repsight.core.signals import Angle, Lean
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = ["Outcome", "main"]

LIFTS = ("squat", "deadlift", "push_up", "shoulder_press")
OTHERS = tuple(
    name
    for name, style in STYLES.items()
    if style.has_reps and name in catalog() and name not in LIFTS
)
NEGATIVES = ("still", "standing", "talking", "walking", "plank", "racking")
YAWS_DEG = (90.0, -90.0, 75.0, 45.0, 0.0)

#: Joints that mean something at the turnaround of each lift.
JOINTS = {
    "squat": ("knee", "hip", "trunk"),
    "deadlift": ("knee", "hip", "elbow", "trunk"),
    "push_up": ("knee", "hip", "elbow", "trunk"),
    "shoulder_press": ("knee", "hip", "elbow", "trunk"),
}
SIGNALS = {
    "knee": Angle("hip", "knee", "ankle", "near"),
    "hip": Angle("shoulder", "hip", "knee", "near"),
    "elbow": Angle("shoulder", "elbow", "wrist", "near"),
    "trunk": Lean("hip", "shoulder", "near"),
}
#: A rendered rep costs several seconds, so filmed sets are short.
_FILMED_REPS = 3
#: Camera yaws at which joint angles are promised.
SIDE_ON_DEG = 70.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One set: what was done, what was reported, and the angle errors at its turnarounds."""

    name: str
    fault: str
    yaw_deg: float
    true_reps: int
    counted: int
    flagged: frozenset[str]
    errors: tuple[tuple[str, float], ...]  # joint, measured minus true in degrees
    off_s: tuple[tuple[str, float], ...]  # edge of a rep, reported minus true in seconds


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, help="bodies per view (12) or per clip (1)")
    parser.add_argument(
        "--lifts", nargs="+", choices=LIFTS, default=LIFTS,
        help="only these of the four, and no exercise beside them",
    )  # fmt: skip
    parser.add_argument("--noise", type=float, default=1.0, help="landmark error, 1 is usual")
    parser.add_argument("--pixels", action="store_true", help="render clips and analyse them")
    parser.add_argument("--minutes", type=float, default=60.0, help="film no longer than this")
    options = parser.parse_args(arguments)
    if options.pixels:
        done = list(_filmed(options.bodies or 1, 60.0 * options.minutes))
        _print_counts(done)
        _print_angles(done)
        _print_faults(done)
        return 0
    lifts = tuple(options.lifts)
    bodies = options.bodies or 12
    done = list(_emitted(lifts, bodies, options.noise))
    _print_counts(done)
    _print_partials(lifts, bodies, options.noise)
    _print_edges(done)
    _print_angles(done)
    _print_rest(lifts, bodies, options.noise)
    return 0


def _emitted(lifts: Sequence[str], bodies: int, noise: float) -> Iterator[Outcome]:
    """Balanced sets as landmark tracks, over views, frame rates and variations."""
    for name in lifts:
        variations = STYLES[name].variations
        for number, yaw_deg in enumerate(YAWS_DEG):
            for seed in range(bodies):
                made = perform(
                    name,
                    reps=3 + (seed + number) % 5,
                    seed=seed + 50 * number,
                    walk_in=seed % 3 == 2,
                    variation=variations[(seed + number) % len(variations)],
                )
                fps = (30.0, 15.0, 60.0)[seed % 3]
                track = made.track(made.camera(yaw_deg=yaw_deg), fps=fps, noise=noise, seed=seed,
                                   time_jitter_s=0.004 * (seed % 2))  # fmt: skip
                yield _outcome(made, "", yaw_deg, assess_track(track, exercise=name), track)


def _filmed(bodies: int, limit_s: float) -> Iterator[Outcome]:
    """Rendered clips until the time is up: balanced sets from several sides, declared faults.

    Shuffled, so that a run cut short has still seen a bit of everything.
    """
    takes = [
        (name, fault, yaw_deg, seed + 10 * bool(fault))
        for name in LIFTS
        for fault, yaw_deg in _shots(name)
        for seed in range(bodies)
    ]
    until = monotonic() + limit_s
    with tempfile.TemporaryDirectory() as folder:
        for i in np.random.default_rng(0).permutation(len(takes)):
            if monotonic() < until:
                name, fault, yaw_deg, seed = takes[i]
                yield _film(name, fault, yaw_deg, seed=seed, folder=Path(folder))


def _shots(name: str) -> Iterator[tuple[str, float]]:
    """What is filmed of a lift, as fault (empty: balanced) and camera yaw."""
    for yaw_deg in (90.0, -75.0, 40.0 if name == "push_up" else 0.0):
        yield "", yaw_deg
    for fault, (_, yaw_deg) in ANSWERS[name].items():
        yield fault, yaw_deg


def _film(name: str, fault: str, yaw_deg: float, *, seed: int, folder: Path) -> Outcome:
    # Only here: the quick run needs neither video nor pose models.
    from repsight.app.analyze import AnalyzeRequest, analyze_clip

    faults = (Fault(fault),) if fault else ()
    made = perform(name, reps=_FILMED_REPS, seed=seed, faults=faults, lead_s=0.5, tail_s=0.5)
    lying = name == "push_up"
    camera = made.camera(yaw_deg=yaw_deg, aspect_ratio=4 / 3 if lying else 3 / 4)
    film = Film(size=(480, 360) if lying else (360, 480), fps=15.0, noise=2.5, seed=seed)
    frames = render(made, camera, film=film, look=Look.varied(seed), plates=False)
    clip = save_video(folder / f"{name}-{fault}-{yaw_deg:.0f}-{seed}.mp4", frames, fps=film.fps)
    analysis = analyze_clip(AnalyzeRequest(clip, exercise=name))
    clip.unlink()
    tell(f"filmed: {name} {fault or 'balanced'} from {yaw_deg:.0f}")
    return _outcome(made, fault, yaw_deg, analysis.report.sets, analysis.track)


def _outcome(
    made: Performance, fault: str, yaw_deg: float, sets: Iterable[SetReport], track: PoseTrack
) -> Outcome:
    truth = made.truth
    reports = list(sets)
    flagged = {v.rule for s in reports for v in s.verdicts if v.outcome == "issue"}
    outcome = Outcome(
        truth.exercise, fault, yaw_deg, truth.counted, sum(s.rep_count for s in reports),
        frozenset(flagged), tuple(_angle_errors(made, yaw_deg, track)),
        tuple(_edge_errors(made, reports)),
    )  # fmt: skip
    if outcome.counted != outcome.true_reps or (flagged and not fault):
        body = f"{truth.variation}, yaw {yaw_deg:.0f}, {len(track)} frames"
        tell(f"{truth.exercise} ({body}) {fault}: {outcome.counted} of {outcome.true_reps}, "
              f"flags {sorted(flagged)}")  # fmt: skip
    return outcome


def _angle_errors(
    made: Performance, yaw_deg: float, track: PoseTrack
) -> Iterator[tuple[str, float]]:
    """Errors of the joints of this lift at every true turnaround."""
    turns_s = np.array([rep.turn_s for rep in made.truth.reps])
    true = made.angles_at(turns_s)
    side = 0 if yaw_deg >= 0 else 1
    wanted = {
        "knee": true.knee_deg[:, side], "hip": true.hip_deg[:, side],
        "elbow": true.elbow_deg[:, side], "trunk": true.lean_deg,
    }  # fmt: skip
    scene = observe(track)
    for joint in JOINTS[made.truth.exercise]:
        series = measure(SIGNALS[joint], scene)
        seen = np.isfinite(series)
        if seen.sum() > 1:
            measured = np.interp(turns_s, track.t_s[seen], series[seen])
            yield from ((joint, float(error)) for error in measured - wanted[joint])


def _edge_errors(made: Performance, reports: list[SetReport]) -> Iterator[tuple[str, float]]:
    """Reported minus true start, turn and end of each rep that was found."""
    found = [rep for report in reports for rep in report.reps]
    for rep in made.truth.reps:
        near = min(found, key=lambda other: abs(other.turn_s - rep.turn_s), default=None)
        if near is not None and rep.start_s < near.turn_s < rep.end_s:
            yield "start", near.start_s - rep.start_s
            yield "turn", near.turn_s - rep.turn_s
            yield "end", near.end_s - rep.end_s


def _print_counts(done: list[Outcome]) -> None:
    _head("Repetitions, exercise given")
    for name in (*_lifts_of(done), "all"):
        same = [o for o in done if name in (o.name, "all")]
        exact = sum(o.counted == o.true_reps for o in same)
        near = sum(abs(o.counted - o.true_reps) <= 1 for o in same)
        mark = (">= 90 %", ">= 97 %") if name == "all" else ("", "")
        _share(f"{words(name)}: exact", mark[0], exact, len(same))
        _share(f"{words(name)}: off by one at most", mark[1], near, len(same))


def _lifts_of(done: list[Outcome]) -> list[str]:
    """The lifts that were done, in the order of ``LIFTS``."""
    return [name for name in LIFTS if any(o.name == name for o in done)]


def _print_partials(lifts: Sequence[str], bodies: int, noise: float) -> None:
    """Sets in which every third rep covers two fifths of the way only."""
    _head("Cut-off reps among full ones")
    for name in lifts:
        exact = 0
        for seed in range(bodies):
            made = perform(name, reps=6, seed=300 + seed, range_ratio=[1.0, 1.0, 0.4])
            track = made.track(made.camera(yaw_deg=90.0), noise=noise, seed=seed)
            counted = sum(s.rep_count for s in assess_track(track, exercise=name))
            exact += counted == made.truth.counted
            if counted != made.truth.counted:
                tell(f"cut-off reps, {name} seed {300 + seed}: {counted} of {made.truth.counted}")
        _share(f"{words(name)}: only full reps counted", "", exact, bodies)


def _print_edges(done: list[Outcome]) -> None:
    _head("Edges of repetitions, s")
    for edge in ("start", "turn", "end"):
        off = [value for o in done for name, value in o.off_s if name == edge]
        _median(f"{edge}, absolute", "", [abs(value) for value in off], digits=2)


def _print_angles(done: list[Outcome]) -> None:
    _head("Angles at the turnaround, degrees")
    for joint in SIGNALS:
        side_on = [o for o in done if abs(o.yaw_deg) >= SIDE_ON_DEG]
        _median(f"{joint}, side on, absolute", "<= 6", _absolute(side_on, joint))
    for name in _lifts_of(done):
        for joint in JOINTS[name]:
            for view, low, high in (
                ("side on", SIDE_ON_DEG, 180.0),
                ("other views", 0.0, SIDE_ON_DEG),
            ):
                same = [o for o in done if o.name == name and low <= abs(o.yaw_deg) < high]
                _median(f"{words(name)}: {joint}, {view}", "", _absolute(same, joint))


def _absolute(done: list[Outcome], joint: str) -> list[float]:
    return [abs(error) for o in done for name, error in o.errors if name == joint]


def _print_faults(done: list[Outcome]) -> None:
    _head("Technique")
    faulty, clean = [o for o in done if o.fault], [o for o in done if not o.fault]
    hits = [bool(set(ANSWERS[o.name][o.fault][0]) & o.flagged) for o in faulty]
    _share("declared faults found", ">= 90 %", sum(hits), len(faulty))
    for outcome, hit in zip(faulty, hits, strict=True):
        if not hit:
            tell(f"missed: {outcome.name} {outcome.fault}, flags {sorted(outcome.flagged)}")
    _share("balanced sets with any false flag", "<= 5 %", sum(bool(o.flagged) for o in clean),
           len(clean))  # fmt: skip


def _print_rest(lifts: Sequence[str], bodies: int, noise: float) -> None:
    """Which exercise it is, and what is no exercise at all."""
    _head("Exercise found by itself, and no exercise at all")
    _print_found(lifts, 5, bodies=bodies, noise=noise)
    if lifts == LIFTS:
        _print_found(OTHERS, 6, bodies=bodies, noise=noise)
    _print_negatives(bodies, noise)


def _print_found(names: Sequence[str], reps: int, *, bodies: int, noise: float) -> None:
    named: list[bool] = []
    near: list[bool] = []
    for name in names:
        for seed in range(bodies):
            yaw_deg = YAWS_DEG[seed % len(YAWS_DEG)]
            made = perform(name, reps=reps, seed=400 + seed)
            track = made.track(made.camera(yaw_deg=yaw_deg), noise=noise, seed=seed)
            sets = assess_track(track)
            ids = {one.exercise.id for one in sets}
            named.append(ids == {name})
            near.append(abs(sum(one.rep_count for one in sets) - made.truth.counted) <= 1)
            if not named[-1]:
                tell(f"{name}, yaw {yaw_deg:.0f}: taken for {ids or 'nothing'}")
    is_rest = names is OTHERS
    what = f"the other {len(names)} exercises" if is_rest else "the four lifts"
    if not is_rest and tuple(names) != LIFTS:
        what = ", ".join(map(words, names))
    _share(f"{what}: recognised", "" if is_rest else ">= 90 %", sum(named), len(named))
    _share(f"{what}: repetitions off by one at most", "", sum(near), len(near))


def _print_negatives(bodies: int, noise: float) -> None:
    reps = minutes = 0.0
    clips = 0
    for name in NEGATIVES:
        for seed in range(bodies):
            made = perform(name, seed=seed, hold_s=20.0)
            track = made.track(made.camera(yaw_deg=YAWS_DEG[seed % 5]), noise=noise, seed=seed)
            for exercise in ("auto", LIFTS[seed % 4]):
                found = sum(s.rep_count for s in assess_track(track, exercise=exercise))
                reps, clips = reps + found, clips + 1
                minutes += made.truth.duration_s / 60.0
                if found:
                    tell(f"{name} seed {seed} as {exercise}: {found} reps")
    print(f"| reps on negatives, in {minutes:.0f} minutes | 0 | {reps:.0f} | {clips} | |")


def _head(title: str) -> None:
    print(f"\n### {title}\n\n| what | mark | measured | n | 95 % interval |\n|---|---|---|---|---|")


def _share(what: str, mark: str, hits: int, n: int) -> None:
    low, high = wilson(hits, n)
    share = 100 * hits / n if n else float("nan")
    print(f"| {what} | {mark} | {share:.0f} % | {n} | {100 * low:.0f} to {100 * high:.0f} % |")


def _median(what: str, mark: str, values: list[float], *, digits: int = 1) -> None:
    if not values:
        return
    low, high = median_interval(values)
    middle = float(np.median(values))
    print(f"| {what} | {mark} | {middle:.{digits}f} | {len(values)} | "
          f"{low:.{digits}f} to {high:.{digits}f} |")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
