import json
from pathlib import Path

import pytest

from repsight.app.outputs import prepared_folder, write_report
from repsight.core.report_json import from_dict, to_dict
from repsight.errors import UnwritableOutput
from repsight.testing.sample_report import sample_report


def test_a_written_report_reads_back(tmp_path: Path) -> None:
    write_report(tmp_path / "report.json", sample_report())
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert to_dict(from_dict(data)) == data


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("I am a file")
    for folder in (tmp_path / "out", tmp_path / "out" / "clip"):
        with pytest.raises(UnwritableOutput, match="cannot be written"), prepared_folder(folder):
            pass


def test_trying_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    with prepared_folder(tmp_path / "a" / "b"):
        assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize(("was_there", "is_there"), [(True, True), (False, False)])
def test_a_folder_made_for_nothing_is_taken_away(
    tmp_path: Path, was_there: bool, is_there: bool
) -> None:
    if was_there:
        (tmp_path / "out").mkdir()
    with pytest.raises(ZeroDivisionError), prepared_folder(tmp_path / "out"):
        raise ZeroDivisionError
    assert (tmp_path / "out").exists() == is_there
