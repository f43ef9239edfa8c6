"""Objections are folded into a new version of the report; the first stays."""

from __future__ import annotations

import json

import pytest

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.library import Library
from repsight.app.review import fold_reviews
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.contest import Contest
from repsight.core.report_json import from_dict
from repsight.errors import UserMistake
from repsight.landmarks_io import save_landmarks

NAN = float("nan")


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """Four squats of which one is half, all with the same fault."""
    folder = tmp_path_factory.mktemp("analysed")
    done = perform(
        "squat", reps=4, seed=4, range_ratio=[1, 1, 0.45, 1], faults=[Fault("heel_rise", 1.0)]
    )
    save_landmarks(folder / "set.npz", done.track(fps=20, noise=0.5))
    analyze_clip(AnalyzeRequest(folder / "set.npz", "squat", folder=folder / "result"))
    return folder / "result"


@pytest.fixture
def result(analysed, tmp_path):
    for name in ("report.json", "report.html", "landmarks.npz"):
        (tmp_path / name).write_bytes((analysed / name).read_bytes())
    return tmp_path


def first(result):
    return from_dict(json.loads((result / "report.json").read_text())).sets[0]


def test_a_refused_movement_that_counts_is_measured_like_the_others(result):
    before = first(result)
    (refused,) = [one for one in before.rejected if one.reason == "partial_range"]
    new = fold_reviews(result, {1: [Contest("counts", refused.turn_s)]}).sets[0]
    assert (before.rep_count, new.rep_count) == (3, 4)
    assert [rep.number for rep in new.reps] == [1, 2, 3, 4]
    assert new.reps[2].metrics
    assert any("4 repetitions instead of 3" in one for one in new.corrections)
    assert repr(first(result)) == repr(before)  # NaN is no equal of itself
    assert "4 repetitions instead of 3" in (result / "reviewed.html").read_text()


def test_a_counted_one_that_was_none_is_refused_with_the_reason(result):
    before = first(result)
    new = fold_reviews(result, {1: [Contest("does_not_count", before.reps[0].turn_s)]}).sets[0]
    assert new.rep_count == before.rep_count - 1
    assert any("contested" in one.explanation for one in new.rejected)


def test_a_verdict_that_was_contested_is_open_and_not_fine(result):
    before = first(result)
    issue = next(one for one in before.verdicts if one.outcome in ("issue", "watch") and one.rep)
    turn_s = before.reps[issue.rep - 1].turn_s
    new = fold_reviews(result, {1: [Contest("not_a_fault", turn_s, issue.rule)]}).sets[0]
    (found,) = [one for one in new.verdicts if (one.rule, one.rep) == (issue.rule, issue.rep)]
    assert found.outcome == "cannot_judge"
    assert "contested" in found.reason
    others = [one for one in new.verdicts if one.rule == issue.rule and one.rep != issue.rep]
    assert any(one.outcome in ("issue", "watch") for one in others)


def test_what_is_taken_back_leaves_the_first_version_alone(result):
    turn_s = first(result).reps[0].turn_s
    fold_reviews(result, {1: [Contest("does_not_count", turn_s)]})
    assert (result / "reviewed.json").is_file()
    fold_reviews(result, {1: [Contest("does_not_count", turn_s), Contest("taken_back", turn_s)]})
    assert not (result / "reviewed.json").exists()
    assert not (result / "reviewed.html").exists()


def test_an_objection_to_nothing_changes_no_number(result):
    before = first(result)
    new = fold_reviews(result, {1: [Contest("counts", 999.0)], 7: [Contest("counts", 1.0)]})
    assert new.sets[0].rep_count == before.rep_count


def test_objections_are_kept_in_order_and_go_with_the_clip(tmp_path, analysed):
    library = Library.open(tmp_path / "data")
    size = (analysed / "landmarks.npz").stat().st_size
    clip = library.begin_upload(name="set.npz", size_bytes=size).clip
    assert library.contest(clip.id, "counts", set_number=1, t_s=1.0) is None
    folder = library.result_folder(clip)
    folder.mkdir()
    for name in ("report.json", "landmarks.npz"):
        (folder / name).write_bytes((analysed / name).read_bytes())
    turn_s = first(folder).reps[0].turn_s
    library.contest(clip.id, "does_not_count", set_number=1, t_s=turn_s, note="racked")
    said = library.contest(clip.id, "not_a_fault", set_number=1, t_s=-1.0, rule="heel_rise")
    assert said
    assert [one.seq for one in said] == [1, 2]
    assert said[0].note == "racked"
    assert "reviewed.html" in library.find(clip.id).files
    library.delete(clip.id)
    assert library.reviews(clip.id) == []
    library.close()


def test_a_report_that_cannot_be_folded_keeps_no_objection(tmp_path, analysed):
    library = Library.open(tmp_path / "data")
    clip = library.begin_upload(name="set.npz", size_bytes=1).clip
    folder = library.result_folder(clip)
    folder.mkdir()
    (folder / "report.json").write_bytes((analysed / "report.json").read_bytes())
    with pytest.raises((UserMistake, OSError)):
        library.contest(clip.id, "does_not_count", set_number=1, t_s=1.0)
    assert library.reviews(clip.id) == []
    library.close()


def test_a_set_that_was_another_exercise_is_counted_and_judged_as_that(tmp_path):
    track = perform("romanian_deadlift", reps=3, seed=4).track(fps=20)
    save_landmarks(tmp_path / "set.npz", track)
    result = tmp_path / "result"
    analyze_clip(AnalyzeRequest(tmp_path / "set.npz", "squat", folder=result))
    was = Contest("wrong_exercise", NAN, exercise="romanian_deadlift")
    (new,) = fold_reviews(result, {1: [was]}).sets
    assert (new.exercise.id, new.exercise.method, new.rep_count) == (
        "romanian_deadlift",
        "given",
        3,
    )
    assert any("it was Romanian deadlift, not Squat" in one for one in new.corrections)
    assert first(result).exercise.id == "squat"
    gone = Contest("does_not_count", new.reps[0].turn_s)
    assert fold_reviews(result, {1: [was, gone]}).sets[0].rep_count == 2
    fold_reviews(result, {1: [was, Contest("taken_back", NAN)]})
    assert not (result / "reviewed.json").exists()


def test_a_set_was_no_exercise_that_nobody_knows(tmp_path, analysed):
    library = Library.open(tmp_path / "data")
    clip = library.begin_upload(name="set.npz", size_bytes=1).clip
    folder = library.result_folder(clip)
    folder.mkdir()
    (folder / "report.json").write_bytes((analysed / "report.json").read_bytes())
    with pytest.raises(UserMistake):
        library.contest(clip.id, "wrong_exercise", set_number=1, t_s=-1.0, exercise="juggling")
    assert library.reviews(clip.id) == []
    library.close()
