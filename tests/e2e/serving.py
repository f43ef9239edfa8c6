"""A running web app and a browser for it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

__all__ = ["QUIET", "looked_at", "served", "until"]

#: Nothing that the browser itself would ask of the outside.
QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


#: A machine that is busy with other tests takes its time.
_PATIENCE_S = 30.0


def until(page: Page, expression: str) -> None:
    """Wait for an expression to hold; the policy of the pages lets Playwright's own way not in."""
    end_s = time.monotonic() + _PATIENCE_S
    while not page.evaluate(expression):
        assert time.monotonic() < end_s, expression
        page.wait_for_timeout(50)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of ``repsight serve``, with its key."""
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", "0"]
    server = subprocess.Popen([*command, "--data", str(data)], stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    try:
        yield re.search(r"http://\S+", line)[0]
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@contextmanager
def looked_at(browser: Browser, address: str) -> Iterator[Page]:
    """The app on a phone's screen; in the end, no script failed and nobody else was asked."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    opened = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    origin = address.split("/?", maxsplit=1)[0]
    assert not complaints, complaints
    assert [url for url in asked if not url.startswith((origin, "data:", "blob:"))] == []
