"""The page in a real browser: it plays, seeks, stays offline and can be used without a mouse."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from repsight.core.report import ClipReport
from repsight.core.still_names import issue_still, moment_still
from repsight.pages import render_html
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    unknown_report,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

av = pytest.importorskip("av", reason="PyAV makes the video that the page plays")
driver = pytest.importorskip("playwright.sync_api", reason="Playwright drives the browser")

pytestmark = pytest.mark.browser

QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = [(360, 740), (390, 844), (820, 1180), (1440, 900)]
REPORTS = {
    "squat": sample_report,
    "deadlift": deadlift_report,
    "unknown": unknown_report,
    "empty": empty_report,
}


@dataclass(slots=True)
class Visit:
    """A page that was opened, with everything it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One folder per kind of report, with the video beside the page."""
    root = tmp_path_factory.mktemp("pages")
    _write_video(root / "annotated.mp4")
    made: dict[str, Path] = {}
    for name, make in REPORTS.items():
        made[name] = root / name
        made[name].mkdir()
        shutil.copy(root / "annotated.mp4", made[name])
        html = render_html(make(), stills=_stills(make()))
        (made[name] / "report.html").write_text(html, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with driver.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, folders: dict[str, Path]) -> Iterator[_Opener]:
    opener = _Opener(browser, folders)
    yield opener
    opener.close()


@dataclass(slots=True)
class _Opener:
    browser: Browser
    folders: dict[str, Path]
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, name: str, size: tuple[int, int] = (390, 844), **options: str) -> Visit:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, **options
        )
        self.contexts.append(context)
        opened = Visit(context.new_page())
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto((self.folders[name] / "report.html").as_uri())
        return opened

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_asks_for_nothing_but_its_own_files(visit: _Opener, name: str) -> None:
    opened = visit(name)
    opened.page.wait_for_load_state("load")
    opened.page.wait_for_timeout(500)  # for what scripts might still ask for
    assert opened.complaints == []
    assert {url.partition(":")[0] for url in opened.requests} <= {"file", "data"}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_sticks_out_sideways(visit: _Opener, name: str, size: tuple[int, int]) -> None:
    page = visit(name, size).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_click_on_a_rep_seeks_the_video_and_marks_the_rep(visit: _Opener) -> None:
    opened = visit("squat")
    start_s = sample_report().sets[0].reps[3].start_s
    opened.page.locator(".bar[data-rep='4']").click()
    assert _video_time(opened.page) == pytest.approx(start_s, abs=0.05)
    assert opened.page.locator("tr.current").get_attribute("data-rep") == "4"
    assert "Rep 4" in opened.page.locator("#now").inner_text()
    assert opened.page.locator(".timeline .playhead").get_attribute("hidden") is None


def test_the_timeline_can_be_used_from_the_keyboard(visit: _Opener) -> None:
    page = visit("squat").page
    page.locator(".stop[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert _video_time(page) == pytest.approx(sample_report().sets[0].reps[1].start_s, abs=0.05)
    page.keyboard.press("End")
    page.keyboard.press(" ")
    assert _video_time(page) == pytest.approx(sample_report().sets[0].reps[4].start_s, abs=0.05)


def test_a_click_into_a_curve_seeks_and_reads_the_value(visit: _Opener) -> None:
    page = visit("squat", (1440, 900)).page
    plane = page.locator(".main-plot .plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 40)
    axis = page.locator(".main-plot").evaluate("f => [+f.dataset.start, +f.dataset.end]")
    assert _video_time(page) == pytest.approx(sum(axis) / 2, abs=0.2)
    assert "at 0:" in page.locator(".main-plot .readout").inner_text()


def test_the_arrow_keys_walk_through_a_curve(visit: _Opener) -> None:
    page = visit("squat").page
    page.locator(".main-plot .plane").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    start_s = page.locator(".main-plot").evaluate("f => +f.dataset.start")
    assert _video_time(page) == pytest.approx(start_s + 0.2, abs=0.05)


def test_the_playhead_moves_while_the_video_plays(visit: _Opener) -> None:
    page = visit("squat").page
    page.evaluate("document.getElementById('video').muted = true")
    page.locator(".chip").first.click()
    page.evaluate("document.getElementById('video').play()")
    head = page.locator(".timeline .playhead")
    before = head.get_attribute("x1")
    page.wait_for_timeout(400)
    assert head.get_attribute("x1") != before


def test_on_a_phone_the_clip_stays_in_sight_and_can_be_sent_away(visit: _Opener) -> None:
    page = visit("squat").page
    page.locator(".reps-table .seek").nth(3).click()
    small = page.locator(".stage.mini")
    small.wait_for()
    page.locator(".mini-close").click()
    assert small.count() == 0


def test_without_the_video_the_nearest_still_is_shown(
    visit: _Opener, folders: dict[str, Path]
) -> None:
    (folders["squat"] / "annotated.mp4").rename(folders["squat"] / "elsewhere.mp4")
    try:
        page = visit("squat").page
        page.locator("#still-view").wait_for()
        page.locator(".bar[data-rep='5']").click()
        assert "rep\u00a05" in (page.locator("#still-view").get_attribute("alt") or "").lower()
        assert page.locator("#stage-note").is_visible()
        assert page.locator("video").count() == 0
    finally:
        (folders["squat"] / "elsewhere.mp4").rename(folders["squat"] / "annotated.mp4")


def test_a_still_can_be_enlarged_and_closed_with_escape(visit: _Opener) -> None:
    page = visit("squat").page
    page.locator(".zoom").first.click()
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


def test_the_page_says_everything_without_its_script(
    browser: Browser, folders: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folders["squat"] / "report.html").as_uri())
    assert "Sit until your hip" in page.inner_text("main")
    assert page.locator(".curve").first.is_visible()
    context.close()


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("squat", "light"), ("squat", "dark"), ("deadlift", "light"), ("empty", "dark")],
)
def test_the_page_is_accessible(visit: _Opener, name: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core finds what a test cannot name"
    )
    page = visit(name, color_scheme=scheme, reduced_motion="reduce").page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []


def _video_time(page: Page) -> float:
    while page.evaluate("document.getElementById('video').seeking"):
        page.wait_for_timeout(20)
    return float(page.evaluate("document.getElementById('video').currentTime"))


def _stills(report: ClipReport) -> dict[str, bytes]:
    names = [
        issue_still(number, verdict)
        for number, seen in enumerate(report.sets, start=1)
        for verdict in seen.verdicts
        if verdict.outcome == "issue"
    ]
    names += [
        moment_still(number, rep, moment)
        for number, seen in enumerate(report.sets, start=1)
        for rep in seen.reps
        for moment in rep.moments
    ]
    return {name: _jpeg((40 + 13 * k) % 255) for k, name in enumerate(names)}


def _jpeg(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (180, 320), (shade, 90, 120)).save(out, "JPEG")
    return out.getvalue()


def _write_video(path: Path, *, seconds: int = 25, rate: int = 5) -> None:
    """A small clip that every Chromium can play and seek."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 180, 320, "yuv420p"
        stream.time_base = Fraction(1, rate)
        stream.options = {"g": str(rate), "preset": "ultrafast"}
        for k in range(seconds * rate):
            picture = np.full((320, 180, 3), (k * 2) % 255, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
