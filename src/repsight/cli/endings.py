"""How a command ends: one line on stderr, and an exit code."""

from __future__ import annotations

import sys
from typing import Final

from repsight.errors import RepsightError, Unjudgeable, UserMistake

__all__ = ["BUG", "DONE", "INTERRUPTED", "MISTAKE", "UNJUDGEABLE", "exit_code_of", "tell"]

DONE: Final = 0
BUG: Final = 1
MISTAKE: Final = 2
UNJUDGEABLE: Final = 3
#: What a shell reports of a process that Ctrl-C ended: 128 and the number of the signal.
INTERRUPTED: Final = 130


def exit_code_of(error: Exception) -> int:
    """The exit code of a command that this error stopped."""
    match error:
        case UserMistake():
            return MISTAKE
        case Unjudgeable():
            return UNJUDGEABLE
        case _:
            return BUG


def tell(message: RepsightError | str) -> None:
    """Say it in one line on stderr, whatever line breaks it holds."""
    sys.stderr.write(f"repsight: {' '.join(str(message).split())}\n")
