"""What every database must do for us: a real SQLite file and a real PostgreSQL server."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from math import nan

import pytest
from sqlalchemy.dialects import sqlite

from repsight.core.report import Measure
from repsight.errors import UserMistake
from repsight.store.calibrations import (
    keep_calibration,
    kept_calibrations,
    remove_calibrations,
)
from repsight.store.clips import (
    add_clip,
    clip_ids,
    clip_with,
    list_clips,
    mark_uploaded,
    remove_all,
    remove_clip,
    set_recorded,
)
from repsight.store.database import Database, open_database
from repsight.store.jobs import MAX_ATTEMPTS, beat, cancel, claim, drawings, end, enqueue, release
from repsight.store.records import IssueSeen, SetSeen
from repsight.store.reviews import add_review, reviews_of
from repsight.store.sets import list_sets, replace_sets, stamps
from repsight.store.tables import UtcTime


@pytest.fixture
def clip_id(database: Database) -> str:
    with database.session() as session:
        clip = add_clip(session, name="set.mp4", suffix=".mp4", size_bytes=3, exercise="auto")
        return clip.id


def queue(database: Database, clip_id: str) -> str:
    with database.session() as session:
        return enqueue(session, clip_id=clip_id, exercise="squat").id


def claimed(database: Database, worker: str = "one", lease_s: float = 30.0):
    with database.session() as session:
        return claim(session, worker=worker, lease_s=lease_s)


def latest(database: Database, clip_id: str):
    with database.session() as session:
        return clip_with(session, clip_id)[1]


def test_a_queued_job_is_claimed_once(database, clip_id):
    queue(database, clip_id)
    assert claimed(database, "one").exercise == "squat"
    assert claimed(database, "two") is None


def test_the_oldest_job_goes_first(database, clip_id):
    first = queue(database, clip_id)
    queue(database, clip_id)
    assert claimed(database).id == first


def test_a_job_whose_worker_died_is_claimed_again(database, clip_id):
    queue(database, clip_id)
    claimed(database, "dead", lease_s=0.01)
    time.sleep(0.02)
    again = claimed(database, "alive")
    assert again.attempts == 2
    with database.session() as session:
        assert beat(session, again.id, worker="dead", lease_s=9, share=0.5, stage="") == "lost"


def test_a_job_that_brings_down_every_worker_fails_in_words(database, clip_id):
    queue(database, clip_id)
    for _ in range(MAX_ATTEMPTS):
        assert claimed(database, lease_s=0.001) is not None
        time.sleep(0.005)
    assert claimed(database) is None
    assert latest(database, clip_id).state == "failed"
    assert "unexpectedly" in latest(database, clip_id).message


def test_a_running_job_hears_that_it_is_cancelled(database, clip_id):
    queue(database, clip_id)
    job = claimed(database)
    with database.session() as session:
        assert cancel(session, clip_id) == 1
    with database.session() as session:
        heard = beat(session, job.id, worker="one", lease_s=9, share=0.25, stage="look")
        assert heard == "cancelled"
    assert latest(database, clip_id).share == pytest.approx(0.25)


def test_a_cancelled_job_whose_worker_died_ends_cancelled(database, clip_id):
    queue(database, clip_id)
    claimed(database, lease_s=0.001)
    with database.session() as session:
        cancel(session, clip_id)
    time.sleep(0.005)
    assert claimed(database) is None
    assert latest(database, clip_id).state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once(database, clip_id):
    queue(database, clip_id)
    with database.session() as session:
        cancel(session, clip_id)
    assert latest(database, clip_id).state == "cancelled"
    assert claimed(database) is None


def test_only_the_owner_may_end_a_job(database, clip_id):
    queue(database, clip_id)
    job = claimed(database, "one")
    with database.session() as session:
        assert not end(session, job.id, worker="two", state="done")
        assert end(session, job.id, worker="one", state="done")
    assert latest(database, clip_id).state == "done"
    assert latest(database, clip_id).share == 1.0


def test_a_worker_that_stops_in_order_spends_no_attempt(database, clip_id):
    queue(database, clip_id)
    claimed(database, "one")
    with database.session() as session:
        assert release(session, worker="one") == 1
    assert claimed(database, "two").attempts == 1


def test_workers_that_ask_at_once_get_different_jobs(database, clip_id):
    jobs = {queue(database, clip_id) for _ in range(12)}
    got: list[str] = []

    def take(worker: str) -> None:
        while (job := claimed(database, worker)) is not None:
            got.append(job.id)

    threads = [threading.Thread(target=take, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(jobs)


def test_a_clip_is_listed_with_its_latest_job(database, clip_id):
    queue(database, clip_id)
    with database.session() as session:
        newest = enqueue(session, clip_id=clip_id, exercise="deadlift")
    with database.session() as session:
        assert [job.id for _, job in list_clips(session)] == [newest.id]


def test_a_report_is_waited_for_and_a_video_is_not(database, clip_id):
    with database.session() as session:
        enqueue(session, clip_id=clip_id, exercise="squat", kind="annotated")
    queue(database, clip_id)
    assert [claimed(database).kind for _ in range(2)] == ["analysis", "annotated"]


def test_a_video_is_not_the_state_of_its_clip(database, clip_id):
    analysis = queue(database, clip_id)
    with database.session() as session:
        videos = [
            enqueue(session, clip_id=clip_id, exercise="squat", kind=kind).id
            for kind in ("annotated", "reviewed", "annotated")
        ]
    assert latest(database, clip_id).id == analysis
    with database.session() as session:
        assert [job.id for _, job in list_clips(session)] == [analysis]
        found = {kind: job.id for (_, kind), job in drawings(session).items()}
        assert found == {"annotated": videos[2], "reviewed": videos[1]}
        assert drawings(session, clip_id).keys() == drawings(session).keys()
        assert drawings(session, "0" * 32) == {}


def test_one_kind_of_work_is_cancelled_and_the_others_go_on(database, clip_id):
    queue(database, clip_id)
    with database.session() as session:
        enqueue(session, clip_id=clip_id, exercise="squat", kind="annotated")
        assert cancel(session, clip_id, kinds=("annotated", "reviewed")) == 1
    assert claimed(database).kind == "analysis"
    assert claimed(database) is None


def test_a_clip_is_marked_uploaded_once(database, clip_id):
    with database.session() as session:
        assert mark_uploaded(session, clip_id)
    with database.session() as session:
        assert not mark_uploaded(session, clip_id)
        assert clip_with(session, clip_id)[0].uploaded_at.tzinfo is not None


def test_a_removed_clip_takes_jobs_and_reviews_with_it(database, clip_id):
    queue(database, clip_id)
    with database.session() as session:
        add_review(session, clip_id, kind="counts", t_s=2.5)
    with database.session() as session:
        assert remove_clip(session, clip_id)
        assert not remove_clip(session, clip_id)
    with database.session() as session:
        assert reviews_of(session, clip_id) == []
    assert claimed(database) is None


def test_reviews_are_numbered_without_gaps(database, clip_id):
    for kind in ("counts", "not_a_fault", "taken_back"):
        with database.session() as session:
            add_review(session, clip_id, kind=kind, rule="depth")
    with database.session() as session:
        assert [review.seq for review in reviews_of(session, clip_id)] == [1, 2, 3]


def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path):
    with pytest.raises(UserMistake, match="cannot be opened"):
        open_database(f"sqlite:///{tmp_path / 'missing' / 'repsight.db'}")


def test_opening_twice_keeps_what_is_there(reopened):
    first = reopened()
    with first.session() as session:
        add_clip(session, name="a.mov", suffix=".mov", size_bytes=1, exercise="auto")
    first.close()
    with reopened().session() as session:
        assert len(list_clips(session)) == 1


def seen(clip_id: str, number: int = 1, **other) -> SetSeen:
    told = {
        "exercise": "squat", "name": "Squat", "view": "side", "variation": "", "counts": "reps",
        "rep_count": 5, "rejected": 1, "held_s": 0.0, "start_s": 1.0, "end_s": 20.0,
        "measures": {"range": Measure(0.5, "leg", 0.02), "sway": Measure(nan, "leg", nan)},
        "issues": (IssueSeen("depth", "Depth", 2, 5),),
    }  # fmt: skip
    return SetSeen(clip_id, number, **(told | other))


def test_sets_are_replaced_with_their_report(database, clip_id):
    with database.session() as session:
        assert replace_sets(session, clip_id, [seen(clip_id), seen(clip_id, 2)], stamp=1)
    stamp = 2**62
    with database.session() as session:
        assert replace_sets(session, clip_id, [seen(clip_id, rep_count=6)], stamp=stamp)
        assert [kept for _, kept in stamps(session)] == [stamp]
    with database.session() as session:
        ((clip, kept),) = list_sets(session)
    assert (clip.id, kept.rep_count, kept.issues) == (clip_id, 6, seen(clip_id).issues)
    assert kept.measures == {"range": Measure(0.5, "leg", 0.02)}


def test_sets_of_a_clip_that_is_gone_are_not_kept(database):
    with database.session() as session:
        assert not replace_sets(session, "nobody", [seen("nobody")], stamp=1)


def test_sets_are_listed_in_the_order_of_training(database):
    ids = []
    for day in (3, 1, 2):
        with database.session() as session:
            clip = add_clip(
                session, name="a.mp4", suffix=".mp4", size_bytes=1, exercise="auto",
                recorded_at=datetime(2026, 5, day, tzinfo=UTC),
            )  # fmt: skip
            replace_sets(session, clip.id, [seen(clip.id)], stamp=day)
            ids.append(clip.id)
    with database.session() as session:
        assert [clip.id for clip, _ in list_sets(session)] == [ids[1], ids[2], ids[0]]
        assert set_recorded(session, ids[1], datetime(2026, 5, 4, tzinfo=UTC))
        assert not set_recorded(session, "nobody", datetime(2026, 5, 4, tzinfo=UTC))
    with database.session() as session:
        assert [clip.id for clip, _ in list_sets(session)] == [ids[2], ids[0], ids[1]]


def test_a_removed_clip_takes_its_sets_with_it(database, clip_id):
    with database.session() as session:
        replace_sets(session, clip_id, [seen(clip_id)], stamp=1)
    with database.session() as session:
        assert remove_all(session) == 1
    with database.session() as session:
        assert list_sets(session) == []
        assert clip_ids(session) == set()


def test_the_newest_calibration_of_an_exercise_is_kept(database):
    for exercise, body in (("squat", "1"), ("deadlift", "2"), ("squat", "3")):
        with database.session() as session:
            keep_calibration(session, exercise, body)
    with database.session() as session:
        kept = kept_calibrations(session)
        assert [(exercise, body) for exercise, _, body in kept] == [
            ("deadlift", "2"),
            ("squat", "3"),
        ]
        assert kept[0][1].tzinfo is not None
        assert remove_calibrations(session, "squat") == 1
        assert remove_calibrations(session, "squat") == 0
        assert remove_calibrations(session) == 1


@pytest.mark.parametrize("whole", [False, True])
def test_what_was_removed_is_gone_from_the_files(tmp_path, whole):
    path = tmp_path / "repsight.db"
    database = open_database(f"sqlite:///{path}")
    with database.session() as session:
        add_clip(session, name="my-secret-set.mp4", suffix=".mp4", size_bytes=1, exercise="auto")
    assert b"my-secret-set" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    with database.session() as session:
        remove_all(session)
    database.scrub(whole=whole)
    assert b"my-secret-set" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    database.close()


@pytest.mark.parametrize("zone", [None, UTC, timezone(timedelta(hours=2))])
def test_a_moment_is_the_same_whatever_zone_the_database_gives_it_back_in(zone):
    moment = datetime(2026, 5, 4, 18, tzinfo=UTC)
    given = moment.replace(tzinfo=None) if zone is None else moment.astimezone(zone)
    read = UtcTime().process_result_value(given, sqlite.dialect())
    assert (read, read.tzinfo) == (moment, UTC)
