"""Counting on real clips: `python -m benchmarks.counting [--shared FOLDER] [--landmarks FOLDER]`.

Every labelled clip is counted twice: with its exercise given (``unknown`` for movements outside
the catalog) and automatically, by a router that saw no clip of the same source. Scores are taken
where the hand count is of high or medium confidence. Prints Markdown: a table, and every
failure by clip.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import nan
from pathlib import Path

import numpy as np

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels, shown_name
from benchmarks.intervals import Row, bootstrap, share, table
from benchmarks.plain_counter import count_plainly
from benchmarks.provenance import provenance
from benchmarks.routers import unseen_router
from benchmarks.wording import words
from repsight.app.assess import assess_track
from repsight.core.report import SetReport
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = ["NAMES", "Outcome", "count_clip", "failures", "main", "matched_turns"]

#: Labels that have another name in the catalog.
NAMES = {"row": "bent_over_row"}

SHARED = Path(__file__).resolve().parents[2] / "shared"
TURN_TOLERANCE_S = 0.3  # the hand-made times are good to about that
_MAIN_LABELS = ("squat", "deadlift", "push_up", "shoulder_press")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for one clip; ``matched`` of ``turns`` found turns lie at a labelled one.

    ``asked_wrongly``: repetitions counted in a clip without any when each of the four exercises
    was asked for in turn.
    """

    clip: str
    exercise: str
    truth: int | None
    is_scored: bool
    is_negative: bool
    duration_s: float
    given: int
    automatic: int
    recognised: str
    matched: int
    turns: int
    labelled: int
    asked_wrongly: int
    plain: int

    def miss(self, count: int) -> int:
        """Distance of a count from the truth."""
        return abs(count - (self.truth or 0))


def count_clip(clip: Clip, track: PoseTrack) -> Outcome:
    """Count one clip with its exercise given, and automatically."""
    name = NAMES.get(clip.exercise, clip.exercise)
    asked = name if name in catalog() else "unknown"
    given = assess_track(track, exercise=asked)
    automatic = assess_track(track, exercise="auto", router=unseen_router(clip.path.stem))
    wrong = [assess_track(track, exercise=name) for name in _MAIN_LABELS if clip.is_negative]
    found_s = [rep.turn_s for seen in given for rep in seen.reps]
    return Outcome(
        clip.path.stem, clip.exercise, clip.reps, clip.is_counted, clip.is_negative,
        clip.duration_s, _total(given), _total(automatic), _main_exercise(automatic),
        matched_turns(found_s, clip.turns_s), len(found_s), len(clip.turns_s),
        sum(_total(sets) for sets in wrong), count_plainly(track),
    )  # fmt: skip


def _total(sets: Iterable[SetReport]) -> int:
    return sum(seen.rep_count for seen in sets)


def _main_exercise(sets: Sequence[SetReport]) -> str:
    best = max(sets, key=lambda seen: seen.rep_count, default=None)
    return best.exercise.id if best is not None else "nothing"


def matched_turns(found_s: Sequence[float], labelled_s: Sequence[float]) -> int:
    """How many found turnarounds lie within 0.3 s of a labelled one, each used once."""
    left = list(labelled_s)
    matched = 0
    for turn_s in found_s:
        near = min(left, key=lambda label: abs(label - turn_s), default=None)
        if near is not None and abs(near - turn_s) <= TURN_TOLERANCE_S + 1e-9:
            left.remove(near)
            matched += 1
    return matched


#: Marks of the exact and the off-by-one share, by group and way of counting.
_MARKS = {
    "all clips, exercise given": (">= 85 %", ">= 95 %"),
    "all clips, automatic": (">= 78 %", ">= 90 %"),
    "the four exercises, exercise given": (">= 90 %", ">= 97 %"),
}


def _counting_rows(name: str, done: Sequence[Outcome], how: str) -> list[Row]:
    """Exact, off by one and relative error of one way of counting."""
    counts = {
        "exercise given": [one.given for one in done],
        "automatic": [one.automatic for one in done],
        "plain counter": [one.plain for one in done],
    }
    misses = [one.miss(count) for one, count in zip(done, counts[how], strict=True)]
    relative = [miss / one.truth for one, miss in zip(done, misses, strict=True) if one.truth]
    marks = _MARKS.get(f"{name}, {how}", ("", ""))
    return [
        share(f"{name}, {how}: exact", marks[0], [miss == 0 for miss in misses]),
        share(f"{name}, {how}: within one", marks[1], [miss <= 1 for miss in misses]),
        Row(
            f"{name}, {how}: mean relative error", "",
            float(np.mean(relative)) if relative else nan, len(relative), *bootstrap(relative),
        ),
    ]  # fmt: skip


