"""A report folded again with what was said against it; the first version stays beside it.

``reviewed.json`` and ``reviewed.html`` lie beside ``report.json`` and ``report.html``, and so does
a video of it if somebody asked for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Final

from repsight.app.calibrations import calibrations_in
from repsight.app.outputs import write_page, write_report
from repsight.app.past import read_report
from repsight.coach.coach import coached
from repsight.core.assemble import report_set
from repsight.core.calibration import Calibration, calibrated
from repsight.core.contest import (
    Contest,
    contested,
    exercise_named,
    standing,
    without_faults,
)
from repsight.core.gating import gated, still_doubted
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.report import ClipReport, ExerciseSeen, SetReport
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of
from repsight.landmarks_io import load_landmarks

__all__ = ["REVIEWED_NAMES", "fold_reviews", "folded", "write_reviewed_page"]

REVIEWED_NAMES: Final = ("reviewed.json", "reviewed.html", "reviewed.mp4")


def fold_reviews(folder: Path, contests: Mapping[int, Sequence[Contest]]) -> ClipReport:
    """Fold objections (by set number) into the report in ``folder`` and write the new version.

    Without any that still hold, the new version goes away. Raises UnreadableSource or
    UnwritableOutput.
    """
    report = read_report(folder)
    held = {number: standing(said) for number, said in contests.items()}
    if not any(held.values()):
        for name in REVIEWED_NAMES:
            (folder / name).unlink(missing_ok=True)
        return report
    file = load_landmarks(folder / "landmarks.npz")
    new = folded(report, file.track, held, calibrations=calibrations_in(file.extra))
    write_report(folder / REVIEWED_NAMES[0], new)
    (folder / REVIEWED_NAMES[2]).unlink(missing_ok=True)  # it shows what holds no longer
    write_reviewed_page(folder, new)
    return new


def folded(
    report: ClipReport,
    track: PoseTrack,
    contests: Mapping[int, Sequence[Contest]],
    *,
    calibrations: Sequence[Calibration] = (),
) -> ClipReport:
    """The report with objections taken into account; sets without any stay as they are.

    ``calibrations`` are those that the report was made with.
    """
    parts = _parts(report.sets, track)
    sets = [
        _fold_set(one, part, contests.get(number, ()), report, calibrations)
        for number, (one, part) in enumerate(zip(report.sets, parts, strict=True), start=1)
    ]
    return coached(replace(report, sets=tuple(sets)))


def _fold_set(
    seen: SetReport,
    part: PoseTrack,
    contests: Sequence[Contest],
    report: ClipReport,
    calibrations: Sequence[Calibration],
) -> SetReport:
    if not contests:
        return seen
    if named := exercise_named(contests):
        again = _as_another(part, named, contests, calibrations)
    elif not seen.exercise.is_known or seen.counts == "holds":
        return without_faults(seen, contests)
    else:
        spec, scene = calibrated(spec_of(seen.exercise.id), calibrations), observe(part)
        declared = next((one.id for one in seen.variations if one.method == "declared"), "")
        again = report_set(
            scene, spec, seen.exercise, variation=declared, running_count=seen.running_count,
            refined=contested(refine(scene, spec), contests),
        )  # fmt: skip
        again = still_doubted(again, seen, spec)
    notes = [one for one in again.corrections if not one.startswith("The running count")]
    notes.append(_note(seen, again, contests))
    return without_faults(gated(replace(again, corrections=tuple(notes)), report.quality), contests)


def _as_another(
    part: PoseTrack, exercise: str, contests: Sequence[Contest], calibrations: Sequence[Calibration]
) -> SetReport:
    """The set as the exercise that it was; nothing was counted of that one while it was done."""
    spec, scene = calibrated(spec_of(exercise), calibrations), observe(part)
    told = ExerciseSeen(spec.id, spec.name, 1.0, "given")
    return report_set(scene, spec, told, refined=contested(refine(scene, spec), contests))


def _note(before: SetReport, after: SetReport, contests: Sequence[Contest]) -> str:
    words = "objection is" if len(contests) == 1 else "objections are"
    if before.exercise.id != after.exercise.id:
        return (
            f"{len(contests)} {words} taken into account: it was {after.exercise.name}, not "
            f"{before.exercise.name}. The first version is kept."
        )
    if before.rep_count == after.rep_count:
        return f"{len(contests)} {words} taken into account."
    return (
        f"{len(contests)} {words} taken into account: {after.rep_count} repetitions instead of "
        f"{before.rep_count}. The first version is kept."
    )


def _parts(sets: Sequence[SetReport], track: PoseTrack) -> list[PoseTrack]:
    """The stretch of each set: cut in the middle between neighbours."""
    cuts = [(first.end_s + second.start_s) / 2 for first, second in pairwise(sets)]
    edges = [-inf, *cuts, inf]
    return [
        track.part((track.t_s >= first) & (track.t_s < last)) for first, last in pairwise(edges)
    ]


def _numbers(report: ClipReport) -> list[tuple[str, list[float]]]:
    """What pictures of a report show of it: the exercise and which repetition is which."""
    return [(one.exercise.id, [round(rep.turn_s, 1) for rep in one.reps]) for one in report.sets]


def write_reviewed_page(folder: Path, report: ClipReport) -> None:
    """The page of the folded ``report``; pictures and a video with other numbers are left out.

    Raises UnreadableSource and UnwritableOutput.
    """
    is_renumbered = _numbers(report) != _numbers(read_report(folder))
    names = (REVIEWED_NAMES[2], *([] if is_renumbered else ["annotated.mp4"]))
    write_page(
        report,
        folder / REVIEWED_NAMES[1],
        stills=None if is_renumbered else folder / "stills",
        video_name=next((name for name in names if (folder / name).is_file()), None),
    )
