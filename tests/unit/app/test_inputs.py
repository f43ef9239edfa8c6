from pathlib import Path

import pytest

from repsight.app.inputs import find_sources, kind_of, result_folders
from repsight.errors import UnreadableSource


@pytest.fixture
def gym(tmp_path: Path) -> Path:
    for name in ("b.mp4", "a.MOV", "labels.csv", "notes.txt", ".hidden.mp4", "pose.npz",
                 "annotated.mp4", "report.json"):  # fmt: skip
        (tmp_path / name).touch()
    (tmp_path / "older").mkdir()
    return tmp_path


def test_a_folder_means_its_clips_sorted(gym: Path) -> None:
    assert [path.name for path in find_sources([gym])] == ["a.MOV", "b.mp4", "pose.npz"]


def test_a_file_that_is_named_is_taken_whatever_its_ending(gym: Path) -> None:
    assert find_sources([gym / "labels.csv", gym / "gone.xyz"]) == [
        gym / "labels.csv", gym / "gone.xyz",
    ]  # fmt: skip


def test_a_file_named_twice_counts_once(gym: Path) -> None:
    assert len(find_sources([gym / "b.mp4", gym, gym / "b.mp4"])) == 3


def test_a_folder_without_clips_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UnreadableSource, match="holds no clips"):
        find_sources([tmp_path])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.mp4", "video"), ("a.NPZ", "landmarks"), ("a.csv", "landmarks"), ("clip", "video")],
)
def test_the_ending_tells_landmarks_from_clips(name: str, kind: str) -> None:
    assert kind_of(Path(name)) == kind


def test_clips_of_the_same_name_get_folders_of_their_own() -> None:
    sources = [Path("a/set.mp4"), Path("b/set.mov"), Path("c/Set.mp4"), Path("pull.mp4")]
    folders = result_folders(sources, Path("out"))
    assert [folder.name for folder in folders] == ["set", "set-2", "Set-3", "pull"]
