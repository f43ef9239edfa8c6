"""The data folder of the web app: clips on disk, their rows, and what one may do with them.

DATA/repsight.db
DATA/clips/<id>/source<suffix>    the upload; its size on disk is how far it has come
DATA/clips/<id>/result/           report.json, report.html, stills, landmarks; a video if asked for
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from math import nan
from pathlib import Path
from typing import Final

from repsight.app.drawing import DRAWN_FROM, drawn_name
from repsight.app.incoming import believable, check_exercise, known_suffix, shown_name
from repsight.app.listed import Listed
from repsight.app.remove_set import remove_set, set_count
from repsight.app.results import RESULT_NAMES
from repsight.app.review import fold_reviews
from repsight.core.contest import Contest
from repsight.errors import UnwritableOutput, UserMistake
from repsight.exercises import spec_of
from repsight.store.calibrations import (
    keep_calibration,
    kept_calibrations,
    remove_calibrations,
)
from repsight.store.clips import (
    add_clip,
    clip_ids,
    clip_with,
    list_clips,
    mark_uploaded,
    remove_all,
    set_recorded,
)
from repsight.store.clips import remove_clip as forget_clip
from repsight.store.database import Database, open_database
from repsight.store.jobs import cancel, drawings, enqueue
from repsight.store.records import Clip, Drawing, Job, JobKind, Origin, Review, ReviewKind
from repsight.store.reviews import add_review, remove_set_reviews, reviews_of

__all__ = ["Library", "database_url"]

_DELETE_TRIES: Final = 5
_RESULTS: Final = re.compile(
    r"(?:report|reviewed)\.(?:json|html)|(?:annotated|reviewed)\.mp4|landmarks\.npz|"
    r"stills/[a-z0-9_-]+\.jpg"
)


def database_url(data: Path) -> str:
    """Where the app's own database lies."""
    return f"sqlite:///{data / 'repsight.db'}"


