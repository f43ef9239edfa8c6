"""The drawing over HTTP: numbers packed as it says, and nothing of what is not there."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.report_json import to_dict
from repsight.landmarks_io import save_landmarks
from repsight.testing.sample_report import sample_report


@pytest.fixture
def clip_id(begin, send, settings) -> str:
    address = begin("set.mp4", 3)
    send(address, b"012")
    found = address.rsplit("/", 1)[1]
    folder = settings.data / "clips" / found / "result"
    folder.mkdir()
    track = perform("squat", reps=2, seed=4).track(fps=15)
    save_landmarks(folder / "landmarks.npz", track)
    report = replace(sample_report(), sets=assess_track(track, exercise="squat"))
    (folder / "report.json").write_text(json.dumps(to_dict(report)))
    return found


def test_points_are_in_heights_of_the_picture(client, clip_id):
    said = client.get(f"/api/clips/{clip_id}/overlay").json()
    frames = len(said["t_s"])
    points = np.frombuffer(base64.b64decode(said["points"]), "<i2").reshape(frames, 25, 2)
    known = points[points != -32768] / 8000
    assert -0.5 < known.min() < known.max() < 2.0
    assert {moment["count"] for moment in said["moments"]} == {0, 1, 2}
    assert len(base64.b64decode(said["visibility"])) == 2 * frames * 25


def test_what_is_not_there_is_404(client, clip_id):
    assert client.get(f"/api/clips/{clip_id}/overlay?version=reviewed").status_code == 404
    assert client.get("/api/clips/0/overlay").status_code == 404
    assert client.get(f"/api/clips/{clip_id}/overlay?version=other").status_code == 422
