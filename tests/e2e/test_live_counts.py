"""The browser counts what the file counts, in front of rendered and real films.

``python -m benchmarks.browser`` does the same at the pace at which the films were taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from time import monotonic

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright import sync_api as driver
from playwright.sync_api import Browser, Page

import repsight
from benchmarks.clips import Clip, read_labels
from repsight.athlete.course import Tempo
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render
from repsight.exercises import catalog
from tests.e2e.patient_camera import PatientFilm, begin, film_of, is_shown, page_before
from tests.e2e.serving import QUIET

#: Nothing here depends on the pace of the machine, so a slow one gets its time.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

HZ = 10
REPS = 2
#: After the last repetition the athlete stands for so long, whatever was performed.
STILL_S = 0.3
TEMPO = Tempo(out_s=1.0, hold_s=0.1, back_s=1.0, rest_s=0.5)
QUICK = Tempo(out_s=0.6, hold_s=0.05, back_s=0.6, rest_s=0.2)
#: Exercise by how the camera stands to it.
SIDE, FRONT = 90.0, 0.0
FILMED = {
    "squat": SIDE, "push_up": SIDE, "biceps_curl": SIDE, "jumping_jack": FRONT, "lunge": SIDE,
    "good_morning": SIDE, "shoulder_press": FRONT, "lateral_raise": FRONT,
}  # fmt: skip
#: So many pages at once, each with a model of its own.
AT_ONCE = 4
#: Of the real clips the first of each exercise that is so long, so many of them.
REAL, SHORTEST_S, LONGEST_S = 3, 4.0, 9.0
EDGE_PX = 360
WAIT_S = 600.0
ANSWERED_S = 20.0


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with driver.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield running
        running.close()


def rendered(exercise: str, yaw_deg: float, folder: Path) -> PatientFilm:
    tempo = QUICK if exercise == "jumping_jack" else TEMPO
    done = perform(exercise, reps=REPS, seed=4, tempo=tempo)
    camera = done.camera(yaw_deg=yaw_deg)
    size = (384, 216) if camera.aspect_ratio > 1 else (216, 288)
    pictures = render(done, camera, film=Film(size=size, fps=HZ, noise=2.0), plates=False)
    until_s = done.truth.reps[-1].end_s + STILL_S
    shown = [rgb for _, rgb in takewhile(lambda one: one[0] < until_s, pictures)]
    return film_of(exercise, exercise, shown, hz=HZ, folder=folder)


def counted_live(
    films: list[PatientFilm], wanted: dict[str, int], browser: Browser, address: str
) -> dict[str, int]:
    """The count on the page when all of a film was looked at."""
    pages = {film.name: page_before(film, browser, address) for film in films}
    for page in pages.values():
        begin(page)
    found: dict[str, int] = {}
    until_s = monotonic() + WAIT_S
    while pages:
        assert monotonic() < until_s, f"only {sorted(found)} were shown in time"
        for name, page in list(pages.items()):
            page.wait_for_timeout(50)
            if is_shown(page):
                found[name] = settled(pages.pop(name), wanted[name])
    return found


def settled(page: Page, wanted: int) -> int:
    """The count once the server's last answers are there; a busy machine takes its time."""
    until_s = monotonic() + ANSWERED_S
    while int(page.locator(".count").inner_text()) < wanted and monotonic() < until_s:
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)
    count = int(page.locator(".count").inner_text())
    page.context.close()
    return count


def check(films: list[PatientFilm], browser: Browser, address: str) -> None:
    from_file = {
        film.name: sum(
            one.rep_count for one in repsight.analyze(film.file, exercise=film.exercise).sets
        )
        for film in films
    }
    live: dict[str, int] = {}
    for first in range(0, len(films), AT_ONCE):
        live |= counted_live(films[first : first + AT_ONCE], from_file, browser, address)
    assert live == from_file
    assert all(live.values()), live


@pytest.mark.parametrize("half", [list(FILMED)[:AT_ONCE], list(FILMED)[AT_ONCE:]])
def test_eight_rendered_sets_have_the_counts_of_their_files(half, browser, address, tmp_path: Path):
    check([rendered(one, FILMED[one], tmp_path) for one in half], browser, address)


def real(clip: Clip, folder: Path) -> PatientFilm:
    """A clip as it was filmed, ``HZ`` pictures a second of it."""
    pictures: list[NDArray[np.uint8]] = []
    with av.open(str(clip.path)) as container:
        for frame in container.decode(video=0):
            if float(frame.time or 0.0) < len(pictures) / HZ:
                continue
            scale = EDGE_PX / max(frame.width, frame.height)
            width, height = (2 * round(scale * edge / 2) for edge in (frame.width, frame.height))
            small = frame.reformat(width=width, height=height, format="rgb24")
            pictures.append(np.asarray(small.to_ndarray(), np.uint8))
    return film_of(clip.exercise, clip.exercise, pictures, hz=HZ, folder=folder)


def test_real_clips_have_the_counts_of_their_files(
    browser, address, tmp_path: Path, shared_dir: Path
):
    known: dict[str, Clip] = {}
    for clip in read_labels(shared_dir / "clips"):
        is_sure = clip.confidence == "high" and clip.exercise in catalog() and (clip.reps or 0) > 1
        if is_sure and SHORTEST_S <= clip.duration_s <= LONGEST_S:
            known.setdefault(clip.exercise, clip)
    check([real(clip, tmp_path) for clip in list(known.values())[:REAL]], browser, address)
