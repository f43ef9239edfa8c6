"""Whether knowing the lifter helps counting: ``python -m benchmarks.calibrated [--shared FOLDER]``.

Each labelled clip with at least four repetitions at known times is cut behind its second one: what
comes before the third turnaround calibrates, the rest is counted with and without what was learned,
the exercise given.
The hand-made times say how many repetitions the rest has. Prints Markdown: a table, and every
clip whose count differs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels, shown_name
from benchmarks.counting import NAMES, SHARED
from benchmarks.intervals import share, table
from benchmarks.provenance import provenance
from repsight.app.assess import assess_track
from repsight.core.calibration import LEAST_REPS, Calibration, calibrate
from repsight.core.measure import observe
from repsight.core.spec import Cycle
from repsight.core.types import PoseTrack
from repsight.errors import UserMistake
from repsight.exercises import catalog

__all__ = ["Learned", "learn_and_count", "main"]


@dataclass(frozen=True, slots=True)
class Learned:
    """Counts of the rest of one clip; ``why_not`` is set where nothing could be learned."""

    clip: str
    exercise: str
    truth: int
    without: int = 0
    known: int = 0
    why_not: str = ""


def learn_and_count(clip: Clip, track: PoseTrack) -> Learned:
    """Calibrate with the first repetitions of a clip, count the others with and without."""
    exercise = NAMES.get(clip.exercise, clip.exercise)
    turns_s = sorted(clip.turns_s)
    cut_s = (turns_s[LEAST_REPS - 1] + turns_s[LEAST_REPS]) / 2
    truth = len(turns_s) - LEAST_REPS
    try:
        # up to the third turnaround the second repetition is surely whole
        first = _part(track, -inf, turns_s[LEAST_REPS])
        own = calibrate(observe(first), catalog()[exercise])
    except UserMistake as mistake:
        return Learned(clip.path.stem, exercise, truth, why_not=str(mistake).split(".")[0])
    rest = _part(track, cut_s, inf)
    without, known = (_count(rest, exercise, one) for one in ([], [own]))
    return Learned(clip.path.stem, exercise, truth, without, known)


def _part(track: PoseTrack, from_s: float, to_s: float) -> PoseTrack:
    return track.part((track.t_s >= from_s) & (track.t_s < to_s))


def _count(track: PoseTrack, exercise: str, known: Sequence[Calibration]) -> int:
    sets = assess_track(track, exercise=exercise, calibrations=known)
    return sum(seen.rep_count for seen in sets)


def _usable(clips: Iterable[Clip]) -> list[Clip]:
    """Clips of repetitions in the catalog whose times are all known and leave some to count."""
    found: list[Clip] = []
    for clip in clips:
        spec = catalog().get(NAMES.get(clip.exercise, clip.exercise))
        has_times = clip.is_counted and len(clip.turns_s) == clip.reps
        if spec and isinstance(spec.movement, Cycle) and has_times:
            found += [clip] if len(clip.turns_s) >= 2 * LEAST_REPS else []
    return found


def _report(done: Sequence[Learned]) -> str:
    learned = [one for one in done if not one.why_not]
    rows = [share("clips whose first repetitions calibrate", "", [not one.why_not for one in done])]
    for how in ("without", "known"):
        name = "without calibration" if how == "without" else "with calibration"
        misses = [abs(getattr(one, how) - one.truth) for one in learned]
        rows += [
            share(f"exact, {name}", "", [miss == 0 for miss in misses]),
            share(f"off by one at most, {name}", "", [miss <= 1 for miss in misses]),
        ]
    rows.append(
        share(
            "clips whose count is as good or better with calibration", "",
            [abs(one.known - one.truth) <= abs(one.without - one.truth) for one in learned],
        )
    )  # fmt: skip
    lines = [table(rows), ""]
    lines += [
        f"- {shown_name(one.clip)} ({one.exercise}): {one.truth} in truth, "
        f"{one.without} without, {one.known} with calibration"
        for one in learned
        if one.known != one.without
    ]
    lines += [f"- {shown_name(one.clip)}: {one.why_not}" for one in done if one.why_not]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--landmarks", type=Path, default=KEPT)
    given = parser.parse_args(arguments)
    clips = _usable(read_labels(given.shared / "clips"))
    source = Landmarks(given.landmarks)
    print(_report([learn_and_count(clip, track) for clip, track in landmarks_of(clips, source)]))
    print(f"\n{provenance(map(source.file_of, clips))}")


if __name__ == "__main__":
    main()
