"""Writing files: there whole or not at all, and a full disk is said in one line."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from repsight.errors import UnwritableOutput

__all__ = ["unwritable", "whole_file", "writing"]

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def whole_file(path: Path) -> Generator[Path, None, None]:
    """A name to write to; it becomes ``path`` when all went well and vanishes when not.

    Raises UnwritableOutput in place of an OSError of writing, also of one inside a library.
    """
    part = path.with_name(f".part-{path.name}")
    try:
        with writing(path):
            yield part
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def writing(path: Path, *, option: str = "--out") -> Generator[None, None, None]:
    """Turns an OSError of writing into UnwritableOutput about ``path``.

    ``option`` is how the user said where to write.
    """
    try:
        yield
    except OSError as error:
        raise unwritable(path, error, option) from error


def unwritable(path: Path, error: OSError, option: str = "--out") -> UnwritableOutput:
    """What to say of an OSError of writing ``path``, which the user named with ``option``."""
    if error.errno in _FULL:
        return UnwritableOutput(
            f"There is no room to write {path}.",
            wanted="Free space for the results.",
            next_step=f"Free some, choose another place with {option}, or leave out the video "
            "with --no-video.",
            path=path,
        )
    reason = error.strerror or type(error).__name__
    return UnwritableOutput(
        f"{path} cannot be written ({reason.lower()}).",
        wanted="A place that can be written.",
        next_step=f"Choose another one with {option}.",
        path=path,
    )
