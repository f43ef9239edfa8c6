"""A live set whose exercise nobody named: counted from the first repetition, named when sure.

Looking which exercise it is takes a fraction of a second, so it is done beside the frames: every
now and then what has been seen so far is given to ``look``. The exercise that it finds gets an
engine that has seen everything from the start; until there is one, and for movements outside the
catalog, repetitions are counted as any periodic movement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from math import inf, nan
from typing import Final, Literal

import numpy as np

from repsight.core.engine import SetEngine
from repsight.core.events import Event, QualityChanged, SetEnded, SetStarted
from repsight.core.skeleton import columns
from repsight.core.types import PoseFrame, PoseTrack

__all__ = ["AutoEngine", "Look", "Seen"]

#: A look is taken this often at most, and costs at most a share of the time.
_LOOK_S: Final = 1.0
_LOOK_SHARE: Final = 0.35
#: Frames nearer to each other than this are not kept for looks.
_APART_S: Final = 0.045
#: Older than this is not looked at again; its repetitions stay counted.
_MEMORY_S: Final = 240.0
_KEPT_S: Final = 60.0
#: A name is told when two looks in a row agree, and are this sure of a set or of one repetition
#: (heuristic).
_SURE_SET: Final = 0.5
_SURE_ONCE: Final = 0.75
#: Frames of its past that a new engine takes with each new one, so that none takes long.
_CATCH_UP: Final = 4
#: Ends of the same repetition in two looks.
_SAME_S: Final = 0.4
#: A body moves when three of its landmarks (a hand, a foot) cover this share of its length in half
#: a second (heuristic): one alone may have jumped.
_MOVING: Final = 0.1
_BACK_S: Final = 0.5
_BLUR_S: Final = 0.15
_TOGETHER: Final = 3
#: So many kept frames are more than three quarters of a second.
_RECENT: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one look found: an engine that has seen everything up to ``seen_s``, or a plain count.

    ``exercise`` is empty where nothing explains the movement; ``ends_s`` are the ends of its plain
    repetitions then. ``is_set`` says that more than one repetition agreed, ``cost_s`` what the
    look took.
    """

    exercise: str
    confidence: float
    seen_s: float
    is_set: bool = False
    engine: SetEngine | None = None
    ends_s: tuple[float, ...] = ()
    cost_s: float = 0.0


#: Given all frames kept so far; may take its time.
Seen = Callable[[PoseTrack], Look]


