"""The history follows the reports, and nothing that was deleted comes back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import pytest

from repsight.app.export import export_all, export_set
from repsight.app.library import Library
from repsight.app.live import LiveRooms
from repsight.app.replay import compare, replay_of
from repsight.app.trained import Trained
from repsight.app.trends import bests_of, trends_of
from repsight.athlete.performance import perform
from repsight.errors import UnknownName, UserMistake
from repsight.landmarks_io import load_landmarks
from repsight.live.wire import encode_frame
from tests.trained import add_set

BEGIN = datetime(2026, 5, 4, 18, tzinfo=UTC)


@pytest.fixture
def trained(library) -> Trained:
    return Trained(library, library.database)


def unchanged(folder, week: int) -> None:
    del folder, week


def weekly(library: Library, weeks: int, change=unchanged) -> list[str]:
    return [
        add_set(
            library, recorded_at=BEGIN + timedelta(weeks=week), change=partial(change, week=week)
        )
        for week in range(weeks)
    ]  # fmt: skip


def scaled(metric: str, by):
    """Changes one number of the stored report, as if the lifter had done it otherwise."""

    def change(folder, week: int) -> None:
        path = folder / "report.json"
        report = json.loads(path.read_text())
        report["sets"][0]["metrics"][metric]["value"] *= by(week)
        path.write_text(json.dumps(report))

    return change


def test_sets_come_from_reports(library, trained):
    clip_id = add_set(library, recorded_at=BEGIN)
    ((clip, seen),) = trained.sets()
    assert (clip.id, clip.when) == (clip_id, BEGIN)
    assert (seen.exercise, seen.rep_count, seen.view) == ("squat", 3, "side")
    assert seen.measures["range"].error > 0


def test_an_objection_changes_the_history(library, trained):
    clip_id = add_set(library)
    _, seen = trained.sets()[0]
    turn_s = trained.report_of(clip_id, 1)[1].reps[0].turn_s
    library.contest(clip_id, "does_not_count", set_number=1, t_s=turn_s)
    assert [one.rep_count for _, one in trained.sets()] == [seen.rep_count - 1]
    library.contest(clip_id, "taken_back", set_number=1, t_s=turn_s)
    assert [one.rep_count for _, one in trained.sets()] == [seen.rep_count]


def test_a_damaged_report_does_not_hide_the_others(library, trained):
    add_set(library)
    add_set(library, change=lambda folder: (folder / "report.json").write_text("{"))
    assert len(trained.sets()) == 1


@pytest.mark.parametrize(("clip_id", "number"), [("0" * 32, 1), ("../../etc", 1)])
def test_a_set_that_is_not_there_is_said(trained, clip_id, number):
    with pytest.raises(UnknownName, match="no such set"):
        trained.report_of(clip_id, number)


def test_a_steady_range_is_no_change(library, trained):
    weekly(library, 5)
    trends = {one.id: one for one in trends_of(trained.sets(), "squat")}
    assert trends["range"].change.direction == "no_change"
    assert len(trends["range"].points) == 5
    assert {"eccentric", "concentric", "velocity_loss"} <= set(trends)
    assert trends_of(trained.sets(), "deadlift") == ()


def test_a_range_that_grows_beyond_the_error_is_said(library, trained):
    weekly(library, 6, scaled("range", lambda week: 1 + 0.3 * week))
    trends = {one.id: one for one in trends_of(trained.sets(), "squat")}
    assert trends["range"].change.direction == "rising"
    bests = {one.kind: one for one in bests_of(trained.sets(), "squat")}
    assert bests["range"].when == BEGIN + timedelta(weeks=5)
    assert bests["range"].is_clear
    assert (bests["reps"].measure.value, bests["reps"].when) == (3, BEGIN)
    assert not bests["reps"].is_clear


def test_another_side_is_not_compared(library, trained):
    def turned(folder, week: int) -> None:
        path = folder / "report.json"
        report = json.loads(path.read_text())
        if week == 2:
            report["sets"][0]["view"] = "front"
        path.write_text(json.dumps(report))

    weekly(library, 5, turned)
    trends = {one.id: one for one in trends_of(trained.sets(), "squat")}
    assert [point.is_compared for point in trends["range"].points] == [1, 1, 0, 1, 1]
    assert all(point.is_compared for point in trends["concentric"].points)


def test_two_sets_are_compared_by_phase_with_errors(library, trained):
    first = add_set(library)
    second = add_set(library, seed=9, reps=2)
    compared = compare(library, trained, (first, 1), (second, 1))
    assert [len(one.turns) for one in (compared.first, compared.second)] == [3, 2]
    for turn in compared.first.turns:
        assert turn.start_s < turn.turn_start_s <= turn.turn_end_s < turn.end_s
    numbers = {one.id: one for one in compared.numbers}
    gap = numbers["concentric"].second.value - numbers["concentric"].first.value
    assert numbers["concentric"].change.amount == pytest.approx(gap)
    itself = compare(library, trained, (first, 1), (first, 1))
    assert {one.change.direction for one in itself.numbers} <= {"no_change", "unknown"}


def test_sets_of_different_exercises_are_not_compared(library, trained):
    first, second = add_set(library), add_set(library, exercise="push_up", reps=2, seed=5)
    with pytest.raises(UserMistake, match="different exercises"):
        compare(library, trained, (first, 1), (second, 1))


def test_a_skeleton_stands_on_the_origin_and_faces_right(library, trained):
    replay = replay_of(library, trained, add_set(library), 1)
    ankles = replay.xy[:, [11, 12]]
    assert np.abs(np.nanmedian(ankles, axis=(0, 1))).max() < 0.1
    assert -1.6 < np.nanmedian(replay.xy[:, 0, 1]) < -0.5  # the head is above the feet
    knees = np.nanmedian(replay.xy[:, [9, 10], 0])
    hips = np.nanmedian(replay.xy[:, [7, 8], 0])
    assert knees > hips


def test_a_set_is_taken_away_in_four_forms(library, trained, tmp_path):
    clip_id = add_set(library, recorded_at=BEGIN, name="=cmd()<b>.npz")
    made = {form: export_set(library, trained, clip_id, 1, form=form) for form in
            ("json", "csv", "trc", "npz")}  # fmt: skip
    assert {one.name for one in made.values()} == {f"2026-05-04-squat-set1.{form}" for form in made}
    assert json.loads(made["json"].data)["rep_count"] == 3
    rows = list(csv.DictReader(io.StringIO(made["csv"].data.decode())))
    assert [row["rep"] for row in rows] == ["1", "2", "3"]
    assert float(rows[0]["range error [leg]"]) > 0
    assert made["trc"].data.startswith(b"PathFileType\t4")
    (tmp_path / "set.npz").write_bytes(made["npz"].data)
    assert len(load_landmarks(tmp_path / "set.npz").track) > 30


def test_everything_is_taken_away_as_one_file(library, trained):
    clip_id = add_set(library, recorded_at=BEGIN, name="=cmd().npz")
    library.contest(clip_id, "does_not_count", set_number=1, t_s=3.0)
    library.keep_calibration("squat", '{"range": 1}')
    data = b"".join(export_all(library, trained))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        sets = archive.read("sets.csv").decode()
        kept = json.loads(archive.read("calibrations.json"))["calibrations"]
    folder = f"2026-05-04-{clip_id}"
    assert {f"{folder}/report.json", f"{folder}/landmarks.npz", f"{folder}/reviews.json"} <= names
    assert {f"{folder}/2026-05-04-squat-set1.{form}" for form in ("csv", "trc")} <= names
    assert "'=cmd().npz" in sets
    assert [one["exercise"] for one in kept] == ["squat"]


def test_a_deleted_set_is_gone_from_the_history_and_from_the_disk(library, trained, tmp_path):
    kept = add_set(library)
    gone = add_set(library, name="very-private.npz")
    trained.sets()
    assert library.delete(gone)
    assert [clip.id for clip, _ in trained.sets()] == [kept]
    assert traces(tmp_path, gone, b"very-private") == []


def test_deleting_everything_leaves_nothing(library, trained, tmp_path):
    clip_id = add_set(library, name="very-private.npz")
    library.contest(clip_id, "does_not_count", set_number=1, t_s=3.0, note="knee hurts")
    library.keep_calibration("squat", '{"thigh": 0.4567}')
    rooms = LiveRooms(tmp_path / "data" / "live", library)
    room = rooms.begin("squat")
    for seq, pose in enumerate(perform("squat", reps=1, seed=4).track(fps=10).frames()):
        room.take(encode_frame(seq, pose))
    trained.sets()
    rooms.discard_all()
    assert library.delete_all() == 1
    assert trained.sets() == []
    assert library.kept_calibrations() == []
    assert list((tmp_path / "data" / "clips").iterdir()) == []
    assert list((tmp_path / "data" / "live").iterdir()) == []
    for trace in (b"very-private", b"knee hurts", b"0.4567"):
        assert traces(tmp_path, clip_id, trace) == []


def traces(folder, clip_id: str, text: bytes) -> list[str]:
    """Files that still know something of a clip."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (text in path.read_bytes() or clip_id.encode() in path.read_bytes())
    ]


def test_a_clip_that_is_deleted_while_it_is_analysed_leaves_no_folder(library, tmp_path):
    clip_id = add_set(library)
    library.delete(clip_id)
    (tmp_path / "data" / "clips" / clip_id / "result").mkdir(parents=True)  # a worker was writing
    library.sweep(clip_id)
    assert list((tmp_path / "data" / "clips").iterdir()) == []


@pytest.mark.parametrize(
    "when", [datetime(2999, 1, 1, tzinfo=UTC), datetime(1200, 1, 1, tzinfo=UTC)]
)
def test_a_day_that_cannot_be_is_not_kept(library, when):
    listed = library.begin_upload(name="a.mp4", size_bytes=3, recorded_at=when)
    assert listed.clip.recorded_at is None
    with pytest.raises(UserMistake, match="cannot have been filmed"):
        library.set_recorded(listed.clip.id, when)
