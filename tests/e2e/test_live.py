"""Live coaching in a real browser, in front of a camera that shows the digital athlete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api as driver
from playwright.sync_api import Browser, Page, expect

from repsight.athlete.course import Tempo
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render
from repsight.core.types import PoseFrame
from repsight.live.wire import FRAME_BYTES, HEADER_BYTES, encode_frame
from tests.e2e.serving import QUIET

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPS = 3
#: The athlete stands still before and after the set, for the countdown and for the end.
LEAD_S, TAIL_S = 12, 14
FILM_HZ, CAMERA_HZ = 10, 30
#: A machine that is busy with other tests sees only a few pictures a second.
UNHURRIED = Tempo(out_s=1.8, hold_s=0.08, back_s=1.6, rest_s=1.0)
SET_MS = 90_000
CAMERA = (
    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
)  # fmt: skip


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    """What the camera shows, at exactly the rate at which a fake camera plays it."""
    done = perform("squat", reps=REPS, seed=4, tempo=UNHURRIED)
    shot = Film(size=(240, 320), fps=FILM_HZ, noise=2.0)
    pictures = [rgb for _, rgb in render(done, done.camera(yaw_deg=90.0), film=shot, plates=False)]
    pictures = [pictures[0]] * (LEAD_S * FILM_HZ) + pictures + [pictures[-1]] * (TAIL_S * FILM_HZ)
    path = tmp_path_factory.mktemp("camera") / "set.mjpeg"
    with av.open(str(path), "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=CAMERA_HZ)
        stream.pix_fmt, stream.width, stream.height = "yuvj420p", 240, 320
        shown = (rgb for rgb in pictures for _ in range(CAMERA_HZ // FILM_HZ))
        for index, rgb in enumerate(shown):
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, CAMERA_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def browser(chromium: str, film: Path) -> Iterator[Browser]:
    arguments = [*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
    with driver.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=arguments)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, permissions=["camera"], service_workers="block"
    )
    context.set_default_navigation_timeout(SET_MS)
    opened = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(address)
    opened.goto(f"{origin(address)}/#/live")
    yield opened
    context.close()
    assert complaints == []
    own = (origin(address), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


def origin(address: str) -> str:
    return address.split("/?", maxsplit=1)[0]


def open_camera(page: Page) -> None:
    page.get_by_label("Exercise").select_option("squat")
    page.get_by_role("button", name="Open the camera").click()


def count(page: Page):
    return page.get_by_role("status", name="repetitions")


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_set_starts_by_itself_is_counted_and_ends_in_its_report(page):
    sent: list[bytes | str] = []

    def keep(data: bytes | str) -> None:
        sent.append(data)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    open_camera(page)
    expect(page.get_by_text("Good. Hold still")).to_be_visible(timeout=SET_MS)
    clean(page)
    expect(count(page)).to_have_text("1", timeout=SET_MS)
    clean(page)
    page.get_by_role("button", name="Timing").click()
    expect(page.get_by_role("table")).to_contain_text("All together")
    clean(page)
    expect(count(page)).to_have_text(str(REPS), timeout=SET_MS)
    saved = page.get_by_role("heading", name=f"{REPS} repetitions")
    expect(saved).to_be_visible(timeout=SET_MS)
    clean(page)
    # what this leads to is tried in test_calibration
    learn = page.get_by_role("link", name="Learn my range from it")
    expect(learn).to_have_attribute(
        "href", re.compile(r"^#/calibration\?clip=[0-9a-f]{32}&exercise=squat$"), timeout=SET_MS
    )
    page.get_by_role("link", name="Open report").click()
    report = page.frame_locator("iframe.report")
    expect(report.get_by_role("heading", name="Squat").first).to_be_visible()
    clip = page.url.rsplit("/", maxsplit=1)[1]
    found = page.request.get(f"{page.url.split('/#')[0]}/api/clips/{clip}/files/report.json")
    assert found.json()["sets"][0]["rep_count"] == REPS
    frames = [one for one in sent if isinstance(one, bytes)]
    texts = [json.loads(one) for one in sent if isinstance(one, str)]
    assert len(frames) > 50
    assert {len(one) for one in frames} <= {FRAME_BYTES, HEADER_BYTES}
    assert [set(text) for text in texts] == [{"start"}, {"finish"}]


def test_a_lost_connection_and_a_reload_lose_nothing(page):
    is_cut = [False]
    routes = []

    def connect(route):
        if is_cut[0]:
            route.close()
            return
        routes.append(route)
        route.connect_to_server()

    page.route_web_socket("**/api/live", connect)
    open_camera(page)
    expect(count(page)).to_have_text("1", timeout=SET_MS)
    is_cut[0] = True
    routes[-1].close()
    expect(page.get_by_text("Repsight is out of reach")).to_be_visible()
    page.wait_for_timeout(2500)
    is_cut[0] = False
    expect(count(page)).to_have_text(str(REPS), timeout=SET_MS)
    page.reload()
    page.get_by_role("button", name="Go on with it").click(timeout=SET_MS)
    expect(count(page)).to_have_text(str(REPS), timeout=SET_MS)
    page.get_by_role("button", name="Finish set").click()
    expect(page.get_by_role("heading", name=f"{REPS} repetitions")).to_be_visible(timeout=SET_MS)


def test_a_discarded_set_leaves_no_clip(page):
    open_camera(page)
    page.get_by_role("button", name="Start now").click(timeout=SET_MS)
    expect(count(page)).to_have_text("0", timeout=SET_MS)
    before = page.request.get(f"{page.url.split('/#')[0]}/api/clips").json()
    page.get_by_role("button", name="Discard set").click()
    expect(page.get_by_role("button", name="Open the camera")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.request.get(f"{page.url.split('/#')[0]}/api/clips").json() == before


def test_without_a_camera_the_page_says_what_to_do(page):
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = "
        "async () => { throw new DOMException('no', 'NotAllowedError'); }; }"
    )
    open_camera(page)
    expect(page.get_by_role("alert")).to_contain_text("Allow it for this page", timeout=SET_MS)
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("button", name="Open the camera")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_choice_is_accessible(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_role("heading", name="Live coaching")).to_be_visible(timeout=SET_MS)
    clean(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_page_and_server_write_the_same_bytes(page):
    rng = np.random.default_rng(5)
    pose = PoseFrame(
        1.25, rng.uniform(-0.5, 4.2, (33, 2)), rng.uniform(0, 1, 33), rng.normal(0, 1, (33, 3))
    )
    pose.xy[12] = np.nan
    # the page works with single precision
    parts = (pose.xy, pose.visibility[:, None], np.asarray(pose.world))
    values = np.hstack(parts).astype(np.float32).astype(np.float64)
    pose = PoseFrame(1.25, values[:, :2], values[:, 2], values[:, 3:])
    said = [None if np.isnan(one) else float(one) for one in values.ravel()]
    code = """async ([seq, t_us, values]) => {
        const { encodeFrame } = await import("/live-wire.js");
        const all = values && Float32Array.from(values, (one) => one ?? NaN);
        return [...encodeFrame(seq, t_us, all)];
    }"""
    assert bytes(page.evaluate(code, [7, 1_250_000, said])) == encode_frame(7, pose)
    nobody = encode_frame(8, PoseFrame.missing(1.25))
    assert bytes(page.evaluate(code, [8, 1_250_000, None])) == nobody


VIEW = {"aspect": 0.75, "light": 0.5, "view": "side"}


def seen(page: Page, yaw_deg: float, scene=VIEW, *, scale=1.0, dx=0.0, dy=0.0) -> str:
    """The page's advice for the athlete, moved and scaled in the picture."""
    done = perform("squat", reps=1, seed=4)
    pose = next(done.track(done.camera(yaw_deg=yaw_deg), fps=15).frames())
    xy = (pose.xy - [0.375, 0.5]) * scale + [0.375 + dx, 0.5 + dy]
    values = np.hstack([xy, pose.visibility[:, None], np.asarray(pose.world)]).ravel()
    code = """async ([values, scene]) =>
        (await import("/view-check.js")).adviceFor(values && Float32Array.from(values), scene)"""
    return page.evaluate(code, [values.tolist(), scene])


