"""Output that cannot be written: said in one line, and what was computed is not lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repsight.cli.run import run
from tests.integration.clips import room, squat_landmarks, write_clip

resource = pytest.importorskip("resource", reason="limits of a process are a matter of POSIX")


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return squat_landmarks(tmp_path_factory.mktemp("landmarks") / "set.npz")


def limited(arguments: list[str], *, bytes_per_file: int) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may grow beyond a limit, as on a full disk."""
    return subprocess.run(
        [sys.executable, "-m", "repsight", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (bytes_per_file, bytes_per_file)
        ),
    )


def test_a_file_in_place_of_the_folder(
    landmarks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("I was here first")
    assert run(["analyze", str(landmarks), "--out", str(tmp_path / "out")]) == 2
    captured = capsys.readouterr()
    assert "cannot be written" in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert (tmp_path / "out").read_text() == "I was here first"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a /proc that refuses folders")
def test_a_place_that_refuses_folders(landmarks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", str(landmarks), "--out", "/proc/results"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_full_disk_keeps_the_words_on_screen_and_no_half_files(
    landmarks: Path, tmp_path: Path
) -> None:
    done = limited(
        ["analyze", str(landmarks), "-e", "squat", "--out", str(tmp_path)], bytes_per_file=2000
    )
    assert done.returncode == 2
    assert "no room to write" in done.stderr
    assert "Not written either: " in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "3 reps" in done.stdout
    assert [path.name for path in (tmp_path / "set").iterdir()] == []


def test_a_disk_too_small_for_the_video_keeps_the_report(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "room.mp4", room(60, size=(640, 480)))
    done = limited(
        ["analyze", str(clip), "--pose", "lite", "--out", str(tmp_path / "out")],
        bytes_per_file=90_000,
    )
    kept = {path.name for path in (tmp_path / "out" / "room").iterdir()}
    assert {"report.json", "report.html", "landmarks.npz"} <= kept
    assert not any("part" in name for name in kept)
    if "annotated.mp4" not in kept:
        assert done.returncode == 2
        assert "annotated.mp4" in done.stderr


def test_json_to_stdout_is_all_there_is_on_stdout(
    landmarks: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["analyze", str(landmarks), "-e", "squat", "--json", "-"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["sets"][0]["rep_count"] == 3
    assert captured.err == ""
    assert list(tmp_path.iterdir()) == []


def test_json_of_several_clips_is_one_a_line(
    landmarks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = squat_landmarks(landmarks.with_name("other.npz"), reps=2)
    assert run(["analyze", str(landmarks), str(other), "-e", "squat", "--json", "-"]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [report["source"]["name"] for report in reports] == ["set.npz", "other.npz"]


def test_json_can_go_to_a_file(landmarks: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    assert run(["analyze", str(landmarks), "-e", "squat", "--json", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["schema"]


def test_json_to_a_place_that_cannot_be_written(
    landmarks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(landmarks), "--json", str(tmp_path / "no" / "all.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(landmarks: Path) -> None:
    command = [sys.executable, "-m", "repsight", "analyze", str(landmarks), "--json", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_results_of_an_earlier_run_are_replaced(landmarks: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    (folder / "stills").mkdir(parents=True)
    (folder / "annotated.mp4").write_text("from another day")
    (folder / "stills" / "set1-rep1-old.jpg").write_text("from another day")
    (folder / "notes.txt").write_text("mine")
    assert run(["analyze", str(landmarks), "-e", "squat", "--out", str(tmp_path)]) == 0
    assert not (folder / "annotated.mp4").exists()
    assert not (folder / "stills" / "set1-rep1-old.jpg").exists()
    assert (folder / "notes.txt").read_text() == "mine"
