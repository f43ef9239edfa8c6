"""Frames of a live set on disk before they are acknowledged: a killed server loses none.

The first line is the start as JSON; behind it lie the frames as they came.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Final

from repsight.errors import UnreadableSource
from repsight.live.session import LiveStart
from repsight.live.wire import split_frames

__all__ = ["SUFFIX", "Journal", "read_journal"]

SUFFIX: Final = ".frames"


class Journal:
    """Appends frames; what ``add`` was given is with the operating system when it returns."""

    def __init__(self, path: Path, *, start: LiveStart | None = None) -> None:
        """Begin ``path`` with ``start``, or go on with it where it is whole."""
        self._file = os.open(path, os.O_RDWR | (os.O_CREAT | os.O_EXCL if start else 0), 0o600)
        if start:
            self.add(json.dumps(asdict(start)).encode() + b"\n")
        else:
            line, _, frames = path.read_bytes().partition(b"\n")
            whole = len(line) + 1 + sum(map(len, split_frames(frames)))
            os.ftruncate(self._file, whole)
            os.lseek(self._file, whole, os.SEEK_SET)

    def add(self, data: bytes) -> None:
        """One or several frames; OSError when the disk is full."""
        while data:
            data = data[os.write(self._file, data) :]

    def close(self) -> None:
        """The disk has it all."""
        os.fsync(self._file)
        os.close(self._file)


def read_journal(path: Path) -> tuple[LiveStart, list[bytes]]:
    """The start and the frames; UnreadableSource where the start was not written whole."""
    line, _, frames = path.read_bytes().partition(b"\n")
    try:
        start = LiveStart(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise UnreadableSource(
            f"{path.name} does not say how its set began.",
            wanted="A journal of a live set.",
            next_step="Delete it.",
        ) from error
    return start, split_frames(frames)
