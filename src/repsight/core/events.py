"""What happened, as small frozen events; the running state of a set is a fold over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from repsight.core.report import RejectionReason

__all__ = [
    "Abstained",
    "CounterPaused",
    "CounterResumed",
    "CueGiven",
    "Envelope",
    "Event",
    "FaultSeen",
    "HoldEnded",
    "HoldStarted",
    "HoldTime",
    "QualityChanged",
    "RepEnded",
    "RepRejected",
    "RepStarted",
    "RepTurned",
    "SetEnded",
    "SetStarted",
]


#: The limb that moved; ``both`` as well where an exercise does not tell its sides apart.
_Side = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True)
class SetStarted:
    """The lifter was seen for the first time."""

    t_s: float
    exercise: str


@dataclass(frozen=True, slots=True)
class RepStarted:
    """The lifter left the rest end."""

    t_s: float
    start_s: float
    side: _Side = "both"


@dataclass(frozen=True, slots=True)
class RepTurned:
    """The turnaround is certain; it happened at ``turn_s``.

    ``range_share`` is the way covered as a share of the own range; NaN before that is known.
    """

    t_s: float
    turn_s: float
    range_share: float
    side: _Side = "both"


@dataclass(frozen=True, slots=True)
class RepEnded:
    """A repetition counted; ``number`` is the running count."""

    t_s: float
    number: int
    start_s: float
    turn_s: float
    end_s: float
    side: _Side = "both"


@dataclass(frozen=True, slots=True)
class RepRejected:
    """A movement did not count; ``value`` fell short of ``wanted`` (same unit)."""

    t_s: float
    reason: RejectionReason
    start_s: float
    turn_s: float
    value: float
    wanted: float
    side: _Side = "both"


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """A position has been held long enough to be a hold; it began at ``start_s``."""

    t_s: float
    number: int
    start_s: float


@dataclass(frozen=True, slots=True)
class HoldTime:
    """Once a second while a position is held; ``total_s`` is the time of all holds so far."""

    t_s: float
    number: int
    lasted_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """A position was left, or the lifter lost, at ``end_s``."""

    t_s: float
    number: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class CounterPaused:
    """The counter waits because the range is insufficient."""

    t_s: float
    reason: RejectionReason


@dataclass(frozen=True, slots=True)
class CounterResumed:
    """A full repetition was done again."""

    t_s: float


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A rule found an issue in the repetition just done."""

    t_s: float
    rule: str
    rep: int
    value: float
    at_s: float


@dataclass(frozen=True, slots=True)
class CueGiven:
    """At most one per repetition."""

    t_s: float
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Abstained:
    """A rule cannot judge this lifter from where the camera stands; said once a set."""

    t_s: float
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class QualityChanged:
    """The lifter was lost or found again."""

    t_s: float
    is_visible: bool


@dataclass(frozen=True, slots=True)
class SetEnded:
    """No further frames; the report is ready."""

    t_s: float
    rep_count: int


Event = (
    SetStarted
    | RepStarted
    | RepTurned
    | RepEnded
    | RepRejected
    | HoldStarted
    | HoldTime
    | HoldEnded
    | CounterPaused
    | CounterResumed
    | FaultSeen
    | CueGiven
    | Abstained
    | QualityChanged
    | SetEnded
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event on its way: ``seq`` is gapless within ``session``."""

    session: str
    seq: int
    schema: int
    event: Event
