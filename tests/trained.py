"""Libraries in which something was trained, without waiting for a worker."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.library import Library
from repsight.app.outputs import write_page, write_report
from repsight.app.past import read_report
from repsight.athlete.encode import save_video
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render
from repsight.landmarks_io import save_landmarks
from repsight.store.jobs import claim, end

__all__ = ["FILM_HZ", "add_set", "film_of_set", "filmed"]

FILM_HZ = 15
_HEIGHT_PX = 320


def add_set(
    library: Library,
    *,
    exercise: str = "squat",
    reps: int = 3,
    seed: int = 4,
    recorded_at: datetime | None = None,
    name: str = "set.npz",
    change: Callable[[Path], None] | None = None,
    film: Path | None = None,
) -> str:
    """A clip with its report, as if it had been uploaded and analysed; its id.

    With a ``film`` (and a name that fits) that is the clip.
    """
    made = _made(exercise, reps, seed)
    source = film or made / "source.npz"
    listed = library.begin_upload(
        name=name, size_bytes=source.stat().st_size, exercise=exercise, recorded_at=recorded_at
    )
    shutil.copy(source, library.source_of(listed.clip))
    library.finish_upload(listed.clip.id)
    shutil.copytree(made / "result", library.result_folder(listed.clip))
    with library.database.session() as session:  # no worker shall do it again
        job = claim(session, worker="tests", lease_s=60.0)
        end(session, job.id, worker="tests", state="done")
    if change is not None:
        change(library.result_folder(listed.clip))
    return listed.clip.id


def film_of_set(path: Path, *, quarter_turns: int = 0) -> tuple[Path, tuple[int, int]]:
    """The set of ``add_set`` as a film, and its width and height; perhaps lying on its side."""
    done = perform("squat", reps=3, seed=4)
    camera = done.camera()
    size = (2 * round(camera.aspect_ratio * _HEIGHT_PX / 2), _HEIGHT_PX)
    pictures = render(done, camera, film=Film(size=size, fps=FILM_HZ, noise=2.0), plates=False)
    turned = ((t_s, np.ascontiguousarray(np.rot90(rgb, quarter_turns))) for t_s, rgb in pictures)
    return save_video(path, turned, fps=FILM_HZ), size


def filmed(size: tuple[int, int], *, drawn: Path | None = None) -> Callable[[Path], None]:
    """Makes the report of landmarks that of a film of them, perhaps with a video of it."""

    def change(folder: Path) -> None:
        report = read_report(folder)
        source = replace(report.source, kind="video", width_px=size[0], height_px=size[1])
        report = replace(report, source=source)
        if drawn is not None:
            (folder / "annotated.mp4").write_bytes(drawn.read_bytes())
        write_report(folder / "report.json", report)
        write_page(report, folder / "report.html", stills=None, video_name="annotated.mp4")

    return change


@cache
def _made(exercise: str, reps: int, seed: int) -> Path:
    """Landmarks and results, made once in a test run."""
    folder = Path(mkdtemp(prefix="repsight-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    save_landmarks(folder / "source.npz", perform(exercise, reps=reps, seed=seed).track(fps=15))
    analyze_clip(AnalyzeRequest(folder / "source.npz", exercise, folder=folder / "result"))
    return folder
