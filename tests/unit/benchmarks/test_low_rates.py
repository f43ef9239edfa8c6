"""What is lost where fewer pictures are looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.clips import Clip
from benchmarks.low_rates import RATES_HZ, Compared, compared, main, rows_of, thinned
from repsight.athlete.performance import perform


def clip(exercise: str, reps: int | None) -> Clip:
    return Clip(Path("set.mp4"), exercise, reps, "high", (), 10.0, "somebody", "side", "", "", "")


def test_pictures_of_a_slow_camera_are_real_ones_in_order():
    t_s = np.arange(90) / 30.0
    places = thinned(t_s, 8.0)
    apart_s = np.diff(t_s[places])
    assert len(places) == 24
    assert (apart_s > 0.09).all()
    assert (apart_s < 0.17).all()
    # more than there are cannot be taken
    assert list(thinned(t_s, 100.0)) == list(range(90))


def test_a_set_is_compared_with_itself_at_every_rate_below_its_own():
    done = perform("squat", reps=3, seed=4)
    found = compared(clip("squat", 3), done.track(fps=30))
    assert [one.rate_hz for one in found] == list(RATES_HZ)
    assert [(one.whole, one.report) for one in found] == [(3, 3)] * 3
    assert all(set(one.apart) == {"range", "eccentric", "concentric"} for one in found)
    assert all(all(one.within.values()) for one in found)
    assert found[0].apart["range"] < 0.1
    assert [one.rate_hz for one in compared(clip("squat", 3), done.track(fps=12))] == [10.0, 8.0]


def test_clips_that_nobody_counted_are_left_out():
    track = perform("squat", reps=1, seed=4).track(fps=15)
    assert compared(clip("squat", None), track) == []
    assert compared(clip("none", 0), track) == []


def test_every_rate_has_its_rows():
    rows = rows_of([Compared(8.0, 3, 3, 3, 2, {"range": 0.1}, {"range": True})])
    shown = {row.what: (row.value, row.n) for row in rows}
    assert shown["8 pictures a second, live: counted as the whole file"] == (0.0, 1)
    assert shown["8 pictures a second: range is off by (median)"] == (0.1, 1)
    assert shown["15 pictures a second, report: exact"][1] == 0


def test_without_clips_it_says_so(tmp_path, capsys):
    assert main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err
