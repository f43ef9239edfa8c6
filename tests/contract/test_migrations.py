"""The migrations make exactly the tables that the code describes, on every database."""

from __future__ import annotations

from importlib.resources import files

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from repsight.store.clips import clip_with
from repsight.store.database import open_database
from repsight.store.tables import Base


@pytest.fixture
def migrate(database_url):
    engine = create_engine(database_url)
    config = Config()
    config.set_main_option("script_location", str(files("repsight.store") / "migrations"))

    def migrate(step, revision: str) -> None:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)

    migrate.engine = engine
    yield migrate
    engine.dispose()


def test_migrations_and_tables_agree(database_url):
    open_database(database_url).close()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []


def test_a_library_of_the_first_version_is_kept(migrate, reopened):
    migrate(command.upgrade, "0001")
    with migrate.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO clips (id, name, suffix, size_bytes, exercise, created_at)"
                " VALUES ('c1', 'old.mp4', '.mp4', 3, 'auto', '2026-01-02 03:04:05')"
            )
        )
    database = reopened()
    with database.session() as session:
        clip = clip_with(session, "c1")[0]
    assert (clip.name, clip.origin, clip.recorded_at) == ("old.mp4", "upload", None)
    assert clip.when == clip.created_at


def test_every_step_can_be_taken_back(migrate):
    migrate(command.upgrade, "head")
    migrate(command.downgrade, "base")
    left = set(inspect(migrate.engine).get_table_names())
    assert left <= {"alembic_version"}
    migrate(command.upgrade, "head")
