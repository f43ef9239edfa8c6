"""Values read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from repsight.core.report import Measure

__all__ = [
    "Clip",
    "Drawing",
    "IssueSeen",
    "Job",
    "JobKind",
    "JobState",
    "Origin",
    "Review",
    "ReviewKind",
    "SetSeen",
]

#: Whether a clip was brought as a file or trained in front of the camera.
Origin = Literal["upload", "live"]

#: A report drawn onto its clip: as the analysis made it, or folded with what was said against it.
Drawing = Literal["annotated", "reviewed"]

#: What a job makes: the report, or one of its videos.
JobKind = Literal["analysis", Drawing]

JobState = Literal["queued", "running", "done", "failed", "cancelled"]

#: ``counts``: a rejected movement was a repetition; ``does_not_count``: a counted one was none;
#: ``not_a_fault``: a verdict is wrong; ``wrong_exercise``: the set was another exercise;
#: ``taken_back``: the review with the same place and rule no longer holds.
ReviewKind = Literal["counts", "does_not_count", "not_a_fault", "wrong_exercise", "taken_back"]


@dataclass(frozen=True, slots=True)
class Clip:
    """An uploaded clip; ``uploaded_at`` is None while bytes are missing.

    ``recorded_at`` is when it was filmed, as far as that was told.
    """

    id: str
    name: str
    suffix: str
    size_bytes: int
    exercise: str
    created_at: datetime
    uploaded_at: datetime | None
    recorded_at: datetime | None = None
    origin: Origin = "upload"

    @property
    def when(self) -> datetime:
        """When it was filmed, else when it was added."""
        return self.recorded_at or self.created_at


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work; ``share`` 0..1 is done, ``message`` says why it failed."""

    id: str
    clip_id: str
    kind: JobKind
    exercise: str
    variation: str
    state: JobState
    stage: str
    share: float
    attempts: int
    is_cancel_wanted: bool
    message: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {"queued", "running"}


@dataclass(frozen=True, slots=True)
class Review:
    """One contested finding; ``t_s`` is the turnaround of the repetition that is meant."""

    seq: int
    kind: ReviewKind
    set_number: int
    t_s: float
    rule: str
    exercise: str
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IssueSeen:
    """How many of the judged repetitions (or spells) of a set showed an issue."""

    rule: str
    title: str
    found: int
    judged: int


@dataclass(frozen=True, slots=True)
class SetSeen:
    """What a list, a trend or a personal best needs to know of one set of a report.

    ``measures`` are those of the set with their errors, known ones only; ``variation`` are the
    ids of its variations, joined by commas.
    """

    clip_id: str
    number: int
    exercise: str
    name: str
    view: str
    variation: str
    counts: Literal["reps", "holds"]
    rep_count: int
    rejected: int
    held_s: float
    start_s: float
    end_s: float
    measures: dict[str, Measure]
    issues: tuple[IssueSeen, ...]
