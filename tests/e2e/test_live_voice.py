"""What is said aloud during a set: at most one thing a repetition, fading, and nothing when off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from time import monotonic

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from repsight.athlete.course import Tempo
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render
from tests.e2e.fitting import misfits
from tests.e2e.patient_camera import PatientFilm, begin, film_of, is_shown, page_before
from tests.e2e.serving import looked_at

#: Nothing here depends on the pace of the machine, so a slow one gets its time.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

HZ = 10
REPS = 5
#: The voice is switched off after so many repetitions.
HEARD = 3
TEMPO = Tempo(out_s=1.0, hold_s=0.1, back_s=1.0, rest_s=0.5)
WAIT_S = 600.0
#: What the device is asked to say, each with the count on the screen.
LISTEN = """() => {
    window.heard = [];
    const count = () => Number(document.querySelector(".count")?.innerText ?? 0);
    speechSynthesis.speak = ({ text }) => heard.push([count(), text]);
}"""
#: What is said after each message: how many were counted, and the cue, if one is given.
FOLD = """async (steps) => {
    const { afterSaid, spokenAfter, NEW_SET } = await import("/live-set.js");
    const { words } = await import("/words.js");
    let set = NEW_SET;
    return steps.map(([count, text]) => {
        const events = text ? [{ type: "cue_given", text, t_s: count }] : [];
        const before = set;
        set = afterSaid(set, { phase: "rest", depth: 0, count, held_s: 0, events }, count);
        return spokenAfter(before, set, events, words);
    });
}"""


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> PatientFilm:
    """Squats that all end above parallel."""
    done = perform("squat", reps=REPS, seed=4, tempo=TEMPO, faults=[Fault("shallow")])
    shot = Film(size=(216, 288), fps=HZ, noise=2.0)
    pictures = [rgb for _, rgb in render(done, done.camera(yaw_deg=90.0), film=shot, plates=False)]
    return film_of("shallow", "squat", pictures, hz=HZ, folder=tmp_path_factory.mktemp("film"))


@pytest.fixture
def page(browser: Browser, address: str, film: PatientFilm) -> Iterator[Page]:
    opened = page_before(film, browser, address)
    opened.evaluate(LISTEN)
    begin(opened)
    yield opened
    opened.context.close()


def heard(page: Page) -> list[tuple[int, str]]:
    """The words that are no numbers."""
    return [(count, text) for count, text in page.evaluate("heard") if text and not text.isdigit()]


def follow(page: Page, *, until: int) -> None:
    """Wait for a count, or for the end of the film."""
    end_s = monotonic() + WAIT_S
    while int(page.locator(".count").inner_text()) < until and not is_shown(page):
        assert monotonic() < end_s
        page.wait_for_timeout(50)


def test_one_cue_is_said_for_a_repetition_and_none_when_the_voice_is_off(page: Page):
    follow(page, until=HEARD)
    page.get_by_role("button", name="Voice on").click()
    voice = page.get_by_role("button", name="Voice off")
    expect(voice).to_have_attribute("aria-pressed", "false")
    (_, start), *cues = heard(page)
    assert start == "Go"
    assert cues, "every repetition is above parallel"
    counts = [count for count, _ in cues]
    assert len(counts) == len(set(counts))
    assert all(after - before >= 2 for before, after in pairwise(counts))
    said = page.evaluate("heard.length")
    follow(page, until=REPS)
    page.wait_for_timeout(300)
    assert page.evaluate("heard.length") == said
    # what is not said is on the screen
    expect(page.locator(".banner")).to_have_text(cues[0][1])
    assert Axe().run(page).violations_count == 0
    assert misfits(page, finger_px=44) == []


def test_a_cue_is_said_more_and_more_seldom_while_the_fault_stays(browser, address):
    with looked_at(browser, address) as page:
        said = page.evaluate(FOLD, [(count, "Lower") for count in range(1, 16)])
        assert [count for count, text in enumerate(said, start=1) if text == "Lower"] == [
            1,
            3,
            7,
            15,
        ]
        # another one is said at once; between them there is the count
        mixed = [(1, "Lower"), (2, "Lower"), (3, "Knees"), (4, "Knees"), (4, None), (5, None)]
        assert page.evaluate(FOLD, mixed) == ["Lower", "2", "Knees", "4", "", "5"]
