"""What the server is told at its start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["LOOPBACK", "ServeSettings"]

#: Names under which a browser on this machine may call.
LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Where data lies, who may call, and how much one may send.

    ``token`` is what the browser must know; the page gets it once through the address that
    ``repsight serve`` opens. ``model`` and ``threads`` are for the analysis.
    """

    data: Path
    token: str
    hosts: tuple[str, ...] = LOOPBACK
    most_bytes: int = 4 * 1024**3
    model: str = "full"
    threads: int = 2
