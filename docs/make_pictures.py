"""Make the pictures of the README from the digital athlete: ``python docs/make_pictures.py``.

Each athlete does a set with one declared fault; the film is analysed like any clip, and the
picture is the frame of the annotated video at which the first issue shows. ``report.webp`` is
the page of the first film on a phone; it needs Chromium and playwright.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

from repsight import ClipReport, analyze
from repsight.athlete.encode import save_video
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render

FOLDER = Path(__file__).with_name("pictures")
HEIGHT_PX = 450
QUALITY = 82
PHONE_PX = (400, 860)


@dataclass(frozen=True, slots=True)
class Scene:
    """One film: who does what, wrong in which way, seen from where."""

    exercise: str
    fault: str
    yaw_deg: float
    size: tuple[int, int]
    seed: int = 4


SCENES = (
    Scene("squat", "shallow", 90.0, (420, 560)),
    Scene("deadlift", "soft_lockout", 90.0, (420, 560)),
    Scene("push_up", "hip_sag", 90.0, (800, 450)),
)


def filmed(scene: Scene, folder: Path) -> Path:
    """The film of a set of three with the fault in the second and the third repetition."""
    fault = Fault(scene.fault, 1.0, (2, 3))
    performance = perform(scene.exercise, reps=3, seed=scene.seed, faults=[fault])
    camera = performance.camera(yaw_deg=scene.yaw_deg)
    film = Film(size=scene.size, fps=15.0, noise=1.0, supersample=2)
    pictures = render(performance, camera, film=film, plates=False)
    return save_video(folder / f"{scene.exercise}.mp4", pictures, fps=15.0)


def shown_at(report: ClipReport) -> float:
    """When the first issue shows; else the turnaround of the last repetition."""
    for one in report.sets:
        for verdict in one.verdicts:
            if verdict.outcome == "issue" and verdict.rep:
                return verdict.t_s
    return report.sets[0].reps[-1].turn_s


def frame_at(video: Path, t_s: float) -> np.ndarray:
    """The picture of a video nearest to ``t_s``."""
    with av.open(str(video)) as container:
        frames = ((abs(float(f.time or 0) - t_s), f) for f in container.decode(video=0))
        return min(frames, key=lambda pair: pair[0])[1].to_ndarray(format="rgb24")


def save(picture: Image.Image, name: str, height_px: int = HEIGHT_PX) -> None:
    """Write one WebP of the given height."""
    width = round(picture.width * height_px / picture.height)
    path = FOLDER / f"{name}.webp"
    picture.resize((width, height_px), Image.Resampling.LANCZOS).save(path, quality=QUALITY)
    print(f"{path.name}  {path.stat().st_size / 1000:.0f} kB")


def photographed(page: Path, chromium: str, folder: Path) -> Image.Image:
    """The report page as a phone shows it first."""
    from playwright.sync_api import sync_playwright

    shot = folder / "page.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(
            viewport={"width": PHONE_PX[0], "height": PHONE_PX[1]}, device_scale_factor=2
        )
        tab.goto(page.as_uri())
        tab.wait_for_timeout(1500)
        tab.screenshot(path=str(shot))
        browser.close()
    return Image.open(shot).convert("RGB")


def main() -> None:
    """Film, analyse and save every picture."""
    FOLDER.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scene in SCENES:
            out = folder / f"{scene.exercise}-report"
            report = analyze(filmed(scene, folder), exercise=scene.exercise, out=out)
            video = next(out.rglob("annotated.mp4"))
            save(Image.fromarray(frame_at(video, shown_at(report))), scene.exercise)
            if scene is SCENES[0] and chromium:
                page = next(out.rglob("report.html"))
                save(photographed(page, chromium, folder), "report", 860)
    if not chromium:
        sys.stderr.write("No Chromium: report.webp was not made.\n")


if __name__ == "__main__":
    main()
