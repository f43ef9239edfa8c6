"""The examples run as their first lines say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.clips import squat_landmarks


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return squat_landmarks(tmp_path_factory.mktemp("examples") / "landmarks.npz")


def printed(repository: Path, name: str, *arguments: str) -> str:
    command = [sys.executable, str(repository / "examples" / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_folder_is_analysed_line_by_line(repository: Path, landmarks: Path) -> None:
    lines = printed(repository, "analyze_folder.py", str(landmarks.parent)).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("landmarks.npz: Squat x 3. ")
    assert "3 squats" in lines[0]


def test_reps_are_counted_while_they_happen(repository: Path, landmarks: Path) -> None:
    lines = printed(repository, "live_counting.py", str(landmarks), "squat").splitlines()
    assert [line.split()[-1] for line in lines if " rep " in line] == ["1", "2", "3"]


def test_poses_of_another_model_are_analysed(repository: Path) -> None:
    text = printed(repository, "own_pose_model.py")
    assert "3 squats" in text
    assert "COCO 17 has no heels, toes and hands" in text


def test_every_example_is_tested(repository: Path) -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    assert all(path.name in tested for path in (repository / "examples").glob("*.py"))
