"""The live server as it is run: its own process, real sockets, lifters in another process.

Server and lifters share the machine, so on two cores what the lifters cost is missing from the
server; ``late`` says when the lifters themselves could not keep time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.live_clients import Trained, train

__all__ = ["Load", "Served", "measure_served"]


@dataclass(frozen=True, slots=True)
class Load:
    """All processes of a server at one moment: processor seconds so far, memory in MB."""

    at_s: float
    processor_s: float
    memory_mb: float
    processes: int


@dataclass(frozen=True, slots=True)
class Served:
    """What the lifters saw, and what it cost; ``loads`` at begin, quarter, half and end."""

    trained: Trained
    loads: tuple[Load, ...]

    @property
    def processor_share(self) -> float:
        """Processor seconds of the server a second, from the begin to the end."""
        first, last = self.loads[0], self.loads[-1]
        return (last.processor_s - first.processor_s) / (last.at_s - first.at_s)

    @property
    def frame_ms(self) -> float:
        """Processor milliseconds of the server for each frame that was acknowledged."""
        spent_s = self.loads[-1].processor_s - self.loads[0].processor_s
        return 1e3 * spent_s / max(self.trained.acknowledged, 1)


def measure_served(lifters: int, seconds: float) -> Served:
    """Start a server with a data folder of its own, and let ``lifters`` train at it."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (pid, address, key):
        crowd = context.Process(
            target=train,
            args=(theirs, address, key),
            kwargs={"lifters": lifters, "seconds": seconds},
        )
        crowd.start()
        theirs.close()
        try:
            ours.recv()
            loads = list(_watched(pid, seconds, ours))
            trained = ours.recv()
            loads.append(_load(pid))
            crowd.join()
        finally:
            crowd.terminate()
    return Served(trained, tuple(loads))


def _watched(pid: int, seconds: float, ours: Connection) -> Iterator[Load]:
    """At the begin, a quarter and half; then waits until the lifters are done."""
    began_s = time.monotonic()
    yield _load(pid)
    for share in (0.25, 0.5):
        time.sleep(max(0.0, began_s + share * seconds - time.monotonic()))
        yield _load(pid)
    ours.poll(None)


@contextmanager
def _server(data: Path) -> Iterator[tuple[int, str, str]]:
    """A running server: its process, the address of its socket, its key."""
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        [*command, "--data", str(data)], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http(://\S+)/\?key=(\S+)", line)
            if not found:
                raise RuntimeError("the server did not start")
            yield server.pid, f"ws{found[1]}/api/live", found[2]
        finally:
            server.terminate()


def _load(pid: int) -> Load:
    """Of the server and the processes that it started; NaN where the system does not tell."""
    found = [_one_load(one) for one in _with_children(pid)]
    if not found:
        return Load(time.monotonic(), float("nan"), float("nan"), 0)
    processor_s, memory_mb = (sum(one[k] for one in found) for k in (0, 1))
    return Load(time.monotonic(), processor_s, memory_mb, len(found))


def _with_children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.is_dir():
        return []
    children = [one for path in tasks.glob("*/children") for one in path.read_text().split()]
    return [pid, *(found for one in children for found in _with_children(int(one)))]


def _one_load(pid: int) -> tuple[float, float]:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1e6
