"""Recognition on real clips: `python -m benchmarks.recognition [--shared FOLDER]`.

Every clip is recognised by a router that saw no clip of its source or its people. Prints Markdown
on stdout: scores with 95 % intervals, the confusions, and every wrong clip.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels, shown_name
from benchmarks.counting import NAMES
from benchmarks.intervals import Row, bootstrap, share, table
from benchmarks.provenance import provenance
from benchmarks.routers import unseen_router
from benchmarks.wording import words
from repsight.app.assess import assess_track, default_router
from repsight.core.measure import observe
from repsight.core.types import PoseTrack
from repsight.exercises import catalog
from repsight.recognize import Router, choose
from repsight.recognize.features import windows_of

__all__ = ["Seen", "area_under_curve", "calibration_error", "macro_f1", "main", "recognise"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
UNKNOWN = "unknown"
#: Classes of fewer sources say nothing about strangers.
LEAST_SOURCES = 3
_BINS = 10
#: Half of one exercise, or several: neither known nor unknown.
_LEFT_OUT = ("mixed", "sit_to_stand")


@dataclass(frozen=True, slots=True)
class Seen:
    """One clip: what it is, what it was taken for, and how sure that was, accepted or not."""

    clip: str
    source: str
    truth: str
    found: str
    sure: float
    windows: tuple[tuple[float, bool], ...]  # probability of the likeliest label, whether right


def recognise(clip: Clip, track: PoseTrack, router: Router) -> Seen:
    """Recognise one clip as a user's would be, with a router that never saw its source."""
    known = catalog()
    truth = NAMES.get(clip.exercise, clip.exercise)
    truth = truth if truth in known else UNKNOWN
    scene = observe(track)
    routed = router.route(scene).among(known)
    sets = assess_track(track, router=router)
    done = [one for one in sets if one.exercise.id != UNKNOWN]
    main = max(done, key=lambda one: (one.rep_count, one.end_s - one.start_s), default=None)
    near = _near_reps(clip, routed.t_s)
    likeliest = [routed.classes[i] for i in routed.probability[near].argmax(axis=1)]
    sure = routed.probability[near].max(axis=1)
    windows = zip(sure, (label == truth for label in likeliest), strict=True)
    return Seen(
        clip.path.stem, clip.source, truth, main.exercise.id if main else UNKNOWN,
        choose(scene, routed, known).confidence, tuple((float(p), ok) for p, ok in windows),
    )  # fmt: skip


def _near_reps(clip: Clip, t_s: np.ndarray) -> np.ndarray:
    """Windows in which the labelled exercise is done: near a labelled repetition, or all."""
    if not clip.turns_s:
        return np.ones(len(t_s), bool)
    return np.abs(t_s[:, None] - np.array(clip.turns_s)).min(axis=1) <= 1.6


