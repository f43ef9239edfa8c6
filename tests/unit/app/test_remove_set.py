"""One set of several is deleted, and nothing else."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.outputs import write_report
from repsight.app.past import read_report
from repsight.app.trained import Trained
from repsight.athlete.performance import perform
from repsight.coach.coach import coached
from repsight.core.types import PoseTrack
from repsight.errors import UserMistake
from repsight.landmarks_io import load_landmarks, save_landmarks
from repsight.store.jobs import claim, end

REPS = (3, 2, 4)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory) -> Path:
    """A clip of three sets with long rests between them."""
    folder = tmp_path_factory.mktemp("three")
    result = folder / "result"
    tracks, reports = [], []
    for number, reps in enumerate(REPS):
        track = perform("squat", reps=reps, seed=4).track(fps=15)
        tracks.append(replace(track, t_s=track.t_s + 60.0 * number))
        save_landmarks(folder / "set.npz", tracks[-1])
        analyze_clip(AnalyzeRequest(folder / "set.npz", "squat", folder=result))
        reports.append(read_report(result))
    save_landmarks(folder / "set.npz", joined(tracks))
    shutil.copy(folder / "set.npz", result / "landmarks.npz")
    sets = tuple(one.sets[0] for one in reports)
    write_report(result / "report.json", coached(replace(reports[0], sets=sets)))
    (result / "stills").mkdir(exist_ok=True)
    for number in (1, 2, 3):
        (result / "stills" / f"set{number}-rep1-depth.jpg").write_text(str(number))
    return folder


def joined(tracks: list[PoseTrack]) -> PoseTrack:
    parts = (
        np.concatenate([getattr(one, name) for one in tracks])
        for name in ("t_s", "xy", "visibility", "world")
    )
    return PoseTrack(*parts, aspect_ratio=tracks[0].aspect_ratio)


@pytest.fixture
def clip_id(library, analysed) -> str:
    source = analysed / "set.npz"
    clip = library.begin_upload(name="three.npz", size_bytes=source.stat().st_size).clip
    shutil.copy(source, library.source_of(clip))
    library.finish_upload(clip.id)
    shutil.copytree(analysed / "result", library.result_folder(clip))
    return clip.id


@pytest.fixture
def done(library, clip_id) -> str:
    with library.database.session() as session:
        job = claim(session, worker="tests", lease_s=60.0)
        end(session, job.id, worker="tests", state="done")
    return clip_id


def folder_of(library, clip_id):
    return library.result_folder(library.find(clip_id).clip)


def test_the_others_stay_and_move_up(library, done):
    folder = folder_of(library, done)
    gone = read_report(folder).sets[1]
    assert library.delete_set(done, 2)
    report = read_report(folder)
    assert [one.rep_count for one in report.sets] == [3, 4]
    assert "2 squats" not in report.summary
    assert library.find(done) is not None
    seen = Trained(library, library.database).sets()
    assert [(one.number, one.rep_count) for _, one in seen] == [(1, 3), (2, 4)]
    stills = {path.name: path.read_text() for path in (folder / "stills").iterdir()}
    assert stills == {"set1-rep1-depth.jpg": "1", "set2-rep1-depth.jpg": "3"}
    track = load_landmarks(folder / "landmarks.npz").track
    inside = (track.t_s >= gone.start_s) & (track.t_s <= gone.end_s)
    assert np.isnan(track.xy[inside]).all()
    assert np.isfinite(track.xy[~inside]).any()
    assert f"{gone.reps[0].turn_s:.3f}" not in (folder / "report.html").read_text()


def test_what_was_said_of_the_others_still_holds(library, done):
    folder = folder_of(library, done)
    turns = [one.reps[0].turn_s for one in read_report(folder).sets]
    for number in (2, 3):
        library.contest(done, "does_not_count", set_number=number, t_s=turns[number - 1])
    assert library.delete_set(done, 2)
    assert [one.set_number for one in library.reviews(done)] == [2]
    reviewed = json.loads((folder / "reviewed.json").read_text())
    assert [one["rep_count"] for one in reviewed["sets"]] == [3, 3]


def test_the_last_set_goes_with_its_clip(library, done):
    for _ in REPS:
        assert library.delete_set(done, 1)
    assert library.find(done) is None


def test_a_set_that_is_not_there_is_none(library, done):
    assert not library.delete_set(done, 4)
    assert not library.delete_set("0" * 32, 1)


def test_not_while_it_is_being_analysed(library, clip_id):
    with pytest.raises(UserMistake, match="being analysed"):
        library.delete_set(clip_id, 1)
