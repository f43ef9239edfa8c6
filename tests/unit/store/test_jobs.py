"""The queue of analyses against a real SQLite file."""

from __future__ import annotations

import threading
import time

import pytest

from repsight.errors import UserMistake
from repsight.store.clips import add_clip, clip_with, list_clips, mark_uploaded, remove_clip
from repsight.store.database import Database, open_database
from repsight.store.jobs import MAX_ATTEMPTS, beat, cancel, claim, end, enqueue, release
from repsight.store.reviews import add_review, reviews_of


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'repsight.db'}")
    yield opened
    opened.close()


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


def test_opening_twice_keeps_what_is_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'repsight.db'}"
    first = open_database(url)
    with first.session() as session:
        add_clip(session, name="a.mov", suffix=".mov", size_bytes=1, exercise="auto")
    first.close()
    second = open_database(url)
    with second.session() as session:
        assert len(list_clips(session)) == 1
    second.close()
