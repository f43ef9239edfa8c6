"""Taking sets away: JSON, a table, a marker file, landmarks; one set or everything as a zip."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Final, Literal

from repsight.app.library import Library
from repsight.app.replay import part_of
from repsight.app.trained import Trained
from repsight.core.report import Measure, SetReport
from repsight.core.report_json import to_dict
from repsight.errors import RepsightError
from repsight.landmarks_io import save_landmarks, trc_text
from repsight.store.records import Clip, SetSeen

__all__ = ["FORMATS", "Exported", "Format", "export_all", "export_set"]

Format = Literal["json", "csv", "trc", "npz"]

#: What a set can be taken away as, with the kind that a browser is told.
FORMATS: Final[dict[Format, str]] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "trc": "text/plain; charset=utf-8",
    "npz": "application/zip",
}
_SECONDS: Final = ("start_s", "turn_s", "end_s", "eccentric_s", "pause_s", "concentric_s")
#: A cell that begins with one of these would be run as a formula by a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_PIECE_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Exported:
    """One file: its name without any text of the lifter's, and its bytes."""

    name: str
    data: bytes


def export_set(
    library: Library, trained: Trained, clip_id: str, number: int, *, form: Format
) -> Exported:
    """One set as a file; UnknownName if there is no such set, UserMistake if it has no such form.

    The report of the set is the one with the objections that hold.
    """
    clip, report = trained.report_of(clip_id, number)
    name = f"{_stem(clip, report, number)}.{form}"
    return Exported(name, _bytes(library, clip, report, form, name=name))


def export_all(library: Library, trained: Trained) -> Iterator[bytes]:
    """Everything but the clips themselves, as the bytes of a zip file, piece by piece.

    A table of all sets, what was said against reports, calibrations, and for each clip its
    reports, landmarks, and tables and marker files of its sets.
    """
    sets = trained.sets()
    with tempfile.TemporaryDirectory(prefix="repsight-") as scratch:
        path = Path(scratch) / "everything.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("sets.csv", _sets_table(sets))
            archive.writestr("calibrations.json", _calibrations(library))
            for clip in {clip.id: clip for clip, _ in sets}.values():
                numbers = [one.number for owner, one in sets if owner.id == clip.id]
                _add_clip(archive, library, trained, clip, numbers)
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece


def _add_clip(
    archive: zipfile.ZipFile, library: Library, trained: Trained, clip: Clip, numbers: Sequence[int]
) -> None:
    folder = f"{clip.when:%Y-%m-%d}-{clip.id}"
    for name in ("report.json", "reviewed.json", "landmarks.npz"):
        path = library.result_folder(clip) / name
        if path.is_file():
            archive.write(path, f"{folder}/{name}")
    said = library.reviews(clip.id)
    if said:
        rows = [
            {"seq": one.seq, "kind": one.kind, "set": one.set_number, "t_s": one.t_s,
             "rule": one.rule, "note": one.note, "at": one.created_at.isoformat()}
            for one in said
        ]  # fmt: skip
        archive.writestr(f"{folder}/reviews.json", json.dumps(rows, indent=1))
    for number in numbers:
        for form in ("csv", "trc"):
            try:
                made = export_set(library, trained, clip.id, number, form=form)
            except RepsightError:  # no marker file without metres: the landmarks are there
                continue
            archive.writestr(f"{folder}/{made.name}", made.data)


def _bytes(library: Library, clip: Clip, report: SetReport, form: Format, *, name: str) -> bytes:
    match form:
        case "json":
            text = json.dumps(to_dict(report), allow_nan=False, ensure_ascii=False, indent=1)
            return f"{text}\n".encode()
        case "csv":
            return _table(report).encode()
        case "trc":
            return trc_text(part_of(library, clip, report), name=name).encode()
        case "npz":
            with tempfile.TemporaryDirectory(prefix="repsight-") as scratch:
                path = Path(scratch) / name
                save_landmarks(path, part_of(library, clip, report))
                return path.read_bytes()


def _stem(clip: Clip, report: SetReport, number: int) -> str:
    return f"{clip.when:%Y-%m-%d}-{report.exercise.id}-set{number}"


def _table(report: SetReport) -> str:
    """A row for each repetition, or for each spell of a hold."""
    if report.holds:
        rows = [
            {"spell": str(one.number), "start_s": _cell(one.start_s), "end_s": _cell(one.end_s),
             "left_by": one.left_by, **_measures(one.metrics)}
            for one in report.holds
        ]  # fmt: skip
        return _csv(rows)
    return _csv(
        [
            {"rep": str(rep.number), "side": rep.side,
             **{name: _cell(getattr(rep, name)) for name in _SECONDS},
             "range_share": _cell(rep.range_share), **_measures(rep.metrics)}
            for rep in report.reps
        ]
    )  # fmt: skip


def _measures(metrics: dict[str, Measure]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, measure in metrics.items():
        cells[f"{name} [{measure.unit}]"] = _cell(measure.value)
        cells[f"{name} error [{measure.unit}]"] = _cell(measure.error)
    return cells


def _sets_table(sets: Iterable[tuple[Clip, SetSeen]]) -> str:
    return _csv(
        [
            {"when": clip.when.astimezone(UTC).isoformat(), "clip": clip.id,
             "name": _harmless(clip.name), "origin": clip.origin, "set": str(one.number),
             "exercise": one.exercise, "view": one.view, "variation": one.variation,
             "reps": str(one.rep_count), "not_counted": str(one.rejected),
             "held_s": _cell(one.held_s),
             "issues": "; ".join(f"{i.title}: {i.found} of {i.judged}" for i in one.issues
                                 if i.found),
             **_measures(one.measures)}
            for clip, one in sets
        ]
    )  # fmt: skip


def _csv(rows: Sequence[dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _cell(value: float) -> str:
    return f"{value:.6g}" if isfinite(value) else ""


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _calibrations(library: Library) -> str:
    kept = [
        {"exercise": exercise, "made_at": at.astimezone(UTC).isoformat(), **json.loads(body)}
        for exercise, at, body in library.kept_calibrations()
    ]
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"exported_at": made, "calibrations": kept}, indent=1)
