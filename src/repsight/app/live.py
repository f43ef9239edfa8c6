"""Live sets of the web app: begun, gone on with after a break, stored like an upload.

DATA/live/<session>.frames    frames as they came, until the set is stored as landmarks
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Final
from uuid import uuid4

from repsight.app.assess import default_router
from repsight.app.calibrations import kept_calibrations
from repsight.app.library import Library
from repsight.app.live_processes import EngineProcesses
from repsight.app.live_room import AT_ONCE, LiveRoom
from repsight.app.live_seats import EngineGone, HereSeat, Seat, Wanted
from repsight.core.calibration import calibrated
from repsight.core.events import Event
from repsight.core.types import PoseFrame, PoseTrack
from repsight.errors import RepsightError, UnknownName, UserMistake
from repsight.exercises import spec_of
from repsight.landmarks_io import save_landmarks
from repsight.live.journal import SUFFIX, Journal, read_journal
from repsight.live.session import LiveStart
from repsight.live.wire import decode_frame

__all__ = ["KEEP_S", "MOST_HERE", "MOST_SETS", "LiveRooms"]

#: A set nobody has been heard of for this long is stored as it is.
KEEP_S: Final = 900.0
MOST_SETS: Final = 128
#: So many sets are followed in this process; for more, others are started (ADR 12).
MOST_HERE: Final = 4
#: Where many train, a set is answered so often at most: two pictures cost little more than one.
_PACE_S: Final = 0.06
#: Less than this is no set: a page that was opened and closed.
_LEAST_S: Final = 2.0


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
            self._sweep()
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

    def follow_again(self, room: LiveRoom, gone: Seat) -> None:
        """The seat of a set has died: another one takes from disk what had been answered.

        What had no answer is asked about again. EngineGone when the new one dies as well.
        """
        with self._alone:
            seat = self._seat(room.start)
        with room.moving:
            if room.seat is not gone:  # somebody else noticed first
                seat.leave()
                return
            answered = room.answered()
            _replayed(seat, read_journal(self._path(room.start.session))[1][:answered])
            room.sit(seat)

    def finish(self, room: LiveRoom) -> tuple[str | None, tuple[Event, ...]]:
        """Store the set and queue its report: the clip's id, None for hardly any frames.

        With it come the events that became certain by the end. UserMistake when it is over.
        """
        with self._alone:
            gone = room.seat
            try:
                events = room.finish().result()
            except EngineGone:
                self.follow_again(room, gone)
                events = room.finish().result()
            return self._end(room), events

    def _end(self, room: LiveRoom) -> str | None:
        self._rooms.pop(room.start.session, None)
        room.end()
        return self._store(self._path(room.start.session))

    def discard(self, room: LiveRoom) -> None:
        """The set is not wanted; one that is over already stays as it is."""
        with self._alone:
            self._rooms.pop(room.start.session, None)
            if room.end():
                room.seat.leave()
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
        with self._alone:
            self._sweep()

    def _sweep(self) -> None:
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
            room.end()
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
        pace_s = 0.0 if isinstance(seat, HereSeat) else _PACE_S
        room = LiveRoom(start, seat, journal, self._clock(), pace_s=pace_s)
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
    for first in range(0, len(frames), AT_ONCE):
        seat.follow(frames[first : first + AT_ONCE]).result()


def _in_time(poses: list[PoseFrame]) -> list[PoseFrame]:
    """Without frames that go back in time, which the engine ignored as well."""
    kept: list[PoseFrame] = []
    for pose in poses:
        if not kept or pose.t_s > kept[-1].t_s:
            kept.append(pose)
    return kept
