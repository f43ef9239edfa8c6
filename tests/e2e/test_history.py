"""History and comparison in a real browser."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

from repsight.app.library import Library
from tests.e2e.serving import looked_at, served, until
from tests.trained import add_set

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000
HOSTILE = '<img src=x onerror="throw 1">.npz'
BEGIN = datetime(2026, 5, 4, 18, tzinfo=UTC)


def growing(week: int) -> Callable[[Path], None]:
    """A range that grows from week to week, and an issue that goes away."""

    def change(folder: Path) -> None:
        report = json.loads((folder / "report.json").read_text())
        seen = report["sets"][0]
        seen["metrics"]["range"]["value"] *= 1 + 0.15 * week
        judged = [one for one in seen["verdicts"] if one["outcome"] == "ok"]
        if week < 2:
            judged[0]["outcome"] = "issue"
        (folder / "report.json").write_text(json.dumps(report))

    return change


def film_of(path: Path, seconds: int = 14) -> Path:
    """A clip that a browser can play and seek: grey, a little lighter from picture to picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libvpx", rate=10, options={"deadline": "realtime"})
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for index in range(10 * seconds):
            picture = np.full((120, 160, 3), 60 + index, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    library = Library.open(folder)
    film = film_of(folder / "film.webm")
    for week in range(5):
        add_set(library, recorded_at=BEGIN + timedelta(weeks=week), change=growing(week),
                name=HOSTILE if week == 0 else f"week {week}.npz")  # fmt: skip
    for name, reps in (("push.webm", 2), ("more.webm", 3)):
        add_set(library, exercise="push_up", reps=reps, seed=5, recorded_at=BEGIN, name=name,
                film=film)  # fmt: skip
    library.close()
    return folder


@pytest.fixture(scope="module")
def address(data) -> Iterator[str]:
    with served(data) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        opened.get_by_role("link", name="History").click()
        expect(opened.get_by_role("heading", name="Sessions")).to_be_visible(timeout=WAIT_MS)
        yield opened


def compare(page: Page) -> None:
    page.get_by_label("Compare Squat of May 4").check()
    page.get_by_label("Compare Squat of Jun 1").check()
    page.get_by_role("link", name="Compare the two sets").click()
    expect(page.get_by_role("slider", name="Phase")).to_be_visible()


def assert_accessible(page: Page) -> None:
    for scheme, width in (("light", 1440), ("light", 820), ("dark", 820), ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        if (scheme, width) in {("light", 1440), ("dark", 360)}:
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_sessions_are_listed_and_filtered_by_exercise(page):
    expect(page.locator(".set")).to_have_count(7)
    page.get_by_label("Exercise").select_option("push_up")
    expect(page.locator(".set")).to_have_count(2)
    page.reload()
    expect(page.locator(".set")).to_have_count(2)
    page.get_by_label("Exercise").select_option("")
    expect(page.locator(".set")).to_have_count(7)


def test_names_of_files_are_text(page):
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    assert page.locator("main img").count() == 0


def test_trends_say_changes_beyond_the_error_and_have_a_table(page):
    page.get_by_label("Exercise").select_option("squat")
    trend = page.locator(".trend", has=page.get_by_role("heading", name="Range"))
    expect(trend).to_contain_text("more than on")
    said = re.compile(r"Range: 5 sets from May 4.* more than on")
    expect(trend.get_by_role("img")).to_have_accessible_name(said)
    trend.get_by_text("The same as a table").click()
    expect(trend.get_by_role("row")).to_have_count(6)
    lifting = page.locator(".trend", has=page.get_by_role("heading", name="Lifting"))
    expect(lifting).to_contain_text("No change beyond the error")
    expect(page.get_by_role("heading", name="Repetitions with:")).to_be_visible()
    expect(page.get_by_text("Largest range")).to_be_visible()
    assert_accessible(page)


def test_two_sets_move_together_through_the_phase(page):
    compare(page)
    bones = page.locator(".bones")
    expect(bones).to_have_count(2)
    at_start = bones.first.inner_html()
    slider = page.get_by_role("slider", name="Phase")
    slider.fill("500")
    expect(slider).to_have_attribute("aria-valuetext", "Bottom, 50 % of the repetition")
    assert bones.first.inner_html() != at_start
    low, high = (float(one.locator("circle").get_attribute("cy")) for one in bones.all())
    assert abs(low - high) < 150  # both are down at the same time
    slider.press("ArrowRight")
    expect(slider).to_have_value("501")
    row = page.get_by_role("row", name=re.compile("^Range "))
    expect(row).to_contain_text("more (±")
    expect(page.get_by_role("row", name="Lifting")).to_contain_text("None beyond the error")
    page.get_by_label("One over the other").check()
    expect(page.locator(".skeleton")).to_have_count(1)
    assert_accessible(page)


def test_both_videos_are_in_the_same_phase_under_their_skeletons(page):
    page.get_by_label("Exercise").select_option("push_up")
    for box in page.get_by_label("Compare Push-up").all():
        box.check()
    page.get_by_role("link", name="Compare the two sets").click()
    expect(page.locator(".picture video")).to_have_count(2)
    page.get_by_role("slider", name="Phase").fill("500")
    clocks = page.locator(".side", has_text="in its clip")
    for i in range(2):
        said = re.search(r"0:(\d+\.\d) in its clip", clocks.nth(i).inner_text())
        at_s = f"document.querySelectorAll('video')[{i}].currentTime"
        until(page, f"Math.abs({at_s} - {float(said[1])}) < 0.11")
        assert page.evaluate(f"document.querySelectorAll('video')[{i}].paused")
    assert_accessible(page)
    page.get_by_label("One over the other").check()
    expect(page.locator(".picture")).to_have_count(1)
    page.get_by_role("button", name="Play").click()
    until(page, "[...document.querySelectorAll('video')].some((one) => !one.paused)")
    page.get_by_label("Videos").uncheck()
    expect(page.locator("video")).to_have_count(0)
    expect(page.locator(".bones")).to_have_count(2)


def test_nothing_moves_before_it_is_asked_to(page):
    compare(page)
    slider = page.get_by_role("slider", name="Phase")
    page.wait_for_timeout(300)
    expect(slider).to_have_value("0")
    page.get_by_role("button", name="Play").click()
    expect(slider).not_to_have_value("0")
    page.get_by_role("button", name="Stop").click()
    stopped = slider.input_value()
    page.wait_for_timeout(200)
    expect(slider).to_have_value(stopped)


def test_sets_of_two_exercises_are_not_compared(page):
    page.get_by_label("Compare Squat of May 4").check()
    page.get_by_label("Compare Push-up").first.check()
    expect(page.get_by_text("These two are of different exercises.")).to_be_visible()


def test_a_set_that_is_gone_is_said(page, address):
    page.goto(f"{address.split('/?')[0]}/#/compare?first={'0' * 32}.1&second=nonsense")
    expect(page.get_by_role("alert")).to_contain_text("went wrong")


def test_the_keyboard_is_enough_to_take_a_set_away(page):
    first = page.locator(".set").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(first.get_by_role("link", name="Table (CSV)")).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "2026-06-01-squat-set1.csv"


def test_everything_is_taken_away_and_then_deleted(browser, tmp_path):
    library = Library.open(tmp_path / "data")
    add_set(library, recorded_at=BEGIN, name="one.npz")
    add_set(library, recorded_at=BEGIN, name="two.npz")
    library.close()
    with served(tmp_path / "data") as address, looked_at(browser, address) as page:
        page.get_by_role("link", name="History").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download everything").click()
        download.value.save_as(tmp_path / "all.zip")
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            assert len([name for name in archive.namelist() if name.endswith(".npz")]) == 2
        asked: list[str] = []

        def agree(dialog: Dialog) -> None:
            asked.append(dialog.message)
            dialog.accept()

        page.on("dialog", agree)
        page.locator(".set").first.locator("summary").click()
        page.get_by_role("button", name="Delete with its clip: Squat").click()
        expect(page.locator(".set")).to_have_count(1)
        page.get_by_role("button", name="Delete everything").click()
        expect(page.get_by_text("Everything is deleted.")).to_be_visible()
        expect(page.locator(".set")).to_have_count(0)
        assert len(asked) == 2
    assert list((tmp_path / "data" / "clips").iterdir()) == []
