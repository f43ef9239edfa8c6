"""Jobs make more than analyses: a video is drawn when somebody asks for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Say of each job what it makes."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("kind", sa.String(16), nullable=False, server_default="analysis"))


def downgrade() -> None:
    """Only analyses are left."""
    op.execute("DELETE FROM jobs WHERE kind <> 'analysis'")
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("kind")
