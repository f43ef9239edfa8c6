"""Calibration in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from repsight.app.library import Library
from tests.e2e.serving import looked_at, served
from tests.trained import add_set

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000
BEGIN = datetime(2026, 5, 4, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    library = Library.open(folder)
    add_set(library, recorded_at=BEGIN, name="slow squats.npz")
    add_set(library, reps=4, recorded_at=BEGIN - timedelta(days=9), name="older squats.npz")
    add_set(library, exercise="push_up", reps=2, seed=5, recorded_at=BEGIN, name="push.npz")
    library.close()
    with served(folder) as found:
        yield found


def origin(address: str) -> str:
    return address.split("/?", maxsplit=1)[0]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        opened.get_by_role("link", name="Calibration").click()
        expect(opened.get_by_text("slow squats.npz")).to_be_visible(timeout=WAIT_MS)
        yield opened


def test_a_lifter_is_learned_shown_and_forgotten_by_keyboard(page):
    page.get_by_role("button", name="Learn from this").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Learned.")).to_be_visible(timeout=WAIT_MS)
    known = page.locator(".known")
    expect(known).to_contain_text("Your range")
    expect(known).to_contain_text("without calibration")
    for scheme, width in (("light", 360), ("dark", 1440)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.reload()
    page.on("dialog", lambda dialog: dialog.accept())
    known.get_by_role("button", name="Delete: Squat").press("Enter")
    expect(known).to_have_count(0, timeout=WAIT_MS)


def test_the_set_that_leads_here_stands_first_and_is_learned_from(page, address):
    clips = page.request.get(f"{origin(address)}/api/clips").json()
    older = next(one["id"] for one in clips if one["name"] == "older squats.npz")
    page.goto(f"{origin(address)}/#/calibration?clip={older}&exercise=squat")
    own = page.get_by_role("button", name="Learn from this").first
    expect(own).to_have_accessible_name(re.compile("older squats.npz"))
    expect(own).to_have_class("primary")
    own.click()
    expect(page.get_by_role("status").filter(has_text="Learned.")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator(".known")).to_contain_text("from 4 repetitions")


def test_what_a_set_does_not_show_is_said(page, address):
    page.get_by_label("Exercise", exact=True).select_option("push_up")
    expect(page.get_by_text("push.npz")).to_be_visible()
    page.get_by_label("Exercise", exact=True).select_option("deadlift")
    expect(page.get_by_text("Sets of this exercise")).to_be_visible()
    page.get_by_role("link", name="Do it now, with the camera").click()
    expect(page.get_by_label("Exercise", exact=True)).to_have_value("deadlift", timeout=WAIT_MS)
