"""A calibration is learned from a set, used from then on, and forgotten when that is wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.calibrations import (
    calibrations_in,
    kept_calibrations,
    learn_calibration,
    learned,
    told,
)
from repsight.app.live import LiveRooms
from repsight.app.past import read_report
from repsight.app.review import fold_reviews
from repsight.athlete.performance import perform
from repsight.core.contest import Contest
from repsight.errors import UnknownName, UserMistake
from repsight.landmarks_io import load_landmarks, save_landmarks
from repsight.live.wire import encode_frame
from tests.trained import add_set


@pytest.fixture(scope="module")
def halves():
    return perform("squat", reps=3, seed=4, range_ratio=0.45, lead_s=2.0, tail_s=2.0).track(fps=15)


def analysed(tmp_path, track, **other):
    save_landmarks(tmp_path / "set.npz", track)
    request = AnalyzeRequest(tmp_path / "set.npz", "squat", folder=tmp_path / "result", **other)
    return analyze_clip(request).report


def test_what_was_learned_is_kept_as_it_was(library):
    made = learn_calibration(library, add_set(library), exercise="squat")
    (kept,) = learned(library)
    assert kept.calibration == made
    assert kept.usual_least < kept.own_least < made.own_range.value


def test_the_newest_one_of_an_exercise_holds(library):
    learn_calibration(library, add_set(library), exercise="squat")
    again = learn_calibration(library, add_set(library, seed=9), exercise="squat")
    push_up = learn_calibration(
        library, add_set(library, exercise="push_up", reps=2, seed=5), exercise="push_up"
    )
    assert kept_calibrations(library) == (push_up, again)
    assert library.remove_calibrations("squat") == 1
    assert kept_calibrations(library) == (push_up,)


def test_what_another_version_kept_hinders_nobody(library):
    library.keep_calibration("squat", '{"thigh": 0.5}')
    assert kept_calibrations(library) == ()


def test_a_clip_of_something_else_teaches_nothing(library):
    clip_id = add_set(library, exercise="push_up", reps=2, seed=5)
    with pytest.raises(UserMistake, match="could be seen"):
        learn_calibration(library, clip_id, exercise="squat")
    assert kept_calibrations(library) == ()


def test_a_clip_that_is_not_there_teaches_nothing(library):
    with pytest.raises(UnknownName, match="no landmarks"):
        learn_calibration(library, "0" * 32, exercise="squat")


def test_a_report_says_that_it_was_used(library, tmp_path, halves):
    known = learn_calibration(library, add_set(library), exercise="squat")
    before = analysed(tmp_path, halves)
    after = analysed(tmp_path, halves, calibrations=(known,))
    assert before.sets[0].rep_count == 3
    assert after.sets[0].rep_count == 0
    assert told(known) in after.source.notes
    assert told(known) not in before.source.notes


def test_an_objection_folds_with_the_calibration_of_its_report(library, tmp_path, halves):
    known = learn_calibration(library, add_set(library), exercise="squat")
    report = analysed(tmp_path, halves, calibrations=(known,))
    folder = tmp_path / "result"
    assert calibrations_in(load_landmarks(folder / "landmarks.npz").extra) == (known,)
    one = report.sets[0].rejected[0]
    fold_reviews(folder, {1: [Contest("counts", one.turn_s)]})
    reviewed = read_report(folder / "reviewed.json").sets[0]
    assert (reviewed.rep_count, len(reviewed.rejected)) == (1, 2)


@pytest.mark.parametrize("ratio", [1.0, 0.45])
def test_a_live_set_is_counted_like_its_report(library, tmp_path, ratio):
    learn_calibration(library, add_set(library), exercise="squat")
    rooms = LiveRooms(tmp_path / "live", library)
    room = rooms.begin("squat")
    made = perform("squat", reps=3, seed=6, range_ratio=ratio, lead_s=2.0, tail_s=2.0)
    for seq, pose in enumerate(made.track(fps=20).frames()):
        room.take(encode_frame(seq, replace(pose, aspect_ratio=1.0)))
    clip_id, events = rooms.finish(room)
    listed = library.find(clip_id)
    report = analyze_clip(
        AnalyzeRequest(
            library.source_of(listed.clip), "squat", calibrations=kept_calibrations(library)
        )
    ).report
    assert report.sets[0].rep_count == events[-1].rep_count == (3 if ratio == 1.0 else 0)
