"""The clip as it was brought under its drawing: on the body, in step, and without a false word."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, Route, expect

from repsight.app.library import Library
from repsight.athlete.performance import perform
from repsight.core.skeleton import Landmark
from tests.e2e.serving import looked_at, served
from tests.trained import FILM_HZ, add_set, film_of_set, filmed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000
RATE_HZ = FILM_HZ
KNEE, WRIST = int(Landmark.LEFT_KNEE), int(Landmark.LEFT_WRIST)
#: A quarter turn clockwise, as phones write it into the header of a track.
QUARTER = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
#: Behind the kind of the header: version, times, number, length, layer and volume.
BEFORE_MATRIX = 4 + 4 + 20 + 16


def film(folder: Path) -> tuple[Path, tuple[int, int]]:
    """The set of ``add_set`` as a phone held upright keeps it: on its side, with a note of it."""
    path, size = film_of_set(folder / "set.mp4", quarter_turns=1)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + BEFORE_MATRIX
    data[at : at + len(QUARTER)] = QUARTER
    path.write_bytes(data)
    return path, size


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("replay")
    source, size = film(folder)
    library = Library.open(folder / "data")
    add_set(library, name="turned.mp4", film=source, change=filmed(size, drawn=source))
    for name in ("undrawn.mp4", "export.mp4"):
        add_set(library, name=name, film=source, change=filmed(size))
    add_set(library, name="points.npz")
    library.close()
    with served(folder / "data") as found:
        yield found


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        yield opened


def opened(page: Page, name: str = "turned.mp4") -> Frame:
    """The report's own page."""
    page.get_by_role("listitem").filter(has_text=name).get_by_role("link", name="Open").click()
    frame = page.locator("iframe.report").element_handle().content_frame()
    assert frame is not None
    frame.locator("#video").wait_for(timeout=WAIT_MS)
    return frame


def drawing(page: Page) -> Frame:
    frame = opened(page)
    frame.locator(".stage canvas").wait_for(timeout=WAIT_MS)
    return frame


def go_to(frame: Frame, t_s: float) -> None:
    frame.evaluate("(t_s) => { document.getElementById('video').currentTime = t_s; }", t_s)
    frame.page.wait_for_timeout(600)


def ink(frame: Frame, at: tuple[float, float]) -> int:
    """The most opaque that the drawing is around a place, given as shares of the picture."""
    code = """([x, y]) => {
        const canvas = document.querySelector(".stage canvas");
        const [left, top] = [x * canvas.width - 4, y * canvas.height - 4].map(Math.round);
        const { data } = canvas.getContext("2d").getImageData(left, top, 9, 9);
        return Math.max(...data.filter((_, i) => i % 4 === 3));
    }"""
    return frame.evaluate(code, list(at))


def test_the_skeleton_lies_on_the_body_of_a_turned_clip(page, address):
    done = perform("squat", reps=3, seed=4)
    track = done.track(fps=RATE_HZ)
    aspect = done.camera().aspect_ratio
    frame = drawing(page)
    video = frame.locator("#video")
    expect(video).to_have_attribute("src", re.compile(r"/video#t="))
    assert video.evaluate("(own) => own.videoWidth < own.videoHeight")
    boxes = "(own) => { const box = own.getBoundingClientRect(); return box.width / box.height; }"
    canvas = frame.locator(".stage canvas")
    assert canvas.evaluate(boxes) == pytest.approx(aspect, rel=0.02)
    truth = done.truth.reps[1]
    for t_s in (truth.start_s, truth.turn_s, (truth.turn_s + truth.end_s) / 2):
        at = int(np.searchsorted(track.t_s, t_s))
        go_to(frame, float(track.t_s[at]) + 0.01)
        for joint in (KNEE, WRIST):
            x, y = track.xy[at, joint]
            assert ink(frame, (float(x) / aspect, float(y))) > 200, (t_s, joint)
        # nothing is drawn beside the lifter
        assert ink(frame, (0.04, 0.04)) == 0


def test_count_phase_and_findings_follow_the_moment(page):
    frame = drawing(page)
    reps = perform("squat", reps=3, seed=4).truth.reps
    count = frame.locator(".replay-count")
    go_to(frame, reps[0].turn_s)
    expect(count).to_have_text("0Bottom")
    go_to(frame, reps[1].turn_s)
    expect(count).to_have_text("1Bottom")
    frame.locator("[data-rep='3']").first.click()
    frame.page.wait_for_timeout(600)
    expect(count.locator("b")).to_have_text("2")