class Library:
    """Use cases on clips; every method is one transaction or one file operation."""

    def __init__(self, data: Path, database: Database) -> None:
        self._clips = data / "clips"
        self._database = database

    @classmethod
    def open(cls, data: Path, *, url: str | None = None) -> Library:
        """The library of folder ``data``, made if need be; UnwritableOutput if it cannot be."""
        try:
            (data / "clips").mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise UnwritableOutput(
                f"The data folder {data} cannot be made.",
                wanted="A folder that can be written.",
                next_step="Choose another one with --data.",
            ) from error
        library = cls(data, open_database(url or database_url(data)))
        library.sweep()
        return library

    @property
    def database(self) -> Database:
        """Where the rows are."""
        return self._database

    def close(self) -> None:
        """Give the database back."""
        self._database.close()

    def sweep(self, clip_id: str = "*") -> None:
        """Remove folders whose clip was deleted while something else wrote or died; all or one."""
        folders = list(self._clips.glob(clip_id))
        with self._database.session() as session:
            known = clip_ids(session)
        for folder in folders:
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)

    def begin_upload(
        self,
        *,
        name: str,
        size_bytes: int,
        exercise: str = "auto",
        recorded_at: datetime | None = None,
        origin: Origin = "upload",
    ) -> Listed:
        """Make room for a clip; UserMistake for a kind of file that cannot be read.

        ``recorded_at`` is when it was filmed, as far as that is known and can be true.
        """
        suffix = known_suffix(name)
        check_exercise(exercise)
        with self._database.session() as session:
            shown = shown_name(name)
            if origin == "live":  # nobody has seen its file, so the kind of it says nothing
                shown = shown.removesuffix(suffix)
            clip = add_clip(
                session, name=shown, suffix=suffix, size_bytes=size_bytes,
                exercise=exercise, recorded_at=believable(recorded_at), origin=origin,
            )  # fmt: skip
            folder = self._clips / clip.id
            folder.mkdir(mode=0o700)
            (folder / f"source{suffix}").touch(mode=0o600)
        return Listed(clip, 0, None)

    def finish_upload(self, clip_id: str, *, variation: str = "") -> bool:
        """Every byte is on disk: mark it and queue the analysis, both or neither.

        False if that had been done before or bytes are missing.
        """
        listed = self.find(clip_id)
        if listed is None or listed.received_bytes < listed.clip.size_bytes:
            return False
        with self._database.session() as session:
            is_new = mark_uploaded(session, clip_id)
            if is_new:
                exercise = listed.clip.exercise
                enqueue(session, clip_id=clip_id, exercise=exercise, variation=variation)
        return is_new

    def analyse_again(self, clip_id: str, *, exercise: str, variation: str = "") -> Job | None:
        """Queue another analysis; None if the clip is not there as a whole."""
        check_exercise(exercise)
        listed = self.find(clip_id)
        if listed is None or listed.clip.uploaded_at is None:
            return None
        with self._database.session() as session:
            cancel(session, clip_id)
            return enqueue(session, clip_id=clip_id, exercise=exercise, variation=variation)

    def cancel(self, clip_id: str, *, kind: JobKind = "analysis") -> int:
        """Stop the analysis, or a drawing, that waits or runs for a clip; how many that were."""
        with self._database.session() as session:
            return cancel(session, clip_id, kinds=(kind,))

    def ask_for_drawing(self, clip_id: str, kind: Drawing) -> bool:
        """Queue the video of a report unless it is there or on its way.

        False where there is nothing to draw on or nothing to draw: no such clip, no film, no
        report of that version.
        """
        listed = self.find(clip_id)
        if listed is None or not listed.can_be_drawn(kind):
            return False
        is_open = any(one.kind == kind and one.is_open for one in listed.drawings)
        if not is_open and drawn_name(kind) not in listed.files:
            with self._database.session() as session:
                enqueue(session, clip_id=clip_id, exercise=listed.clip.exercise, kind=kind)
        return True

    def delete(self, clip_id: str) -> bool:
        """Everything of a clip is gone; False if there was nothing."""
        with self._database.session() as session:
            cancel(session, clip_id)
            was_there = forget_clip(session, clip_id)
        if was_there:
            self._remove(self._clips / clip_id)
            self._database.scrub()
        return was_there

    def delete_set(self, clip_id: str, number: int) -> bool:
        """One set is gone for good, with its clip if it is the only one; False without such a set.

        UserMistake while the clip is being analysed.
        """
        listed = self.find(clip_id)
        if listed is None or "report.json" not in listed.files:
            return False
        if listed.job is not None and listed.job.state in {"queued", "running"}:
            raise UserMistake(
                "This clip is being analysed.",
                wanted="A report that is finished.",
                next_step="Wait until it is done, or cancel the analysis.",
            )
        folder = self.result_folder(listed.clip)
        count = set_count(folder)
        if not 1 <= number <= count:
            return False
        if count == 1:
            return self.delete(clip_id)
        with self._database.session() as session:
            cancel(session, clip_id)
            remove_set_reviews(session, clip_id, number)
            remove_set(folder, number)
            fold_reviews(folder, _contests(reviews_of(session, clip_id)))
        self._database.scrub()
        return True

    def delete_all(self) -> int:
        """Every clip, result, objection and calibration is gone; how many clips there were.

        UnwritableOutput if something could not be deleted.
        """
        with self._database.session() as session:
            for clip_id in clip_ids(session):
                cancel(session, clip_id)
            count = remove_all(session)
            remove_calibrations(session)
        for folder in self._clips.iterdir():
            self._remove(folder)
        self._database.scrub(whole=True)
        return count

    def set_recorded(self, clip_id: str, recorded_at: datetime) -> bool:
        """Keep when a clip was filmed; UserMistake if that cannot be, False without the clip."""
        if believable(recorded_at) is None:
            raise UserMistake(
                "A clip cannot have been filmed then.",
                wanted="A day from 1990 to today.",
                next_step="Choose another day.",
            )
        with self._database.session() as session:
            return set_recorded(session, clip_id, recorded_at)

    def keep_calibration(self, exercise: str, body: str) -> None:
        """What was learned of the lifter in one exercise, in place of what was known before."""
        with self._database.session() as session:
            keep_calibration(session, exercise, body)

    def kept_calibrations(self) -> list[tuple[str, datetime, str]]:
        """Exercise, when it was learned, and the JSON text of it."""
        with self._database.session() as session:
            return kept_calibrations(session)

    def remove_calibrations(self, exercise: str | None = None) -> int:
        """Forget what was learned, in one exercise or in all; how many there were."""
        with self._database.session() as session:
            count = remove_calibrations(session, exercise)
        self._database.scrub()
        return count

    def _remove(self, folder: Path) -> None:
        """The folder is gone, also where a worker was just writing into it."""
        for _ in range(_DELETE_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return
        raise UnwritableOutput(
            "The files of a clip could not be deleted.",
            wanted="A data folder that can be written.",
            next_step="Delete again, or delete the clip's folder by hand.",
        )

    def find(self, clip_id: str) -> Listed | None:
        """One clip."""
        with self._database.session() as session:
            found = clip_with(session, clip_id)
            drawn = drawings(session, clip_id)
        return None if found is None else self._listed(*found, drawn)

    def all(self) -> list[Listed]:
        """The newest clips first."""
        with self._database.session() as session:
            found = list_clips(session)
            drawn = drawings(session)
        return [self._listed(clip, job, drawn) for clip, job in found]

    def contest(
        self,
        clip_id: str,
        kind: ReviewKind,
        *,
        set_number: int,
        t_s: float,
        rule: str = "",
        exercise: str = "",
        note: str = "",
    ) -> list[Review] | None:
        """Keep an objection and fold the report again; all of them, None if there is no report.

        ``t_s`` is the turnaround that is meant, below 0 for the set as a whole; ``exercise`` what
        the set was, where that is contested. UnknownName for one that is not in the catalog.
        """
        listed = self.find(clip_id)
        if listed is None or "report.json" not in listed.files:
            return None
        if kind == "wrong_exercise":
            spec_of(exercise)
        with self._database.session() as session:
            add_review(
                session, clip_id, kind=kind, set_number=set_number, t_s=t_s, rule=rule,
                exercise=exercise, note=note,
            )  # fmt: skip
            said = reviews_of(session, clip_id)
            cancel(session, clip_id, kinds=("reviewed",))  # it would show what holds no longer
            fold_reviews(self.result_folder(listed.clip), _contests(said))
        return said

    def reviews(self, clip_id: str) -> list[Review]:
        """What was said of a clip's report, oldest first."""
        with self._database.session() as session:
            return reviews_of(session, clip_id)

    def source_of(self, clip: Clip) -> Path:
        """The uploaded file."""
        return self._clips / clip.id / f"source{clip.suffix}"

    def result_folder(self, clip: Clip) -> Path:
        """Where the analysis writes."""
        return self._clips / clip.id / "result"

    def result_file(self, clip_id: str, name: str) -> Path | None:
        """One file of the results by its published name; None for any other name or no file."""
        listed = self.find(clip_id)
        if listed is None or not _RESULTS.fullmatch(name):
            return None
        path = self.result_folder(listed.clip) / name
        return path if path.is_file() else None

    def picture_of(self, clip_id: str) -> Path | None:
        """A still that shows what a clip is about: halfway through its first repetition."""
        listed = self.find(clip_id)
        if listed is None:
            return None
        stills = sorted(
            (self.result_folder(listed.clip) / "stills").glob("set*-rep*.jpg"),
            key=lambda path: path.stat().st_mtime_ns,
        )
        rep = [path for path in stills if _rep_of(path) == _rep_of(stills[0])]
        return rep[len(rep) // 2] if rep else None

    def video_of(self, clip_id: str) -> Path | None:
        """The clip as it was brought, if it is a video."""
        listed = self.find(clip_id)
        if listed is None or not listed.is_film:
            return None
        path = self.source_of(listed.clip)
        return path if listed.clip.uploaded_at is not None and path.is_file() else None

    def _listed(
        self, clip: Clip, job: Job | None, drawn: Mapping[tuple[str, Drawing], Job]
    ) -> Listed:
        try:
            received = self.source_of(clip).stat().st_size
        except FileNotFoundError:
            received = 0
        folder = self.result_folder(clip)
        return Listed(
            clip, received, job,
            tuple(name for name in RESULT_NAMES if (folder / name).is_file()),
            tuple(one for kind in DRAWN_FROM if (one := drawn.get((clip.id, kind)))),
        )  # fmt: skip


def _rep_of(still: Path) -> tuple[str, ...]:
    """Set and repetition in the name of a still."""
    return tuple(still.stem.split("-")[:2])


def _contests(said: list[Review]) -> dict[int, list[Contest]]:
    """Objections by set."""
    by_set: dict[int, list[Contest]] = {}
    for one in said:
        contest = Contest(one.kind, one.t_s if one.t_s >= 0 else nan, one.rule, one.exercise)
        by_set.setdefault(one.set_number, []).append(contest)
    return by_set