def test_the_view_is_checked_one_instruction_at_a_time(page):
    assert seen(page, 90) == ""
    assert seen(page, 0) == "side"
    assert seen(page, 90, {**VIEW, "view": "front"}) == "front"
    assert seen(page, 0, {**VIEW, "view": "front"}) == ""
    assert seen(page, 90, {**VIEW, "light": 0.05}) == "light"
    assert seen(page, 90, scale=0.3) == "closer"
    assert seen(page, 90, scale=1.6) == "further"
    assert seen(page, 90, dy=-0.3) == "head"
    assert seen(page, 90, dy=0.3) == "feet"
    assert seen(page, 90, dx=0.4) == "right"
    nobody = 'async (scene) => (await import("/view-check.js")).adviceFor(null, scene)'
    assert page.evaluate(nobody, VIEW) == "nobody"


FOLD = """async (steps) => {
    const { afterSaid, isOver, NEW_SET } = await import("/live-set.js");
    let set = NEW_SET;
    return steps.map(([said, at_s]) => isOver(set = afterSaid(set, said, at_s ?? NaN)));
}"""


def over(page: Page, *steps: tuple[float | None, str, list[dict]]) -> list[bool]:
    """Whether the set is over after each word of the server about a moment of the set."""
    said = [({"phase": phase, "depth": 0.5, "count": 2, "held_s": 0, "events": events}, at_s)
            for at_s, phase, events in steps]  # fmt: skip
    return page.evaluate(FOLD, said)


