"""Writing results: a file is there whole or not at all, and a full disk is said in one line."""

from __future__ import annotations

import errno
import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from repsight.core.report import ClipReport
from repsight.core.report_json import to_dict
from repsight.errors import UnwritableOutput

__all__ = [
    "prepared_folder",
    "report_text",
    "whole_file",
    "write_page",
    "write_report",
    "writing",
]

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


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
        raise _unwritable(folder, error) from error


@contextmanager
def whole_file(path: Path) -> Generator[Path, None, None]:
    """A name to write to; it becomes ``path`` when all went well and vanishes when not.

    Raises UnwritableOutput in place of an OSError of writing.
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
        raise _unwritable(path, error, option) from error


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


def _unwritable(path: Path, error: OSError, option: str = "--out") -> UnwritableOutput:
    if error.errno in _FULL:
        return UnwritableOutput(
            f"There is no room to write {path}.",
            wanted="Free space for the results.",
            next_step=f"Free some, choose another place with {option}, or leave out the video "
            "with --no-video.",
        )
    reason = error.strerror or type(error).__name__
    return UnwritableOutput(
        f"{path} cannot be written ({reason.lower()}).",
        wanted="A place that can be written.",
        next_step=f"Choose another one with {option}.",
    )
