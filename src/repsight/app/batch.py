"""Several clips in a row: one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from repsight.app.analyze import Analysis, AnalyzeRequest, analyze_clip

__all__ = ["Outcome", "Progress", "analyze_many"]

#: Called with the index of the request, the share of it that is done and what is being done.
Progress = Callable[[int, float, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of one request: an analysis, or the error that stopped it."""

    request: AnalyzeRequest
    analysis: Analysis | None = None
    error: Exception | None = None


def analyze_many(
    requests: Sequence[AnalyzeRequest], *, on_progress: Progress | None = None
) -> Iterator[Outcome]:
    """Analyse one after the other and yield each outcome as soon as it is there."""
    for index, request in enumerate(requests):
        yield _one(request, index, on_progress)


def _one(request: AnalyzeRequest, index: int, on_progress: Progress | None) -> Outcome:
    told = None if on_progress is None else _numbered(on_progress, index)
    try:
        return Outcome(request, analyze_clip(request, on_progress=told))
    except Exception as error:  # noqa: BLE001 - a bug met in one clip must not cost the others
        return Outcome(request, error=error)


def _numbered(on_progress: Progress, index: int) -> Callable[[float, str], None]:
    return lambda share, stage: on_progress(index, share, stage)
