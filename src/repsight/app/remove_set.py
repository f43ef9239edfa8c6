"""One set of a clip goes for good; the others and the clip itself stay."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from repsight.app.outputs import write_page, write_report
from repsight.app.past import read_report
from repsight.coach.coach import coached
from repsight.core.report import SetReport
from repsight.core.types import FloatArray, PoseTrack
from repsight.landmarks_io import load_landmarks, save_landmarks
from repsight.writing import whole_file

__all__ = ["remove_set", "set_count"]

_STILL: Final = re.compile(r"set(\d+)(-.+)")


def set_count(folder: Path) -> int:
    """How many sets the report in a folder has; UnreadableSource without a report."""
    return len(read_report(folder / "report.json").sets)


def remove_set(folder: Path, number: int) -> None:
    """Take set ``number`` (from 1) out of report, page, stills and landmarks of a result.

    Later sets move up by one. A video that was drawn goes: it shows what is gone. Raises
    UnreadableSource or UnwritableOutput.
    """
    report = read_report(folder / "report.json")
    gone = report.sets[number - 1]
    _forget_points(folder / "landmarks.npz", gone)
    kept = (*report.sets[: number - 1], *report.sets[number:])
    new = coached(replace(report, sets=kept))
    write_report(folder / "report.json", new)
    _forget_stills(folder / "stills", number)
    for name in ("annotated.mp4", "reviewed.mp4"):
        (folder / name).unlink(missing_ok=True)
    write_page(new, folder / "report.html", stills=folder / "stills", video_name=None)


def _forget_points(path: Path, gone: SetReport) -> None:
    """Where the body was during the set is not known any more."""
    if not path.is_file():
        return
    file = load_landmarks(path)
    track = file.track
    inside = (track.t_s >= gone.start_s) & (track.t_s <= gone.end_s)
    with whole_file(path) as part:
        save_landmarks(part, _without(track, inside), extra=file.extra)


def _without(track: PoseTrack, inside: np.ndarray) -> PoseTrack:
    def blank(values: FloatArray | None) -> FloatArray | None:
        if values is None:
            return None
        return np.where(inside.reshape(-1, *[1] * (values.ndim - 1)), np.nan, values)

    return replace(
        track,
        xy=np.where(inside[:, None, None], np.nan, track.xy),
        visibility=np.where(inside[:, None], 0.0, track.visibility),
        world=blank(track.world),
        plate=blank(track.plate),
    )


def _forget_stills(folder: Path, number: int) -> None:
    for path in sorted(folder.glob("set*-*.jpg"), key=_set_of):
        found = _STILL.fullmatch(path.name)
        if found is None:
            continue
        if int(found[1]) == number:
            path.unlink()
        elif int(found[1]) > number:
            path.rename(path.with_name(f"set{int(found[1]) - 1}{found[2]}"))


def _set_of(path: Path) -> int:
    found = _STILL.fullmatch(path.name)
    return int(found[1]) if found else 0
