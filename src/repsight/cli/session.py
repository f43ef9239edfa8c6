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
from repsight.app.batch import Outcome, analyze_many
from repsight.app.outputs import report_text, writing
from repsight.cli.interrupts import Interrupts
from repsight.cli.progress import ProgressBar
from repsight.cli.words import show_analysis
from repsight.errors import RepsightError, Unjudgeable, UserMistake

__all__ = ["analyze_all", "tell_unwritten"]

_DONE: Final = 0
_BUG: Final = 1
_MISTAKE: Final = 2
_UNJUDGEABLE: Final = 3
_INTERRUPTED: Final = 130
#: Of several clips the gravest ending counts.
_GRAVITY: Final = (_DONE, _UNJUDGEABLE, _MISTAKE, _BUG)


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
                if outcome.error is not None:
                    interrupts.check()
                if shows_bugs:
                    _raise_bugs(outcome)
                codes.append(_tell(outcome, sink, is_quiet=json_to is not None))
                interrupts.check()
    except KeyboardInterrupt:
        _line(_interrupted_text(codes, requests))
        return _INTERRUPTED
    except BrokenPipeError:
        return _left_alone()
    if len(requests) > 1:
        _line(f"{sum(code == _DONE for code in codes)} of {len(codes)} clips done.")
    return max(codes, key=_GRAVITY.index, default=_DONE)


def _left_alone() -> int:
    """Whoever read our output has left; the interpreter must not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _DONE


def _raise_bugs(outcome: Outcome) -> None:
    problems = outcome.analysis.unwritten if outcome.analysis else ()
    for error in (outcome.error, *problems):
        if error is not None and not isinstance(error, UserMistake | Unjudgeable):
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
    with writing(path), path.open("w", encoding="utf-8") as file:
        yield file


def _tell(outcome: Outcome, sink: TextIO | None, *, is_quiet: bool) -> int:
    if outcome.analysis is None:
        return _tell_error(outcome)
    analysis = outcome.analysis
    if sink is not None:
        sink.write(report_text(analysis.report) + "\n")
        sink.flush()
    if not is_quiet:
        show_analysis(Console(highlight=False), analysis, outcome.request.folder)
    if analysis.unwritten:
        return tell_unwritten(analysis)
    if can_be_judged(analysis.report):
        return _DONE
    _line(_unjudgeable_text(outcome))
    return _UNJUDGEABLE


def tell_unwritten(analysis: Analysis) -> int:
    """Say which files could not be written; the exit code for it, 0 if all were."""
    for problem in analysis.unwritten:
        _line(str(problem))
    if not analysis.unwritten:
        return _DONE
    mistakes = all(isinstance(problem, UserMistake) for problem in analysis.unwritten)
    return _MISTAKE if mistakes else _BUG


def _unjudgeable_text(outcome: Outcome) -> str:
    report = outcome.analysis.report if outcome.analysis else None
    advice = report.quality.reshoot if report else ""
    change = advice or (
        "Film the whole body, alone in the picture, in good light, from a camera that stands still."
    )
    return f"{outcome.request.source.name} cannot be judged. {change}"


def _tell_error(outcome: Outcome) -> int:
    match outcome.error:
        case UserMistake() as error:
            _line(str(error))
            return _MISTAKE
        case Unjudgeable() as error:
            _line(str(error))
            return _UNJUDGEABLE
        case RepsightError() as error:
            _line(str(error))
            return _BUG
        case error:
            what = f"{type(error).__name__}: {error}".splitlines()[0]
            name = outcome.request.source.name
            _line(f"{name}: a bug of Repsight stopped this clip ({what}). "
                  "Please report it with what --traceback shows.")  # fmt: skip
            return _BUG


def _line(text: str) -> None:
    sys.stderr.write(f"repsight: {' '.join(text.split())}\n")
