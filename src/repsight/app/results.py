"""The folder of one clip's results, filled with the most valuable file first."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from repsight.app.observe import Observation, stored_extra
from repsight.app.outputs import whole_file, write_report, writing
from repsight.core.report import ClipReport
from repsight.errors import UserMistake
from repsight.landmarks_io import save_landmarks

__all__ = ["RESULT_NAMES", "ResultFolder"]

_REPORT: Final = "report.json"
_PAGE: Final = "report.html"
_VIDEO: Final = "annotated.mp4"
_LANDMARKS: Final = "landmarks.npz"
_STILLS: Final = "stills"

#: Files in a result folder; stills lie in a folder of their own.
RESULT_NAMES: Final = (_REPORT, _PAGE, _VIDEO, _LANDMARKS)

Progress = Callable[[float, str], None]


class ResultFolder:
    """Writes the files and keeps going where one fails.

    Afterwards ``written`` lists the files that are there and ``problems`` what went wrong. An
    interruption leaves whole files only.
    """

    def __init__(self, folder: Path, report: ClipReport, seen: Observation) -> None:
        self._folder = folder
        self._report = report
        self._seen = seen
        self.written: list[Path] = []
        self.problems: list[UserMistake] = []

    def write(
        self, clip: Path | None, *, draws_video: bool, on_progress: Progress | None = None
    ) -> None:
        """All files; pictures are drawn if there is a ``clip``."""
        self._clear()
        with self._attempt():
            self._write_report()
        with self._attempt():
            self._write_landmarks()
        # Before the long drawing, so that whoever interrupts it has a whole page already.
        with self._attempt():
            self._write_page(video=None)
        if clip is not None:
            with self._attempt():
                self._draw(clip, draws_video=draws_video, on_progress=on_progress)
            with self._attempt():
                self._write_page(video=self._folder / _VIDEO)

    @contextmanager
    def _attempt(self) -> Generator[None, None, None]:
        try:
            yield
        except UserMistake as problem:
            self.problems.append(problem)

    def _clear(self) -> None:
        """Results of an earlier run must not stand beside those of this one."""
        for name in RESULT_NAMES:
            (self._folder / name).unlink(missing_ok=True)
        for still in (self._folder / _STILLS).glob("set*-rep*.jpg"):
            still.unlink()

    def _keep(self, path: Path) -> None:
        if path not in self.written:
            self.written.append(path)

    def _write_report(self) -> None:
        path = self._folder / _REPORT
        write_report(path, self._report)
        self._keep(path)

    def _write_landmarks(self) -> None:
        path = self._folder / _LANDMARKS
        source = self._seen.source
        extra = stored_extra(self._seen.picture, (source.width_px, source.height_px))
        with whole_file(path) as part:
            save_landmarks(part, self._seen.track, extra=extra)
        self._keep(path)

    def _write_page(self, *, video: Path | None) -> None:
        from repsight.pages import write_html

        path = self._folder / _PAGE
        shown = video.name if video in self.written and video else None
        with whole_file(path) as part:
            write_html(self._report, part, stills=self._folder / _STILLS, video_name=shown)
        self._keep(path)

    def _draw(self, clip: Path, *, draws_video: bool, on_progress: Progress | None) -> None:
        from repsight.video import draw_clip

        video, stills = self._folder / _VIDEO, self._folder / _STILLS
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(video)) if draws_video else None
            stack.enter_context(writing(stills))
            stills.mkdir(exist_ok=True)
            draw_clip(
                clip, self._report, self._seen.track, video=part, stills=stills,
                on_progress=on_progress,
            )  # fmt: skip
        if draws_video:
            self._keep(video)
        for still in sorted(stills.glob("*.jpg")):
            self._keep(still)
