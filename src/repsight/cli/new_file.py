"""Files that a command writes for the user, who loses nothing by it."""

from __future__ import annotations

import sys
from pathlib import Path

from repsight.errors import UnwritableOutput
from repsight.writing import writing

__all__ = ["require_new", "write_new"]


def require_new(path: Path) -> None:
    """UnwritableOutput for a file that is there: nothing of the user's is overwritten."""
    if path.exists():
        raise UnwritableOutput(
            f"'{path}' is there already.",
            wanted="A new file.",
            next_step="Choose another name, or remove it.",
        )


def write_new(path: Path, text: str) -> None:
    """Write a file and name it; UnwritableOutput where that cannot be done, or it is there."""
    require_new(path)
    with writing(path):
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path}\n")
