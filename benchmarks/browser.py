"""Whether a browser counts what a file counts: ``python -m benchmarks.browser [--shared FOLDER]``.

Headless Chromium opens the live page in front of a fake camera that shows a film: the first
picture for a while (the countdown), the set, the last picture. The same film is then analysed as a
file. Compared are the count on the page when the film was over, the count of the report of the
live set, and the count of the file. Films are rendered, and with ``--shared`` real as well: of each
exercise the first clip that was surely counted by hand and is 6 to 15 seconds long.

The page's own figures (camera to screen, pose, pictures a second) stand beside, and the load of the
machine, which they depend on.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from time import monotonic

import av
import numpy as np
from numpy.typing import NDArray
from playwright import sync_api as driver
from playwright.sync_api import Browser, Page

import repsight
from benchmarks.clips import Clip, read_labels
from benchmarks.intervals import wilson
from repsight.athlete.course import Tempo
from repsight.athlete.encode import save_video
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render
from repsight.exercises import catalog

__all__ = [
    "CAMERA_HZ",
    "Shot",
    "Take",
    "browser_for",
    "film_of",
    "filmed",
    "main",
    "real_films",
    "taken",
]

#: The rate at which Chromium plays a film as its camera.
CAMERA_HZ = 30
#: The film stands still for the countdown, and at its end for what is still on its way.
LEAD_S, TAIL_S = 16.0, 5.0
#: Rendered sets: camera yaw by exercise.
RENDERED = {"squat": 90.0, "push_up": 90.0, "biceps_curl": 90.0, "jumping_jack": 0.0, "lunge": 90.0}
_UNHURRIED = Tempo(out_s=1.5, hold_s=0.1, back_s=1.4, rest_s=0.9)
_EDGE_PX = 480
_SHORTEST_S, _LONGEST_S = 6.0, 15.0
_WAIT_MS = 120_000
_FLAGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip

_PLAYED = "document.querySelector('video')?.currentTime ?? 0"

_Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shot:
    """What is shown to the camera and analysed as a file; ``lasts_s`` without lead and tail."""

    name: str
    exercise: str
    camera: Path
    file: Path
    lasts_s: float
    by_hand: int


@dataclass(frozen=True, slots=True)
class Take:
    """What the page and the file counted, and the page's p50 and p95 in ms."""

    shot: Shot
    running: int
    live: int
    file: int
    rate_hz: float
    total_ms: tuple[float, float]
    pose_ms: tuple[float, float]


