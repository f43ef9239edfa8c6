"""The folder of one clip's results, filled with the most valuable file first."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from repsight.app.calibrations import stored_calibrations
from repsight.app.observe import Observation, stored_extra
from repsight.app.outputs import write_page, write_report
from repsight.core.calibration import Calibration
from repsight.core.report import ClipReport
from repsight.errors import RepsightError
from repsight.landmarks_io import save_landmarks
from repsight.writing import whole_file, writing

__all__ = ["RESULT_NAMES", "Progress", "ResultFolder"]

_REPORT: Final = "report.json"
_PAGE: Final = "report.html"
_VIDEO: Final = "annotated.mp4"
_LANDMARKS: Final = "landmarks.npz"
_STILLS: Final = "stills"

#: Files in a result folder, with those of ``app.review``; stills lie in a folder of their own.
RESULT_NAMES: Final = (
    _REPORT, _PAGE, _VIDEO, _LANDMARKS, "reviewed.json", "reviewed.html",
    "reviewed.mp4",
)  # fmt: skip

Progress = Callable[[float, str], None]


class ResultFolder:
    """Writes the files and keeps going where one fails.

    Afterwards ``written`` lists the files that are there and ``problems`` what went wrong;
    ``notes`` tell what could not be kept in a file. An interruption leaves whole files only.
    """

    def __init__(
        self,
        folder: Path,
        report: ClipReport,
        seen: Observation,
        *,
        calibrations: Sequence[Calibration] = (),
    ) -> None:
        self._folder = folder
        self._calibrations = calibrations
        self._report = report
        self._seen = seen
        self.written: list[Path] = []
        self.problems: list[RepsightError] = []
        self.notes: list[str] = []

    def write(
        self,
        clip: Path | None,
        *,
        draws_video: bool,
        threads: int = 2,
        on_progress: Progress | None = None,
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
                self._draw(clip, draws_video=draws_video, threads=threads, on_progress=on_progress)
            with self._attempt():
                self._write_page(video=self._folder / _VIDEO)

    @contextmanager
    def _attempt(self) -> Generator[None, None, None]:
        try:
            yield
        except RepsightError as problem:
            self.problems.append(problem)
        except Exception as error:  # noqa: BLE001 - a bug here must not cost the report
            bug = RepsightError(f"A bug of Repsight: {type(error).__name__}: {error}.")
            bug.__cause__ = error
            self.problems.append(bug)

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
        if self._calibrations:  # so that the report can be folded again as it was made
            extra |= stored_calibrations(self._calibrations)
        with whole_file(path) as part:
            save_landmarks(part, self._seen.track, extra=extra)
        self._keep(path)

    def _write_page(self, *, video: Path | None) -> None:
        path = self._folder / _PAGE
        shown = video.name if video in self.written and video else None
        write_page(self._report, path, stills=self._folder / _STILLS, video_name=shown)
        self._keep(path)

    def _draw(
        self, clip: Path, *, draws_video: bool, threads: int, on_progress: Progress | None
    ) -> None:
        from repsight.video.draw import draw_clip

        stills = self._folder / _STILLS
        with writing(stills):
            stills.mkdir(exist_ok=True)
        drawn = draw_clip(
            clip,
            self._report,
            self._seen.track,
            video=self._folder / _VIDEO if draws_video else None,
            stills=stills,
            threads=threads,
            on_progress=on_progress,
        )
        self.written += [path for path in (drawn.video, *drawn.stills) if path is not None]
        self.notes += drawn.notes
