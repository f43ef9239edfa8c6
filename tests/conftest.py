"""Fixtures shared by all tests, and the rule that no test talks to the outside."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parents[1]

# The same examples on every run: a failure that CI shows can be repeated at a desk.
settings.register_profile(
    "repsight",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repsight")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real clips and landmark sets, which lie beside the project and never in it."""
    folder = Path(os.environ.get("REPSIGHT_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "clips").is_dir():
        pytest.skip(f"no real clips at {folder.name}/ beside the checkout (or REPSIGHT_SHARED)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed Chromium; the test is skipped where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium installed (Debian: apt install chromium)")


def _is_local(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    return str(host).startswith(("127.", "::1", "localhost", "/", "\0")) or host == ""


def _stay_local(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and not _is_local(arguments[1]):
        message = f"a test tried to reach {arguments[1]!r}; tests use no network"
        raise PermissionError(message)


sys.addaudithook(_stay_local)
