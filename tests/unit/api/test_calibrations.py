"""Calibrations over HTTP."""

from __future__ import annotations

import pytest

from tests.trained import add_set


@pytest.fixture
def library(client):
    return client.app.state.services.library


def test_a_calibration_is_made_shown_and_forgotten(client, library):
    told = {"clip": add_set(library), "exercise": "squat"}
    answer = client.post("/api/calibrations", json=told)
    assert answer.status_code == 201
    (shown,) = answer.json()
    assert (shown["exercise"], shown["name"], shown["view"]) == ("squat", "Squat", "side")
    assert shown["usual_least"] < shown["least"] < shown["range"]
    assert shown["proportions"]["trunk"] + shown["proportions"]["leg"] == pytest.approx(1)
    assert shown["at_rest"][0]["error"] > 0
    assert client.get("/api/calibrations").json() == [shown]
    assert client.delete("/api/calibrations/squat").status_code == 204
    assert client.delete("/api/calibrations/squat").status_code == 404
    assert client.get("/api/calibrations").json() == []


def test_all_of_it_is_forgotten(client, library):
    client.post("/api/calibrations", json={"clip": add_set(library), "exercise": "squat"})
    assert client.delete("/api/calibrations").status_code == 204
    assert client.get("/api/calibrations").json() == []


def test_what_was_missing_is_said(client, library):
    clip_id = add_set(library, exercise="push_up", reps=2, seed=5)
    answer = client.post("/api/calibrations", json={"clip": clip_id, "exercise": "squat"})
    assert answer.status_code == 400
    assert "two slow repetitions" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"clip": "0" * 32, "exercise": "squat"}, 404),
        ({"clip": "0" * 32, "exercise": "dancing"}, 404),
        ({"clip": "../../etc/passwd", "exercise": "squat"}, 422),
        ({"clip": "0" * 32, "exercise": "<b>"}, 422),
        ({"clip": "0" * 32}, 422),
        ({"clip": "0" * 32, "exercise": "squat", "more": 1}, 422),
        ([], 422),
    ],
)
def test_nonsense_is_refused(client, told, status):
    assert client.post("/api/calibrations", json=told).status_code == status
