"""Reports on this disk: one to ask about, and those before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from repsight.coach.past_facts import PastSet, past_set
from repsight.core.report import ClipReport
from repsight.core.report_json import JsonValue, from_dict
from repsight.errors import UnreadableSource

__all__ = ["past_sets", "read_report"]

_NAME: Final = "report.json"
_MOST_REPORTS: Final = 200


def read_report(place: Path) -> ClipReport:
    """The report in a file or in the folder of a result; UnreadableSource where there is none."""
    path = place / _NAME if place.is_dir() else place
    try:
        return from_dict(cast("dict[str, JsonValue]", json.loads(path.read_text("utf-8"))))
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, "cannot be read") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, "is no report of Repsight") from error


def past_sets(folder: Path, *, before: Path) -> tuple[PastSet, ...]:
    """The sets of the other results in a folder that are older than a result, newest last.

    A result that is not there yet is newer than all; a folder that is not there has none.
    """
    own = (before / _NAME if before.is_dir() else before).resolve()
    when = own.stat().st_mtime if own.is_file() else float("inf")
    paths = [
        path
        for path in folder.glob(f"*/{_NAME}")
        if path.resolve() != own and path.stat().st_mtime <= when
    ]
    paths.sort(key=lambda path: path.stat().st_mtime)
    return tuple(one for path in paths[-_MOST_REPORTS:] for one in _sets(path))


def _sets(path: Path) -> Iterator[PastSet]:
    try:
        report = read_report(path)
    except UnreadableSource:  # somebody else's file
        return
    yield from map(past_set, report.sets)


def _unreadable(path: Path, what: str) -> UnreadableSource:
    return UnreadableSource(
        f"{path.name} {what}.",
        wanted="The folder of a result, or the report.json in it.",
        next_step="Make one: repsight analyze CLIP",
    )
