"""The socket of a live set."""

from __future__ import annotations

import json
import os
import signal
from contextlib import ExitStack

import pytest
from starlette.websockets import WebSocketDisconnect

from repsight.app.live import MOST_HERE
from repsight.athlete.performance import perform
from repsight.live.wire import encode_frame

START = {"start": {"version": 1, "exercise": "squat", "aspect_ratio": 0.5625}}


@pytest.fixture(scope="module")
def squats() -> list[bytes]:
    track = perform("squat", reps=2, seed=4).track(fps=15)
    return [encode_frame(seq, pose) for seq, pose in enumerate(track.frames())]


@pytest.fixture
def talk(client):
    with ExitStack() as sockets:

        def talk(opening=START, **said):
            headers = {"Origin": "http://localhost", **said}
            opened = client.websocket_connect("ws://localhost/api/live", headers=headers)
            socket = sockets.enter_context(opened)
            socket.send_text(opening if isinstance(opening, str) else json.dumps(opening))
            return socket, socket.receive_json()

        yield talk


def test_a_set_is_counted_and_becomes_a_clip(client, talk, squats):
    socket, welcome = talk()
    assert welcome["kind"] == "welcome"
    assert welcome["next"] == 0
    for data in squats:
        socket.send_bytes(data)
        step = socket.receive_json()
    assert step["next"] == len(squats)
    assert step["count"] == 2
    assert step["engine_ms"] > 0
    socket.send_text('{"finish": true}')
    saved = socket.receive_json()
    assert saved["kind"] == "saved"
    (clip,) = client.get("/api/clips").json()
    assert clip["id"] == saved["clip"]
    assert clip["exercise"] == "squat"
    assert clip["name"] == "Squat, live"


def test_a_page_that_does_not_wait_for_answers_gets_fewer_and_loses_nothing(client, talk, squats):
    others = [talk() for _ in range(MOST_HERE)]
    socket, _ = talk()
    for data in squats:
        socket.send_bytes(data)
    steps = [socket.receive_json()]
    while steps[-1]["next"] < len(squats):
        steps.append(socket.receive_json())
    assert len(steps) < len(squats)
    assert steps[-1]["count"] == 2
    assert all(step["behind_ms"] >= 0 for step in steps)
    socket.send_text('{"finish": true}')
    assert socket.receive_json()["kind"] == "saved"
    assert len(others) == MOST_HERE


def test_what_was_sent_before_the_end_is_counted_in_it(talk, squats):
    socket, _ = talk()
    for data in squats:
        socket.send_bytes(data)
    socket.send_text('{"finish": true}')
    said = [socket.receive_json()]
    while said[-1]["kind"] == "step":
        said.append(socket.receive_json())
    assert said[-1]["kind"] == "saved"
    assert said[-2]["next"] == len(squats)
    assert said[-2]["count"] == 2


def test_a_broken_connection_goes_on_where_it_was(talk, squats):
    socket, welcome = talk()
    for data in squats[:40]:
        socket.send_bytes(data)
        socket.receive_json()
    socket.close()
    socket, again = talk({"resume": welcome["session"]})
    assert again["next"] == 40
    for data in squats[30:]:  # some that were taken before as well
        socket.send_bytes(data)
        step = socket.receive_json()
    assert step["count"] == 2


def test_a_set_can_be_thrown_away(client, talk, squats):
    socket, _ = talk()
    socket.send_bytes(squats[0])
    socket.receive_json()
    socket.send_text('{"finish": false}')
    assert socket.receive_json() == {"kind": "saved", "clip": None, "events": []}
    assert client.get("/api/clips").json() == []


@pytest.mark.parametrize(
    "opening",
    [
        "{}",
        "no json",
        '{"finish": true}',
        '{"start": {"version": 2, "exercise": "squat", "aspect_ratio": 1}}',
        '{"start": {"version": 1, "exercise": "squat", "aspect_ratio": 1e9}}',
        '{"start": {"version": 1, "exercise": "dancing", "aspect_ratio": 1}}',
        '{"start": {"version": 1, "exercise": "unknown", "aspect_ratio": 1}}',
        '{"start": {"version": 1, "exercise": "squat", "aspect_ratio": 1, "video": "x"}}',
        '{"resume": "../../etc"}',
        json.dumps({"resume": "0" * 32}),
        "x" * 5000,
    ],
)
def test_what_does_not_begin_a_set_is_refused_in_words(talk, opening):
    socket, said = talk(opening)
    assert said["kind"] == "refused"
    assert "Traceback" not in said["why"]
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 1008


@pytest.mark.parametrize("data", [b"", b"x", b"\xff" * 291, bytes(100_000)])
def test_noise_closes_the_socket_and_nobody_elses(talk, squats, data, caplog):
    honest, _ = talk()
    hostile, _ = talk()
    hostile.send_bytes(data)
    assert hostile.receive_json()["kind"] == "refused"
    honest.send_bytes(squats[0])
    assert honest.receive_json()["next"] == 1
    assert [one.getMessage() for one in caplog.records if one.name == "repsight"] == [
        "refused: no live set (1 so far)"
    ]


def test_a_set_survives_noise_in_its_socket(talk, squats):
    socket, welcome = talk()
    socket.send_bytes(squats[0])
    socket.receive_json()
    socket.send_bytes(b"noise")
    socket.receive_json()
    _, again = talk({"resume": welcome["session"]})
    assert again["next"] == 1


def test_nobody_notices_that_a_process_of_engines_died(client, talk, squats):
    for _ in range(MOST_HERE):
        talk()
    socket, welcome = talk()
    rooms = client.app.state.services.rooms
    events = []
    for seq, data in enumerate(squats):
        if seq == 40:
            os.kill(rooms.resume(welcome["session"]).seat.pid, signal.SIGKILL)
        socket.send_bytes(data)
        step = socket.receive_json()
        assert step["next"] == seq + 1
        events += step["events"]
    assert step["count"] == 2
    assert [one["number"] for one in events if one["type"] == "rep_ended"] == [1, 2]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_socket_from_another_site_is_refused(talk, origin):
    with pytest.raises(WebSocketDisconnect) as closed:
        talk(Origin=origin)
    assert closed.value.code == 1008


def test_a_socket_without_the_key_is_refused(stranger):
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        stranger.websocket_connect("ws://localhost/api/live"),
    ):
        pass
    assert closed.value.code == 1008


def test_there_is_no_way_in_for_pictures(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    takes_bodies = {p for p, verbs in paths.items() if {"post", "put", "patch"} & verbs.keys()}
    assert takes_bodies == {
        "/api/uploads", "/api/uploads/{clip_id}",
        "/api/clips/{clip_id}/analyse", "/api/clips/{clip_id}/cancel",
        "/api/clips/{clip_id}/drawing", "/api/clips/{clip_id}/drawing/cancel",
        "/api/clips/{clip_id}/reviews", "/api/clips/{clip_id}/recorded", "/api/calibrations",
    }  # fmt: skip
