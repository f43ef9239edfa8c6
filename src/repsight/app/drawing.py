"""The video of a report, drawn onto its clip for whoever asks for it.

The pages of the app draw over the clip as it was brought; the video is for taking away, and for
browsers that cannot play the clip.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from repsight.app.outputs import write_page
from repsight.app.past import read_report
from repsight.app.review import write_reviewed_page
from repsight.landmarks_io import load_landmarks
from repsight.store.records import Drawing

__all__ = ["DRAWN_FROM", "draw_report", "drawn_name", "keep_drawn"]

#: The report that each video shows.
DRAWN_FROM: Final[dict[Drawing, str]] = {"annotated": "report.json", "reviewed": "reviewed.json"}


def drawn_name(kind: Drawing) -> str:
    """The file's name in a result folder."""
    return f"{kind}.mp4"


def draw_report(
    source: Path,
    folder: Path,
    kind: Drawing,
    *,
    threads: int = 2,
    on_progress: Callable[[float, str], None] | None = None,
) -> tuple[str, ...]:
    """Draw a report of a result folder onto its clip; what could not be kept, in sentences.

    The video waits under another name for ``keep_drawn``: until then the report may change.
    Raises UnreadableSource and UnwritableOutput.
    """
    from repsight.video.draw import draw_clip

    drawn = draw_clip(
        source,
        read_report(folder / DRAWN_FROM[kind]),
        load_landmarks(folder / "landmarks.npz").track,
        video=_waiting(folder, kind),
        stills=None,
        threads=threads,
        on_progress=on_progress,
    )
    return drawn.notes


def keep_drawn(folder: Path, kind: Drawing) -> None:
    """The video that was drawn takes its place, and the report's page plays it.

    Raises UnreadableSource and UnwritableOutput.
    """
    _waiting(folder, kind).replace(folder / drawn_name(kind))
    report = read_report(folder / DRAWN_FROM[kind])
    if kind == "reviewed":
        write_reviewed_page(folder, report)
        return
    write_page(
        report, folder / "report.html", stills=folder / "stills", video_name=drawn_name(kind)
    )


def _waiting(folder: Path, kind: Drawing) -> Path:
    return folder / f".drawn-{drawn_name(kind)}"
