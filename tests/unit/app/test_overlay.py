"""What is drawn over a clip says what the annotated video says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.app.overlay import BONES_SHOWN, overlay_in
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.report_json import to_dict
from repsight.errors import UnknownName, UnreadableSource
from repsight.landmarks_io import save_landmarks
from repsight.testing.sample_report import sample_report


def keep(folder: Path, exercise: str = "squat", **asked) -> None:
    track = perform(exercise, reps=2, seed=4, **asked).track(fps=15)
    save_landmarks(folder / "landmarks.npz", track)
    sets = assess_track(track, exercise=exercise)
    (folder / "report.json").write_text(json.dumps(to_dict(replace(sample_report(), sets=sets))))


def test_count_and_phase_change_when_the_report_says_so(tmp_path):
    keep(tmp_path)
    found = overlay_in(tmp_path)
    counts = [one.shown.count for one in found.moments]
    assert (counts[0], counts[-1]) == (0, 2)
    assert counts == sorted(counts)
    assert [one.shown.phase for one in found.moments[:3]] == ["Ready", "Down", "Bottom"]
    assert found.xy.shape == (len(found.t_s), 25, 2)
    assert np.nanmax(np.array(BONES_SHOWN)) < 25


def test_an_issue_marks_its_joints_and_a_depth_its_line(tmp_path):
    keep(tmp_path, faults=[Fault("shallow")])
    found = overlay_in(tmp_path)
    issue = next(i for i, one in enumerate(found.messages) if one.about.startswith("shallow"))
    assert found.marked[issue]
    assert any(issue in one.messages for one in found.moments)
    assert [line.label for line in found.lines] == ["Hip below this line"]
    assert found.ways == ()


def test_the_bar_leaves_its_way(tmp_path):
    keep(tmp_path, "deadlift")
    ways = overlay_in(tmp_path).ways
    assert len(ways) == 2
    assert ways[0].next_s < ways[1].next_s == float("inf")
    assert np.ptp(ways[0].points[:, 1]) > 0.1


def test_without_a_report_or_landmarks_there_is_nothing(tmp_path):
    with pytest.raises(UnreadableSource):
        overlay_in(tmp_path)
    keep(tmp_path)
    with pytest.raises(UnreadableSource):
        overlay_in(tmp_path, is_reviewed=True)
    (tmp_path / "landmarks.npz").unlink()
    with pytest.raises(UnknownName):
        overlay_in(tmp_path)
