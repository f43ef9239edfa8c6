"""Opening a database: one URL, brought to the newest schema, ready for several processes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from repsight.errors import UserMistake

__all__ = ["Database", "open_database"]


class Database:
    """A place for sessions; one per process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    @contextmanager
    def session(self) -> Generator[Session, None, None]:
        """One transaction: committed at the end, rolled back on an exception."""
        with self._sessions.begin() as session:
            yield session

    def scrub(self, *, whole: bool = False) -> None:
        """What was deleted is no longer in the files of the database either.

        ``whole`` writes them anew, for rows that were deleted before this was a habit. A server
        such as PostgreSQL does all that by itself, when its vacuum comes round.
        """
        if self._engine.dialect.name != "sqlite":
            return
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if whole:
                connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open ``url`` (``sqlite:///FILE``, ``postgresql+psycopg://...``) with its newest schema.

    UserMistake if it cannot be opened.
    """
    try:
        engine = create_engine(url, connect_args=_connect_args(url))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        _migrate(engine)
    except (SQLAlchemyError, ImportError) as error:
        raise UserMistake(
            f"The database cannot be opened: {type(error).__name__}.",
            wanted="A writable SQLite file or a running PostgreSQL server.",
            next_step="Check the data folder or the database address.",
        ) from error
    return Database(engine)


def _connect_args(url: str) -> dict[str, float]:
    return {"timeout": 30.0} if url.startswith("sqlite") else {}


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Readers do not wait for the writer, and what was acknowledged survives a power cut.

    What is deleted is overwritten.
    """
    cursor = connection.cursor()
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("repsight.store") / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
