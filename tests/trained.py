"""Libraries in which something was trained, without waiting for a worker."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.library import Library
from repsight.athlete.performance import perform
from repsight.landmarks_io import save_landmarks
from repsight.store.jobs import claim, end

__all__ = ["add_set"]


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


@cache
def _made(exercise: str, reps: int, seed: int) -> Path:
    """Landmarks and results, made once in a test run."""
    folder = Path(mkdtemp(prefix="repsight-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    save_landmarks(folder / "source.npz", perform(exercise, reps=reps, seed=seed).track(fps=15))
    analyze_clip(AnalyzeRequest(folder / "source.npz", exercise, folder=folder / "result"))
    return folder
