"""A progress bar on stderr, where there is somebody to see it."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

__all__ = ["ProgressBar"]

#: What the stages of the work are called on screen.
_STAGES: Final = {
    "look": "finding the lifter",
    "landmarks": "measuring",
    "draw": "drawing",
    "film": "filming the athlete",
}


class ProgressBar:
    """One bar for all clips; silent where stderr is no terminal."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task("starting", total=max(len(names), 1))

    def __enter__(self) -> Self:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self.stop()

    def update(self, index: int, share: float, stage: str) -> None:
        """``share`` (0..1) of clip ``index`` is done; ``stage`` says what is being done."""
        text = f"{self._names[index]}: {_STAGES.get(stage, stage)}"
        self._progress.update(self._task, completed=index + share, description=text)

    def finish(self, index: int) -> None:
        """Clip ``index`` is done."""
        self._progress.update(self._task, completed=index + 1)

    def stop(self) -> None:
        """Take the bar away; more than once is fine."""
        self._progress.stop()
