"""Ctrl-C that cannot get lost: libraries that swallow it, or turn it into another error."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self

__all__ = ["Interrupts"]


class Interrupts:
    """While this context is open, ``seen`` tells whether Ctrl-C was pressed.

    An error that leaves the context after Ctrl-C becomes a KeyboardInterrupt: an import that was
    interrupted in its native part, for example, says that a package is missing.
    """

    def __init__(self) -> None:
        self.seen = False
        self._listens = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Self:
        """Listen."""
        if self._listens:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the signal back; raise KeyboardInterrupt for any error that followed Ctrl-C."""
        if self._listens:
            signal.signal(signal.SIGINT, self._before)
        if self.seen and not isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt from error

    def check(self) -> None:
        """KeyboardInterrupt if Ctrl-C was pressed and swallowed."""
        if self.seen:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.seen = True
        raise KeyboardInterrupt
