"""Landmark files at the command line: what is wrong is said in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from repsight.cli.run import run
from repsight.core.types import FloatArray, PoseTrack
from repsight.landmarks_io import save_landmarks
from tests.integration.clips import squat_track


def edited(path: Path, **arrays: FloatArray) -> Path:
    track = squat_track(1)
    fields = {"t_s": track.t_s, "xy": track.xy, "visibility": track.visibility}
    np.savez(path, aspect_ratio=track.aspect_ratio, **{**fields, **arrays})  # pyright: ignore[reportArgumentType] - arrays by name
    return path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def with_value(values: FloatArray, value: float) -> FloatArray:
    changed = values.copy()
    changed.flat[100] = value
    return changed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: {"xy": t.xy[:, :30]}, "33 (BlazePose)"),
        (lambda t: {"xy": t.xy[:, :, :1]}, "its shape is"),
        (lambda t: {"xy": t.xy[:0], "t_s": t.t_s[:0], "visibility": t.visibility[:0]}, "no frames"),
        (lambda t: {"xy": with_value(t.xy, np.inf)}, "infinite coordinate"),
        (lambda t: {"visibility": with_value(t.visibility, np.nan)}, "confidence is not a number"),
        (lambda t: {"t_s": t.t_s[::-1]}, "do not increase"),
        (lambda t: {"t_s": with_value(t.t_s, np.nan)}, "is not a number"),
        (lambda t: {"t_s": t.t_s[:5]}, "5 times for"),
        (lambda t: {"t_s": np.zeros_like(t.t_s)}, "do not increase"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[PoseTrack], dict[str, FloatArray]],
    words: str,
) -> None:
    path = edited(tmp_path / "poses.npz", **change(squat_track(1)))
    assert run(["analyze", str(path), "--out", str(tmp_path / "out")]) == 2
    line = told(capsys)
    assert "poses.npz" in line
    assert words in line


def test_a_missing_point_is_no_mistake(tmp_path: Path) -> None:
    path = edited(tmp_path / "poses.npz", xy=with_value(squat_track(1).xy, np.nan))
    assert run(["analyze", str(path), "--json", "-"]) == 0


def test_landmarks_of_nobody_cannot_be_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    track = squat_track(1)
    gone = PoseTrack(track.t_s, np.full_like(track.xy, np.nan), np.zeros_like(track.visibility))
    save_landmarks(tmp_path / "gone.npz", gone)
    assert run(["analyze", str(tmp_path / "gone.npz"), "--out", str(tmp_path / "out")]) == 3
    assert "cannot be judged" in told(capsys)


@pytest.mark.parametrize("exercise", ["auto", "squat", "unknown"])
def test_a_body_without_size_does_nothing_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], exercise: str
) -> None:
    track = squat_track(1)
    dot = PoseTrack(track.t_s, np.full_like(track.xy, 0.5), np.ones_like(track.visibility))
    save_landmarks(tmp_path / "dot.npz", dot)
    assert run(["analyze", str(tmp_path / "dot.npz"), "-e", exercise, "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert sum(one["rep_count"] for one in report["sets"]) == 0


def test_a_file_without_times_asks_for_the_frame_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "poses.npy", squat_track(1).xy * 1000)
    ask = ["analyze", str(tmp_path / "poses.npy"), "--out", str(tmp_path / "out")]
    assert run(ask) == 2
    assert "--fps 30" in told(capsys)
    assert run([*ask, "--fps", "30", "--size", "750x1000"]) == 0
