"""Files are there whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from repsight.errors import UnwritableOutput
from repsight.writing import whole_file, writing


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with whole_file(target) as part:
        part.write_text("half")
        assert not target.exists()
    assert target.read_text() == "half"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def _write_half(path: Path, error: BaseException) -> None:
    with whole_file(path) as part:
        part.write_text("half")
        raise error


def test_a_file_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_half(tmp_path / "a.txt", ZeroDivisionError())
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("earlier")
    with pytest.raises(KeyboardInterrupt):
        _write_half(tmp_path / "a.txt", KeyboardInterrupt())
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "earlier"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_a_full_disk_is_said_with_a_way_out(tmp_path: Path, number: int) -> None:
    with pytest.raises(UnwritableOutput, match="no room") as caught, whole_file(tmp_path / "a"):
        raise OSError(number, "full")
    assert "--out" in caught.value.next_step


def test_the_way_out_is_the_option_that_named_the_place(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput) as caught, writing(tmp_path / "a", option="--json"):
        raise PermissionError(errno.EACCES, "Permission denied")
    assert "(permission denied)" in caught.value.what
    assert caught.value.next_step == "Choose another one with --json."
