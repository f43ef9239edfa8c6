"""Figures say which tracker made the landmarks they stand on."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks import provenance as about
from benchmarks.clips import keep, kept_track
from benchmarks.provenance import maker_of, provenance, tracker_version
from repsight.athlete.performance import perform
from tests.pictures import pictures_of


def _made(file: Path) -> Path:
    made = perform("squat", reps=1, seed=2)
    track = made.track(made.camera(yaw_deg=90.0), seed=2)
    keep(file, track, pictures_of(track))
    return file


def test_kept_landmarks_say_which_tracker_made_them(tmp_path: Path):
    file = _made(tmp_path / "one.npz")
    assert maker_of(file) == tracker_version()
    assert len(kept_track(file)) > 0
    assert provenance([file]) == "Landmarks of 1 clips, all made by the present tracker."


def test_landmarks_that_do_not_say_it_are_of_another_tracker(tmp_path: Path):
    file = _made(tmp_path / "one.npz")
    np.savez(tmp_path / "old.npz", t_s=np.arange(3.0))
    said = provenance([file, tmp_path / "old.npz", tmp_path / "absent.npz"])
    assert said == "Landmarks of 2 clips; 1 of them were made by another tracker."


def test_a_comment_or_a_docstring_makes_no_other_tracker(tmp_path: Path):
    code = tmp_path / "track.py"
    code.write_text("def f(x: int) -> int:\n    return x + 1\n")
    plain = about._meaning(code)
    code.write_text('def f(x: int) -> int:\n    """One more."""\n    return x + 1  # why\n')
    assert about._meaning(code) == plain
    code.write_text("def f(x: int) -> int:\n    return x + 2\n")
    assert about._meaning(code) != plain
