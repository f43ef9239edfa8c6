"""Ctrl-C: one line, exit code 130, whole files only, finished results kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.integration.clips import room, squat_landmarks, write_clip

_DEADLINE_S = 90.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal")


def interrupted_when(
    ready: Path, arguments: list[str], *, wait_s: float = 0.0
) -> tuple[int, list[str]]:
    """Send Ctrl-C once ``ready`` exists; the exit code and the lines on stderr."""
    command = [sys.executable, "-m", "repsight", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        limit = time.monotonic() + _DEADLINE_S
        while not ready.exists() and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.05)
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=_DEADLINE_S)
    # Python may end itself by the signal after all, which a shell shows as 130 as well.
    code = 130 if process.returncode == -signal.SIGINT else process.returncode
    return code, errors.strip().splitlines()


@pytest.fixture(scope="module")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips") / "long.mp4", room(700, size=(480, 360)))


def test_an_interrupted_analysis_ends_in_one_line(long_clip: Path, tmp_path: Path) -> None:
    code, lines = interrupted_when(
        tmp_path / "long", ["analyze", str(long_clip), "--out", str(tmp_path)], wait_s=0.5
    )
    assert code == 130
    assert len(lines) == 1
    assert "interrupted" in lines[0]
    assert not (tmp_path / "long").exists()


def test_clips_that_were_finished_are_kept(long_clip: Path, tmp_path: Path) -> None:
    first = squat_landmarks(tmp_path / "first.npz")
    out = tmp_path / "out"
    code, lines = interrupted_when(
        out / "long", ["analyze", str(first), str(long_clip), "--out", str(out)], wait_s=0.3
    )
    assert code == 130
    assert lines == ["repsight: interrupted after 1 of 2 clips; their results are kept."]
    assert {path.name for path in (out / "first").iterdir()} >= {"report.json", "report.html"}
    assert not (out / "long").exists()


def test_interrupted_while_drawing_the_report_is_there(long_clip: Path, tmp_path: Path) -> None:
    code, lines = interrupted_when(
        tmp_path / "long" / "report.html",
        ["analyze", str(long_clip), "--out", str(tmp_path), "--pose", "lite"],
        wait_s=0.2,
    )
    kept = {path.name for path in (tmp_path / "long").iterdir()}
    assert {"report.json", "report.html", "landmarks.npz"} <= kept
    assert not any("part" in name for name in kept)
    assert code == 130
    assert len(lines) == 1