def filmed(exercise: str, folder: Path, *, reps: int = 3, yaw_deg: float = 90.0) -> Shot:
    """A rendered set in ``folder``."""
    tempo = _UNHURRIED if exercise != "jumping_jack" else Tempo(0.7, 0.05, 0.7, 0.3)
    done = perform(exercise, reps=reps, seed=4, tempo=tempo)
    camera = done.camera(yaw_deg=yaw_deg)
    wide = camera.aspect_ratio > 1
    shot = Film(size=(448, 252) if wide else (252, 336), fps=10, noise=2.0)
    pictures = [rgb for _, rgb in render(done, camera, film=shot, plates=False)]
    shown = [rgb for rgb in pictures for _ in range(CAMERA_HZ // 10)]
    return film_of(f"rendered {exercise}", exercise, shown, folder=folder, by_hand=reps)


def film_of(
    name: str, exercise: str, pictures: list[_Image], *, folder: Path, by_hand: int
) -> Shot:
    """Camera film and file of pictures taken at ``CAMERA_HZ``."""
    lead = [pictures[0]] * round(LEAD_S * CAMERA_HZ)
    tail = [pictures[-1]] * round(TAIL_S * CAMERA_HZ)
    whole = [*lead, *pictures, *tail]
    stem = re.sub(r"\W+", "-", name)
    camera = folder / f"{stem}.mjpeg"
    with av.open(str(camera), "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=CAMERA_HZ)
        stream.pix_fmt, stream.options = "yuvj420p", {"q:v": "3"}
        stream.height, stream.width = pictures[0].shape[:2]
        for number, rgb in enumerate(whole):
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, CAMERA_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    frames = ((number / CAMERA_HZ, rgb) for number, rgb in enumerate(whole))
    file = save_video(folder / f"{stem}.mp4", frames, fps=CAMERA_HZ)
    return Shot(name, exercise, camera, file, len(pictures) / CAMERA_HZ, by_hand)


def _real(clip: Clip, folder: Path) -> Shot:
    with av.open(str(clip.path)) as container:
        shown: list[_Image] = []
        for frame in container.decode(video=0):
            scale = min(1.0, _EDGE_PX / max(frame.width, frame.height))
            size = [2 * round(scale * edge / 2) for edge in (frame.width, frame.height)]
            small = frame.reformat(width=size[0], height=size[1], format="rgb24")
            rgb = np.asarray(small.to_ndarray(), np.uint8)
            # each picture until the next one, at the camera's rate
            until = round(float(frame.time or 0.0) * CAMERA_HZ)
            shown += [shown[-1] if shown else rgb] * max(0, until - len(shown))
            shown.append(rgb)
    name = f"real {clip.exercise}"
    return film_of(name, clip.exercise, shown, folder=folder, by_hand=clip.reps or 0)


def real_films(shared: Path, folder: Path, *, most: int) -> Iterator[Shot]:
    """Films of real clips, made in ``folder`` one after the other."""
    known: dict[str, Clip] = {}
    for clip in read_labels(shared / "clips"):
        is_sure = clip.confidence == "high" and clip.exercise in catalog() and (clip.reps or 0) > 1
        if is_sure and _SHORTEST_S <= clip.duration_s <= _LONGEST_S:
            known.setdefault(clip.exercise, clip)
    for clip in list(known.values())[:most]:
        yield _real(clip, folder)


@contextmanager
def _served(data: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", "0"]
    server = subprocess.Popen([*command, "--data", str(data)], stdout=subprocess.PIPE, text=True)
    said = server.stdout or sys.stdin
    try:
        yield re.findall(r"http://\S+", said.readline())[0]
    finally:
        server.terminate()
        server.wait(20)
        said.close()


@contextmanager
def browser_for(shot: Shot, chromium: str) -> Iterator[Browser]:
    """A browser whose camera shows the film, from the moment at which it is opened."""
    flags = [*_FLAGS, f"--use-file-for-fake-video-capture={shot.camera}"]
    with driver.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


def taken(shot: Shot, chromium: str, address: str) -> Take:
    """Let the page count the film, then the analysis of the file."""
    with browser_for(shot, chromium) as running:
        context = running.new_context(
            viewport={"width": 390, "height": 844}, permissions=["camera"], service_workers="block"
        )
        page = context.new_page()
        page.set_default_timeout(_WAIT_MS)
        page.goto(address)
        running_count, timing = _watch(page, shot, address)
        live, rate_hz = _reported(page, address)
    sets = repsight.analyze(shot.file, exercise=shot.exercise).sets
    rows = {row[0]: (float(row[1]), float(row[2])) for row in timing}
    return Take(
        shot, running_count, live, sum(one.rep_count for one in sets), rate_hz,
        rows["All together"], rows["Pose"],
    )  # fmt: skip


def _watch(page: Page, shot: Shot, address: str) -> tuple[int, list[list[str]]]:
    """Count on the page when the film is over, and the page's table of timing."""
    page.goto(f"{address.split('/?', maxsplit=1)[0]}/#/live")
    page.get_by_label("Exercise").select_option(shot.exercise)
    page.get_by_role("button", name="Open the camera").click()
    # how long the camera has been playing; the page's policy allows no script that waits for it
    while not (played_s := page.evaluate(_PLAYED)):
        page.wait_for_timeout(50)
    opened_s = monotonic() - played_s
    with suppress(driver.Error):  # it may start by itself just now
        page.get_by_role("button", name="Start now").click(timeout=1000 * LEAD_S)
    page.get_by_role("button", name="Finish set").wait_for()
    late_s = monotonic() - opened_s
    if late_s > LEAD_S:
        raise RuntimeError(
            f"The set began {late_s:.1f} s into a film with {LEAD_S:.0f} s to spare."
        )
    page.get_by_role("button", name="Timing").click()
    page.wait_for_timeout(1000 * max(0.0, LEAD_S + shot.lasts_s + 1.5 - late_s))
    count = int(page.locator(".count").inner_text())
    rows = [row.split("\t") for row in page.locator(".panel tbody").inner_text().splitlines()]
    page.get_by_role("button", name="Finish set").click()
    return count, rows


def _reported(page: Page, address: str) -> tuple[int, float]:
    """Repetitions in the report of the newest set, and its pictures a second.

    RuntimeError with the reason if there is no report.
    """
    origin, until_s = address.split("/?", maxsplit=1)[0], monotonic() + _WAIT_MS / 1000
    page.get_by_role("button", name="Next set").wait_for()
    while (clip := page.request.get(f"{origin}/api/clips").json()[0])["state"] != "done":
        if clip["state"] == "failed" or monotonic() > until_s:
            raise RuntimeError(f"The report is {clip['state']}: {clip['message']}")
        page.wait_for_timeout(300)
    found = page.request.get(f"{origin}/api/clips/{clip['id']}/files/report.json").json()
    rate_hz = found["source"]["frames"] / max(found["source"]["duration_s"], 1e-3)
    return sum(one["rep_count"] for one in found["sets"]), rate_hz


def main() -> int:
    """Print the table; 1 if a count differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder with clips/labels.csv")
    parser.add_argument("--real", type=int, default=6, help="real clips at most")
    parser.add_argument("--rendered", type=int, default=len(RENDERED), help="rendered sets at most")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    asked = parser.parse_args()
    print("film                    by hand  page  live report  file  pictures/s  camera to screen")
    takes: list[Take] = []
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder) / "data") as address:
        for shot in _shots(asked, Path(folder)):
            take = taken(shot, asked.chromium, address)
            takes.append(take)
            p50, p95 = take.total_ms
            print(f"{shot.name:<23} {shot.by_hand:7d} {take.running:5d} {take.live:12d} "
                  f"{take.file:5d} {take.rate_hz:11.0f}  p50 {p50:.0f}, p95 {p95:.0f} ms",
                  flush=True)  # fmt: skip
            shot.camera.unlink()
    same = sum(take.live == take.file for take in takes)
    shown = sum(take.running == take.file for take in takes)
    for what, hits in (("report of the live set", same), ("count on the page", shown)):
        low, high = wilson(hits, len(takes))
        print(f"{what} equal to the file's: {hits} of {len(takes)} "
              f"(95 % interval {100 * low:.0f} to {100 * high:.0f} %)")  # fmt: skip
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if takes and same == len(takes) else 1


def _shots(asked: argparse.Namespace, folder: Path) -> Iterator[Shot]:
    for exercise, yaw_deg in list(RENDERED.items())[: asked.rendered]:
        yield filmed(exercise, folder, yaw_deg=yaw_deg)
    if asked.shared:
        yield from real_films(asked.shared, folder, most=asked.real)


if __name__ == "__main__":
    raise SystemExit(main())
