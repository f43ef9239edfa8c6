"""Two exercises in one recording: two sets, each in the report and on its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repsight.athlete.performance import perform
from repsight.cli.run import run
from repsight.landmarks_io import save_landmarks
from tests.unit.app.test_circuit import joined


@pytest.fixture(scope="module")
def circuit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("circuit")
    made = [perform(name, reps=5, seed=7) for name in ("squat", "push_up")]
    tracks = [one.track(one.camera(yaw_deg=90.0), seed=2) for one in made]
    save_landmarks(folder / "circuit.npz", joined(*tracks))
    assert run(["analyze", str(folder / "circuit.npz"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def test_each_exercise_is_counted_by_itself(circuit: Path) -> None:
    (found,) = circuit.rglob("report.json")
    sets = json.loads(found.read_text(encoding="utf-8"))["sets"]
    assert [(one["exercise"]["id"], one["rep_count"]) for one in sets] == [
        ("squat", 5),
        ("push_up", 5),
    ]
    assert sets[0]["end_s"] < sets[1]["start_s"]


def test_the_page_shows_both_sets(circuit: Path) -> None:
    (page,) = circuit.rglob("report.html")
    text = page.read_text(encoding="utf-8")
    assert text.count('class="set') >= 2 or text.count("<h2") >= 2
    for name in ("Squat", "Push-up"):
        assert name in text
