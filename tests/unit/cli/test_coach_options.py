"""What the command line tells the coach: earlier results, and who may ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repsight.cli.coach_options import ToldCoach, told_coach
from repsight.config import read_settings
from repsight.core.report_json import to_dict
from repsight.errors import UserMistake
from repsight.testing.sample_report import sample_report


def told(profile: Path | None = None, **options) -> ToldCoach:
    settings = read_settings({"XDG_CONFIG_HOME": "/nowhere"})
    return told_coach(settings, profile=profile, coach=None, may_send=False, **options)


def results(folder: Path) -> Path:
    (folder / "monday").mkdir(parents=True)
    (folder / "monday" / "report.json").write_text(
        json.dumps(to_dict(sample_report())), encoding="utf-8"
    )
    return folder


def test_earlier_results_are_those_of_the_named_folder(tmp_path: Path):
    found = told(history=results(tmp_path / "out")).past(tmp_path / "out" / "friday")
    assert [one.exercise for one in found] == ["squat"]


def test_a_clip_that_is_analysed_again_is_not_its_own_past(tmp_path: Path):
    folder = results(tmp_path / "out")
    assert told(history=folder).past(folder / "monday") == ()


def test_the_profile_names_the_folder_from_where_it_lies(tmp_path: Path):
    results(tmp_path / "out")
    profile = tmp_path / "me.toml"
    profile.write_text('history = "out"\n', encoding="utf-8")
    assert len(told(profile).past(None)) == 1


def test_without_a_folder_there_is_no_past():
    assert told().past(Path("anywhere")) == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(UserMistake, match="no folder"):
        told(history=tmp_path / "nothing")


def test_the_template_cannot_ask():
    with pytest.raises(UserMistake, match="--coach-asks"):
        told(asks=True)
