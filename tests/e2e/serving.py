"""A running web app and a browser for it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["QUIET", "served"]

#: Nothing that the browser itself would ask of the outside.
QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


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
