"""What was learned of the lifter, one calibration for each exercise; its content is JSON text."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from repsight.store.tables import CalibrationRow

__all__ = ["keep_calibration", "kept_calibrations", "remove_calibrations"]


def keep_calibration(session: Session, exercise: str, body: str) -> None:
    """The newest calibration of an exercise takes the place of an older one."""
    row = session.get(CalibrationRow, exercise, with_for_update=True)
    if row is None:
        session.add(CalibrationRow(exercise=exercise, made_at=datetime.now(UTC), body=body))
    else:
        row.made_at, row.body = datetime.now(UTC), body


def kept_calibrations(session: Session) -> list[tuple[str, datetime, str]]:
    """Exercise, when it was made, and its content, by exercise."""
    rows = session.scalars(select(CalibrationRow).order_by(CalibrationRow.exercise))
    return [(row.exercise, row.made_at, row.body) for row in rows]


def remove_calibrations(session: Session, exercise: str | None = None) -> int:
    """Forget that of one exercise, or all of them; how many there were."""
    gone = delete(CalibrationRow).returning(CalibrationRow.exercise)
    if exercise is not None:
        gone = gone.where(CalibrationRow.exercise == exercise)
    return len(session.execute(gone).all())
