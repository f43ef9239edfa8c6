"""Files whose SHA-256 is written down."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from build_support.checked_files import matches, read_packed, require, write_whole

DATA = b"what was meant"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def archive(tmp_path: Path):
    with tarfile.open(tmp_path / "one.tgz", "w:gz") as made:
        member = tarfile.TarInfo("package/inside.js")
        member.size = len(DATA)
        made.addfile(member, io.BytesIO(DATA))
    with tarfile.open(tmp_path / "one.tgz") as opened:
        yield opened


def test_what_was_written_whole_is_what_was_meant(tmp_path: Path):
    write_whole(tmp_path / "a.bin", DATA)
    assert matches(tmp_path / "a.bin", SHA256)
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_another_file_or_none_does_not_match(tmp_path: Path):
    (tmp_path / "a.bin").write_bytes(b"something else")
    assert not matches(tmp_path / "a.bin", SHA256)
    assert not matches(tmp_path / "none", SHA256)


def test_a_file_of_a_package_is_taken_only_if_it_is_the_one_that_is_meant(archive):
    assert read_packed(archive, "inside.js", SHA256) == DATA
    with pytest.raises(ValueError, match=r"inside\.js has sha256 .* is wanted"):
        read_packed(archive, "inside.js", "0" * 64)


def test_data_that_is_not_meant_is_named():
    assert require(DATA, SHA256, "it") == DATA
    with pytest.raises(ValueError, match="it has sha256"):
        require(b"", SHA256, "it")
