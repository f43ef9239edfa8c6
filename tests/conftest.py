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


#: What they find is told by their assertions; that the same lines ran is known from unit tests,
#: and tracing lines costs half of a test's time again.
UNTRACED = ("property", "golden", "unit/benchmarks", "unit/coach/test_corpora.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take long begin first, so that no processor waits for one of them at the end.

    The order among the long ones, and among all others, stays the random one.
    """
    tests = REPOSITORY / "tests"
    for item in items:
        if any(item.path.is_relative_to(tests / folder) for folder in UNTRACED):
            item.add_marker("no_cover")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path.is_relative_to(tests / "unit") and item.path not in slow)


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
