"""Exercises of one's own from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repsight.athlete.performance import perform
from repsight.cli.run import run
from repsight.config import read_settings
from repsight.exercises import install
from repsight.landmarks_io import save_landmarks

_DEEPER = 'extends = "squat"\n[[rule]]\nid = "shallow"\nexpected = { low = 0.9 }\n'


@pytest.fixture(autouse=True)
def _nothing_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("REPSIGHT_EXERCISES", raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    install([])


def test_an_exported_exercise_is_fine_and_is_not_overwritten(tmp_path: Path, capsys):
    assert run(["exercises", "export", "squat", "--out", "mine.toml"]) == 0
    assert run(["exercises", "check", "mine.toml"]) == 0
    assert "squat is fine" in capsys.readouterr().out
    assert run(["exercises", "export", "squat", "--out", "mine.toml"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(["exercises", "export", "squat", "--out", str(tmp_path / "no" / "x.toml")]) == 2


def test_an_exercise_is_exported_to_the_screen_without_a_file(capsys):
    assert run(["exercises", "export", "push_up"]) == 0
    assert 'id = "push_up"' in capsys.readouterr().out


def test_every_problem_is_named_and_the_exit_code_is_that_of_a_mistake(tmp_path: Path, capsys):
    Path("bad.toml").write_text('extends = "squat"\nnam = 1\n[cycle]\nfloor = 0\n')
    assert run(["exercises", "check", "bad.toml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["bad.toml:2", "bad.toml:4"]
    assert run(["analyze", "x.mp4", "--exercises", "bad.toml"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "(1 more) See: repsight exercises check bad.toml" in line


@pytest.mark.parametrize("by", ["option", "environment", "usual folder"])
def test_a_changed_limit_judges_the_clip(by: str, tmp_path: Path, monkeypatch, capsys):
    folder = tmp_path / "settings" / "repsight" / "exercises" if by == "usual folder" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deeper.toml").write_text(_DEEPER)
    if by == "environment":
        monkeypatch.setenv("REPSIGHT_EXERCISES", str(folder / "deeper.toml"))
    save_landmarks(Path("squats.npz"), perform("squat", reps=3, seed=6).track(seed=6))
    option = ["--exercises", str(folder / "deeper.toml")] if by == "option" else []
    assert run(["analyze", "squats.npz", "-e", "squat", "--json", "-", *option]) == 0
    report = json.loads(capsys.readouterr().out)
    outcomes = {v["outcome"] for v in report["sets"][0]["verdicts"] if v["rule"] == "shallow"}
    assert outcomes == {"issue"}


def test_own_exercises_are_listed_and_shown(capsys, monkeypatch):
    Path("mine.toml").write_text('extends = "squat"\nid = "my_squat"\nname = "My squat"\n')
    monkeypatch.setenv("REPSIGHT_EXERCISES", "mine.toml")
    assert run(["exercises", "list"]) == 0
    assert "my_squat" in capsys.readouterr().out
    assert run(["exercises", "show", "my_squat"]) == 0
    assert "My squat" in capsys.readouterr().out


def test_a_place_that_is_not_there_is_a_mistake(monkeypatch, capsys):
    monkeypatch.setenv("REPSIGHT_EXERCISES", "nowhere")
    assert run(["exercises", "list"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "There is no 'nowhere'" in line
    assert line.endswith("unset REPSIGHT_EXERCISES.")


def test_the_settings_name_the_place_of_own_exercises(tmp_path: Path):
    assert read_settings({"REPSIGHT_EXERCISES": "here"}).exercises == Path("here")
    assert read_settings({"XDG_CONFIG_HOME": str(tmp_path)}).exercises is None
    (tmp_path / "repsight" / "exercises").mkdir(parents=True)
    assert read_settings({"XDG_CONFIG_HOME": str(tmp_path)}).exercises == (
        tmp_path / "repsight" / "exercises"
    )


def test_a_file_that_cannot_be_read_does_not_hide_the_problems_of_the_others(capsys):
    Path("bad.toml").write_text('extends = "squat"\nnam = 1\n')
    assert run(["exercises", "check", "gone.toml", "bad.toml"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "There is no 'gone.toml'" in first
    assert second.startswith("bad.toml:2")
