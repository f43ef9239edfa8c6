"""The demo: film the digital athlete with one known fault, analyse the film, keep the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.app.analyze import Analysis, AnalyzeRequest, analyze_clip
from repsight.app.observe import Watching
from repsight.app.outputs import prepared_folder
from repsight.athlete.encode import save_video
from repsight.athlete.faults import Fault
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.render import Film, render
from repsight.athlete.truth import SetTruth
from repsight.errors import UnknownName
from repsight.writing import whole_file

__all__ = ["NO_FAULT", "Demo", "DemoRequest", "Progress", "run_demo"]

#: Said instead of a fault for a clean set.
NO_FAULT: Final = "none"

#: One fault per exercise that shows well from the camera of the demo.
_FAULTS: Final = {
    "squat": "shallow",
    "deadlift": "soft_lockout",
    "push_up": "hip_sag",
    "shoulder_press": "uneven_arms",
}
_YAW_DEG: Final = {"shoulder_press": 0.0}
_SIDE_DEG: Final = 90.0
_RATE_HZ: Final = 24.0
#: What any coach would see; less is inside the error of one camera.
_SEVERITY: Final = 1.0
#: Share of the whole work; the rest is the analysis.
_FILMING_SHARE: Final = 0.5

Progress = Callable[[float, str], None]
_Picture = tuple[float, NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """Which set is filmed; ``fault`` None takes one that suits the exercise."""

    out: Path
    exercise: str = "squat"
    fault: str | None = None
    reps: int = 4
    seed: int = 1
    model: str = "full"
    threads: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Demo:
    """The film, what really happened in it, and what was found."""

    clip: Path
    folder: Path
    truth: SetTruth
    fault: str
    faulty_reps: tuple[int, ...]
    analysis: Analysis


def run_demo(request: DemoRequest, *, on_progress: Progress | None = None) -> Demo:
    """Film, analyse, and keep the truth beside the findings.

    The same request gives the same film. Raises UnknownName for an exercise or fault the athlete
    does not know, UnwritableOutput if ``out`` cannot be written.
    """
    fault = _fault_of(request)
    faulty = () if fault == NO_FAULT else tuple(range(2, request.reps + 1, 2)) or (1,)
    performance = perform(
        request.exercise,
        reps=request.reps,
        seed=request.seed,
        faults=[Fault(fault, _SEVERITY, faulty)] if faulty else [],
    )
    folder = request.out / f"demo-{request.exercise}"
    clip = folder / "film.mp4"
    with prepared_folder(folder):
        _film(clip, performance, _YAW_DEG.get(request.exercise, _SIDE_DEG), on_progress)
    asked = AnalyzeRequest(
        clip,
        exercise=request.exercise,
        folder=folder,
        watching=Watching(model=request.model, threads=request.threads),
    )
    analysis = analyze_clip(asked, on_progress=_rest(on_progress))
    return Demo(clip, folder, performance.truth, fault, faulty, analysis)


def _rest(on_progress: Progress | None) -> Progress | None:
    if on_progress is None:
        return None
    return lambda share, stage: on_progress(_FILMING_SHARE + (1 - _FILMING_SHARE) * share, stage)


def _fault_of(request: DemoRequest) -> str:
    if request.exercise not in _FAULTS:
        raise UnknownName(
            f"The athlete of the demo does not do '{request.exercise}'.",
            wanted=f"One of: {', '.join(_FAULTS)}.",
            next_step="Say one of these with --exercise.",
        )
    if request.fault is None:
        return _FAULTS[request.exercise]
    known = (NO_FAULT, *STYLES[request.exercise].faults)
    if request.fault not in known:
        raise UnknownName(
            f"The athlete cannot show '{request.fault}' in this exercise.",
            wanted=f"One of: {', '.join(known)}.",
            next_step="Say one of these with --fault.",
        )
    return request.fault


def _film(
    path: Path, performance: Performance, yaw_deg: float, on_progress: Progress | None
) -> None:
    camera = performance.camera(yaw_deg=yaw_deg)
    size = (480, 640) if camera.aspect_ratio < 1 else (640, 360)
    pictures = render(
        performance,
        camera,
        film=Film(size=size, fps=_RATE_HZ, noise=2.0),
        plates=False,  # in profile they would hide the hip
    )
    told = _telling(pictures, performance.truth.duration_s, on_progress)
    with whole_file(path) as part:
        save_video(part, told, fps=_RATE_HZ)


def _telling(
    pictures: Iterable[_Picture], duration_s: float, on_progress: Progress | None
) -> Iterator[_Picture]:
    for t_s, rgb in pictures:
        yield t_s, rgb
        if on_progress is not None:
            on_progress(_FILMING_SHARE * min(t_s / duration_s, 1.0), "film")
