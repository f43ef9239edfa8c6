"""One live set on the server: frames in any order become events, each frame exactly once."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import Final, Literal, Protocol

from repsight.core.engine import SetEngine
from repsight.core.events import Event
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseFrame
from repsight.errors import UserMistake
from repsight.live.wire import LiveFrame, checked_seq, decode_frame

__all__ = [
    "AHEAD_MOST",
    "FRAMES_MOST",
    "MEMORY_S",
    "Engine",
    "FrameOrder",
    "LiveSession",
    "LiveStart",
    "Step",
]

#: Frames that may wait for one that is missing: two minutes at 30 a second.
AHEAD_MOST: Final = 3600
#: Half an hour at 60 a second.
FRAMES_MOST: Final = 108_000
#: An engine looks back to the start of a repetition; the journal keeps the rest.
MEMORY_S: Final = 30.0


class Engine(Protocol):
    """What follows the movement: a ``SetEngine``, or what finds out which one it must be.

    ``exercise`` is an id of the catalog, empty while it is not known.
    """

    @property
    def exercise(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def held_s(self) -> float: ...
    @property
    def phase(self) -> Literal["rest", "out", "back", "held"]: ...
    @property
    def depth_ratio(self) -> float: ...
    def push(self, frame: PoseFrame) -> list[Event]: ...
    def finish(self) -> list[Event]: ...


@dataclass(frozen=True, slots=True)
class LiveStart:
    """What is known when a set begins; ``aspect_ratio`` is width / height of the picture."""

    session: str
    exercise: str
    variation: str = ""
    aspect_ratio: float = 1.0

    def __post_init__(self) -> None:
        """A picture has a shape."""
        if not (isfinite(self.aspect_ratio) and 0.1 <= self.aspect_ratio <= 10.0):
            raise UserMistake(
                f"A picture cannot be {self.aspect_ratio} times as wide as high.",
                wanted="A ratio from 0.1 to 10.",
                next_step="Reload the page.",
            )


@dataclass(frozen=True, slots=True)
class Step:
    """What one arrival brought: the frames that are now in order, and their events."""

    frames: tuple[LiveFrame, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(slots=True)
class FrameOrder:
    """Puts frames in the order of their sequence numbers, from 0 without gaps.

    A frame that was taken before is ignored; one that comes too early waits for those before
    it. ``next_seq`` is the acknowledgement: every frame before it has been given out.
    """

    next_seq: int = 0
    _ahead: dict[int, bytes] = field(default_factory=dict[int, bytes])

    def take(self, data: bytes) -> list[bytes]:
        """One message of the socket: the frames that are now in order.

        MalformedFrame if it is no frame, UserMistake when too many wait for one that never came.
        """
        seq = checked_seq(data)
        if seq < self.next_seq:
            return []
        if seq > FRAMES_MOST:
            raise UserMistake(
                "A set has too many frames.",
                wanted=f"At most {FRAMES_MOST}.",
                next_step="Finish the set.",
            )
        self._ahead[seq] = data
        if len(self._ahead) > AHEAD_MOST:
            raise UserMistake(
                f"Frame {self.next_seq} never came.",
                wanted="Frames from the one that was acknowledged last.",
                next_step="Reload the page: the set goes on where it was.",
            )
        return self._drained()

    def waiting(self) -> list[bytes]:
        """Those that came too early and still wait, in order, with gaps before them."""
        return [self._ahead[seq] for seq in sorted(self._ahead)]

    def _drained(self) -> list[bytes]:
        frames: list[bytes] = []
        while (data := self._ahead.pop(self.next_seq, None)) is not None:
            self.next_seq += 1
            frames.append(data)
        return frames


@dataclass(slots=True)
class LiveSession:
    """Feeds an engine with frames in their order, each exactly once."""

    start: LiveStart
    engine: Engine
    order: FrameOrder = field(default_factory=FrameOrder)

    @classmethod
    def begin(cls, start: LiveStart, spec: ExerciseSpec) -> LiveSession:
        """A set of a known exercise of which no frame has arrived."""
        return cls(start, SetEngine(spec, variation=start.variation, memory_s=MEMORY_S))

    @property
    def next_seq(self) -> int:
        """The first frame that has not been taken."""
        return self.order.next_seq

    def take(self, data: bytes) -> Step:
        """One message of the socket; refused as ``FrameOrder.take`` does."""
        frames = tuple(self._decoded(one) for one in self.order.take(data))
        return Step(frames, tuple(e for one in frames for e in self.engine.push(one.pose)))

    def finish(self) -> tuple[Event, ...]:
        """No more frames; those that still wait are taken with the gap before them."""
        waiting = [self._decoded(data).pose for data in self.order.waiting()]
        events = [event for pose in waiting for event in self.engine.push(pose)]
        return (*events, *self.engine.finish())

    def _decoded(self, data: bytes) -> LiveFrame:
        return decode_frame(data, aspect_ratio=self.start.aspect_ratio)
