"""What goes over the wire as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from repsight.app.library import Listed

__all__ = ["AnalyseWish", "ClipShown", "ExerciseShown", "shown"]

_State = Literal["uploading", "queued", "running", "done", "failed", "cancelled"]


class ClipShown(BaseModel):
    """One clip as the pages list it.

    ``share`` 0..1 is done of the present state; ``files`` are the results that can be fetched.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    state: _State
    share: float = Field(ge=0, le=1)
    stage: str
    message: str
    exercise: str
    files: list[str]
    created_at: datetime


class ExerciseShown(BaseModel):
    """One exercise to choose; ``view`` is how it is best filmed."""

    id: str
    name: str
    view: str
    is_hold: bool
    variations: list[tuple[str, str]]


class AnalyseWish(BaseModel):
    """Another analysis of the same clip."""

    model_config = ConfigDict(extra="forbid")

    exercise: str = Field(default="auto", max_length=64)
    variation: str = Field(default="", max_length=64)


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
        state=state,
        share=min(max(share, 0.0), 1.0),
        stage="" if job is None else job.stage,
        message="" if job is None else job.message,
        exercise=clip.exercise if job is None else job.exercise,
        files=list(listed.files),
        created_at=clip.created_at,
    )
