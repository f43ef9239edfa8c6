"""What goes over the wire as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from repsight.app.listed import Listed
from repsight.store.records import Drawing, JobState

__all__ = [
    "AnalyseWish",
    "ClipShown",
    "DrawingShown",
    "DrawingWish",
    "ExerciseShown",
    "PhasesShown",
    "ReviewShown",
    "ReviewWish",
    "shown",
]

_State = Literal["uploading", "queued", "running", "done", "failed", "cancelled"]


class DrawingShown(BaseModel):
    """A video that was asked for; its file is among those of the clip when it is done."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    kind: Drawing
    state: JobState
    share: float = Field(ge=0, le=1)
    message: str


class DrawingWish(BaseModel):
    """The video of the report as it was made, or as it was folded with what was said against it."""

    model_config = ConfigDict(extra="forbid")

    kind: Drawing = "annotated"


class ClipShown(BaseModel):
    """One clip as the pages list it.

    ``is_film`` says whether it has pictures. ``share`` 0..1 is done of the present state;
    ``files`` are the results that can be fetched, ``drawings`` the videos that were asked for.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    is_film: bool
    state: _State
    share: float = Field(ge=0, le=1)
    stage: str
    message: str
    exercise: str
    files: list[str]
    drawings: list[DrawingShown]
    created_at: datetime


class PhasesShown(BaseModel):
    """What the way out, the turnaround and the way back are called; empty for a hold."""

    out: str
    turn: str
    back: str


class ExerciseShown(BaseModel):
    """One exercise to choose; ``view`` is how it is best filmed.

    ``has_loop`` says that the athlete shows how it is done.
    """

    id: str
    name: str
    view: str
    is_hold: bool
    has_loop: bool
    phases: PhasesShown
    variations: list[tuple[str, str]]


class AnalyseWish(BaseModel):
    """Another analysis of the same clip."""

    model_config = ConfigDict(extra="forbid")

    exercise: str = Field(default="auto", max_length=64)
    variation: str = Field(default="", max_length=64)


class ReviewWish(BaseModel):
    """An objection; ``t_s`` is the turnaround that is meant, -1 for the set as a whole.

    ``exercise`` is what the set was, where that is contested.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["counts", "does_not_count", "not_a_fault", "wrong_exercise", "taken_back"]
    set_number: int = Field(default=1, ge=1, le=1000)
    t_s: float = Field(ge=-1, le=1e6)
    rule: str = Field(default="", max_length=64)
    exercise: str = Field(default="", max_length=64)
    note: str = Field(default="", max_length=500)


class ReviewShown(BaseModel):
    """An objection that was kept."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    seq: int
    kind: str
    set_number: int
    t_s: float
    rule: str
    exercise: str
    note: str
    created_at: datetime


def shown(listed: Listed) -> ClipShown:
    """A clip of the library for the wire."""
    clip, job = listed.clip, listed.job
    if clip.uploaded_at is None or job is None:
        state, share = "uploading", listed.received_bytes / max(clip.size_bytes, 1)
    else:
        state, share = job.state, job.share
    return ClipShown(
        id=clip.id,
        name=clip.name,
        is_film=listed.is_film,
        state=state,
        share=min(max(share, 0.0), 1.0),
        stage="" if job is None else job.stage,
        message="" if job is None else job.message,
        exercise=clip.exercise if job is None else job.exercise,
        files=list(listed.files),
        drawings=[DrawingShown.model_validate(one) for one in listed.drawings],
        created_at=clip.created_at,
    )
