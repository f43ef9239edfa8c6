"""What tracking costs: processor and wall seconds, and memory, per second of video.

``python -m benchmarks.speed`` renders the digital athlete at 720p30, tracks it a few times and
prints a table. ``--clip FILE`` takes a real clip instead, ``--minutes 10`` a long one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.intervals import Row, bootstrap, table

_REPEATS = 5
_SIZE = (1280, 720)


def main() -> None:
    """Print the table on stdout and progress on stderr."""
    options = _parse()
    with tempfile.TemporaryDirectory() as folder:
        clip = options.clip or _render(Path(folder) / "athlete.mp4", options.minutes)
        runs = []
        for repeat in range(options.repeats):
            print(f"run {repeat + 1} of {options.repeats}", file=sys.stderr)
            runs.append(_measure(clip, options))
        model_ms = [_model_ms(options.model) for _ in range(3)]
    print(table(_rows(runs, model_ms, options.model)))
    print()
    print(
        f"{runs[0]['seconds']:.0f} s of video at {runs[0]['rate_hz']:.0f} frames per second,"
        f" {options.threads} threads, {os.cpu_count()} processors, {platform.machine()}."
        " Each run is a fresh process; loading the models counts."
    )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--model", default="full", choices=("lite", "full", "heavy"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=_REPEATS)
    parser.add_argument("--minutes", type=float, default=0.0, help="length of the rendered clip")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_track(options)))
        raise SystemExit(0)
    return options


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
    count = max(round(minutes * 60 * 30), len(pictures))
    return save_video(
        path,
        ((index / 30, _doubled(pictures[index % len(pictures)])) for index in range(count)),
    )


def _doubled(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return rgb.repeat(2, axis=0).repeat(2, axis=1)


def _measure(clip: Path, options: argparse.Namespace) -> dict[str, float]:
    """One run in a process of its own, so that its peak memory is its own."""
    command = [
        sys.executable, "-m", "benchmarks.speed", "--child", "--clip", str(clip),
        "--model", options.model, "--threads", str(options.threads),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _track(options: argparse.Namespace) -> dict[str, float]:
    from repsight.app.track_clip import track_clip

    wall_s, cpu_s = time.perf_counter(), time.process_time()
    clip = track_clip(options.clip, model=options.model, threads=options.threads)
    return {
        "wall_s": time.perf_counter() - wall_s,
        "cpu_s": time.process_time() - cpu_s,
        "peak_mb": _peak_mb(),
        "seconds": float(clip.track.t_s[-1] - clip.track.t_s[0]),
        "rate_hz": clip.source.frame_rate_hz,
        "found": clip.picture.found_share,
    }


def _peak_mb() -> float:
    """Highest resident memory of this process; NaN where the system does not tell.

    Not ``getrusage``: on Linux it starts from the memory of the parent process.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(one.split()[1]) / 1024 for one in lines if one.startswith("VmHWM")), np.nan)


def _model_ms(model: str) -> float:
    """Processor milliseconds of the landmark model alone on one picture."""
    from repsight.pose.weights import run_model

    pixels = np.zeros((256, 256, 3), np.uint8)
    run_model(model, ("landmarks",), pixels)
    start_s = time.process_time()
    for _ in range(30):
        run_model(model, ("landmarks",), pixels)
    return (time.process_time() - start_s) / 30 * 1000


def _rows(runs: list[dict[str, float]], model_ms: list[float], model: str) -> list[Row]:
    cpu = [run["cpu_s"] / run["seconds"] for run in runs]
    wall = [run["wall_s"] / run["seconds"] for run in runs]
    memory = [run["peak_mb"] for run in runs]
    return [
        _row("tracking, processor seconds per second of video", "0.40 for the report", cpu),
        _row("tracking, wall seconds per second of video", "0.25 for the report", wall),
        _row("peak memory, MB", "at most 500", memory),
        _row(f"the {model} model alone, ms per picture", "", model_ms),
        _row("share of frames with landmarks", "", [run["found"] for run in runs]),
    ]


def _row(what: str, mark: str, values: list[float]) -> Row:
    return Row(what, mark, float(np.median(values)), len(values), *bootstrap(values))


if __name__ == "__main__":
    main()