def test_a_set_ends_by_the_time_of_the_lifter_not_of_the_server(page):
    ended = [{"type": "rep_ended", "number": 2, "t_s": 20.0}]
    assert over(page, (20.0, "back", ended), (20.5, "rest", []), (27.0, "rest", [])) == [False] * 3
    assert over(page, (20.0, "back", ended), (20.5, "rest", []), (29.0, "rest", []))[-1]
    # what a page heard before a reload is not known: only what comes from now on tells of rest
    assert over(page, (None, "rest", []), (60.0, "rest", []), (69.0, "rest", [])) == [
        False, False, True,
    ]  # fmt: skip
    # who does slow repetitions may rest for longer
    slow = [{"type": "rep_ended", "number": n, "t_s": 8.0 * n} for n in (1, 2, 3)]
    assert not over(page, (24.0, "back", slow), (24.5, "rest", []), (40.0, "rest", []))[-1]
    # who stands still on what was taken for the way has stopped there
    stuck = [(20.0, "back", ended), (30.0, "back", []), (39.0, "back", []), (41.0, "back", [])]
    assert over(page, *stuck) == [False, False, False, True]
    gone = [{"type": "quality_changed", "t_s": 21.0, "is_visible": False}]
    assert over(page, (20.0, "back", ended), (21.0, "back", gone), (28.0, "back", []))[-1]


CALM = {"pose_ms": 20, "speed": 1.0, "isTurning": False, "heat": "nominal", "battery": 1.0,
        "isCharging": True, "behind_ms": 0}  # fmt: skip
PLAN = {"interval_ms": 1000 / 30, "edge_px": 640, "model": "lite"}


def planned(page: Page, plan=PLAN, **device) -> dict:
    code = """async ([plan, device]) =>
        (await import("/adapt.js")).nextPlan(plan, device)"""
    return page.evaluate(code, [plan, {**CALM, **device}])


def rate_hz(page: Page, **device) -> float:
    return 1000 / planned(page, **device)["interval_ms"]


def test_the_rate_follows_movement_device_heat_and_battery(page):
    assert rate_hz(page) == pytest.approx(30)
    assert rate_hz(page, speed=0.05) == pytest.approx(15)
    # who turns around is slow as well, and every picture counts
    assert rate_hz(page, speed=0.05, isTurning=True) == pytest.approx(30)
    assert 1000 / 100 > rate_hz(page, pose_ms=100) > 8
    assert rate_hz(page, heat="serious") == pytest.approx(15)
    assert rate_hz(page, heat="critical") == pytest.approx(10)
    assert rate_hz(page, battery=0.1) == pytest.approx(30)
    assert rate_hz(page, battery=0.1, isCharging=False) == pytest.approx(15)
    # a server with too many lifters is sent fewer pictures
    assert rate_hz(page, behind_ms=100) == pytest.approx(30)
    assert rate_hz(page, behind_ms=500) == pytest.approx(15)
    assert rate_hz(page, behind_ms=5000) == pytest.approx(10)


def test_slow_devices_get_smaller_pictures_and_the_quick_model(page):
    slow = planned(page, pose_ms=90)
    assert (slow["edge_px"], planned(page, slow, pose_ms=90)["edge_px"]) == (480, 320)
    smallest = {**PLAN, "edge_px": 320}
    assert planned(page, smallest, pose_ms=90)["edge_px"] == 320
    assert planned(page, smallest, pose_ms=40)["edge_px"] == 320
    assert planned(page, smallest, pose_ms=12)["edge_px"] == 480
    precise = {**PLAN, "model": "full"}
    assert planned(page, precise, pose_ms=60)["model"] == "full"
    assert planned(page, precise, pose_ms=140)["model"] == "lite"
    assert planned(page, pose_ms=10)["model"] == "lite"


def test_speed_is_told_in_body_lengths_and_one_jumping_landmark_is_none(page):
    done = perform("squat", reps=1, seed=4)
    track = done.track(done.camera(), fps=20, noise=0.0)
    turn = int(20 * (done.truth.reps[0].start_s + done.truth.reps[0].turn_s) / 2)
    code = """async ([before, now, apart_ms]) => {
        const all = (values) => values && Float32Array.from(values);
        return (await import("/adapt.js")).speedOf(all(before), all(now), apart_ms); }"""

    def speed(first: int, second: int, jump: float = 0.0) -> float:
        pair = []
        for number in (first, second):
            values = np.concatenate([track.xy[number], np.zeros((33, 4))], axis=1)
            values[15, 0] += jump if number == second else 0.0
            pair.append(values.ravel().tolist())
        return page.evaluate(code, [*pair, 50])

    assert speed(2, 3) < 0.1
    assert speed(2, 3, jump=0.5) < 0.1
    assert speed(turn, turn + 1) > 0.3
    assert page.evaluate(code, [None, None, 50]) == 0
