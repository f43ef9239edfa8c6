"""``repsight ask``: a question about a report, answered from its facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repsight.cli.options import ProfileFile

__all__ = ["command"]


def command(
    report: Annotated[
        Path,
        typer.Argument(metavar="REPORT", show_default=False,
                       help="The folder of a result, or the report.json in it."),
    ],
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION", help="What you want to know.", show_default=False),
    ],
    history: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder with earlier results.",
                     show_default="the folder that the result lies in"),
    ] = None,
    profile: ProfileFile = None,
) -> None:  # fmt: skip
    """Ask about a report. What its facts do not say is not known, and that is the answer then.

    For example: repsight ask repsight-out/squats "why did rep 4 not count?"
    """
    from rich.console import Console

    from repsight.app.lifter import read_deck, read_profile
    from repsight.app.past import past_sets, read_report
    from repsight.coach.ask import ask
    from repsight.config import read_settings

    settings = read_settings()
    told = profile or settings.profile
    seen = read_report(report)
    folder = history or (report if report.is_dir() else report.parent).resolve().parent
    answer = ask(
        seen,
        " ".join(question),
        read_profile(told) if told else None,
        history=past_sets(folder, before=report),
        deck=read_deck(settings.cards),
    )
    console = Console(highlight=False)
    console.print(answer.text, markup=False)
    for fact in answer.facts:
        console.print(f"  {fact.id}  {fact.text}", style="dim", markup=False)
