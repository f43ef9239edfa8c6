"""Clips: begun, uploaded, listed with their latest analysis, deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from repsight.store.records import Clip, Job, Origin
from repsight.store.rows import clip_of, job_of
from repsight.store.tables import ClipRow, JobRow

__all__ = [
    "add_clip",
    "all_clips",
    "clip_ids",
    "clip_with",
    "list_clips",
    "mark_uploaded",
    "remove_all",
    "remove_clip",
    "set_recorded",
]


def add_clip(
    session: Session,
    *,
    name: str,
    suffix: str,
    size_bytes: int,
    exercise: str,
    recorded_at: datetime | None = None,
    origin: Origin = "upload",
) -> Clip:
    """A new clip of which no byte has arrived yet."""
    row = ClipRow(
        id=uuid4().hex,
        name=name,
        suffix=suffix,
        size_bytes=size_bytes,
        exercise=exercise,
        created_at=datetime.now(UTC),
        uploaded_at=None,
        recorded_at=recorded_at,
        origin=origin,
        report_stamp=None,
    )
    session.add(row)
    session.flush()
    return clip_of(row)


def mark_uploaded(session: Session, clip_id: str) -> bool:
    """All bytes are there; False when that was known already or the clip is gone."""
    row = session.get(ClipRow, clip_id, with_for_update=True)
    if row is None or row.uploaded_at is not None:
        return False
    row.uploaded_at = datetime.now(UTC)
    return True


def clip_with(session: Session, clip_id: str) -> tuple[Clip, Job | None] | None:
    """One clip and its latest analysis; None if there is no such clip."""
    row = session.get(ClipRow, clip_id)
    if row is None:
        return None
    wanted = select(JobRow).where(JobRow.clip_id == clip_id, JobRow.kind == "analysis")
    job = session.scalars(wanted.order_by(JobRow.created_at.desc()).limit(1)).first()
    return clip_of(row), None if job is None else job_of(job)


def list_clips(session: Session, *, limit: int = 200) -> list[tuple[Clip, Job | None]]:
    """The newest clips first, each with its latest analysis."""
    latest = (
        select(JobRow.clip_id, func.max(JobRow.created_at).label("at"))
        .where(JobRow.kind == "analysis")
        .group_by(JobRow.clip_id)
        .subquery()
    )
    wanted = (
        select(ClipRow, JobRow)
        .outerjoin(latest, latest.c.clip_id == ClipRow.id)
        .outerjoin(
            JobRow,
            (JobRow.clip_id == latest.c.clip_id)
            & (JobRow.created_at == latest.c.at)
            & (JobRow.kind == "analysis"),
        )
        .order_by(ClipRow.created_at.desc())
        .limit(limit)
    )
    found: dict[str, tuple[Clip, Job | None]] = {}
    for clip, job in session.execute(wanted):
        found.setdefault(clip.id, (clip_of(clip), _job_or_none(job)))
    return list(found.values())


def _job_or_none(row: JobRow | None) -> Job | None:
    """An outer join may have no job, whatever its type says."""
    return None if row is None else job_of(row)


def all_clips(session: Session) -> list[Clip]:
    """Every clip, the oldest first."""
    return [clip_of(row) for row in session.scalars(select(ClipRow).order_by(ClipRow.created_at))]


def set_recorded(session: Session, clip_id: str, recorded_at: datetime) -> bool:
    """Keep when a clip was filmed; False if there is no such clip."""
    row = session.get(ClipRow, clip_id, with_for_update=True)
    if row is None:
        return False
    row.recorded_at = recorded_at
    return True


def clip_ids(session: Session) -> set[str]:
    """Every clip there is."""
    return set(session.scalars(select(ClipRow.id)))


def remove_clip(session: Session, clip_id: str) -> bool:
    """Forget a clip with its jobs, reviews and sets; False if it was not there."""
    gone = session.execute(delete(ClipRow).where(ClipRow.id == clip_id).returning(ClipRow.id))
    return gone.first() is not None


def remove_all(session: Session) -> int:
    """Forget every clip with its jobs, reviews and sets; how many clips that were."""
    return len(session.execute(delete(ClipRow).returning(ClipRow.id)).all())
