"""From rows to values."""

from __future__ import annotations

from typing import cast

from repsight.store.records import Clip, Job, JobKind, JobState, Origin, Review, ReviewKind
from repsight.store.tables import ClipRow, JobRow, ReviewRow

__all__ = ["clip_of", "job_of", "review_of"]


def clip_of(row: ClipRow) -> Clip:
    """A clip."""
    return Clip(
        id=row.id,
        name=row.name,
        suffix=row.suffix,
        size_bytes=row.size_bytes,
        exercise=row.exercise,
        created_at=row.created_at,
        uploaded_at=row.uploaded_at,
        recorded_at=row.recorded_at,
        origin=cast("Origin", row.origin),
    )


def job_of(row: JobRow) -> Job:
    """A job."""
    return Job(
        id=row.id,
        clip_id=row.clip_id,
        kind=cast("JobKind", row.kind),
        exercise=row.exercise,
        variation=row.variation,
        state=cast("JobState", row.state),
        stage=row.stage,
        share=row.share,
        attempts=row.attempts,
        is_cancel_wanted=row.is_cancel_wanted,
        message=row.message,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def review_of(row: ReviewRow) -> Review:
    """A review."""
    return Review(
        row.seq,
        cast("ReviewKind", row.kind),
        row.set_number,
        row.t_s,
        row.rule,
        row.exercise,
        row.note,
        row.created_at,
    )
