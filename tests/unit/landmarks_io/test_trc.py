"""Marker files for biomechanics software."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.errors import UserMistake
from repsight.landmarks_io import trc_text


@pytest.fixture(scope="module")
def track():
    return perform("squat", reps=1, seed=3).track(fps=30)


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_the_head_says_what_the_rows_hold(track):
    head = rows(trc_text(track, name="set.trc"))
    assert head[0] == ["PathFileType", "4", "(X/Y/Z)", "set.trc"]
    said = dict(zip(head[1], head[2], strict=True))
    assert said["Units"] == "m"
    assert int(said["NumFrames"]) == len(head) - 5
    assert {len(row) for row in head[5:]} == {2 + 3 * int(said["NumMarkers"])}
    assert [float(row[1]) for row in head[5:8]] == pytest.approx([0, 1 / 30, 2 / 30], abs=1e-4)


def test_up_is_up(track):
    text = rows(trc_text(track, name="a"))
    names = [name for name in text[3][2:] if name]
    nose, ankle = names.index("Nose"), names.index("LeftAnkle")
    first = [float(cell) for cell in text[5][2:]]
    assert first[3 * nose + 1] > 0 > first[3 * ankle + 1]
    assert "MouthLeft" not in names


def test_holes_stay_empty(track):
    world = track.world.copy()
    world[20:40, 25] = np.nan
    text = rows(trc_text(replace(track, world=world), name="a"))
    knee = [name for name in text[3][2:] if name].index("LeftKnee")
    assert text[5 + 30][2 + 3 * knee] == ""
    assert text[5 + 10][2 + 3 * knee] != ""


def test_without_metres_there_is_no_marker_file(track):
    with pytest.raises(UserMistake, match="no positions in metres"):
        trc_text(replace(track, world=None), name="a")