def test_keys_go_from_picture_to_picture_and_the_drawing_can_be_taken_off(page):
    frame = drawing(page)
    now = "document.getElementById('video').currentTime"
    go_to(frame, 3.0)
    page.keyboard.press(".")
    page.wait_for_timeout(300)
    on_s = frame.evaluate(now)
    assert 3.0 < on_s <= 3.0 + 1.2 / RATE_HZ
    frame.get_by_role("button", name="Play").press(",")
    page.wait_for_timeout(300)
    assert frame.evaluate(now) == pytest.approx(on_s - 1 / RATE_HZ, abs=0.01)
    drawing_button = frame.get_by_role("button", name="Drawing")
    drawing_button.press("Enter")
    expect(drawing_button).to_have_attribute("aria-pressed", "false")
    expect(frame.locator(".stage canvas")).to_be_hidden()
    drawing_button.press("Enter")
    expect(frame.locator(".stage canvas")).to_be_visible()
    play = frame.get_by_role("button", name="Play")
    play.press("Enter")
    expect(frame.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    frame.get_by_role("slider", name="Moment of the clip").fill("1")
    assert Axe().run(page).violations_count == 0


def test_what_the_browser_cannot_play_is_replaced_by_the_annotated_video(page):
    def unknown(route: Route) -> None:
        route.fulfill(body=b"no video that is known", content_type="video/mp4")

    page.route("**/video", unknown)
    frame = opened(page)
    page.wait_for_timeout(1500)
    expect(frame.locator("#video")).to_have_attribute("src", re.compile(r"^annotated\.mp4"))
    assert frame.locator("#video").evaluate("(own) => own.videoWidth > 0")
    expect(frame.locator(".stage canvas")).to_have_count(0)
    expect(page.locator(".problem")).to_have_text("")
    expect(frame.locator("#stage-note")).to_be_hidden()


def test_a_video_is_made_by_itself_where_the_browser_cannot_play_the_clip(page):
    def unknown(route: Route) -> None:
        route.fulfill(body=b"no video that is known", content_type="video/mp4")

    page.route("**/video", unknown)
    frame = opened(page, "undrawn.mp4")
    expect(page.get_by_text("This browser cannot play the clip")).to_be_visible(timeout=WAIT_MS)
    # while it is made the set is played as points
    expect(frame.locator(".stage canvas.points, .stage .points").first).to_be_visible()
    made = page.frame_locator("iframe.report").locator("#video")
    expect(made).to_have_attribute("src", re.compile(r"^annotated\.mp4"), timeout=WAIT_MS)
    expect(page.get_by_text("This browser cannot play the clip")).to_be_hidden()
    expect(page.locator(".problem")).to_have_text("")


def test_the_video_is_an_export_that_is_made_on_request(page):
    opened(page, "export.mp4")
    page.get_by_text("Download", exact=True).click()
    expect(page.get_by_role("link", name="Video with the drawing")).to_have_count(0)
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Make the video").click()
    link = page.get_by_role("link", name="Video with the drawing")
    expect(link).to_be_visible(timeout=WAIT_MS)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "export-annotated.mp4"
    assert Path(download.value.path()).stat().st_size > 10_000


def test_a_set_without_a_film_is_played_as_points(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = opened(page, "points.npz")
    frame.locator(".stage canvas").wait_for(timeout=WAIT_MS)
    reps = perform("squat", reps=3, seed=4).truth.reps
    count = frame.locator(".replay-count")
    go_to(frame, reps[1].turn_s)
    expect(count).to_have_text("1Bottom")
    drawn = """() => {
        const canvas = document.querySelector(".stage canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 200).length;
    }"""
    assert frame.evaluate(drawn) > 500
    frame.locator(".chip").first.click()
    at_s = frame.evaluate("document.getElementById('video').currentTime")
    assert at_s == pytest.approx(reps[0].start_s, abs=0.5)
    frame.get_by_role("button", name="Play", exact=True).press("Enter")
    page.wait_for_timeout(700)
    frame.get_by_role("button", name="Pause", exact=True).press("Enter")
    on_s = frame.evaluate("document.getElementById('video').currentTime") - at_s
    assert 0.3 < on_s < 5.0
    assert Axe().run(page).violations_count == 0
    assert not any(url.endswith("/video") for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 820, 1440])
def test_the_replay_fits_every_width(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    frame = drawing(page)
    assert Axe().run(page).violations_count == 0
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
