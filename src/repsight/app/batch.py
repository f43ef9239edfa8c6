"""Several clips in a row: one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from repsight.app.analyze import Analysis, AnalyzeRequest, analyze_clip

__all__ = ["Analysed", "ClipOutcome", "Failed", "Progress", "analyze_many"]

#: Called with the index of the request, the share of it that is done and what is being done.
Progress = Callable[[int, float, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """A request that was answered."""

    request: AnalyzeRequest
    analysis: Analysis


@dataclass(frozen=True, slots=True, eq=False)
class Failed:
    """A request and the error that stopped it: one of the tree of Repsight, or a bug."""

    request: AnalyzeRequest
    error: Exception


ClipOutcome = Analysed | Failed


def analyze_many(
    requests: Sequence[AnalyzeRequest], *, on_progress: Progress | None = None
) -> Iterator[ClipOutcome]:
    """Analyse one after the other and yield each outcome as soon as it is there."""
    for index, request in enumerate(requests):
        yield _one(request, index, on_progress)


def _one(request: AnalyzeRequest, index: int, on_progress: Progress | None) -> ClipOutcome:
    told = None if on_progress is None else _numbered(on_progress, index)
    try:
        return Analysed(request, analyze_clip(request, on_progress=told))
    except Exception as error:  # noqa: BLE001 - a bug met in one clip must not cost the others
        return Failed(request, error)


def _numbered(on_progress: Progress, index: int) -> Callable[[float, str], None]:
    return lambda share, stage: on_progress(index, share, stage)
