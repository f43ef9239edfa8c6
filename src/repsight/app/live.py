"""Live sets of the web app: begun, gone on with after a break, stored like an upload.

DATA/live/<session>.frames    frames as they came, until the set is stored as landmarks
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Final
from uuid import uuid4

from repsight.app.assess import default_router
from repsight.app.calibrations import kept_calibrations
from repsight.app.library import Library
from repsight.app.live_processes import EngineProcesses
from repsight.app.live_seats import EngineGone, HereSeat, Seat, Wanted
from repsight.core.calibration import calibrated
from repsight.core.events import Event
from repsight.core.types import PoseFrame, PoseTrack
from repsight.errors import RepsightError, UnknownName, UserMistake
from repsight.exercises import spec_of
from repsight.landmarks_io import save_landmarks
from repsight.live.journal import SUFFIX, Journal, read_journal
from repsight.live.session import FrameOrder, LiveStart
from repsight.live.wire import decode_frame

__all__ = ["KEEP_S", "MOST_HERE", "MOST_SETS", "LiveRoom", "LiveRooms"]

#: A set nobody has been heard of for this long is stored as it is.
KEEP_S: Final = 900.0
MOST_SETS: Final = 128
#: So many sets are followed in this process; for more, others are started (ADR 12).
MOST_HERE: Final = 4
#: Frames that a set is given at once when it is followed again: others wait no longer for them.
_AT_ONCE: Final = 30
#: Less than this is no set: a page that was opened and closed.
_LEAST_S: Final = 2.0


@dataclass(slots=True)
class LiveRoom:
    """A set under way; ``heard_s`` is when it was last heard of, on the monotonic clock.

    ``unanswered`` are the frames that the last message brought.
    """

    start: LiveStart
    seat: Seat
    journal: Journal
    heard_s: float
    order: FrameOrder = field(default_factory=FrameOrder)
    unanswered: list[bytes] = field(default_factory=list[bytes])

    def take(self, data: bytes) -> Future[str]:
        """One message: what is new is on disk before this returns. The answer may come later."""
        self.unanswered = self.order.take(data)
        self.journal.add(b"".join(self.unanswered))
        return self.seat.follow(self.unanswered)


class LiveRooms:
    """All live sets of one server process."""

    def __init__(
        self,
        folder: Path,
        library: Library,
        *,
        clock: Callable[[], float] = time.monotonic,
        beside: Executor | None = None,
        most_here: int = MOST_HERE,
    ) -> None:
        """Sets lie in ``folder``; looks which exercise it is run on ``beside``, one at a time.

        More than ``most_here`` sets at the same time are followed in processes of their own.
        """
        self._most_here = most_here
        self._processes = EngineProcesses()
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
        seat = self._seat(start)  # an exercise that is not there leaves no journal
        return self._keep(start, seat, Journal(self._path(start.session), start=start))

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
        seat = self._seat(start)
        _replayed(seat, frames)
        room = self._keep(start, seat, Journal(path))
        for data in frames:
            room.order.take(data)
        return room

    def follow_again(self, room: LiveRoom) -> str:
        """What followed the set has died: another seat takes all its frames from disk.

        The answer to those that had none; EngineGone when the new one dies as well.
        """
        start, frames = read_journal(self._path(room.start.session))
        with self._alone:
            room.seat = self._seat(start)
        answered = len(frames) - len(room.unanswered)
        _replayed(room.seat, frames[:answered])
        return room.seat.follow(frames[answered:]).result()

    def finish(self, room: LiveRoom) -> tuple[str | None, tuple[Event, ...]]:
        """Store the set and queue its report: the clip's id, None for hardly any frames.

        With it come the events that became certain by the end.
        """
        with self._alone:
            return self._finish(room)

    def _finish(self, room: LiveRoom) -> tuple[str | None, tuple[Event, ...]]:
        rest = room.order.rest()
        try:
            events = room.seat.finish(rest).result()
        except EngineGone:
            room.unanswered = []
            self.follow_again(room)
            events = room.seat.finish(rest).result()
        return self._end(room), events

    def _end(self, room: LiveRoom) -> str | None:
        self._rooms.pop(room.start.session, None)
        room.journal.close()
        return self._store(self._path(room.start.session))

    def discard(self, room: LiveRoom) -> None:
        """The set is not wanted."""
        self._rooms.pop(room.start.session, None)
        room.seat.leave()
        room.journal.close()
        self._path(room.start.session).unlink(missing_ok=True)

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
                room.seat.leave()
                self._end(room)
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
        self._processes.stop()
        self._beside.shutdown(wait=False, cancel_futures=True)

    def _seat(self, start: LiveStart) -> Seat:
        known = kept_calibrations(self._library)
        is_named = start.exercise != "auto"
        # as it is for this lifter: the report is made with the same one
        spec = calibrated(spec_of(start.exercise), known) if is_named else None
        wanted = Wanted(start, spec, known)
        if sum(isinstance(room.seat, HereSeat) for room in self._rooms.values()) >= self._most_here:
            return self._processes.seat(wanted)
        if not is_named:
            self._beside.submit(default_router)  # loaded once, before the first look needs it
        return HereSeat(wanted, self._beside)

    def _keep(self, start: LiveStart, seat: Seat, journal: Journal) -> LiveRoom:
        room = LiveRoom(start, seat, journal, self._clock())
        self._rooms[start.session] = room
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


def _replayed(seat: Seat, frames: list[bytes]) -> None:
    """Give a seat what was told before; the answers are not told again."""
    for first in range(0, len(frames), _AT_ONCE):
        seat.follow(frames[first : first + _AT_ONCE]).result()


def _in_time(poses: list[PoseFrame]) -> list[PoseFrame]:
    """Without frames that go back in time, which the engine ignored as well."""
    kept: list[PoseFrame] = []
    for pose in poses:
        if not kept or pose.t_s > kept[-1].t_s:
            kept.append(pose)
    return kept
