"""A live set in the browser whose exercise nobody names and whose server is killed.

The body in front of the camera is found by a stand-in for the pose runtime, which tells the
athlete's landmarks at the athlete's pace, or slower where a machine is too busy to look often
enough.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from playwright import sync_api as driver
from playwright.sync_api import Page, expect

from repsight.athlete.performance import perform
from tests.e2e.serving import QUIET

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 180_000
RATE_HZ = 12.0
MOST_AT_ONCE = 2.0
REPS = 5
#: Longer than a lifter may rest before the set ends.
SILENT_MS = 10_000
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
#: Answers at once with the athlete's next landmarks: at their own pace from the first look on, but
#: never so many later that a repetition is missed between two looks.
STAND_IN = """
const [rate_hz, most, frames] = %s;
let before_ms = null;
let at = 0;
addEventListener("message", ({ data }) => {
  if (data.kind === "open") { postMessage({ kind: "ready", model: data.model, ms: 1 }); return; }
  data.picture.close();
  at += Math.min(most, (data.t_ms - (before_ms ?? data.t_ms)) / 1000 * rate_hz);
  before_ms = data.t_ms;
  const found = frames[Math.min(frames.length - 1, Math.floor(at))];
  const values = found && Float32Array.from(found);
  const transfer = values ? [values.buffer] : [];
  postMessage({ kind: "pose", id: data.id, values, pose_ms: 1 }, { transfer });
});
"""


def stand_in() -> str:
    done = perform("squat", reps=REPS, seed=4, lead_s=10.0)
    track = done.track(done.camera(yaw_deg=90.0), fps=RATE_HZ)
    values = [
        np.hstack([f.xy, f.visibility[:, None], np.asarray(f.world)]).ravel()
        for f in track.frames()
    ]
    seen = [None if np.isnan(v).any() else v.round(4).tolist() for v in values]
    return STAND_IN % json.dumps([RATE_HZ, MOST_AT_ONCE, seen])


@pytest.fixture
def serve():
    """Starts servers of a data folder; what still runs in the end is killed, whatever happened."""
    started: list[subprocess.Popen[str]] = []

    def start(data: Path, port: int) -> tuple[subprocess.Popen[str], str]:
        server, address = _serve(data, port)
        started.append(server)
        return server, address

    yield start
    for server in started:
        if server.poll() is None:
            pull_the_plug(server)


def _serve(data: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--data", str(data)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    return server, re.search(r"http://\S+", server.stdout.readline())[0]


def pull_the_plug(server: subprocess.Popen[str]) -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    server.stdout.close()


def count(page: Page):
    return page.get_by_role("status", name="repetitions")


def test_an_unnamed_set_survives_the_death_of_its_server(chromium, tmp_path, serve):
    server, address = serve(tmp_path / "data", 0)
    port = int(re.search(r":(\d+)/", address)[1])
    with driver.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=[*QUIET, *CAMERA])
        context = browser.new_context(permissions=["camera"], service_workers="block")
        page = context.new_page()
        body = stand_in()
        page.route(
            "**/pose-worker.js",
            lambda route: route.fulfill(body=body, content_type="text/javascript"),
        )
        page.goto(address)
        page.goto(f"{address.split('/?', maxsplit=1)[0]}/#/live")
        page.get_by_label("Exercise").select_option("auto")
        page.get_by_role("button", name="Open the camera").click()
        expect(count(page)).to_have_text("0", timeout=WAIT_MS)
        expect(count(page)).not_to_have_text("0", timeout=WAIT_MS)  # named or not
        pull_the_plug(server)
        expect(page.get_by_text("Repsight is out of reach")).to_be_visible(timeout=WAIT_MS)
        page.wait_for_timeout(SILENT_MS)
        server, _ = serve(tmp_path / "data", port)
        # what was waiting is counted; the set ends by itself when the lifter rests, not the server
        saved = page.get_by_role("heading", name=f"{REPS} repetitions")
        expect(saved).to_be_visible(timeout=WAIT_MS)
        page.get_by_role("link", name="Open report").click(timeout=WAIT_MS)
        report = page.frame_locator("iframe.report")
        expect(report.get_by_role("heading", name="Squat").first).to_be_visible(timeout=WAIT_MS)
        browser.close()