@dataclass(slots=True)
class AutoEngine:
    """Fills the place of a ``SetEngine`` while the exercise is found out.

    ``exercise`` is its id once two looks agreed, empty before and for movements outside the
    catalog. ``look`` runs on ``beside``.
    """

    look: Seen
    beside: Executor
    exercise: str = ""
    _frames: deque[PoseFrame] = field(default_factory=deque[PoseFrame])
    _engine: SetEngine | None = None
    _behind: deque[PoseFrame] = field(default_factory=deque[PoseFrame])
    _future: Future[Look] | None = None
    _last: Look | None = None
    _plain: int = 0
    _base: int = 0
    _due_s: float = -inf
    _moved_s: float = -inf
    _began_s: float = inf
    _is_visible: bool = False

    @property
    def count(self) -> int:
        """Repetitions so far."""
        return self._engine.count if self._engine else self._base + self._plain

    @property
    def held_s(self) -> float:
        """Time in position so far; 0 until a hold has been recognised."""
        return self._engine.held_s if self._engine else 0.0

    @property
    def depth_ratio(self) -> float:
        """As of the engine; NaN before there is one."""
        return self._engine.depth_ratio if self._engine else nan

    @property
    def phase(self) -> Literal["rest", "out", "back", "held"]:
        """As of the engine; before there is one, whether anything moves at all."""
        if self._engine:
            return self._engine.phase
        is_moving = bool(self._frames) and self._frames[-1].t_s - self._moved_s < 1.0
        return "out" if is_moving else "rest"

    def push(self, frame: PoseFrame) -> list[Event]:
        """Take one more frame; never waits for a look."""
        if self._frames and frame.t_s <= self._frames[-1].t_s:
            return []
        events: list[Event] = [] if self._frames else [SetStarted(frame.t_s, "auto")]
        if self._future and self._future.done():
            self._adopt(self._future.result())
        if self._engine:
            self._behind.append(frame)
            for _ in range(min(_CATCH_UP, len(self._behind))):
                events += self._engine.push(self._behind.popleft())
        else:
            events += self._watched(frame)
        if not self.exercise:
            self._remember(frame)
            self._look_again(frame.t_s)
        else:
            self._frames = deque([frame])
        return events

    def finish(self) -> list[Event]:
        """No more frames; what is still open is decided now."""
        if not self._frames:
            return []
        if self._future:
            self._adopt(self._future.result())
        if not self.exercise:
            self._adopt(self.look(PoseTrack.from_frames(list(self._frames))))
        if self._engine is None:
            return [SetEnded(self._frames[-1].t_s, self.count)]
        events: list[Event] = []
        while self._behind:
            events += self._engine.push(self._behind.popleft())
        return [*events, *self._engine.finish()]

    def _watched(self, frame: PoseFrame) -> list[Event]:
        """Whether somebody is there and moves, before an engine knows it."""
        is_visible = bool(np.isfinite(frame.xy[11:]).any())
        recent = list(islice(reversed(self._frames), _RECENT))
        if is_visible and _moves(frame, recent):
            self._moved_s = frame.t_s
            self._began_s = min(self._began_s, frame.t_s)
        if is_visible == self._is_visible:
            return []
        self._is_visible = is_visible
        return [QualityChanged(frame.t_s, is_visible)]

    def _remember(self, frame: PoseFrame) -> None:
        if self._frames and frame.t_s - self._frames[-1].t_s < _APART_S:
            return
        self._frames.append(frame)
        if frame.t_s - self._frames[0].t_s > _MEMORY_S and self._future is None:
            cut_s = frame.t_s - _KEPT_S
            old = [end_s for end_s in (self._last.ends_s if self._last else ()) if end_s < cut_s]
            self._base, self._plain = self._base + len(old), self._plain - len(old)
            while self._frames[0].t_s < cut_s:
                self._frames.popleft()

    def _look_again(self, t_s: float) -> None:
        if t_s >= self._due_s and self._future is None:
            self._due_s = t_s + _LOOK_S
            frames = list(self._frames)
            self._future = self.beside.submit(lambda: self.look(PoseTrack.from_frames(frames)))

    def _certain(self, before: Look | None, found: Look) -> int:
        """Plain repetitions that the look before found as well, done since something moved."""
        known = before.ends_s if before else ()
        return sum(
            end_s > self._began_s and any(abs(end_s - one) < _SAME_S for one in known)
            for end_s in found.ends_s
        )

    def _adopt(self, found: Look) -> None:
        """Take over what a look found."""
        self._future = None
        before, self._last = self._last, found
        self._due_s = max(self._due_s, self._frames[-1].t_s + found.cost_s / _LOOK_SHARE)
        self._plain = max(self._plain, self._certain(before, found))
        if not found.exercise or self.exercise:
            return
        running = self._engine.spec.id if self._engine else ""
        if found.engine and found.exercise != running:
            self._engine = found.engine
            self._behind = deque(one for one in self._frames if one.t_s > found.seen_s)
        wanted = _SURE_SET if found.is_set else _SURE_ONCE
        agrees = before is not None and before.exercise == found.exercise
        if agrees and found.confidence >= wanted:
            self.exercise = found.exercise


def _moves(frame: PoseFrame, before: Sequence[PoseFrame]) -> bool:
    """Whether landmarks have gone some way in the last half second."""
    late = [frame.xy, *(one.xy for one in before if frame.t_s - one.t_s < _BLUR_S)]
    early = [
        one.xy for one in before if _BACK_S - _BLUR_S < frame.t_s - one.t_s < _BACK_S + _BLUR_S
    ]
    if not early:
        return False
    now, then = np.mean(late, axis=0), np.mean(early, axis=0)
    way = np.linalg.norm(now[11:] - then[11:], axis=1)
    long = np.linalg.norm(now[columns("shoulder")] - now[columns("ankle")], axis=1)
    way, long = np.sort(way[np.isfinite(way)]), long[np.isfinite(long)]
    if len(way) < _TOGETHER or not len(long):
        return False
    return bool(way[-_TOGETHER] > _MOVING * long.max())
