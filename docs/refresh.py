"""Fill the generated blocks of documents: ``python docs/refresh.py README.md docs/*.md``.

A block looks like this, and holds what its command printed:

    <!-- begin generated: python docs/show_cli.py -->
    ...
    <!-- end generated -->

``--only TEXT`` runs only the commands that contain TEXT; ``--check`` writes nothing and fails if
a block is not what its command prints.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"^(?P<begin><!-- begin generated: (?P<command>[^\n]+?) -->\n)"
    r"(?P<body>.*?)"
    r"(?P<end>^<!-- end generated -->)$",
    re.MULTILINE | re.DOTALL,
)


@cache
def printed_by(command: str) -> str:
    """What a command prints, run from the root of the checkout; each command runs once."""
    words = shlex.split(command)
    if words[0] != "python":
        message = f"{command!r} is not a python command; write: python -m MODULE or python FILE"
        raise ValueError(message)
    sys.stderr.write(f"running {command} ...\n")
    done = subprocess.run(  # noqa: S603 - the commands come from this repository's documents
        [sys.executable, *words[1:]],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines()) + "\n"


def refreshed(text: str, only: str) -> str:
    """The document with the blocks whose command contains ``only`` filled anew."""

    def fill(block: re.Match[str]) -> str:
        if only not in block["command"]:
            return block.group()
        return f"{block['begin']}{printed_by(block['command'])}{block['end']}"

    return BLOCK.sub(fill, text)


def main() -> int:
    """Refresh or check every document named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--only", default="", help="run only commands that contain this text")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if not current")
    options = parser.parse_args()
    stale: list[Path] = []
    for document in options.documents:
        text = document.read_text(encoding="utf-8")
        new = refreshed(text, options.only)
        if new != text:
            stale.append(document)
            if not options.check:
                document.write_text(new, encoding="utf-8")
    for document in stale:
        sys.stderr.write(f"{'not current' if options.check else 'written'}: {document}\n")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
