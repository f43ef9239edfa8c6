"""``repsight learn`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repsight.athlete.performance import perform
from repsight.cli.run import run
from repsight.exercises import install
from repsight.landmarks_io import save_landmarks


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    yield
    install([])


def _clip(name: str, *, reps: int, seed: int) -> None:
    save_landmarks(Path(name), perform("good_morning", reps=reps, seed=seed).track(seed=seed))


def test_what_is_learned_from_one_clip_counts_another(capsys):
    _clip("shown.npz", reps=5, seed=3)
    _clip("mine.npz", reps=3, seed=8)
    assert run(["learn", "my_bow", "--from", "shown.npz", "--reps", "5"]) == 0
    assert "My bow: counted by the " in capsys.readouterr().out
    assert run(["exercises", "check", "my_bow.toml"]) == 0
    capsys.readouterr()
    own = ["--exercises", "my_bow.toml", "-e", "my_bow"]
    assert run(["analyze", "mine.npz", "--json", "-", *own]) == 0
    (done,) = json.loads(capsys.readouterr().out)["sets"]
    assert (done["exercise"]["id"], done["rep_count"]) == ("my_bow", 3)


def test_a_file_that_is_there_is_kept_and_the_clip_is_not_even_watched(capsys):
    Path("my_bow.toml").write_text("mine")
    assert run(["learn", "my_bow", "--from", "missing.mp4", "--reps", "5"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert Path("my_bow.toml").read_text() == "mine"


def test_a_clip_that_does_not_show_it_is_refused_in_one_line(capsys):
    _clip("shown.npz", reps=5, seed=3)
    assert run(["learn", "my_bow", "--from", "shown.npz", "--reps", "8"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "8 times" in line
    assert not Path("my_bow.toml").exists()
