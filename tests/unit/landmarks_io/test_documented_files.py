"""The examples of docs/landmark-files.md are files that can be read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from repsight.core.layouts import LAYOUTS
from repsight.landmarks_io import ReadOptions, load_landmarks

BLOCK = re.compile(r"```(?P<language>\w+)\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "landmark-files.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [match["text"] for match in BLOCK.finditer(page) if match["language"] == language]


def test_every_layout_is_documented(page: str) -> None:
    assert all(f"`{layout}`" in page for layout in LAYOUTS)


@pytest.mark.parametrize(("language", "suffix"), [("json", ".json"), ("csv", ".csv")])
def test_text_examples_can_be_read(page: str, tmp_path: Path, language: str, suffix: str) -> None:
    found = blocks(page, language)
    assert found
    for number, text in enumerate(found):
        path = tmp_path / f"example{number}{suffix}"
        path.write_text(text, encoding="utf-8")
        track = load_landmarks(path).track
        assert len(track) >= 2
        assert track.xy[0, 23, 1] > track.xy[0, 11, 1]


def test_numpy_examples_make_files_that_can_be_read(page: str, tmp_path: Path) -> None:
    for code in blocks(page, "python"):
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    options = ReadOptions(fps_hz=30, size_px=(1080, 1920))
    assert load_landmarks(tmp_path / "poses.npy", options).layout.id == "coco17"
    assert load_landmarks(tmp_path / "poses.npz").layout.id == "halpe26"
