"""The folder of one result, and the report and the page in it."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from repsight.core.report import ClipReport
from repsight.core.report_json import to_dict
from repsight.writing import unwritable, whole_file

__all__ = [
    "prepared_folder",
    "report_text",
    "write_page",
    "write_report",
]


@contextmanager
def prepared_folder(folder: Path) -> Generator[None, None, None]:
    """Make the folder and try it, so that nobody waits for results that cannot be kept.

    A folder that was made and stayed empty because the work failed is taken away again.
    UnwritableOutput if it cannot be made or written.
    """
    was_there = folder.exists()
    _try_folder(folder)
    try:
        yield
    except BaseException:
        if not was_there:
            with suppress(OSError):  # it holds something: then it stays
                folder.rmdir()
        raise


def _try_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".part-probe"
        probe.write_bytes(b"repsight")
        probe.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error


def report_text(report: ClipReport, *, indent: int | None = None) -> str:
    """The report as JSON."""
    return json.dumps(to_dict(report), allow_nan=False, ensure_ascii=False, indent=indent)


def write_report(path: Path, report: ClipReport) -> None:
    """Write ``report.json``; UnwritableOutput if it cannot be written."""
    with whole_file(path) as part:
        part.write_text(report_text(report, indent=1) + "\n", encoding="utf-8")


def write_page(
    report: ClipReport, path: Path, *, stills: Path | None, video_name: str | None
) -> None:
    """Write the report as a page, with how it is done beside each issue.

    UnwritableOutput if it cannot be written.
    """
    from repsight.app.still_figure import figures_of
    from repsight.pages import write_html

    with whole_file(path) as part:
        write_html(
            report, part, stills=stills, video_name=video_name, figures=figures_of(report)
        )  # fmt: skip
