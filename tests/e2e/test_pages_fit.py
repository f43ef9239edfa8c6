"""Every page on a phone, a tablet and a desktop: nothing sticks out, is cut, or is too small."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from repsight.app.library import Library
from tests.e2e.fitting import misfits
from tests.e2e.serving import looked_at, served
from tests.trained import add_set, film_of_set, filmed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE_PX, TABLET_PX, DESKTOP_PX = 390, 820, 1280
FINGER_PX = 44
LONG = "squat-of-a-friday_with_a_very_long_name_20261120_173355.npz"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("fit")
    library = Library.open(folder / "data")
    add_set(library, name=LONG)
    add_set(library, exercise="push_up", reps=2, seed=5, name="push.npz")
    source, size = film_of_set(folder / "set.mp4")
    add_set(library, name="film.mp4", film=source, change=filmed(size))
    library.close()
    with served(folder / "data") as found:
        yield found


@pytest.fixture(params=[PHONE_PX, TABLET_PX, DESKTOP_PX])
def page(browser, address, request) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        opened.set_viewport_size({"width": request.param, "height": 900})
        yield opened


def finger(page: Page) -> float:
    """How large a control must be here: what is wide is worked with a mouse."""
    return FINGER_PX if page.viewport_size["width"] == PHONE_PX else 0


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(200)


def test_every_page_fits(page, address):
    origin = address.split("/?", maxsplit=1)[0]
    clips = {one["name"]: one["id"] for one in page.request.get(f"{origin}/api/clips").json()}
    first, second = (f"{clips[name]}.1" for name in (LONG, "film.mp4"))
    pages = {
        "#/": "Your clips",
        "#/live": "Live coaching",
        "#/history": "History",
        "#/history?exercise=squat": "History",
        f"#/compare?first={first}&second={second}": "Squat: two sets side by side",
        "#/technique": "Technique",
        "#/technique/squat": "Squat",
        f"#/technique?clip={clips[LONG]}&set=1&rep=1&rule=": "Squat",
        "#/calibration": "Your own range",
    }
    for place, title in pages.items():
        page.goto(f"{origin}/{place}")
        expect(page.get_by_role("heading", name=title).first).to_be_visible()
        unfold(page)
        assert misfits(page, finger_px=finger(page)) == [], place


@pytest.mark.parametrize("name", [LONG, "film.mp4"])
def test_every_report_fits(page, name):
    page.get_by_role("listitem").filter(has_text=name).get_by_role("link", name="Open").click()
    report = page.locator("iframe.report").element_handle().content_frame()
    report.locator(".replay-tools").wait_for()
    unfold(page)
    assert misfits(page, finger_px=finger(page)) == []
    report.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert misfits(report, finger_px=finger(page)) == []
