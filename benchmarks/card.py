"""The accuracy card: `python -m benchmarks.card OUT.md [--shared FOLDER] [--only TEXT] [--resume]`.

Runs the command of every block of docs/accuracy.md on this machine and writes the same page with
what they print. That takes an hour or two on two cores; the page is written after every block, so
one that is cut short says which blocks were not measured yet; ``--resume`` goes on with it, from
what OUT.parts.json keeps of the blocks that were printed. Blocks that need real clips or
landmarks say so where there are none. ``--shared`` names a folder that holds
``clips/labels.csv``, yours for example: see docs/own-clips.md. 2 if OUT cannot be written or the
labels cannot be used.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import cast

from benchmarks.clips import read_labels
from repsight.errors import UnreadableSource

__all__ = ["card", "kept_parts", "main", "printed", "resumed", "trouble_with"]

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
_BLOCK = re.compile(
    r"<!-- begin generated: python -m (?P<command>[^\n]+?) -->\n.*?<!-- end generated -->\n",
    re.DOTALL,
)
#: Blocks that can be given data, and those that also take landmarks made before.
_WITH_DATA = (
    "benchmarks.agnostic", "benchmarks.barpath", "benchmarks.counting", "benchmarks.darkness",
    "benchmarks.recognition", "benchmarks.several_people", "benchmarks.variants",
)  # fmt: skip
_WITH_LANDMARKS = (
    "benchmarks.counting", "benchmarks.recognition", "benchmarks.several_people",
)  # fmt: skip
_ABSENT = 2
_OWN = (
    "The tables were printed on this machine, with its own clips. The words between them were"
    " written about the clips of the authors."
)
_NOT_YET = "Not measured yet."
_FAILED = "Not measured"


def card(
    page: str, run: Callable[[Sequence[str]], str], *, only: str = "", note: str = ""
) -> Iterator[str]:
    """The page after each block that ``run`` printed anew; blocks without ``only`` go.

    Sections that lost their blocks go as well. ``note`` stands below the title.
    """
    if note:
        page = page.replace("\n\n", f"\n\n> {note}\n\n", 1)
    sections = re.split(r"(?m)^(?=## )", page)
    page = "".join(
        _BLOCK.sub(lambda block: block[0] if only in block["command"] else "", section)
        for number, section in enumerate(sections)
        if number == 0 or any(only in block["command"] for block in _BLOCK.finditer(section))
    )
    commands = [block["command"] for block in _BLOCK.finditer(page)]
    page = _BLOCK.sub(lambda block: _shown(block["command"], _NOT_YET), page)
    yield page
    for command in commands:
        text = run(shlex.split(command)).strip()
        page = page.replace(_shown(command, _NOT_YET), _shown(command, text), 1)
        yield page


def resumed(
    run: Callable[[Sequence[str]], str], parts: Path, known: Mapping[str, str]
) -> Callable[[Sequence[str]], str]:
    """``run``, but for blocks that are ``known``; what is printed anew is kept in ``parts``.

    What could not be measured is tried again the next time.
    """
    kept = dict(known)

    def once(words: Sequence[str]) -> str:
        command = shlex.join(words)
        if command not in kept:
            text = run(words)
            if text.startswith(_FAILED):
                return text
            kept[command] = text
            parts.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        return kept[command]

    return once


def kept_parts(parts: Path) -> dict[str, str]:
    """What each command printed before, by command; empty without the file or from a broken one."""
    try:
        stored = cast("object", json.loads(parts.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
    known = cast("dict[object, object]", stored) if isinstance(stored, dict) else {}
    return {str(command): str(text) for command, text in known.items()}


def _shown(command: str, text: str) -> str:
    return f"`python -m {command}`\n\n{text}\n"


def printed(words: Sequence[str], shared: Path | None, landmarks: Path | None) -> str:
    """What one benchmark prints; a sentence where its data is absent or it failed."""
    more: list[str] = []
    if shared and words[0] in _WITH_DATA:
        more += ["--shared", str(shared)]
    if landmarks and words[0] in _WITH_LANDMARKS:
        more += ["--landmarks", str(landmarks)]
    sys.stderr.write(f"{words[0]} ...\n")
    started = monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *words, *more],
        cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False,
    )  # fmt: skip
    sys.stderr.write(f"{words[0]}: {monotonic() - started:.0f} s\n")
    if done.returncode == _ABSENT:
        return "Not measured: the data is not here."
    if done.returncode:
        return f"Not measured: the command failed with exit code {done.returncode}."
    return done.stdout


def trouble_with(shared: Path, landmarks: Path | None) -> str:
    """What must be mended in the labels of one's own clips before hours are spent on them."""
    try:
        clips = read_labels(shared / "clips")
    except (OSError, UnreadableSource) as error:
        return str(error)
    kept = {file.stem for file in landmarks.glob("*.npz")} if landmarks else set[str]()
    gone = [one.path.name for one in clips if not (one.path.is_file() or one.path.stem in kept)]
    return f"labels.csv names clips that are not beside it: {', '.join(gone)}." if gone else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--shared", type=Path, help="folder that holds clips/labels.csv")
    parser.add_argument("--landmarks", type=Path, help="where landmarks of the clips are kept")
    parser.add_argument("--resume", action="store_true", help="keep the blocks that are there")
    parser.add_argument("--only", default="", help="only blocks whose command contains this")
    options = parser.parse_args(arguments)
    shared, landmarks = (
        path.resolve() if path else None for path in (options.shared, options.landmarks)
    )
    if not options.out.parent.is_dir():
        print(f"No such folder: {options.out.parent}", file=sys.stderr)
        return 2
    if shared and (trouble := trouble_with(shared, landmarks)):
        print(trouble, file=sys.stderr)
        return 2
    page = PAGE.read_text(encoding="utf-8")
    parts = options.out.with_suffix(".parts.json")
    known = kept_parts(parts) if options.resume else {}
    run = resumed(lambda words: printed(words, shared, landmarks), parts, known)
    note = _OWN if shared else ""
    for made in card(page, run, only=options.only, note=note):
        options.out.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
