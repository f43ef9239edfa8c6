"""A camera that waits: it shows the next picture when the page has looked at the last one.

Chromium's own fake camera plays a film at its pace, so a slow or busy machine sees only a few of
its pictures. Here time is stretched: each picture says when in the film it was taken, however long
the page took for the one before. All else is the page's own: the video, the worker with the pose
model, the socket, the server.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from repsight.athlete.encode import save_video

__all__ = ["PatientFilm", "begin", "film_of", "is_shown", "page_before"]

#: The film stands still for so long after its last picture.
TAIL_S = 1.5
_PATH = "/film/"

#: ``film`` says what the camera shows: one picture until ``begin`` is set, then all of them.
_SCRIPT = """(() => {
  const { hz, count, width, height } = FILM;
  const film = (window.film = { begin: false, isShown: false });
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  let [shown_ms, isAsked, answered] = [0, false, () => {}];

  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(...all) {
      super(...all);
      // first of those who listen: a pose takes as long as it may
      this.addEventListener("message", ({ data }) => {
        if (data.kind !== "pose") return;
        data.pose_ms = 10;
        answered();
      });
    }
    postMessage(news, ...rest) {
      if (news.kind === "look") isAsked = true;
      super.postMessage(news, ...rest);
    }
  };

  const native = HTMLVideoElement.prototype.requestVideoFrameCallback;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (tell) {
    return native.call(this, (now, frame) => tell(now, { ...frame, captureTime: shown_ms }));
  };

  const picture = async (index) =>
    createImageBitmap(await (await fetch(`PATH${index}.jpg`)).blob());

  async function play(track, pen) {
    const show = async (image, at_ms) => {
      [shown_ms, isAsked] = [at_ms, false];
      const answer = new Promise((done) => { answered = done; });
      pen.drawImage(image, 0, 0);
      track.requestFrame();
      // the page may let a picture pass, or its model is not there yet
      await Promise.race([answer, wait(80).then(() => (isAsked ? answer : null))]);
    };
    const first = await picture(0);
    while (!film.begin) {
      await show(first, performance.now());
      await wait(20);
    }
    const began_ms = performance.now();
    for (let index = 0; index < count; index += 1) {
      await show(await picture(index), began_ms + (1000 * index) / hz);
    }
    film.isShown = true;
  }

  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const stream = canvas.captureStream(0);
    play(stream.getVideoTracks()[0], canvas.getContext("2d"));
    return stream;
  };
})();"""


_START = """() => {
  const buttons = [...document.querySelectorAll("button")];
  buttons.find((one) => one.textContent.trim() === "Start now")?.click();
}"""


@dataclass(frozen=True, slots=True, eq=False)
class PatientFilm:
    """Pictures as JPEG at ``hz``, and the same as a file."""

    name: str
    exercise: str
    pictures: tuple[bytes, ...]
    size: tuple[int, int]
    hz: float
    file: Path


def film_of(
    name: str, exercise: str, pictures: Sequence[NDArray[np.uint8]], *, hz: float, folder: Path
) -> PatientFilm:
    """A film of pictures (H, W, 3); its file is written into ``folder``."""
    whole = [*pictures, *[pictures[-1]] * round(TAIL_S * hz)]
    shown = ((index / hz, rgb) for index, rgb in enumerate(whole))
    file = save_video(folder / f"{name}.mp4", shown, fps=round(hz))
    height, width = whole[0].shape[:2]
    return PatientFilm(name, exercise, tuple(map(_jpeg, whole)), (width, height), hz, file)


def _jpeg(rgb: NDArray[np.uint8]) -> bytes:
    written = io.BytesIO()
    Image.fromarray(rgb).save(written, "jpeg", quality=92)
    return written.getvalue()


def page_before(film: PatientFilm, browser: Browser, address: str) -> Page:
    """The live page with the camera open, waiting for the set to begin."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = context.new_page()
    width, height = film.size
    facts = f"{{ hz: {film.hz}, count: {len(film.pictures)}, width: {width}, height: {height} }}"
    context.add_init_script(_SCRIPT.replace("FILM;", f"{facts};").replace("PATH", _PATH))

    def give(route: Route) -> None:
        index = int(route.request.url.rsplit("/", 1)[1].removesuffix(".jpg"))
        route.fulfill(body=film.pictures[index], content_type="image/jpeg")

    context.route(f"**{_PATH}*", give)
    page.set_default_timeout(120_000)
    page.goto(address)
    page.goto(f"{address.split('/?', maxsplit=1)[0]}/#/live")
    page.get_by_label("Exercise").select_option(film.exercise)
    page.get_by_role("button", name="Open the camera").click()
    return page


def begin(page: Page) -> None:
    """The set, by hand or by itself, and with it the film."""
    ready = page.get_by_role("button", name="Start now").or_(
        page.get_by_role("button", name="Finish set")
    )
    ready.wait_for()
    page.evaluate(_START)  # at once: the page may begin by itself between looking and clicking
    page.get_by_role("button", name="Finish set").wait_for()
    page.evaluate("film.begin = true")


def is_shown(page: Page) -> bool:
    """Whether every picture was looked at."""
    return page.evaluate("film.isShown")
