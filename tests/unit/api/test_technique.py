"""Loops over HTTP."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.app.technique import technique_of
from repsight.athlete.performance import perform
from repsight.core.report_json import to_dict
from repsight.landmarks_io import save_landmarks
from repsight.testing.sample_report import sample_report


def unpacked(text: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(shape) / 1000


def test_a_loop_travels_in_millimetres(client):
    answer = client.get("/api/technique/squat")
    said, loop = answer.json(), technique_of("squat").loop
    points = unpacked(said["points"], -1, 33, 3)
    assert points == pytest.approx(loop.points, abs=0.00051)
    ends = unpacked(said["ends"], len(loop.t_s), len(said["colour"]), 2, 3)
    assert ends == pytest.approx(loop.solids.ends, abs=0.00051)
    assert [one["name"] for one in said["phases"] if one["name"]] == ["Bottom", "Top"]
    # opened with one request; a phone on the same network gets it at once
    assert len(answer.content) < 110_000


def test_a_fault_has_the_samples_of_its_loop(client):
    right = client.get("/api/technique/squat").json()
    fault = client.get("/api/technique/squat/faults/heel_rise").json()
    assert fault["t_s"] == right["t_s"]
    assert fault["points"] != right["points"]


def test_every_exercise_that_can_be_chosen_says_whether_it_has_a_loop(client):
    assert all(one["has_loop"] for one in client.get("/api/exercises").json())


@pytest.mark.parametrize(
    "address",
    ["technique/dancing", "technique/squat?variation=dancing", "technique/squat/faults/dancing"],
)
def test_what_the_athlete_does_not_know_is_a_sentence(client, address):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 400
    assert "dancing" in answer.json()["detail"]


def test_an_own_repetition_comes_with_its_loop(client, settings, begin, send):
    address = begin("set.npz", 3)
    send(address, b"012")
    clip_id = address.rsplit("/", 1)[1]
    assert client.get(f"/api/clips/{clip_id}/technique").status_code == 404
    done = perform("squat", reps=2, seed=4)
    track = done.track()
    folder = settings.data / "clips" / clip_id / "result"
    folder.mkdir()
    save_landmarks(folder / "landmarks.npz", track)
    report = replace(sample_report(), sets=assess_track(track, exercise="squat"))
    (folder / "report.json").write_text(json.dumps(to_dict(report)))
    said = client.get(f"/api/clips/{clip_id}/technique?set_number=1&rep=2").json()
    assert said["number"] == 2
    assert unpacked(said["xy"], len(said["technique"]["t_s"]), 33, 2).shape[0] == len(
        said["own_t_s"]
    )
    assert client.get(f"/api/clips/{clip_id}/technique?set_number=2").status_code == 400
    assert client.get(f"/api/clips/{clip_id}/technique?rep=9").status_code == 400
    assert client.get("/api/clips/0/technique").status_code == 404


def test_every_exercise_has_a_small_drawing(client):
    for one in client.get("/api/exercises").json():
        answer = client.get(f"/api/technique/{one['id']}/figure.svg")
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert answer.text.startswith("<svg")
        assert len(answer.content) < 6_000


def test_a_drawing_is_of_one_phase(client):
    low = client.get("/api/technique/squat/figure.svg?phase=turn").text
    assert client.get("/api/technique/squat/figure.svg?phase=setup").text != low
    assert client.get("/api/technique/squat/figure.svg").text == low  # it tells most
    assert client.get("/api/technique/squat/figure.svg?phase=dance").status_code == 422
    assert client.get("/api/technique/dancing/figure.svg").status_code == 400
