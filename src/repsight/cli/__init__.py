"""The ``repsight`` command."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command with the arguments of this process, and exit with its code."""
    try:
        from repsight.cli.run import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("repsight: interrupted.\n")
        code = 130
    # The work is over; a late Ctrl-C must not end the clean exit in a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)
