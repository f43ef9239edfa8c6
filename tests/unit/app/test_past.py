import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from repsight.app.past import past_sets, read_report
from repsight.core.report_json import to_dict
from repsight.errors import UnreadableSource
from repsight.testing.sample_report import sample_report, squat_set


def written(folder: Path, name: str, *, reps: int, when: int) -> Path:
    seen = squat_set()
    report = replace(sample_report(), sets=(replace(seen, rep_count=reps),))
    place = folder / name
    place.mkdir()
    path = place / "report.json"
    path.write_text(json.dumps(to_dict(report)))
    os.utime(path, (when, when))
    return place


def test_a_report_is_read_from_its_folder_or_file(tmp_path: Path):
    place = written(tmp_path, "a", reps=4, when=1)
    assert read_report(place).sets[0].rep_count == 4
    assert read_report(place / "report.json").sets[0].rep_count == 4


def test_earlier_sets_are_those_of_older_results(tmp_path: Path):
    written(tmp_path, "first", reps=3, when=100)
    now = written(tmp_path, "now", reps=5, when=300)
    written(tmp_path, "second", reps=4, when=200)
    written(tmp_path, "later", reps=9, when=400)
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "report.json").write_text("[]")
    assert [past.rep_count for past in past_sets(tmp_path, before=now)] == [3, 4]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sets": 5}', "\x00"])
def test_what_is_no_report_is_said_to_be_none(tmp_path: Path, text: str):
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(UnreadableSource, match=r"no report|no schema"):
        read_report(path)


def test_a_report_that_is_not_there_is_the_users_mistake(tmp_path: Path):
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_report(tmp_path)
