"""Analyse every clip of a folder and print one line for each: ``analyze_folder.py FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from repsight import analyze
from repsight.app.inputs import find_sources
from repsight.errors import RepsightError


def main() -> None:
    """Name, exercise, count and the first sentence of every clip."""
    for path in find_sources([Path(name) for name in sys.argv[1:]]):
        try:
            report = analyze(path)
        except RepsightError as error:
            print(f"{path.name}: {error}")
            continue
        sets = ", ".join(f"{one.exercise.name} x {one.rep_count}" for one in report.sets)
        print(f"{path.name}: {sets or 'nothing'}. {report.summary}")


if __name__ == "__main__":
    main()
