"""Running the analyses of one command line: progress, words for each clip, the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console

from repsight.app.analyze import Analysis, AnalyzeRequest, can_be_judged
from repsight.app.batch import Analysed, ClipOutcome, Failed, analyze_many
from repsight.app.outputs import report_text
from repsight.cli.endings import (
    BUG,
    DONE,
    INTERRUPTED,
    MISTAKE,
    UNJUDGEABLE,
    exit_code_of,
    tell,
)
from repsight.cli.interrupts import Interrupts
from repsight.cli.progress import ProgressBar
from repsight.cli.words import show_analysis
from repsight.core.wording import listed
from repsight.errors import RepsightError, UnwritableOutput
from repsight.writing import writing

__all__ = ["analyze_all", "tell_unwritten"]

#: Of several clips the gravest ending counts.
_GRAVITY: Final = (DONE, UNJUDGEABLE, MISTAKE, BUG)


def analyze_all(
    requests: Sequence[AnalyzeRequest], *, json_to: str | None = None, shows_bugs: bool = False
) -> int:
    """Analyse, tell, and return the exit code."""
    codes: list[int] = []
    names = [one.source.name for one in requests]
    try:
        with _json_sink(json_to) as sink, ProgressBar(names) as bar, Interrupts() as interrupts:
            for outcome in analyze_many(requests, on_progress=bar.update):
                bar.finish(len(codes))
                if isinstance(outcome, Failed):  # perhaps only because of Ctrl-C
                    interrupts.check()
                if shows_bugs:
                    _raise_bugs(outcome)
                codes.append(_tell(outcome, sink, is_quiet=json_to is not None))
                interrupts.check()
    except KeyboardInterrupt:
        tell(_interrupted_text(codes, requests))
        return INTERRUPTED
    except BrokenPipeError:
        return _left_alone()
    if len(requests) > 1:
        tell(f"{sum(code == DONE for code in codes)} of {len(codes)} clips done.")
    return max(codes, key=_GRAVITY.index, default=DONE)


def _left_alone() -> int:
    """Whoever read our output has left; the interpreter must not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _raise_bugs(outcome: ClipOutcome) -> None:
    match outcome:
        case Failed(error=error):
            errors: Sequence[Exception] = (error,)
        case Analysed(analysis=analysis):
            errors = analysis.unwritten
    for error in errors:
        if exit_code_of(error) == BUG:
            raise error


def _interrupted_text(codes: Sequence[int], requests: Sequence[AnalyzeRequest]) -> str:
    if len(requests) == 1:
        return "interrupted; files that were finished are kept."
    return f"interrupted after {len(codes)} of {len(requests)} clips; their results are kept."


@contextmanager
def _json_sink(json_to: str | None) -> Generator[TextIO | None, None, None]:
    if json_to is None or json_to == "-":
        yield None if json_to is None else sys.stdout
        return
    path = Path(json_to)
    with writing(path, option="--json"), path.open("w", encoding="utf-8") as file:
        yield file


def _tell(outcome: ClipOutcome, sink: TextIO | None, *, is_quiet: bool) -> int:
    match outcome:
        case Failed(request, error):
            return _tell_error(request, error)
        case Analysed(request, analysis):
            if sink is not None:
                sink.write(report_text(analysis.report) + "\n")
                sink.flush()
            if not is_quiet:
                show_analysis(Console(highlight=False), analysis, request.folder)
            return _tell_shortfall(request, analysis)


def _tell_error(request: AnalyzeRequest, error: Exception) -> int:
    if isinstance(error, RepsightError):
        tell(error)
    else:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        tell(f"{request.source.name}: a bug of Repsight stopped this clip ({what}). "
             "Please report it with what --traceback shows.")  # fmt: skip
    return exit_code_of(error)


def _tell_shortfall(request: AnalyzeRequest, analysis: Analysis) -> int:
    """Say what an analysis could not write or judge."""
    if analysis.unwritten:
        return tell_unwritten(analysis)
    if can_be_judged(analysis.report):
        return DONE
    advice = analysis.report.quality.reshoot or (
        "Film the whole body, alone in the picture, in good light, from a camera that stands still."
    )
    tell(f"{request.source.name} cannot be judged. {advice}")
    return UNJUDGEABLE


def tell_unwritten(analysis: Analysis) -> int:
    """Say which files could not be written, a line for each cause; the exit code, 0 if all were."""
    causes: dict[str, list[RepsightError]] = {}
    for problem in analysis.unwritten:
        causes.setdefault(f"{problem.wanted} {problem.next_step}", []).append(problem)
    for first, *others in causes.values():
        names = [one.path.name for one in others if isinstance(one, UnwritableOutput) and one.path]
        tell(f"{first} Not written either: {listed(names)}." if names else first)
    return max(map(exit_code_of, analysis.unwritten), key=_GRAVITY.index, default=DONE)
