"""Live sets of the web app: begun, gone on with after a break, stored like an upload.

DATA/live/<session>.frames    frames as they came, until the set is stored as landmarks
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Final
from uuid import uuid4

from repsight.app.assess import default_router
from repsight.app.auto_live import AutoEngine
from repsight.app.auto_look import look_at
from repsight.app.calibrations import kept_calibrations
from repsight.app.library import Library
from repsight.core.calibration import calibrated
from repsight.core.events import Event
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseFrame, PoseTrack
from repsight.errors import RepsightError, UnknownName, UserMistake
from repsight.exercises import spec_of
from repsight.landmarks_io import save_landmarks
from repsight.live.journal import SUFFIX, Journal, read_journal
from repsight.live.session import LiveSession, LiveStart, Step
from repsight.live.wire import decode_frame

__all__ = ["KEEP_S", "MOST_SETS", "LiveRoom", "LiveRooms"]

#: A set nobody has been heard of for this long is stored as it is.
KEEP_S: Final = 900.0
MOST_SETS: Final = 128
#: Less than this is no set: a page that was opened and closed.
_LEAST_S: Final = 2.0


@dataclass(slots=True)
class LiveRoom:
    """A set under way; ``heard_s`` is when it was last heard of, on the monotonic clock."""

    session: LiveSession
    journal: Journal
    heard_s: float

    def take(self, data: bytes) -> Step:
        """One message: what is new is on disk before this returns, and may be acknowledged."""
        step = self.session.take(data)
        self.journal.add(b"".join(frame.data for frame in step.frames))
        return step


class LiveRooms:
    """All live sets of one server process."""

    def __init__(
        self,
        folder: Path,
        library: Library,
        *,
        clock: Callable[[], float] = time.monotonic,
        beside: Executor | None = None,
    ) -> None:
        """Sets lie in ``folder``; looks which exercise it is run on ``beside``, one at a time."""
        self._beside = beside or ThreadPoolExecutor(1, thread_name_prefix="repsight-look")
        self._folder = folder
        self._library = library
        self._clock = clock
        self._rooms: dict[str, LiveRoom] = {}
        self._alone = RLock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def begin(self, exercise: str, *, variation: str = "", aspect_ratio: float = 1.0) -> LiveRoom:
        """A new set; UnknownName for an exercise that is not there, UserMistake when full."""
        with self._alone:
            self.sweep()
            return self._begin(LiveStart(uuid4().hex, exercise, variation, aspect_ratio))

    def _begin(self, start: LiveStart) -> LiveRoom:
        if len(self._rooms) >= MOST_SETS:
            raise UserMistake(
                f"{MOST_SETS} sets are under way.",
                wanted="Fewer at a time.",
                next_step="Finish one, then begin again.",
            )
        session = self._session(start)
        return self._keep(session, Journal(self._path(start.session), start=start))

    def resume(self, session_id: str) -> LiveRoom:
        """A set begun before, from memory or from disk; UnknownName if there is none."""
        with self._alone:
            return self._resume(session_id)

    def _resume(self, session_id: str) -> LiveRoom:
        known = self._rooms.get(session_id)
        if known is not None:
            known.heard_s = self._clock()
            return known
        path = self._path(session_id)
        if not (session_id.isalnum() and path.is_file()):
            raise UnknownName(
                "This set is not under way any more.",
                wanted="A set that was not finished.",
                next_step="Begin a new one; finished sets are in your list.",
            )
        start, frames = read_journal(path)
        session = self._session(start)
        for data in frames:
            session.take(data)
        return self._keep(session, Journal(path))

    def finish(self, room: LiveRoom) -> tuple[str | None, tuple[Event, ...]]:
        """Store the set and queue its report: the clip's id, None for hardly any frames.

        With it come the events that became certain by the end.
        """
        with self._alone:
            return self._finish(room)

    def _finish(self, room: LiveRoom) -> tuple[str | None, tuple[Event, ...]]:
        events = room.session.finish()
        self._rooms.pop(room.session.start.session, None)
        room.journal.close()
        return self._store(self._path(room.session.start.session)), events

    def discard(self, room: LiveRoom) -> None:
        """The set is not wanted."""
        self._rooms.pop(room.session.start.session, None)
        room.journal.close()
        self._path(room.session.start.session).unlink(missing_ok=True)

    def discard_all(self) -> None:
        """No set under way is wanted, nor one that was left behind."""
        with self._alone:
            for room in list(self._rooms.values()):
                self.discard(room)
            for path in self._folder.iterdir():
                path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Store what was left behind, by this process or by one that died."""
        now_s = self._clock()
        for room in list(self._rooms.values()):
            if now_s - room.heard_s > KEEP_S:
                self._finish(room)
        for path in self._folder.glob(f"*{SUFFIX}"):
            is_known = path.stem in self._rooms
            if not is_known and time.time() - path.stat().st_mtime > KEEP_S:
                with suppress(RepsightError):
                    self._store(path)
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """The server ends; what is under way goes on when it is back."""
        for room in self._rooms.values():
            room.journal.close()
        self._rooms.clear()
        self._beside.shutdown(wait=False, cancel_futures=True)

    def _session(self, start: LiveStart) -> LiveSession:
        if start.exercise == "auto":
            self._beside.submit(default_router)  # loaded once, before the first look needs it
            look = partial(look_at, known=kept_calibrations(self._library))
            return LiveSession(start, AutoEngine(look, self._beside))
        return LiveSession.begin(start, self._spec_of(start.exercise))

    def _spec_of(self, exercise: str) -> ExerciseSpec:
        """The exercise as it is for this lifter: its report is made with the same one."""
        return calibrated(spec_of(exercise), kept_calibrations(self._library))

    def _keep(self, session: LiveSession, journal: Journal) -> LiveRoom:
        room = LiveRoom(session, journal, self._clock())
        self._rooms[session.start.session] = room
        return room

    def _store(self, path: Path) -> str | None:
        start, frames = read_journal(path)
        poses = [decode_frame(one, aspect_ratio=start.aspect_ratio).pose for one in frames]
        track = PoseTrack.from_frames(_in_time(poses))
        clip_id = None
        if len(track) and track.t_s[-1] - track.t_s[0] >= _LEAST_S:
            clip_id = self._store_track(track, start)
        path.unlink(missing_ok=True)
        return clip_id

    def _store_track(self, track: PoseTrack, start: LiveStart) -> str:
        written = self._folder / f"{start.session}.npz"
        save_landmarks(written, track)
        named = "Set" if start.exercise == "auto" else spec_of(start.exercise).name
        name = f"{named}, live.npz"
        size_bytes = written.stat().st_size
        listed = self._library.begin_upload(
            name=name, size_bytes=size_bytes, exercise=start.exercise, origin="live"
        )
        written.replace(self._library.source_of(listed.clip))
        self._library.finish_upload(listed.clip.id, variation=start.variation)
        return listed.clip.id

    def _path(self, session_id: str) -> Path:
        return self._folder / f"{session_id}{SUFFIX}"


def _in_time(poses: list[PoseFrame]) -> list[PoseFrame]:
    """Without frames that go back in time, which the engine ignored as well."""
    kept: list[PoseFrame] = []
    for pose in poses:
        if not kept or pose.t_s > kept[-1].t_s:
            kept.append(pose)
    return kept
