"""The queue of analyses and drawings: claimed under a lease, so that a killed worker loses nothing.

Whoever claims a job must beat within ``lease_s``; a job whose lease ran out is claimed again,
at most MAX_ATTEMPTS times. Queuing shares the transaction with what caused it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args
from uuid import uuid4

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from repsight.store.records import Drawing, Job, JobKind
from repsight.store.rows import job_of
from repsight.store.tables import JobRow

__all__ = [
    "MAX_ATTEMPTS",
    "Standing",
    "beat",
    "cancel",
    "claim",
    "drawings",
    "end",
    "enqueue",
    "release",
]

MAX_ATTEMPTS: Final = 3

#: What a worker hears when it beats: carry on, stop for the user, or stop because the job is
#: no longer its own.
Standing = Literal["mine", "cancelled", "lost"]


def enqueue(
    session: Session,
    *,
    clip_id: str,
    exercise: str,
    variation: str = "",
    kind: JobKind = "analysis",
) -> Job:
    """A new piece of work waits for a worker."""
    row = JobRow(
        id=uuid4().hex,
        clip_id=clip_id,
        kind=kind,
        exercise=exercise,
        variation=variation,
        state="queued",
        stage="",
        share=0.0,
        attempts=0,
        worker="",
        lease_until=None,
        is_cancel_wanted=False,
        message="",
        created_at=datetime.now(UTC),
        finished_at=None,
    )
    session.add(row)
    session.flush()
    return job_of(row)


def claim(session: Session, *, worker: str, lease_s: float) -> Job | None:
    """The job that has waited longest now belongs to ``worker``; None if nothing waits.

    Analyses come first: a video is an export, and somebody waits for a report.
    """
    now = datetime.now(UTC)
    _give_up(session, now)
    free = or_(JobRow.state == "queued", and_(JobRow.state == "running", JobRow.lease_until < now))
    oldest = (
        select(JobRow.id)
        .where(free)
        .order_by(JobRow.kind != "analysis", JobRow.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.scalars(
        update(JobRow)
        .where(JobRow.id == oldest)
        .values(
            state="running",
            worker=worker,
            stage="",
            share=0.0,
            attempts=JobRow.attempts + 1,
            lease_until=now + timedelta(seconds=lease_s),
        )
        .returning(JobRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).first()
    return None if row is None else job_of(row)


def _give_up(session: Session, now: datetime) -> None:
    """Jobs that brought down every worker, and cancelled ones whose worker is gone."""
    stale = and_(JobRow.state == "running", JobRow.lease_until < now)
    words = "Repsight stopped unexpectedly while it worked on this clip, three times over."
    session.execute(
        update(JobRow)
        .where(stale, JobRow.is_cancel_wanted)
        .values(state="cancelled", finished_at=now, lease_until=None)
    )
    session.execute(
        update(JobRow)
        .where(stale, JobRow.attempts >= MAX_ATTEMPTS)
        .values(state="failed", message=words, finished_at=now, lease_until=None)
    )


def beat(
    session: Session, job_id: str, *, worker: str, lease_s: float, share: float, stage: str
) -> Standing:
    """The worker lives: its lease is renewed and its progress kept."""
    row = session.get(JobRow, job_id, with_for_update=True)
    if row is None or row.state != "running" or row.worker != worker:
        return "lost"
    row.lease_until = datetime.now(UTC) + timedelta(seconds=lease_s)
    row.share, row.stage = share, stage[:80]
    return "cancelled" if row.is_cancel_wanted else "mine"


def end(
    session: Session,
    job_id: str,
    *,
    worker: str,
    state: Literal["done", "failed", "cancelled"],
    message: str = "",
) -> bool:
    """The worker is through; False when the job was no longer its own."""
    row = session.get(JobRow, job_id, with_for_update=True)
    if row is None or row.state != "running" or row.worker != worker:
        return False
    row.state, row.message = state, message
    row.finished_at, row.lease_until = datetime.now(UTC), None
    row.share = 1.0 if state == "done" else row.share
    return True


def release(session: Session, *, worker: str) -> int:
    """A worker that stops in good order puts its job back without spending an attempt."""
    found = session.scalars(
        select(JobRow).where(JobRow.state == "running", JobRow.worker == worker)
    ).all()
    for row in found:
        row.state, row.worker, row.lease_until = "queued", "", None
        row.attempts -= 1
    return len(found)


def cancel(session: Session, clip_id: str, *, kinds: Collection[JobKind] = ()) -> int:
    """Stop what waits or runs for a clip, of some kinds or (none named) all; how much it was."""
    now = datetime.now(UTC)
    mine = JobRow.clip_id == clip_id
    if kinds:
        mine = and_(mine, JobRow.kind.in_(kinds))
    waiting = select(func.count()).where(mine, JobRow.state.in_(("queued", "running")))
    count = session.scalar(waiting) or 0
    session.execute(
        update(JobRow)
        .where(mine, JobRow.state == "queued")
        .values(state="cancelled", finished_at=now)
    )
    session.execute(
        update(JobRow).where(mine, JobRow.state == "running").values(is_cancel_wanted=True)
    )
    return count


def drawings(session: Session, clip_id: str | None = None) -> dict[tuple[str, Drawing], Job]:
    """The latest job of each video of one clip or of all, by clip and kind."""
    wanted = select(JobRow).where(JobRow.kind.in_(get_args(Drawing))).order_by(JobRow.created_at)
    if clip_id is not None:
        wanted = wanted.where(JobRow.clip_id == clip_id)
    jobs = [job_of(row) for row in session.scalars(wanted)]
    return {(job.clip_id, job.kind): job for job in jobs if job.kind != "analysis"}
