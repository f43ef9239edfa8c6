"""Clips that cannot be read or judged: one clear line, the right exit code, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from repsight.cli.run import run
from repsight.core.report import ClipReport
from repsight.core.report_json import from_dict
from tests.integration.clips import room, turned, write_clip, write_sound, write_still_format


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on stderr."""
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


def analyze(clip: Path, tmp_path: Path, *more: str) -> int:
    return run(["analyze", str(clip), "--out", str(tmp_path / "out"), "--pose", "lite", *more])


def report_of(tmp_path: Path, clip: Path) -> ClipReport:
    path = tmp_path / "out" / clip.stem / "report.json"
    return from_dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def empty_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips") / "room.mp4", room(45), faststart=True)


# --- cannot be read: the user's mistake, exit 2 -----------------------------------------------


def test_a_missing_clip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyze(tmp_path / "gone.mp4", tmp_path) == 2
    assert "gone.mp4" in told(capsys)


def test_an_empty_clip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.mp4").touch()
    assert analyze(tmp_path / "empty.mp4", tmp_path) == 2
    assert "empty" in told(capsys)


@pytest.mark.parametrize("content", [b"Dear diary, today I squatted.", bytes(range(256)) * 64])
def test_not_a_video(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (tmp_path / "diary.mp4").write_bytes(content)
    assert analyze(tmp_path / "diary.mp4", tmp_path) == 2
    assert "diary.mp4" in told(capsys)


def test_a_photograph_called_a_video(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_still_format(tmp_path / "photo.mp4")
    assert analyze(clip, tmp_path) == 2
    assert "photo.mp4" in told(capsys)


def test_a_clip_cut_before_its_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = write_clip(tmp_path / "whole.mp4", room(45))
    clip = tmp_path / "cut.mp4"
    clip.write_bytes(whole.read_bytes()[:2000])
    assert analyze(clip, tmp_path) == 2
    assert "cut.mp4" in told(capsys)


def test_sound_without_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_sound(tmp_path / "sound.mp4")
    assert analyze(clip, tmp_path) == 2
    assert "sound.mp4" in told(capsys)


def test_a_video_without_frames(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = write_clip(tmp_path / "whole.mkv", room(30))
    data = whole.read_bytes()
    clip = tmp_path / "none.mkv"
    clip.write_bytes(data[: data.index(bytes.fromhex("1f43b675"))])  # before the first cluster
    assert analyze(clip, tmp_path) == 2
    assert "none.mkv" in told(capsys)


def test_a_single_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_clip(tmp_path / "one.mp4", room(1))
    assert analyze(clip, tmp_path) == 2
    assert "one.mp4" in told(capsys)


def test_a_folder_without_clips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyze(tmp_path, tmp_path) == 2
    assert "holds no clips" in told(capsys)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--exercise", "handstand"], "no exercise called 'handstand'"),
        (["--exercise", "squat", "--variation", "moon"], "no variation 'moon'"),
        (["--variation", "low_bar"], "Say the exercise as well"),
        (["--backend", "magic"], "magic"),
        (["--pose", "huge"], "huge"),
        (["--fps", "0"], "--fps"),
        (["--person", "-1"], "--person"),
        (["--person", "7"], "7"),
        (["--threads", "0"], "--threads"),
        (["--size", "big"], "not a picture size"),
        (["--wrong"], "--wrong"),
    ],
)
def test_options_that_cannot_be_meant(
    empty_room: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    words: str,
) -> None:
    assert analyze(empty_room, tmp_path, *more) == 2
    assert words in told(capsys)


def test_no_clip_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze"]) == 2
    assert "CLIP" in told(capsys)


# --- readable, but nothing to judge: exit 3 and what to change ---------------------------------


def test_nobody_in_the_clip(
    empty_room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analyze(empty_room, tmp_path) == 3
    assert "cannot be judged" in told(capsys)
    report = report_of(tmp_path, empty_room)
    assert report.sets == ()
    assert report.source.found_share == 0
    summary = report.summary.lower()
    assert any(word in summary for word in ("nobody", "anybody", "no one"))


def test_a_clip_cut_short_is_read_as_far_as_it_goes(
    empty_room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "short.mp4"
    data = empty_room.read_bytes()
    clip.write_bytes(data[: len(data) * 2 // 3])
    assert analyze(clip, tmp_path) == 3
    told(capsys)
    report = report_of(tmp_path, clip)
    assert any("cut short" in note for note in report.source.notes)


def test_a_turned_clip_is_upright(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = turned(write_clip(tmp_path / "phone.mp4", room(20)), 90)
    assert analyze(clip, tmp_path) == 3
    source = report_of(tmp_path, clip).source
    assert (source.width_px, source.height_px) == (240, 320)
    assert source.rotation_deg % 180 == 90


def test_a_variable_frame_rate_is_read_by_its_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    times_s = np.cumsum(np.random.default_rng(1).uniform(0.02, 0.12, 40)).tolist()
    clip = write_clip(tmp_path / "uneven.mp4", room(40), times_s=times_s)
    assert analyze(clip, tmp_path) == 3
    stored = np.load(tmp_path / "out" / "uneven" / "landmarks.npz")["t_s"]
    assert np.ptp(np.diff(stored)) > 0.05
    np.testing.assert_allclose(stored[-1] - stored[0], times_s[-1] - times_s[0], atol=0.05)


def test_a_huge_picture_is_read_without_a_huge_effort(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_clip(tmp_path / "huge.mp4", [np.full((4320, 7680, 3), 120, np.uint8)] * 3)
    assert analyze(clip, tmp_path, "--no-video") == 3
    source = report_of(tmp_path, clip).source
    assert (source.width_px, source.height_px) == (7680, 4320)


# --- several clips -----------------------------------------------------------------------------


def test_one_failing_clip_does_not_stop_the_others(
    empty_room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"no video")
    code = run([
        "analyze", str(tmp_path / "bad.mp4"), str(empty_room),
        "--out", str(tmp_path / "out"), "--pose", "lite",
    ])  # fmt: skip
    lines = capsys.readouterr().err.strip().splitlines()
    assert code == 2
    assert "bad.mp4" in lines[0]
    assert "0 of 2 clips done" in lines[-1]
    assert report_of(tmp_path, empty_room).sets == ()
