"""Values read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Clip", "Job", "JobState", "Review", "ReviewKind"]

JobState = Literal["queued", "running", "done", "failed", "cancelled"]

#: ``counts``: a rejected movement was a repetition; ``does_not_count``: a counted one was none;
#: ``not_a_fault``: a verdict is wrong; ``wrong_exercise``: the set was another exercise;
#: ``taken_back``: the review with the same place and rule no longer holds.
ReviewKind = Literal["counts", "does_not_count", "not_a_fault", "wrong_exercise", "taken_back"]


@dataclass(frozen=True, slots=True)
class Clip:
    """An uploaded clip; ``uploaded_at`` is None while bytes are missing."""

    id: str
    name: str
    suffix: str
    size_bytes: int
    exercise: str
    created_at: datetime
    uploaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """One analysis; ``share`` 0..1 is done, ``message`` says why it failed."""

    id: str
    clip_id: str
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
