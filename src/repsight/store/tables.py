"""The tables; values that leave this package are the frozen dataclasses of ``records``."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = ["Base", "CalibrationRow", "ClipRow", "JobRow", "ReviewRow", "SetRow", "UtcTime"]


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite gives times back without a zone, PostgreSQL in that of its server."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can drop them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime()}  # noqa: RUF012 - read by SQLAlchemy as it is


class ClipRow(Base):
    """One uploaded clip.

    ``report_stamp`` says which version of its report the rows of its sets were read from.
    """

    __tablename__ = "clips"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    suffix: Mapped[str] = mapped_column(String(8))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    exercise: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(index=True)
    uploaded_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(String(16), server_default="upload")
    report_stamp: Mapped[int | None] = mapped_column(BigInteger)


class JobRow(Base):
    """One piece of work on a clip; its latest finished analysis is the clip's report."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_created_at", "state", "created_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    clip_id: Mapped[str] = mapped_column(ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16), server_default="analysis")
    exercise: Mapped[str] = mapped_column(String(64))
    variation: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(80))
    share: Mapped[float] = mapped_column(Float)
    attempts: Mapped[int]
    worker: Mapped[str] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    is_cancel_wanted: Mapped[bool]
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ReviewRow(Base):
    """What a lifter or a coach said of a report; never edited, only followed by another."""

    __tablename__ = "reviews"
    __table_args__ = (Index("uq_reviews_clip_id_seq", "clip_id", "seq", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    clip_id: Mapped[str] = mapped_column(ForeignKey("clips.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    set_number: Mapped[int]
    t_s: Mapped[float] = mapped_column(Float)
    rule: Mapped[str] = mapped_column(String(64))
    exercise: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class SetRow(Base):
    """One set of a clip's report, kept to be listed; ``measures`` and ``issues`` are JSON."""

    __tablename__ = "sets"

    clip_id: Mapped[str] = mapped_column(
        ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    exercise: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    view: Mapped[str] = mapped_column(String(16))
    variation: Mapped[str] = mapped_column(String(200))
    counts: Mapped[str] = mapped_column(String(16))
    rep_count: Mapped[int]
    rejected: Mapped[int]
    held_s: Mapped[float] = mapped_column(Float)
    start_s: Mapped[float] = mapped_column(Float)
    end_s: Mapped[float] = mapped_column(Float)
    measures: Mapped[str] = mapped_column(Text)
    issues: Mapped[str] = mapped_column(Text)


class CalibrationRow(Base):
    """What was learned of the lifter from one exercise; ``body`` is JSON."""

    __tablename__ = "calibrations"

    exercise: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
