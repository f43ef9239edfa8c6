"""The share of repetitions whose path follows the plate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.barpath import main, plates_followed
from repsight.athlete.performance import perform
from repsight.core.skeleton import BILATERAL


def test_a_plate_at_the_hands_is_followed_and_without_one_the_hands_are() -> None:
    done = perform("deadlift", reps=2, seed=1)
    track = done.track(done.camera(yaw_deg=90.0))
    hands = track.xy[:, list(BILATERAL["wrist"])].mean(axis=1)
    rim = np.hstack([hands, np.full((len(track), 1), 0.1)])
    assert plates_followed(replace(track, plate=rim), "deadlift") == [(True, True)] * 2
    assert plates_followed(track, "deadlift") == [(True, False)] * 2


def test_absent_clips_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err
