"""What was said of a report: appended, read in order."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from repsight.store.records import Review, ReviewKind
from repsight.store.rows import review_of
from repsight.store.tables import ClipRow, ReviewRow

__all__ = ["add_review", "remove_set_reviews", "reviews_of"]


def add_review(
    session: Session,
    clip_id: str,
    *,
    kind: ReviewKind,
    set_number: int = 1,
    t_s: float = 0.0,
    rule: str = "",
    exercise: str = "",
    note: str = "",
) -> Review:
    """Append one; reviews of a clip are numbered from 1, later ones higher."""
    session.get(ClipRow, clip_id, with_for_update=True)  # one at a time per clip
    last = session.scalar(select(func.max(ReviewRow.seq)).where(ReviewRow.clip_id == clip_id))
    row = ReviewRow(
        id=uuid4().hex,
        clip_id=clip_id,
        seq=(last or 0) + 1,
        kind=kind,
        set_number=set_number,
        t_s=t_s,
        rule=rule,
        exercise=exercise,
        note=note,
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return review_of(row)


def reviews_of(session: Session, clip_id: str) -> list[Review]:
    """All reviews of a clip, oldest first."""
    wanted = select(ReviewRow).where(ReviewRow.clip_id == clip_id).order_by(ReviewRow.seq)
    return [review_of(row) for row in session.scalars(wanted)]


def remove_set_reviews(session: Session, clip_id: str, set_number: int) -> None:
    """Forget what was said of a set that is gone; later sets move up by one."""
    ours = ReviewRow.clip_id == clip_id
    session.execute(delete(ReviewRow).where(ours, ReviewRow.set_number == set_number))
    session.execute(
        update(ReviewRow)
        .where(ours, ReviewRow.set_number > set_number)
        .values(set_number=ReviewRow.set_number - 1)
    )
