"""Sets to be listed, what was learned of the lifter, and when a clip was recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the history and of calibrations."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("clips") as clips:
        clips.add_column(sa.Column("recorded_at", moment))
        clips.add_column(
            sa.Column("origin", sa.String(16), nullable=False, server_default="upload")
        )
        clips.add_column(sa.Column("report_stamp", sa.BigInteger))
    op.create_table(
        "sets",
        sa.Column("clip_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("view", sa.String(16), nullable=False),
        sa.Column("variation", sa.String(200), nullable=False),
        sa.Column("counts", sa.String(16), nullable=False),
        sa.Column("rep_count", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("held_s", sa.Float, nullable=False),
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("end_s", sa.Float, nullable=False),
        sa.Column("measures", sa.Text, nullable=False),
        sa.Column("issues", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clip_id", "number", name="pk_sets"),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name="fk_sets_clip_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sets_exercise", "sets", ["exercise"])
    op.create_table(
        "calibrations",
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("exercise", name="pk_calibrations"),
    )


def downgrade() -> None:
    """Drop them again."""
    for table in ("calibrations", "sets"):
        op.drop_table(table)
    with op.batch_alter_table("clips") as clips:
        for column in ("report_stamp", "origin", "recorded_at"):
            clips.drop_column(column)