def _turn_row(name: str, done: Sequence[Outcome]) -> Row:
    """F1 of the turnarounds over all clips with labelled times; clips are drawn anew."""
    sample = np.array(
        [(one.matched, one.turns, one.labelled) for one in done if one.labelled], dtype=float
    )
    if not len(sample):
        return Row(f"{name}: turnarounds within 0.3 s (F1)", "", nan, 0)
    draws = np.random.default_rng(0).integers(0, len(sample), (2000, len(sample)))
    low, high = np.percentile([_f1(sample[draw]) for draw in draws], [2.5, 97.5])
    return Row(
        f"{name}: turnarounds within 0.3 s (F1)", "",
        _f1(sample), len(sample), float(low), float(high),
    )  # fmt: skip


def _f1(sample: np.ndarray) -> float:
    matched, found, labelled = sample.sum(axis=0)
    return float(2 * matched / max(found + labelled, 1))


def _negative_rows(done: Sequence[Outcome]) -> list[Row]:
    """False repetitions where nothing is done; automatic, and asked for any movement."""
    minutes = sum(one.duration_s for one in done) / 60
    rows: list[Row] = []
    for how, mark, counts, runs in (
        ("automatic", "0", [one.automatic for one in done], 1),
        ("asked to count anything", "0", [one.given for one in done], 1),
        ("asked for each of the four", "", [one.asked_wrongly for one in done], len(_MAIN_LABELS)),
    ):
        rows.append(
            share(
                f"no exercise, {how}: clips without a repetition",
                "100 %" if mark else "",
                [count == 0 for count in counts],
            )
        )
        rate = sum(counts) / (minutes * runs) if minutes else nan
        rows.append(Row(f"no exercise, {how}: false repetitions a minute", mark, rate, len(done)))
    return rows


def _recognition_rows(done: Sequence[Outcome]) -> list[Row]:
    ours = [one for one in done if one.exercise in _MAIN_LABELS and one.truth]
    others = [
        one
        for one in done
        if one.exercise not in (*_MAIN_LABELS, "none", "mixed", "other", "plank") and one.truth
    ]
    return [
        share("automatic: exercise of the four recognised", ">= 90 %",
              [one.recognised == one.exercise for one in ours]),
        share("automatic: other movements rightly named or not at all", ">= 80 %",
              [one.recognised in {"unknown", "nothing", NAMES.get(one.exercise, one.exercise)}
               for one in others]),
    ]  # fmt: skip


def rows_of(done: Sequence[Outcome]) -> list[Row]:
    """The whole table."""
    scored = [one for one in done if one.is_scored and not one.is_negative]
    four = [one for one in scored if one.exercise in _MAIN_LABELS]
    rest = [one for one in scored if one.exercise not in _MAIN_LABELS]
    rows = [
        row
        for name, part in (("all clips", scored), ("the four exercises", four))
        for how in ("exercise given", "automatic", "plain counter")
        for row in _counting_rows(name, part, how)
    ]
    for exercise in _MAIN_LABELS:
        part = [one for one in four if one.exercise == exercise]
        rows += _counting_rows(words(exercise), part, "exercise given")[:2]
    rows += _counting_rows("other movements", rest, "exercise given")
    rows += _counting_rows("other movements", rest, "automatic")[:2]
    rows += [_turn_row("the four exercises", four), _turn_row("other movements", rest)]
    rows += _recognition_rows(scored)
    return rows + _negative_rows([one for one in done if one.is_negative])


def failures(done: Sequence[Outcome]) -> str:
    """Every clip that was counted wrongly, given or automatic, as a Markdown table."""
    lines = ["| clip | by hand | given | automatic | taken for |", "|---|---|---|---|---|"]
    for one in done:
        wanted = 0 if one.is_negative else one.truth
        if (one.is_scored or one.is_negative) and {one.given, one.automatic} != {wanted}:
            lines.append(
                f"| {shown_name(one.clip)} | {wanted} | {one.given} | {one.automatic} "
                f"| {one.recognised.replace('_', ' ')} |"
            )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 if the clips are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument(
        "--landmarks", type=Path, default=KEPT,
        help="folder of <clip>.npz; missing ones are made there (minutes) and kept",
    )  # fmt: skip
    parser.add_argument("--pose", default="full", help="pose model for missing landmarks")
    parser.add_argument("--json", type=Path, help="also write every outcome here")
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    source = Landmarks(options.landmarks, options.pose)
    clips = read_labels(folder)
    done = [count_clip(clip, track) for clip, track in landmarks_of(clips, source)]
    print(table(rows_of(done)))
    print(f"\nEvery clip that was counted wrongly:\n\n{failures(done)}")
    print(f"\n{provenance(map(source.file_of, clips))}")
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in done], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
