"""What an analysis costs: processor and wall seconds, and memory, per second of video.

``python -m benchmarks.speed`` renders the digital athlete at 720p30 and prints a table.
``--clip FILE`` takes a real clip instead, ``--minutes 10`` a long one (one run of each kind is
then enough: ``--repeats 1``). Processors differ by more than programs do, so the table also shows
our cost in units of the landmark model alone. Where the package mediapipe is installed its VIDEO
mode runs over the same pictures in the same minutes, and there are rows in units of its cost as
well; ``--bundle FILE`` names its model, which ``python -m build_support.task_bundle full FILE``
writes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.intervals import Row, bootstrap, table
from benchmarks.speed_runs import RUNS, Cost, Task

_REPEATS = 5
_SIZE = (1280, 720)

# The marks were set where MediaPipe's VIDEO mode took 10.3 ms a picture, and the landmark model
# alone, on one thread, 5.0 ms.
_MEDIAPIPE_S = 0.309
_MODEL_S = 0.150
_MARKS = {"track": ("", ""), "report": ("0.40", "0.25"), "video": ("0.65", "0.40")}
_NAMES = {
    "track": "tracking",
    "report": "clip to report and page",
    "video": "the same with the annotated video",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table on stdout and progress on stderr."""
    options = _parse(arguments)
    if options.task:
        cost = RUNS[options.task](
            Task(options.clip, options.model, options.threads, options.bundle)
        )
        print(json.dumps(asdict(cost)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        clip = options.clip or _render(Path(folder) / "athlete.mp4", options.minutes)
        costs = _all_runs(clip, options, Path(folder) / "compiled")
    print(table(_rows(costs)))
    first = costs["track"][0]
    print(
        f"\n{first.video_s:.0f} s of video at {first.rate_hz:.0f} frames per second,"
        f" {options.model} model, {options.threads} threads, {os.cpu_count()} processors,"
        f" {platform.machine()}. Each run is a fresh process; loading the models counts."
    )
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--model", default="full", choices=("lite", "full", "heavy"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=_REPEATS)
    parser.add_argument("--minutes", type=float, default=0.0, help="length of the rendered clip")
    parser.add_argument("--kinds", default="track,report,video,model,mediapipe", help="which runs")
    parser.add_argument("--bundle", type=Path, help="a .task file for the mediapipe runs")
    parser.add_argument("--task", choices=tuple(RUNS), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _render(path: Path, minutes: float) -> Path:
    """Squats at 720p30; a longer clip repeats the same pictures."""
    from repsight.athlete.encode import save_video
    from repsight.athlete.performance import perform
    from repsight.athlete.render import Film, render

    print("rendering the athlete", file=sys.stderr)
    performance = perform("squat", reps=2)
    camera = performance.camera(yaw_deg=80.0, aspect_ratio=_SIZE[0] / _SIZE[1])
    small = Film(size=(_SIZE[0] // 2, _SIZE[1] // 2))
    pictures = [rgb for _, rgb in render(performance, camera, film=small)]
    # Forth and back, so that a repeated film has no jump in it.
    pictures += pictures[-2:0:-1] if minutes else []
    count = max(round(minutes * 60 * 30), len(pictures))
    return save_video(
        path,
        ((index / 30, _doubled(pictures[index % len(pictures)])) for index in range(count)),
    )


def _doubled(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return rgb.repeat(2, axis=0).repeat(2, axis=1)


def _all_runs(clip: Path, options: argparse.Namespace, compiled: Path) -> dict[str, list[Cost]]:
    """Every kind in turn, so that a busy minute of the machine is shared by all of them."""
    kinds = [kind for kind in options.kinds.split(",") if kind in RUNS]
    can_compare = find_spec("mediapipe") is not None and options.bundle and options.bundle.is_file()
    if "mediapipe" in kinds and not can_compare:
        print("mediapipe is left out: it needs the package and the --bundle", file=sys.stderr)
        kinds.remove("mediapipe")
    costs: dict[str, list[Cost]] = {kind: [] for kind in kinds}
    if "report" in kinds:
        print("compiling, which an installation does once", file=sys.stderr)
        _measure("report", clip, options, compiled)
    for repeat in range(options.repeats):
        for kind in kinds:
            print(f"run {repeat + 1} of {options.repeats}: {kind}", file=sys.stderr)
            costs[kind].append(_measure(kind, clip, options, compiled))
    return costs


def _measure(kind: str, clip: Path, options: argparse.Namespace, compiled: Path) -> Cost:
    """One run in a process of its own, so that its peak memory is its own.

    Modules are found compiled, as in an installation, whatever this machine's settings are.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [
        sys.executable, "-m", "benchmarks.speed", "--task", kind, "--clip", str(clip),
        "--model", options.model, "--threads", str(options.threads),
        *(["--bundle", str(options.bundle)] if options.bundle else []),
    ]  # fmt: skip
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _rows(costs: dict[str, list[Cost]]) -> list[Row]:
    rows: list[Row] = []
    for kind in [one for one in _NAMES if costs.get(one)]:
        cpu, wall = (f"at most {mark}" if mark else "" for mark in _MARKS[kind])
        done = costs[kind]
        rows += [
            _row(f"{_NAMES[kind]}: processor s per second of video", cpu, [c.cpu for c in done]),
            _row(f"{_NAMES[kind]}: wall s per second of video", wall, [c.wall for c in done]),
            _row(f"{_NAMES[kind]}: peak memory, MB", "at most 500", [c.peak_mb for c in done]),
        ]
    rows += _parts(costs.get("track", []))
    rows += _in_models(costs)
    rows += _against(costs)
    return rows


def _parts(track: list[Cost]) -> list[Row]:
    return [
        _row("tracking: processor s in the models", "", [c.models_s / c.video_s for c in track]),
        _row(
            "tracking: processor s outside the models", "",
            [c.cpu - c.models_s / c.video_s for c in track],
        ),
        _row("landmark model, ms per picture", "", [c.model_ms for c in track]),
        _row(
            "tracking: memory at the end less memory at a quarter of the clip, MB", "flat",
            [c.grown_mb for c in track],
        ),
        _row("work after the pose, ms per frame", "at most 1", [c.after_ms for c in track]),
        _row("share of frames with landmarks", "", [c.found for c in track]),
    ]  # fmt: skip


def _in_models(costs: dict[str, list[Cost]]) -> list[Row]:
    """Our cost in units of the landmark model alone: how often it could have run meanwhile."""
    alone = costs.get("model", [])
    if not alone:
        return []
    rows = [_row("landmark model alone, one thread, ms per picture", "",
                 [c.model_ms for c in alone])]  # fmt: skip
    for kind in [one for one in ("report", "video") if costs.get(one)]:
        pairs = list(zip(costs[kind], alone, strict=True))
        for name, mark, used in (
            ("processor", _MARKS[kind][0], [c.cpu / m.cpu for c, m in pairs]),
            ("wall", _MARKS[kind][1], [c.wall / m.cpu for c, m in pairs]),
        ):
            bound = f"at most {float(mark) / _MODEL_S:.2f}"
            rows.append(_row(f"{_NAMES[kind]}: {name} time / the landmark model's", bound, used))
    return rows


def _against(costs: dict[str, list[Cost]]) -> list[Row]:
    """Our cost in units of MediaPipe's on the same pictures; runs are paired in time."""
    theirs = costs.get("mediapipe", [])
    if not theirs:
        return []
    rows = [_row("MediaPipe VIDEO mode: processor s per second of video", "",
                 [c.cpu for c in theirs])]  # fmt: skip
    for kind in [one for one in _NAMES if costs.get(one)]:
        mark = f"at most {float(_MARKS[kind][0]) / _MEDIAPIPE_S:.2f}" if _MARKS[kind][0] else ""
        ratios = [c.cpu / m.cpu for c, m in zip(costs[kind], theirs, strict=True)]
        rows.append(_row(f"{_NAMES[kind]}: processor time / MediaPipe's", mark, ratios))
    return rows


def _row(what: str, mark: str, values: list[float]) -> Row:
    middle = float(np.median(values)) if values else float("nan")
    spread = bootstrap(values) if len(values) > 1 else (float("nan"), float("nan"))
    return Row(what, mark, middle, len(values), *spread)


if __name__ == "__main__":
    sys.exit(main())
