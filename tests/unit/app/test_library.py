"""The data folder: what is on disk and what the database says stay together."""

from __future__ import annotations

import os

import pytest

from repsight.app.library import Library
from repsight.errors import UnknownName, UnwritableOutput, UserMistake


def upload(library: Library, data: bytes = b"0123") -> str:
    clip = library.begin_upload(name="set.mp4", size_bytes=4).clip
    library.source_of(clip).write_bytes(data)
    library.finish_upload(clip.id)
    return clip.id


def test_an_upload_is_queued_when_its_last_byte_is_there(library):
    clip = library.begin_upload(name="set.mp4", size_bytes=4, exercise="squat").clip
    assert not library.finish_upload(clip.id)
    library.source_of(clip).write_bytes(b"0123")
    assert library.finish_upload(clip.id)
    assert not library.finish_upload(clip.id)
    assert library.find(clip.id).job.exercise == "squat"


def test_an_unfinished_upload_cannot_be_analysed(library):
    clip = library.begin_upload(name="set.mp4", size_bytes=4).clip
    assert library.analyse_again(clip.id, exercise="auto") is None


def test_an_exercise_nobody_knows_is_refused(library):
    with pytest.raises(UnknownName):
        library.begin_upload(name="set.mp4", size_bytes=4, exercise="handstand")


def test_a_file_that_is_no_clip_is_refused(library):
    with pytest.raises(UserMistake, match="neither a clip"):
        library.begin_upload(name="set.exe", size_bytes=4)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a/b/set.mp4", "set.mp4"),
        ("C:\\clips\\set.mp4", "set.mp4"),
        ("be\x00ll\x07.mp4", "bell.mp4"),
        ("x" * 300 + ".mp4", "x" * 200),
    ],
)
def test_only_the_own_name_of_a_file_is_shown(library, given, shown):
    assert library.begin_upload(name=given, size_bytes=4).clip.name == shown


def test_deleting_removes_the_files(library, tmp_path):
    clip_id = upload(library)
    assert library.delete(clip_id)
    assert not library.delete(clip_id)
    assert list((tmp_path / "data" / "clips").iterdir()) == []


def test_a_folder_left_over_from_a_crash_is_swept(library, tmp_path):
    kept = upload(library)
    stray = tmp_path / "data" / "clips" / "stray"
    stray.mkdir()
    (stray / "source.mp4").write_bytes(b"x")
    library.sweep()
    assert [folder.name for folder in (tmp_path / "data" / "clips").iterdir()] == [kept]


def test_clips_are_for_their_owner_only(library, tmp_path):
    clip = library.begin_upload(name="set.mp4", size_bytes=4).clip
    assert library.source_of(clip).stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "clips").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UnwritableOutput):
        Library.open(tmp_path / "data")


def test_a_data_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(UnwritableOutput, match="--data"):
        Library.open(tmp_path / "data")
