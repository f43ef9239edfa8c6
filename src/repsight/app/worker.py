"""The process that analyses uploaded clips and draws their videos, one after the other.

It belongs to the server that started it and ends with it. It may be killed at any moment: the
job it was at is claimed again when its lease runs out.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Final
from uuid import uuid4

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.calibrations import kept_calibrations
from repsight.app.drawing import draw_report, keep_drawn
from repsight.app.library import Library, database_url
from repsight.app.observe import Watching
from repsight.errors import RepsightError, UnreadableSource
from repsight.store.database import Database, open_database
from repsight.store.jobs import beat, claim, end, release
from repsight.store.records import Drawing, Job

__all__ = ["LEASE_S", "work"]

#: A worker that has not been heard of for this long is taken for dead.
LEASE_S: Final = 15.0
_BEAT_S: Final = 0.25
_POLL_S: Final = 0.5


class _Stopped(BaseException):
    """Ends an analysis from inside its progress call; nothing may swallow it."""

    def __init__(self, why: str) -> None:
        self.why = why


def work(data: Path, *, model: str = "full", threads: int = 2, url: str | None = None) -> None:
    """Do what is queued until the parent process is gone or SIGTERM comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the server, which ends us
    database = open_database(url or database_url(data))
    worker = _Worker(Library(data, database), database, Watching(model=model, threads=threads))
    signal.signal(signal.SIGTERM, worker.stop)
    try:
        worker.run()
    finally:
        database.close()


class _Worker:
    def __init__(self, library: Library, database: Database, watching: Watching) -> None:
        self._library = library
        self._database = database
        self._watching = watching
        self._name = uuid4().hex
        self._parent = os.getppid()
        self._is_stopping = False

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def run(self) -> None:
        while not self._must_stop():
            with self._database.session() as session:
                job = claim(session, worker=self._name, lease_s=LEASE_S)
            if job is None:
                time.sleep(_POLL_S)
            else:
                self._do(job)
        with self._database.session() as session:
            release(session, worker=self._name)

    def _must_stop(self) -> bool:
        return self._is_stopping or os.getppid() != self._parent

    def _do(self, job: Job) -> None:
        try:
            problem = self._analyse(job) if job.kind == "analysis" else self._draw(job, job.kind)
        except _Stopped as stopped:
            if stopped.why == "cancelled":
                self._end(job, "cancelled")
        except RepsightError as error:
            self._end(job, "failed", self._in_words(job, error))
        except Exception as error:  # noqa: BLE001 - one clip's bug must not stop the others
            self._end(job, "failed", f"A bug of Repsight: {type(error).__name__}.")
        else:
            self._end(job, "done", problem)
        self._library.sweep(job.clip_id)  # it may have been deleted while it was analysed

    def _analyse(self, job: Job) -> str:
        """Run the analysis; what could not be written, in words."""
        listed = self._library.find(job.clip_id)
        if listed is None:
            raise _Stopped("lost")
        beats = _Beats(self, job)
        request = AnalyzeRequest(
            self._library.source_of(listed.clip),
            job.exercise,
            job.variation,
            self._library.result_folder(listed.clip),
            draws_video=False,
            watching=self._watching,
            shown_name=listed.clip.name,
            calibrations=kept_calibrations(self._library),
        )
        try:
            analysis = analyze_clip(request, on_progress=beats)
        except UnreadableSource as error:
            if listed.clip.origin == "live":
                raise _too_sparse() from error
            raise
        return " ".join(str(one) for one in analysis.unwritten)

    def _draw(self, job: Job, kind: Drawing) -> str:
        """Draw a video of a report; what could not be kept in it, in words."""
        listed = self._library.find(job.clip_id)
        if listed is None or not listed.can_be_drawn(kind):
            raise _Stopped("cancelled")
        folder = self._library.result_folder(listed.clip)
        notes = draw_report(
            self._library.source_of(listed.clip), folder, kind,
            threads=self._watching.threads, on_progress=_Beats(self, job),
        )  # fmt: skip
        # Whoever changes the report cancels this job and removes the video in one transaction.
        with self._database.session() as session:
            standing = beat(
                session, job.id, worker=self._name, lease_s=LEASE_S, share=1.0, stage="draw"
            )
            if standing != "mine":
                raise _Stopped(standing)
            keep_drawn(folder, kind)
        return " ".join(notes)

    def _in_words(self, job: Job, error: RepsightError) -> str:
        """What went wrong, with the name that the clip came with and not the path it is kept at."""
        listed = self._library.find(job.clip_id)
        if listed is None:
            return str(error)
        return str(error).replace(str(self._library.source_of(listed.clip)), listed.clip.name)

    def _end(self, job: Job, state: str, message: str = "") -> None:
        with self._database.session() as session:
            match state:
                case "done" | "failed" | "cancelled":
                    end(session, job.id, worker=self._name, state=state, message=message)
                case _:
                    raise ValueError(state)

    def beat(self, job: Job, share: float, stage: str) -> None:
        """Tell the database; raises when the work is not wanted any more."""
        if self._must_stop():
            raise _Stopped("stopping")
        with self._database.session() as session:
            standing = beat(
                session, job.id, worker=self._name, lease_s=LEASE_S, share=share, stage=stage
            )
        if standing != "mine":
            raise _Stopped(standing)


def _too_sparse() -> UnreadableSource:
    """Why a live set cannot be read: what the page sent is in order, there was only too little."""
    return UnreadableSource(
        "Too few pictures of this set were looked at for a report.",
        wanted="Five pictures a second at least.",
        next_step="Close other apps and pages, or film the set and add the clip.",
    )


class _Beats:
    """The progress call of one analysis; it reaches the database a few times a second."""

    def __init__(self, worker: _Worker, job: Job) -> None:
        self._worker = worker
        self._job = job
        self._next_s = 0.0

    def __call__(self, share: float, stage: str) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + _BEAT_S
            self._worker.beat(self._job, share, stage)
