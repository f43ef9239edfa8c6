"""What every test in a browser begins with: a server of its own and a browser for the module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright import sync_api as driver
from playwright.sync_api import Browser

from tests.e2e.serving import QUIET, served


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A server with an empty data folder; a module that needs data has a fixture of this name."""
    with served(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a camera."""
    with driver.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield running
        running.close()
