"""The server as a process: real sockets, its worker, and what survives when it is killed."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import ClientConnection, connect

from repsight.app.library import Library
from repsight.athlete.performance import perform
from repsight.landmarks_io import save_landmarks
from repsight.live.wire import encode_frame
from tests.trained import add_set, film_of_set, filmed

TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


class Server:
    """``repsight serve`` on a free port."""

    def __init__(self, data: Path) -> None:
        command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--data", str(data), "--pose", "lite"],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        line = self.process.stdout.readline()
        self.address = re.search(r"http://\S+(?=/\?key=)", line)[0]
        self.client = httpx2.Client(base_url=self.address, timeout=20)
        assert self.client.get(line.split()[-1]).status_code == 303

    def kill(self) -> None:
        """Pull the plug: the server and its worker at once."""
        self.client.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self) -> int:
        """Ctrl-C."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        self.process.stdout.close()
        return code

    def begin(self, name: str, data: bytes) -> str:
        headers = {
            **TUS,
            "Upload-Length": str(len(data)),
            "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}",
        }
        return self.client.post("/api/uploads", headers=headers).headers["location"]

    def send(self, address: str, data: bytes, offset: int = 0) -> None:
        headers = {**TUS, "Upload-Offset": str(offset)}
        assert self.client.patch(address, content=data, headers=headers).status_code == 204

    @contextmanager
    def live(self, opening: dict) -> Iterator[tuple[ClientConnection, dict]]:
        """A socket for a live set, and what it was welcomed with."""
        key = f"repsight={self.client.cookies['repsight']}"
        address = f"{self.address.replace('http', 'ws')}/api/live"
        with connect(address, additional_headers={"Cookie": key}, compression=None) as socket:
            socket.send(json.dumps(opening))
            yield socket, json.loads(socket.recv())

    def clip(self) -> dict:
        return self.client.get("/api/clips").json()[0]

    def wait_for(self, *states: str) -> dict:
        return self.wait_until(lambda clip: clip["state"] in states)

    def wait_until(self, is_so: Callable[[dict], bool]) -> dict:
        until = time.monotonic() + 120
        while not is_so(clip := self.clip()):
            assert time.monotonic() < until, clip
            time.sleep(0.1)
        return clip


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("landmarks") / "set.npz"
    save_landmarks(path, perform("squat", reps=3, seed=4).track(fps=15))
    return path.read_bytes()


def test_an_upload_becomes_a_report(tmp_path, landmarks):
    server = Server(tmp_path / "data")
    server.send(server.begin("my set.npz", landmarks), landmarks)
    clip = server.wait_for("done", "failed")
    assert clip["state"] == "done", clip
    report = server.client.get(f"/api/clips/{clip['id']}/files/report.json").json()
    assert report["source"]["name"] == "my set.npz"
    assert report["sets"][0]["rep_count"] == 3
    assert server.stop() == 0


def test_a_clip_that_cannot_be_read_says_why(tmp_path):
    server = Server(tmp_path / "data")
    server.send(server.begin("noise.mp4", b"not a video"), b"not a video")
    clip = server.wait_for("done", "failed")
    server.kill()
    assert clip["state"] == "failed"
    assert "Traceback" not in clip["message"]
    assert clip["message"]


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path, landmarks):
    half = len(landmarks) // 2
    first = Server(tmp_path / "data")
    address = first.begin("set.npz", landmarks)
    first.send(address, landmarks[:half])
    first.kill()
    second = Server(tmp_path / "data")
    offset = int(second.client.head(address, headers=TUS).headers["upload-offset"])
    assert offset == half
    second.send(address, landmarks[half:], half)
    second.kill()  # the analysis has hardly begun
    third = Server(tmp_path / "data")
    clip = third.wait_for("done", "failed")
    third.kill()
    assert clip["state"] == "done", clip
    (source,) = (tmp_path / "data" / "clips" / clip["id"]).glob("source*")
    assert source.read_bytes() == landmarks


def test_a_video_that_was_asked_for_is_drawn_though_the_server_is_killed(tmp_path):
    source, size = film_of_set(tmp_path / "set.mp4")
    library = Library.open(tmp_path / "data")
    clip_id = add_set(library, name="set.mp4", film=source, change=filmed(size))
    library.close()
    first = Server(tmp_path / "data")
    assert first.client.post(f"/api/clips/{clip_id}/drawing", json={}).status_code == 202
    first.wait_until(lambda clip: clip["drawings"][0]["state"] == "running")
    first.kill()
    second = Server(tmp_path / "data")
    clip = second.wait_until(lambda clip: clip["drawings"][0]["state"] not in {"queued", "running"})
    assert clip["state"] == "done"
    video = second.client.get(f"/api/clips/{clip_id}/files/annotated.mp4")
    page = second.client.get(f"/api/clips/{clip_id}/files/report.html").text
    second.kill()
    assert video.content[4:8] == b"ftyp"
    assert 'src="annotated.mp4' in page


def test_a_live_set_goes_on_where_it_was_when_the_server_is_killed(tmp_path):
    track = perform("squat", reps=3, seed=4).track(fps=15)
    frames = [encode_frame(seq, pose) for seq, pose in enumerate(track.frames())]
    start = {"start": {"version": 1, "exercise": "squat", "aspect_ratio": 0.75}}
    first = Server(tmp_path / "data")
    with first.live(start) as (socket, _):
        for data in frames[:90]:
            socket.send(data)
            said = json.loads(socket.recv())
        for data in frames[90:100]:  # on their way when the plug is pulled
            socket.send(data)
        first.kill()
    second = Server(tmp_path / "data")
    session = next((tmp_path / "data" / "live").glob("*.frames")).stem
    with second.live({"resume": session}) as (socket, welcome):
        assert welcome["next"] >= said["next"] == 90
        assert welcome["count"] >= said["count"] >= 1
        for data in frames[welcome["next"] :]:
            socket.send(data)
            assert json.loads(socket.recv())["next"] > welcome["next"]
        socket.send('{"finish": true}')
        assert json.loads(socket.recv())["kind"] == "saved"
    clip = second.wait_for("done", "failed")
    report = second.client.get(f"/api/clips/{clip['id']}/files/report.json").json()
    second.kill()
    assert report["sets"][0]["rep_count"] == 3
    assert report["source"]["frames"] == len(frames)


def test_a_live_set_of_too_few_pictures_says_so(tmp_path):
    track = perform("squat", reps=6, seed=4).track(fps=0.4)
    server = Server(tmp_path / "data")
    with server.live({"start": {"version": 1, "exercise": "squat", "aspect_ratio": 0.75}}) as (
        socket,
        _,
    ):
        for seq, pose in enumerate(track.frames()):
            socket.send(encode_frame(seq, pose))
            socket.recv()
        socket.send('{"finish": true}')
        assert json.loads(socket.recv())["clip"]
    clip = server.wait_for("done", "failed")
    server.kill()
    assert clip["state"] == "failed"
    assert "Too few pictures" in clip["message"]
    assert "npz" not in clip["message"]


def test_a_port_in_use_is_said_in_one_line(tmp_path):
    server = Server(tmp_path / "data")
    port = server.address.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", port]
    done = subprocess.run(
        [*command, "--data", str(tmp_path / "other")], capture_output=True, text=True, check=False
    )
    server.kill()
    assert done.returncode == 2
    assert f"Port {port} is in use" in done.stderr
    assert "Traceback" not in done.stderr
