"""What the server says of a live set, as small JSON texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Final

from repsight.core.events import Event
from repsight.live.session import LiveSession
from repsight.live.wire import VERSION

__all__ = [
    "Json",
    "Spent",
    "event_fields",
    "event_type",
    "said_refused",
    "said_saved",
    "said_step",
    "said_welcome",
]

Json = dict[str, object]

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


def event_type(kind: type[object]) -> str:
    """What an event of a kind is called on its way, such as ``rep_ended``."""
    return _CAPITAL.sub("_", kind.__name__).lower()


def event_fields(event: Event) -> Json:
    """An event as JSON: its name in lower case under ``type``, then its fields; NaN is null."""
    return {
        "type": event_type(type(event)),
        **{key: _plain(value) for key, value in asdict(event).items()},
    }


def said_welcome(session: LiveSession) -> str:
    """The set as it stands: where to go on sending, and what has been counted."""
    return _text("welcome", version=VERSION, session=session.start.session,
                 **_standing(session))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spent:
    """Time on some frames: of the slowest, of all together, and how long they had waited."""

    slowest_ms: float = 0.0
    all_ms: float = 0.0
    behind_ms: float = 0.0

    def and_frame(self, took_ms: float) -> Spent:
        """With one frame more."""
        slowest_ms = max(self.slowest_ms, took_ms)
        return Spent(slowest_ms, self.all_ms + took_ms, self.behind_ms)


def said_step(session: LiveSession, events: Iterable[Event], spent: Spent) -> str:
    """After arrivals: the acknowledgement, where the movement is, and what happened."""
    return _text(
        "step",
        engine_ms=round(spent.slowest_ms, 3),
        engine_all_ms=round(spent.all_ms, 3),
        behind_ms=round(spent.behind_ms),
        **_standing(session),
        events=[event_fields(event) for event in events],
    )


def said_saved(clip_id: str | None, events: Iterable[Event]) -> str:
    """The set is over; ``clip`` is where its report will be, null if there was nothing in it."""
    return _text("saved", clip=clip_id, events=[event_fields(event) for event in events])


def said_refused(why: str) -> str:
    """Why the socket closes."""
    return _text("refused", why=why)


def _standing(session: LiveSession) -> Json:
    engine = session.engine
    return {
        "next": session.next_seq,
        "exercise": engine.exercise,
        "count": engine.count,
        "held_s": round(engine.held_s, 2),
        "phase": engine.phase,
        "depth": _plain(round(engine.depth_ratio, 3)),
    }


def _text(kind: str, **fields: object) -> str:
    return _ENCODER.encode({"kind": kind, **fields})


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not isfinite(value) else value