def macro_f1(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> float:
    """Mean F1 of ``classes`` over (truth, found) pairs; NaN without a class."""
    scores: list[float] = []
    for name in classes:
        hits = sum(truth == found == name for truth, found in pairs)
        either = sum((truth == name) + (found == name) for truth, found in pairs)
        scores.append(2 * hits / either if either else float("nan"))
    return float(np.nanmean(scores)) if scores else float("nan")


def area_under_curve(known: Sequence[float], unknown: Sequence[float]) -> float:
    """Chance that a known clip is surer than an unknown one; NaN without either."""
    if not known or not unknown:
        return float("nan")
    one, other = np.array(known)[:, None], np.array(unknown)[None, :]
    return float(((one > other) + 0.5 * (one == other)).mean())


def calibration_error(windows: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of probability."""
    if not windows:
        return float("nan")
    sure = np.array([p for p, _ in windows])
    right = np.array([ok for _, ok in windows], dtype=float)
    place = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean()
        for b in range(_BINS)
        if (place == b).any()
    ]
    return float(sum(gaps))


def rows_of(done: Sequence[Seen], classes: Sequence[str]) -> list[Row]:
    """The figures of the section; intervals by drawing clips anew."""
    pairs = [(one.truth, one.found) for one in done]
    known = [one for one in done if one.truth != UNKNOWN]
    strange = [one for one in done if one.truth == UNKNOWN]
    index = np.arange(len(done), dtype=float)
    windows = [window for one in done for window in one.windows]
    area = area_under_curve([o.sure for o in known], [o.sure for o in strange])
    return [
        Row(
            f"macro-F1 over the {len(classes)} exercises with {LEAST_SOURCES} or more sources",
            ">= 0.90", macro_f1(pairs, classes), len(done),
            *bootstrap(index, lambda draw: macro_f1([pairs[int(i)] for i in draw], classes)),
        ),
        share("exercise of the catalog recognised", "", [o.found == o.truth for o in known]),
        share("taken for another exercise", "",
              [o.found not in {o.truth, UNKNOWN} for o in known]),
        share("not of the catalog: not taken for an exercise", ">= 80 %",
              [o.found == UNKNOWN for o in strange]),
        Row(
            "known from unknown (area under the curve)", ">= 0.92", area, len(done),
            *bootstrap(index, lambda draw: _area([done[int(i)] for i in draw])),
        ),
        share("windows near repetitions: likeliest label right", "", [ok for _, ok in windows]),
        Row("windows: expected calibration error", "<= 0.05", calibration_error(windows),
            len(windows)),
    ]  # fmt: skip


def _area(done: Sequence[Seen]) -> float:
    return area_under_curve(
        [o.sure for o in done if o.truth != UNKNOWN], [o.sure for o in done if o.truth == UNKNOWN]
    )


def confusions(done: Sequence[Seen]) -> str:
    """For each truth, what its clips were taken for, as a Markdown table."""
    lines = ["| is | clips | taken for |", "|---|---|---|"]
    for truth in sorted({one.truth for one in done}):
        found = Counter(one.found for one in done if one.truth == truth)
        taken = ", ".join(f"{words(name)} {count}" for name, count in found.most_common())
        lines.append(f"| {words(truth)} | {found.total()} | {taken} |")
    return "\n".join(lines)


def speed_row(track: PoseTrack) -> Row:
    """Milliseconds a window that the released router takes on this machine, in one thread."""
    router = default_router()
    values = windows_of(observe(track)).values
    taken: list[float] = []
    for _ in range(20):
        started = perf_counter()
        router.logits(values)
        taken.append(1e3 * (perf_counter() - started) / len(values))
    low, high = np.percentile(taken, [5, 95])
    return Row(
        "router, milliseconds a window", "<= 0.3", float(np.median(taken)), len(taken),
        float(low), float(high),
    )  # fmt: skip


def _classes(done: Sequence[Seen]) -> list[str]:
    """Exercises of the catalog whose clips come from enough sources."""
    sources = {name: {one.source for one in done if one.truth == name} for name in catalog()}
    return sorted(name for name, those in sources.items() if len(those) >= LEAST_SOURCES)


def _router_for(clip: Clip, track: PoseTrack, *, are_known: bool) -> Router | None:
    """One that saw no clip of the same source; None where there is none.

    Clips of your own were never trained on, and of a clip that shows nobody there was nothing to
    learn: the released router has not seen them.
    """
    router = unseen_router(clip.path.stem) if are_known else default_router()
    if router is None and not windows_of(observe(track)).is_seen.any():
        return default_router()
    return router


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 if the clips are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--landmarks", type=Path, default=KEPT, help="folder of <clip>.npz")
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    are_known = any(unseen_router(clip.path.stem) for clip in read_labels(folder))
    done: list[Seen] = []
    longest: PoseTrack | None = None
    clips = [clip for clip in read_labels(folder) if clip.exercise not in _LEFT_OUT]
    for clip, track in landmarks_of(clips, Landmarks(options.landmarks)):
        router = _router_for(clip, track, are_known=are_known)
        if router is None:
            print(f"{clip.path.stem}: no router without it; left out", file=sys.stderr)
            continue
        done.append(recognise(clip, track, router))
        longest = track if longest is None or len(track) > len(longest) else longest
    rows = rows_of(done, _classes(done))
    print(table([*rows, *([speed_row(longest)] if longest else [])]))
    print(f"\n{confusions(done)}")
    wrong = [
        f"{shown_name(one.clip)} for {words(one.found)}" for one in done if one.found != one.truth
    ]
    print(f"\nEvery clip that was taken for something else: {', '.join(wrong) or 'none'}.")
    files = (options.landmarks / f"{one.clip}.npz" for one in done)
    print(f"\n{provenance(files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
