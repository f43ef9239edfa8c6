"""The video of a report: made when it is asked for, and never of a report that has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from repsight.app.drawing import draw_report, keep_drawn
from repsight.app.library import Library
from repsight.app.past import read_report
from repsight.store.jobs import claim
from repsight.store.records import Job
from tests.trained import add_set, film_of_set, filmed

Film = tuple[Path, tuple[int, int]]


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Film:
    return film_of_set(tmp_path_factory.mktemp("film") / "set.mp4")


@pytest.fixture
def clip_id(library: Library, film: Film) -> str:
    source, size = film
    return add_set(library, name="set.mp4", film=source, change=filmed(size))


def folder_of(library: Library, clip_id: str) -> Path:
    return library.result_folder(library.find(clip_id).clip)


def claimed(library: Library) -> Job | None:
    with library.database.session() as session:
        return claim(session, worker="tests", lease_s=60.0)


def contest(library: Library, clip_id: str) -> None:
    folder = folder_of(library, clip_id)
    turn_s = read_turn(folder)
    library.contest(clip_id, "does_not_count", set_number=1, t_s=turn_s)


def read_turn(folder: Path) -> float:
    return read_report(folder).sets[0].reps[0].turn_s


def test_a_video_is_queued_once(library, clip_id):
    assert library.ask_for_drawing(clip_id, "annotated")
    assert library.ask_for_drawing(clip_id, "annotated")
    assert claimed(library).kind == "annotated"
    assert claimed(library) is None
    # the clip itself is done all the while
    listed = library.find(clip_id)
    assert listed.job.state == "done"
    assert [(one.kind, one.state) for one in listed.drawings] == [("annotated", "running")]
    assert library.all() == [listed]


def test_nothing_is_queued_for_what_is_there_or_cannot_be(library, clip_id):
    assert not library.ask_for_drawing(clip_id, "reviewed")
    assert not library.ask_for_drawing(add_set(library), "annotated")
    assert not library.ask_for_drawing("0" * 32, "annotated")
    (folder_of(library, clip_id) / "annotated.mp4").write_bytes(b"video")
    assert library.ask_for_drawing(clip_id, "annotated")
    assert claimed(library) is None


def test_a_video_is_there_when_it_is_kept_and_the_page_plays_it(library, clip_id, film):
    folder = folder_of(library, clip_id)
    assert draw_report(film[0], folder, "annotated") == ()
    assert library.result_file(clip_id, "annotated.mp4") is None
    keep_drawn(folder, "annotated")
    assert library.result_file(clip_id, "annotated.mp4").stat().st_size > 10_000
    assert 'src="annotated.mp4' in (folder / "report.html").read_text("utf-8")
    assert not list(folder.glob(".*"))


def test_an_objection_makes_the_video_of_the_earlier_objections_go(library, clip_id, film):
    contest(library, clip_id)
    folder = folder_of(library, clip_id)
    draw_report(film[0], folder, "reviewed")
    keep_drawn(folder, "reviewed")
    assert 'src="reviewed.mp4' in (folder / "reviewed.html").read_text("utf-8")
    (folder / "annotated.mp4").write_bytes(b"video")
    library.contest(clip_id, "taken_back", set_number=1, t_s=read_turn(folder))
    assert library.result_file(clip_id, "reviewed.mp4") is None
    assert library.result_file(clip_id, "annotated.mp4") is not None


def test_an_objection_stops_the_video_of_the_earlier_objections(library, clip_id):
    contest(library, clip_id)
    library.ask_for_drawing(clip_id, "reviewed")
    contest(library, clip_id)
    assert claimed(library) is None


def test_an_analysis_stops_every_video_and_cancelling_one_stops_no_other(library, clip_id):
    library.ask_for_drawing(clip_id, "annotated")
    library.cancel(clip_id)
    assert claimed(library).kind == "annotated"
    library.analyse_again(clip_id, exercise="squat")
    assert library.find(clip_id).drawings[0].is_cancel_wanted
    assert claimed(library).kind == "analysis"
