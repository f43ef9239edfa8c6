"""The migrations make exactly the tables that the code describes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from repsight.store.database import open_database
from repsight.store.tables import Base


def test_migrations_and_tables_agree(tmp_path):
    url = f"sqlite:///{tmp_path / 'repsight.db'}"
    open_database(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []
