"""The counting benchmark on clips and outcomes made up for the purpose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.clips import Landmarks, landmarks_of, read_labels
from benchmarks.counting import Outcome, count_clip, main, matched_turns, rows_of

HEADER = (
    "file,exercise,reps,confidence,view,rep_key_times_s,person_id,duration_s,notes,source_repo\n"
)


def outcome(exercise: str, truth: int | None, given: int, automatic: int, **changes) -> Outcome:
    values = {
        "clip": "one", "exercise": exercise, "truth": truth, "is_scored": truth is not None,
        "is_negative": exercise in {"none", "plank"}, "duration_s": 60.0, "given": given,
        "automatic": automatic, "recognised": exercise, "matched": given, "turns": given,
        "labelled": truth or 0, "asked_wrongly": 0, "plain": given,
    }  # fmt: skip
    return Outcome(**{**values, **changes})


def figures(done: list[Outcome]) -> dict[str, float]:
    return {row.what: row.value for row in rows_of(done)}


def test_a_turn_matches_one_label_within_three_tenths() -> None:
    assert matched_turns([1.0, 1.1, 4.0, 9.0], [1.2, 4.3, 7.0]) == 2


def test_counts_are_scored_by_group() -> None:
    found = figures([
        outcome("squat", 5, 5, 6),
        outcome("deadlift", 1, 1, 1),
        outcome("lunge", 6, 6, 6, recognised="squat"),
    ])  # fmt: skip
    assert found["the four exercises, exercise given: exact"] == 1.0
    assert found["the four exercises, automatic: exact"] == 0.5
    assert found["the four exercises, automatic: within one"] == 1.0
    assert found["the four exercises, automatic: mean relative error"] == pytest.approx(0.1)
    assert found["automatic: other movements rightly named or not at all"] == 0.0


def test_false_repetitions_are_told_by_the_minute() -> None:
    found = figures([outcome("none", 0, 3, 0, asked_wrongly=8), outcome("plank", None, 0, 0)])
    assert found["no exercise, asked to count anything: false repetitions a minute"] == 1.5
    assert found["no exercise, automatic: clips without a repetition"] == 1.0
    assert found["no exercise, asked for each of the four: false repetitions a minute"] == 1.0


def test_labels_are_read_and_low_confidence_is_not_scored(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(
        HEADER
        + "a.mp4,squat,3,high,side,1.0;2.5;4,p1,5.0,,s1\n"
        + "b.mp4,squat,3,low,side,,p1,5.0,,s1\n"
        + "c.mp4,plank,,high,side,,p1,5.0,,s1\n"
    )
    first, second, third = read_labels(tmp_path)
    assert first.turns_s == (1.0, 2.5, 4.0)
    assert (first.is_counted, second.is_counted, third.is_counted) == (True, False, False)
    assert (first.is_negative, third.is_negative) == (False, True)


def test_kept_landmarks_are_used_and_nobody_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(HEADER + "a.mp4,none,0,high,any,,p1,1.0,\n")
    np.savez(
        tmp_path / "a.npz", t_s=np.arange(30) / 30, xy=np.full((30, 33, 2), np.nan),
        visibility=np.zeros((30, 33)), aspect_ratio=1.0,
    )  # fmt: skip
    (pair,) = landmarks_of(read_labels(tmp_path), Landmarks(tmp_path))
    clip, track = pair
    done = count_clip(clip, track)
    assert (done.given, done.automatic, done.asked_wrongly) == (0, 0, 0)


def test_absent_clips_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err
