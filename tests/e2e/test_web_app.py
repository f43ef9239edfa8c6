"""The web app in a real browser: upload, watch, read, take away, delete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, Route, expect

from repsight.athlete.performance import perform
from repsight.landmarks_io import save_landmarks
from tests.e2e.serving import looked_at, served, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000


@pytest.fixture(scope="module")
def clips(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    save_landmarks(folder / "legs.npz", perform("squat", reps=3, seed=4).track(fps=15))
    # Tests share one server and run in any order: what one waits for is nobody else's.
    shutil.copy(folder / "legs.npz", folder / "deleted.npz")
    shutil.copy(folder / "legs.npz", folder / "reloaded.npz")
    shutil.copy(folder / "legs.npz", folder / "keyboard.npz")
    save_landmarks(folder / "push.npz", perform("push_up", reps=2, seed=5).track(fps=15))
    (folder / "noise.mp4").write_bytes(b"no video at all")
    (folder / "notes.txt").write_text("no clip")
    return folder


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        yield opened


def row(page: Page, name: str):
    return page.locator(".clip", has=page.get_by_text(name, exact=True))


def done(page: Page, name: str) -> None:
    expect(row(page, name).first).to_have_class("clip done", timeout=WAIT_MS)


def add(page: Page, *files: Path) -> None:
    page.set_input_files("#files", [str(file) for file in files])


def test_a_clip_becomes_a_report_and_can_be_deleted(page, clips):
    add(page, clips / "deleted.npz")
    done(page, "deleted.npz")
    expect(row(page, "deleted.npz")).to_contain_text("Squat 3 repetitions")
    row(page, "deleted.npz").get_by_role("link", name="Open report").click()
    report = page.frame_locator("iframe.report")
    expect(report.get_by_role("heading", name="Squat").first).to_be_visible()
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Data (JSON)").click()
    assert download.value.suggested_filename == "deleted-report.json"
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Your clips")).to_be_visible()
    expect(row(page, "deleted.npz")).to_have_count(0)


def test_several_at_once_and_each_says_how_it_ended(page, clips):
    add(page, clips / "push.npz", clips / "noise.mp4")
    done(page, "push.npz")
    expect(row(page, "noise.mp4")).to_contain_text("Could not be analysed", timeout=WAIT_MS)
    assert "Traceback" not in row(page, "noise.mp4").inner_text()


def test_a_cut_upload_goes_on_after_a_reload_and_arrives_byte_for_byte(browser, tmp_path):
    """The bytes that had arrived are not sent again."""
    clip = tmp_path / "large.mp4"
    clip.write_bytes(np.random.default_rng(7).bytes(9 * 1024 * 1024 + 11))
    with served(tmp_path / "data") as address, looked_at(browser, address) as page:
        pieces: list[int] = []
        isolated = [True]

        def cut(route: Route) -> None:
            if route.request.method != "PATCH":
                route.continue_()
            elif isolated[0] and pieces:
                route.abort()
            else:
                pieces.append(int(route.request.headers["upload-offset"]))
                route.continue_()

        page.route("**/api/uploads/*", cut)
        add(page, clip)
        source = tmp_path / "data" / "clips"
        until(page, "document.querySelector('.clip progress')?.value > 40")
        page.reload()
        expect(row(page, clip.name)).to_contain_text("Choose the same file again")
        isolated[0] = False
        add(page, clip)
        expect(row(page, clip.name)).not_to_have_class("clip uploading", timeout=WAIT_MS)
        expect(row(page, clip.name)).to_have_count(1)
        (stored,) = source.glob("*/source.mp4")
        assert stored.read_bytes() == clip.read_bytes()
        # it goes on where it was cut, which may be inside a piece
        assert pieces[0] == 0
        assert 0.4 * clip.stat().st_size < pieces[1] < pieces[2] == pieces[1] + 4 * 1024 * 1024


def test_the_first_page_is_small(browser, address):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.status == 200 and "/api/events" not in response.url:  # a stream has no end
            sizes[response.url] = len(response.body())

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(address)
    expect(page.get_by_role("heading", name="Your clips")).to_be_visible()
    page.wait_for_timeout(500)
    assert len(sizes) > 8
    assert sum(sizes.values()) <= 300_000, sizes
    context.close()


def test_from_adding_to_deleting_with_the_keyboard_alone(browser, tmp_path, clips):
    with served(tmp_path / "data") as address, looked_at(browser, address) as page:
        # listening takes a moment to begin: what is opened before is closed by the browser at once
        page.on("filechooser", lambda chooser: chooser.set_files(str(clips / "keyboard.npz")))
        add(page, clips / "push.npz")  # the list is not empty
        done(page, "push.npz")
        _by_keyboard(page)


def _by_keyboard(page: Page) -> None:
    def press_on(name: str, role: str = "button") -> None:
        page.get_by_role(role, name=name).focus()
        page.keyboard.press("Enter")

    page.locator("#files").focus()
    page.keyboard.press("Enter")
    done(page, "keyboard.npz")
    row(page, "keyboard.npz").get_by_role("link", name="Open report").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Is something wrong?").focus()
    page.keyboard.press("Enter")
    press_on("Not a repetition: Repetition 1")
    expect(page.get_by_label("Version")).to_be_visible(timeout=WAIT_MS)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("More", exact=True).focus()
    page.keyboard.press("Enter")
    press_on("Delete")
    expect(page.get_by_role("heading", name="Your clips")).to_be_visible()
    expect(row(page, "keyboard.npz")).to_have_count(0)


def test_what_is_no_clip_is_refused_in_words(page, clips):
    add(page, clips / "notes.txt")
    expect(page.get_by_role("alert")).to_contain_text("neither a clip nor a landmark file")


def test_a_reload_finds_everything_again(page, clips):
    add(page, clips / "reloaded.npz")
    expect(row(page, "reloaded.npz").first).to_be_visible()
    # what the server does not have whole asks for the file again after a reload
    expect(row(page, "reloaded.npz").first).not_to_contain_text("Uploading", timeout=WAIT_MS)
    page.reload()
    done(page, "reloaded.npz")


def test_the_keyboard_is_enough(page, clips):
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to content")).to_be_focused()
    seen: set[str] = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"exercise", "files"} <= seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 820, 1440])
def test_pages_are_accessible_at_every_width(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_role("heading", name="Your clips")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_count_can_be_contested_and_both_versions_stay(page, clips):
    add(page, clips / "legs.npz")
    done(page, "legs.npz")
    row(page, "legs.npz").first.get_by_role("link", name="Open report").click()
    page.get_by_text("Is something wrong?").click(timeout=WAIT_MS)
    page.get_by_role("button", name="Not a repetition: Repetition 1").click()
    report = page.frame_locator("iframe.report")
    taken = report.get_by_text("2 repetitions instead of 3").first
    expect(taken).to_be_visible(timeout=WAIT_MS)
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Version").select_option("first")
    expect(report.get_by_text("2 repetitions instead of 3")).to_have_count(0)
    page.get_by_role("button", name="Take back: Repetition 1").click()
    expect(page.get_by_label("Version")).to_have_count(0, timeout=WAIT_MS)


def test_a_set_can_be_said_to_be_another_exercise(page, clips):
    add(page, clips / "legs.npz")
    done(page, "legs.npz")
    row(page, "legs.npz").first.get_by_role("link", name="Open report").click()
    page.get_by_text("Is something wrong?").click(timeout=WAIT_MS)
    page.get_by_label("It was another exercise").select_option("good_morning")
    page.get_by_role("button", name="Count it as this").click()
    expect(page.get_by_text("You said: it was Good morning")).to_be_visible(timeout=WAIT_MS)
    report = page.frame_locator("iframe.report")
    expect(report.get_by_text("it was Good morning, not")).to_have_count(1, timeout=WAIT_MS)
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Version").select_option("first")
    expect(report.get_by_text("it was Good morning, not")).to_have_count(0)
    page.get_by_role("button", name="Take back", exact=True).click()
    expect(page.get_by_label("Version")).to_have_count(0, timeout=WAIT_MS)


def test_the_app_opens_without_its_server(browser, tmp_path):
    context = browser.new_context()
    with served(tmp_path / "data") as address:
        page = context.new_page()
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        kept = page.evaluate(
            "caches.open('repsight-app').then((c) => c.keys()).then((k) => k.map((r) => r.url))"
        )
    names = {url.rsplit("/", maxsplit=1)[1] for url in kept}
    assert {"app.js", "live-page.js", "pose-worker.js", "vision.wasm", "pose_lite.task"} <= names
    assert not [url for url in kept if "/api/clips" in url or "key=" in url]
    page.goto(f"{address.split('/?')[0]}/#/live")
    page.reload()
    expect(page.get_by_role("heading", name="Live coaching")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("Repsight is not running")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_label("Exercise").get_by_role("option", name="Squat")).to_have_count(1)
    context.close()
