"""Loops of the exercises in a real browser: by hand, by keyboard, beside an own repetition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.landmarks_io import save_landmarks
from tests.e2e.serving import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000


@pytest.fixture(scope="module")
def heels(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "heels.npz"
    done = perform("squat", reps=3, seed=4, faults=[Fault("heel_rise")])
    save_landmarks(path, done.track(fps=15))
    return path


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with looked_at(browser, address) as opened:
        opened.emulate_media(reduced_motion="reduce")
        yield opened


def go(page: Page, address: str, route: str) -> None:
    page.goto(f"{address.split('/?', maxsplit=1)[0]}/#{route}")


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def moment(page: Page) -> float:
    return float(page.get_by_label("Moment").input_value())


def drawn(page: Page) -> bytes:
    page.wait_for_timeout(150)
    return page.locator(".loop-stage").screenshot()


def test_a_loop_is_found_and_worked_with_the_keyboard(page, address):
    go(page, address, "/technique")
    link = page.get_by_role("link", name="Squat", exact=True)
    expect(link).to_be_visible(timeout=WAIT_MS)
    clean(page)
    link.focus()
    page.keyboard.press("Enter")
    bottom = page.get_by_role("button", name="Bottom", exact=True)
    expect(bottom).to_be_visible(timeout=WAIT_MS)
    clean(page)
    # nothing moves by itself for those who asked for less motion
    standing = drawn(page)
    assert drawn(page) == standing
    bottom.focus()
    page.keyboard.press("Enter")
    expect(bottom).to_have_attribute("aria-pressed", "true")
    low = drawn(page)
    assert low != standing
    before = moment(page)
    page.get_by_label("Moment").focus()
    page.keyboard.press("ArrowRight")
    assert moment(page) > before
    page.get_by_role("button", name="Mirror").click()
    assert drawn(page) != low
    page.get_by_role("button", name="Play").click()
    first = moment(page)
    page.wait_for_timeout(300)
    assert moment(page) != first
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_cue_is_drawn_in_its_phase_and_its_fault_beside_it(page, address):
    go(page, address, "/technique/squat")
    page.get_by_role("button", name="Spread the floor apart").click(timeout=WAIT_MS)
    expect(page.get_by_role("button", name="Way up")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Camera")).to_have_value("0")  # knees are seen from the front
    right = drawn(page)
    fault = page.get_by_role("button", name="Show the fault")
    fault.click()
    expect(fault).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(800)
    assert drawn(page) != right
    clean(page)


def test_an_issue_of_a_report_leads_to_its_phase_beside_the_own_repetition(page, heels):
    page.set_input_files("#files", str(heels))
    row = page.locator(".clip", has=page.get_by_text("heels.npz", exact=True))
    expect(row).to_have_class("clip done", timeout=WAIT_MS)
    row.get_by_role("link", name="Open report").click()
    report = page.frame_locator("iframe.report")
    report.get_by_role("link", name="Show how it is done").first.click(timeout=WAIT_MS)
    bottom = page.get_by_role("button", name="Bottom", exact=True)
    expect(bottom).to_have_attribute("aria-pressed", "true", timeout=WAIT_MS)
    expect(page.get_by_text("Heels leave the floor - found in your set")).to_be_visible()
    expect(page.locator(".off")).to_contain_text("model")
    over = drawn(page)
    page.get_by_role("button", name="Side by side").click()
    assert drawn(page) != over
    clean(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Your repetition").select_option("3")
    expect(page.get_by_label("Your repetition")).to_have_value("3", timeout=WAIT_MS)
    page.get_by_role("link", name="Back to the report").click()
    expect(page.get_by_role("heading", name="heels.npz")).to_be_visible()


def test_without_webgl_the_figure_is_still_drawn(page, address):
    page.add_init_script(
        "const old = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, how) {"
        "  return kind === 'webgl2' ? null : old.call(this, kind, how); };"
    )
    page.reload()
    go(page, address, "/technique/push_up")
    expect(page.get_by_role("button", name="Bottom", exact=True)).to_be_visible(timeout=WAIT_MS)
    page.wait_for_timeout(300)
    filled = page.evaluate("""() => {
        const canvas = document.querySelector('.loop-stage canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4); }""")
    assert filled > 0.03


def test_what_differs_is_more_than_an_error(page):
    """An arm turned by ten degrees differs for a good view and not for a poor one."""
    code = """async ([turn, error_deg]) => {
        const { differences } = await import("/loop-compare.js");
        const points = new Float32Array(99), flat = new Float32Array(66);
        points[3 * 15 + 2] = flat[2 * 15 + 1] = -0.5; // from the shoulder straight down
        points[3 * 13 + 2] = flat[2 * 13 + 1] = -0.25;
        const own = flat.map((value) => value), angle = turn * Math.PI / 180;
        own[2 * 13] = 0.25 * Math.sin(angle); own[2 * 13 + 1] = -0.25 * Math.cos(angle);
        own[2 * 15] = own[2 * 13]; own[2 * 15 + 1] = own[2 * 13 + 1] - 0.25;
        const how = { segments: ["upper_arm", "forearm"], error_deg, sides: [0] };
        return differences(flat, points, own, how);
    }"""
    found = page.evaluate(code, [14, 6])
    assert [one["segment"] for one in found] == ["upper_arm"]
    assert found[0]["off_deg"] == pytest.approx(14, abs=0.1)
    assert page.evaluate(code, [10, 6]) == []
    assert page.evaluate(code, [14, 10]) == []


def test_a_loop_starts_again_at_its_end(page):
    code = (
        """async ([t_s, step_s]) => (await import("/loop-data.js")).advanced(t_s, step_s, [1, 3])"""
    )
    assert page.evaluate(code, [1.5, 0.5]) == 2.0
    assert page.evaluate(code, [2.9, 0.2]) == pytest.approx(1.1)
    assert page.evaluate(code, [0.2, 0.0]) == pytest.approx(2.2)
