"""A real PostgreSQL server of the tests' own, beside SQLite files."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from repsight.store.database import Database, open_database

#: Where Debian keeps what it does not put on the PATH.
_DEBIAN = "/usr/lib/postgresql"


def _program(name: str) -> str:
    folders = sorted((str(one) for one in Path(_DEBIAN).glob("*/bin")), reverse=True)
    places = [os.environ.get("PATH", ""), *folders]
    if found := shutil.which(name, path=os.pathsep.join(places)):
        return found
    pytest.skip(f"no PostgreSQL server here: {name} is missing (Debian: apt install postgresql)")


def _account() -> str | None:
    """PostgreSQL refuses to run as root: then somebody else runs it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is nobody else")


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """A running server that listens in this folder and nowhere else; skipped where none is."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    initdb, server, account = _program("initdb"), _program("postgres"), _account()
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has a limit
    if account is not None:
        shutil.chown(folder, account)
    told = ["--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [initdb, *told, str(folder / "data")],
        user=account, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be set up here: {made.stderr.strip()[-200:]}")
    running = subprocess.Popen(
        [server, "-D", str(folder / "data"), "-k", str(folder), "-h", "", "-F"],
        user=account, cwd=folder, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in running.stderr or ():
        if "ready to accept connections" in line:
            break
    yield folder
    running.terminate()
    running.stderr.read()
    running.stderr.close()
    running.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'repsight.db'}"
    import psycopg
    from psycopg import sql

    folder = request.getfixturevalue("postgres_folder")
    name = f"t{uuid4().hex}"
    with psycopg.connect(
        host=str(folder), user="tests", dbname="postgres", autocommit=True
    ) as maker:
        maker.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"postgresql+psycopg://tests@/{name}?host={folder}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of each kind in turn, with the newest tables."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def reopened(database_url: str) -> Iterator[Callable[[], Database]]:
    """Opens the same database once more."""
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(database_url))
        return opened[-1]

    yield again
    for one in opened:
        one.close()
