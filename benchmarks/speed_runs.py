"""The single measured runs of ``benchmarks.speed``; each belongs in a process of its own."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from repsight.core.types import FloatArray
    from repsight.pose.runtime import AnyArray, Float32Array, Session

__all__ = ["RUNS", "Cost", "Task"]

_QUARTER: Final = 0.25


@dataclass(frozen=True, slots=True)
class Task:
    """What to run on: a clip, a pose model, a number of threads, a MediaPipe bundle."""

    clip: Path
    model: str
    threads: int
    bundle: Path | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took; NaN is not measured.

    ``grown_mb``: memory at the end less memory at a quarter of the clip.
    """

    wall_s: float
    cpu_s: float
    video_s: float
    peak_mb: float
    rate_hz: float = nan
    models_s: float = nan
    model_ms: float = nan
    grown_mb: float = nan
    after_ms: float = nan
    found: float = nan

    @property
    def cpu(self) -> float:
        """Processor seconds per second of video."""
        return self.cpu_s / self.video_s

    @property
    def wall(self) -> float:
        """Wall seconds per second of video."""
        return self.wall_s / self.video_s


class _Watch:
    """Adds up wall and processor time of a ``with`` block."""

    def __enter__(self) -> Self:
        self._wall_s, self._cpu_s = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall_s = time.perf_counter() - self._wall_s
        self.cpu_s = time.process_time() - self._cpu_s


class _ModelWatch:
    """Stands in for the session of every model and adds up the processor time inside."""

    def __init__(self) -> None:
        self.spent_s: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def install(self) -> None:
        """From now on every model that is loaded is watched."""
        from repsight.pose import weights

        plain = weights.open_session
        weights.open_session = lambda model: _WatchedSession(plain(model), self, len(model))

    def add(self, name: str, spent_s: float) -> None:
        """Note one call."""
        with self._lock:
            self.spent_s.setdefault(name, []).append(spent_s)


class _WatchedSession:
    def __init__(self, session: Session, watch: _ModelWatch, size: int) -> None:
        self._session, self._watch, self._name = session, watch, str(size)

    def run(
        self, output_names: Sequence[str] | None, input_feed: dict[str, AnyArray]
    ) -> list[Float32Array]:
        start_s = time.thread_time()
        result = self._session.run(output_names, input_feed)
        self._watch.add(self._name, time.thread_time() - start_s)
        return result


def _track(task: Task) -> Cost:
    """Landmarks and picture facts; then, apart from it, the work after the pose."""
    from repsight.app.assess import assess_track
    from repsight.app.track_clip import track_clip
    from repsight.pose.weights import model_file

    models = _ModelWatch()
    models.install()
    memory_mb: list[float] = []

    def on_progress(done: float, stage: str) -> None:
        if stage == "landmarks" and done >= _QUARTER + (1 - _QUARTER) * _QUARTER and not memory_mb:
            memory_mb.append(_memory_mb("VmRSS"))

    with _Watch() as watch:
        clip = track_clip(
            task.clip, model=task.model, threads=task.threads, on_progress=on_progress
        )
    end_mb, peak_mb = _memory_mb("VmRSS"), _memory_mb("VmHWM")
    with _Watch() as after:
        assess_track(clip.track, exercise="squat")
    calls = models.spent_s.get(str(model_file(task.model).path.stat().st_size), [])
    return Cost(
        watch.wall_s, watch.cpu_s, _length_s(clip.track.t_s), peak_mb,
        rate_hz=clip.source.frame_rate_hz,
        models_s=sum(map(sum, models.spent_s.values())),
        model_ms=sorted(calls)[len(calls) // 2] * 1000 if calls else nan,
        grown_mb=end_mb - memory_mb[0] if memory_mb else nan,
        after_ms=after.cpu_s / len(clip.track) * 1000,
        found=clip.picture.found_share,
    )  # fmt: skip


def _length_s(t_s: FloatArray) -> float:
    return float(t_s[-1] - t_s[0])


def _report(task: Task) -> Cost:
    return _analysis(task, draws_video=False)


def _video(task: Task) -> Cost:
    return _analysis(task, draws_video=True)


def _analysis(task: Task, *, draws_video: bool) -> Cost:
    """The whole job, files and all."""
    from repsight.app.analyze import AnalyzeRequest, analyze_clip
    from repsight.app.observe import Watching

    watching = replace(Watching(), model=task.model, threads=task.threads)
    with tempfile.TemporaryDirectory() as folder, _Watch() as watch:
        done = analyze_clip(
            AnalyzeRequest(
                task.clip, exercise="squat", folder=Path(folder) / "out",
                draws_video=draws_video, watching=watching,
            )
        )  # fmt: skip
    return Cost(watch.wall_s, watch.cpu_s, _length_s(done.track.t_s), _memory_mb("VmHWM"))


def _model(task: Task) -> Cost:
    """The landmark model alone, one thread, on one noisy square as often as there are pictures."""
    import numpy as np

    from repsight.pose.landmarks import CROP_PX
    from repsight.pose.weights import run_model
    from repsight.video.read import open_clip

    info = open_clip(task.clip).info
    pixels = np.random.default_rng(1).integers(0, 256, (CROP_PX, CROP_PX, 3), np.uint8)
    run_model(task.model, ("landmarks",), pixels)
    calls = max(1, round(info.duration_s * info.frame_rate_hz))
    with _Watch() as watch:
        for _ in range(calls):
            run_model(task.model, ("landmarks",), pixels)
    return Cost(
        watch.wall_s, watch.cpu_s, info.duration_s, _memory_mb("VmHWM"),
        model_ms=watch.cpu_s / calls * 1000,
    )  # fmt: skip


def _mediapipe(task: Task) -> Cost:
    """Google's own pipeline on every picture, decoding left out of the time."""
    import mediapipe  # pyright: ignore[reportMissingImports] - optional
    import numpy as np

    from repsight.video.read import open_clip

    vision = mediapipe.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mediapipe.tasks.BaseOptions(model_asset_path=str(task.bundle)),
        running_mode=vision.RunningMode.VIDEO,
    )
    wall_s = cpu_s = first_s = last_s = 0.0
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        for number, picture in enumerate(open_clip(task.clip).pictures()):
            rgb = np.ascontiguousarray(picture.rgb)
            image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
            with _Watch() as watch:
                landmarker.detect_for_video(image, round(picture.t_s * 1000))
            first_s = picture.t_s if number == 0 else first_s
            last_s = picture.t_s
            wall_s, cpu_s = wall_s + watch.wall_s, cpu_s + watch.cpu_s
    return Cost(wall_s, cpu_s, last_s - first_s, _memory_mb("VmHWM"))


def _memory_mb(field: str) -> float:
    """A memory field of this process; NaN where the system does not tell.

    Not ``getrusage``: on Linux it starts from the memory of the parent process.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(one.split()[1]) / 1024 for one in lines if one.startswith(field)), nan)


#: Every kind of run by name.
RUNS: Final[dict[str, Callable[[Task], Cost]]] = {
    "track": _track,
    "report": _report,
    "video": _video,
    "model": _model,
    "mediapipe": _mediapipe,
}
