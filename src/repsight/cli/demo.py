"""``repsight demo``: a rendered athlete with a known fault, and what Repsight finds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", metavar="NAME", help="What is done.")
    ] = "squat",
    fault: Annotated[
        str | None, typer.Option(metavar="NAME", help="The fault it shows; 'none' for a clean set.",
                                 show_default="one that suits the exercise")
    ] = None,
    reps: Annotated[int, typer.Option(metavar="N", min=1, max=20, help="Repetitions.")] = 4,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for the clip and its results.",
                     show_default="repsight-out"),
    ] = None,
) -> int:  # fmt: skip
    """Render an athlete doing a set with one known fault, analyse it, and compare.

    The truth of the rendered set is printed beside what was found.
    """
    from repsight.app.demo import DemoRequest
    from repsight.cli.demo_session import show_demo
    from repsight.config import read_settings

    settings = read_settings()
    request = DemoRequest(
        out or settings.out,
        exercise,
        fault,
        reps,
        model=settings.pose,
        threads=settings.threads,
    )
    return show_demo(request)
