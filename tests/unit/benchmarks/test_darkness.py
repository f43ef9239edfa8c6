"""Clips are darkened as a camera would see them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.brightened import brightened
from benchmarks.changed_pictures import ChangedPictures
from benchmarks.clips import Clip, keep
from benchmarks.darkness import (
    Told,
    darker,
    dimmed,
    failures,
    main,
    rows_of,
    sample_of,
    try_clip,
)
from repsight.athlete.performance import perform
from repsight.core.picture import Picture
from tests.pictures import pictures_of


class Grey:
    """Two pictures of a grey wall."""

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> list[Picture]:
        del rate_hz, roughly
        wall = np.full((40, 60, 3), 128, np.uint8)
        return [Picture.from_rgb(t_s, wall) for t_s in (0.0, 0.5)]


def test_a_stop_less_halves_the_light() -> None:
    grey = np.full((200, 200, 3), 128, np.uint8)
    darker = dimmed(grey, -1.0, np.random.default_rng(0)).astype(float)
    light = ((darker / 255) ** 2.2).mean() / (128 / 255) ** 2.2
    assert light == pytest.approx(0.5, abs=0.02)
    assert (dimmed(grey, 0.0, np.random.default_rng(0)) == grey).all()


def test_darker_pictures_are_noisier() -> None:
    grey = np.full((100, 100, 3), 128, np.uint8)
    spread = [dimmed(grey, ev, np.random.default_rng(0)).std() for ev in (-1.0, -3.0)]
    assert spread[0] < spread[1]


def test_both_passes_see_the_same_noise() -> None:
    dark = ChangedPictures(Grey(), darker(-3.0))
    for first, second in zip(dark.pictures(), dark.pictures(), strict=True):
        assert (first.rgb == second.rgb).all()


def _told(stops: float, counted: int, **more: bool) -> Told:
    return Told("squat_123_somebody", stops, 3, counted, **{"is_refused": False, **more})


def test_a_refusal_counts_beside_an_exact_count() -> None:
    done = [_told(0.0, 3), _told(-3.0, 0, is_refused=True), _told(-3.0, 3)]
    found = {row.what: row.value for row in rows_of(done)}
    assert found["-3 EV: counted exactly"] == 0.5
    assert found["-3 EV: exactly, or refused for the picture"] == 1.0


def test_wrong_counts_are_listed_without_who_filmed_them() -> None:
    text = failures([_told(0.0, 3), _told(-3.0, 2, is_refused=True)])
    assert text.splitlines()[2:] == ["| squat 123 | -3 EV | 3 | 2 | yes |"]


def test_clips_are_taken_from_the_four_exercises_in_turn() -> None:
    names = ["squat"] * 5 + ["push_up", "deadlift", "shoulder_press", "lunge"]
    clips = [
        Clip(Path(f"{n}.mp4"), name, 3, "high", (), 5.0, "", "", "")
        for n, name in enumerate(names)
    ]  # fmt: skip
    taken = [clip.exercise for clip in sample_of(clips, 6)]
    assert taken == ["squat", "deadlift", "push_up", "shoulder_press", "squat", "squat"]


def test_absent_clips_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err


def test_a_dark_picture_is_brightened_and_a_bright_one_is_left() -> None:
    grey = np.random.default_rng(0).integers(5, 45, (90, 120, 1)).repeat(3, axis=2).astype(np.uint8)
    lifted = brightened(grey)
    assert lifted.std() > 3 * grey.std()
    assert lifted.shape == grey.shape
    bright = np.full((90, 120, 3), 120, np.uint8)
    assert brightened(bright) is bright


def test_brightened_clips_have_rows_of_their_own() -> None:
    done = [_told(0.0, 3), _told(-3.0, 3), _told(-3.0, 3, is_brightened=True)]
    names = [row.what for row in rows_of(done)]
    assert "-3 EV: counted exactly" in names
    assert "-3 EV, brightened: counted exactly" in names


def test_landmarks_that_are_kept_are_not_made_again(tmp_path: Path) -> None:
    made = perform("squat", reps=3, seed=5)
    track = made.track(made.camera(yaw_deg=90.0), seed=5)
    clip = Clip(Path("one.mp4"), "squat", 3, "high", (), 5.0, "", "", "")
    keep(tmp_path / "one.-3.npz", track, pictures_of(track, light=0.01))
    done = try_clip(clip, -3.0, tmp_path)
    assert (done.counted, done.is_refused) == (3, True)
