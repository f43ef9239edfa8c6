"""Live sets over their life: begun, broken off, gone on with, stored."""

from __future__ import annotations

import json
import os
import signal
import sys
from threading import Thread

import pytest

from repsight.app.library import Library
from repsight.app.live import KEEP_S, MOST_SETS, LiveRooms
from repsight.app.live_processes import BesideSeat
from repsight.app.live_room import AT_ONCE
from repsight.app.live_seats import EngineGone, HereSeat
from repsight.athlete.performance import perform
from repsight.errors import UnknownName, UserMistake
from repsight.landmarks_io import load_landmarks
from repsight.live.wire import encode_frame


@pytest.fixture
def library(tmp_path):
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def rooms(tmp_path, library):
    opened = LiveRooms(tmp_path / "live", library)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def squats() -> list[bytes]:
    track = perform("squat", reps=2, seed=4).track(fps=15)
    return [encode_frame(seq, pose) for seq, pose in enumerate(track.frames())]


def told(room, data: bytes) -> dict:
    room.take(data)
    return json.loads(room.ask().result())


def test_a_finished_set_waits_for_its_report_like_an_upload(tmp_path, library, rooms, squats):
    room = rooms.begin("squat", aspect_ratio=0.5)
    for data in squats:
        room.take(data)
    clip_id, events = rooms.finish(room)
    assert events[-1].rep_count == 2
    listed = library.find(clip_id)
    assert listed.job.state == "queued"
    assert listed.job.exercise == "squat"
    track = load_landmarks(library.source_of(listed.clip)).track
    assert len(track) == len(squats)
    assert track.aspect_ratio == 0.5
    assert list((tmp_path / "live").iterdir()) == []


def test_hardly_any_frames_are_no_set(library, rooms, squats):
    room = rooms.begin("squat")
    for data in squats[:5]:
        room.take(data)
    assert rooms.finish(room)[0] is None
    assert rooms.finish(rooms.begin("squat"))[0] is None
    assert library.all() == []


def test_a_killed_server_knows_every_acknowledged_frame(tmp_path, library, squats):
    killed = LiveRooms(tmp_path / "live", library)  # and never closed
    room = killed.begin("squat", variation="")
    for data in squats[:60]:
        told(room, data)
    (journal,) = (tmp_path / "live").glob("*.frames")
    with journal.open("ab") as torn:
        torn.write(squats[60][:100])  # it died while it wrote
    again = LiveRooms(tmp_path / "live", library).resume(room.start.session)
    assert again.order.next_seq == 60
    counts = [json.loads(one.seat.welcome().result())["count"] for one in (again, room)]
    assert counts[0] == counts[1]
    for data in squats[60:]:
        step = told(again, data)
    assert step["count"] == 2
    assert journal.read_bytes().partition(b"\n")[2] == b"".join(squats)


def test_resuming_in_the_same_server_is_the_same_set(rooms, squats):
    room = rooms.begin("squat")
    room.take(squats[0])
    assert rooms.resume(room.start.session) is room


@pytest.mark.parametrize("name", ["0" * 32, "../key", "", "a/b"])
def test_a_set_that_is_not_there_cannot_be_resumed(rooms, name):
    with pytest.raises(UnknownName, match="not under way"):
        rooms.resume(name)


def test_a_discarded_set_leaves_nothing(tmp_path, rooms, squats):
    room = rooms.begin("squat")
    room.take(squats[0])
    rooms.discard(room)
    assert list((tmp_path / "live").iterdir()) == []


def test_a_set_left_behind_is_stored_after_a_while(tmp_path, library, squats):
    now = [0.0]
    rooms = LiveRooms(tmp_path / "live", library, clock=lambda: now[0])
    room = rooms.begin("squat")
    for data in squats:
        room.take(data)
    now[0] = KEEP_S - 1
    rooms.sweep()
    assert library.all() == []
    now[0] = KEEP_S + 1
    rooms.sweep()
    assert [listed.clip.exercise for listed in library.all()] == ["squat"]


def test_journals_of_a_dead_process_are_stored_or_cleared(tmp_path, library, squats):
    folder = tmp_path / "live"
    rooms = LiveRooms(folder, library)
    begun = {"session": "a" * 32, "exercise": "squat", "variation": "", "aspect_ratio": 1.0}
    (folder / f"{'a' * 32}.frames").write_bytes(
        json.dumps(begun).encode() + b"\n" + b"".join(squats)
    )
    (folder / f"{'b' * 32}.frames").write_bytes(b"not a journal")
    (folder / f"{'c' * 32}.frames").write_bytes(json.dumps(begun).encode() + b"\n" + b"\xff" * 40)
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    rooms.sweep()
    assert len(library.all()) == 1
    assert list(folder.iterdir()) == []


def test_there_is_an_end_to_the_room(tmp_path, library):
    rooms = LiveRooms(tmp_path / "live", library, most_here=MOST_SETS)
    for _ in range(MOST_SETS):
        rooms.begin("squat")
    with pytest.raises(UserMistake, match="under way"):
        rooms.begin("squat")


def test_an_exercise_that_is_not_there_begins_no_set(rooms):
    with pytest.raises(UnknownName):
        rooms.begin("dancing")


def test_a_set_that_is_over_takes_nothing_and_ends_once(tmp_path, rooms, squats):
    finished, thrown_away = rooms.begin("squat"), rooms.begin("squat")
    rooms.finish(finished)
    for _ in range(2):  # a page may say so on two connections
        rooms.discard(thrown_away)
        rooms.discard(finished)
    for room in (finished, thrown_away):
        with pytest.raises(UserMistake, match="over"):
            room.take(squats[0])
        with pytest.raises(UserMistake, match="over"):
            rooms.finish(room)
    assert list((tmp_path / "live").iterdir()) == []


def test_frames_that_come_through_two_doors_are_kept_once_and_in_order(tmp_path, rooms, squats):
    room = rooms.begin("squat")
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        doors = [Thread(target=lambda: [room.take(one) for one in squats]) for _ in range(4)]
        for door in doors:
            door.start()
        for door in doors:
            door.join()
    finally:
        sys.setswitchinterval(interval_s)
    assert list(room.gathered) == squats
    (journal,) = (tmp_path / "live").glob("*.frames")
    assert journal.read_bytes().partition(b"\n")[2] == b"".join(squats)


def test_what_came_while_the_engine_was_busy_is_one_question(rooms, squats):
    room = rooms.begin("squat")
    for data in squats[: AT_ONCE + 5]:
        room.take(data)
    steps = [json.loads(room.ask().result()) for _ in range(3)]
    assert [one["next"] for one in steps] == [AT_ONCE, AT_ONCE + 5, AT_ONCE + 5]
    assert steps[0]["behind_ms"] >= 0
    assert room.answered() == AT_ONCE + 5


def test_few_sets_are_followed_here_and_more_of_them_elsewhere(tmp_path, library):
    rooms = LiveRooms(tmp_path / "live", library, most_here=1)
    seats = [rooms.begin("squat").seat for _ in range(2)]
    rooms.close()
    assert [type(seat) for seat in seats] == [HereSeat, BesideSeat]


def test_a_set_whose_process_died_goes_on_without_a_loss(tmp_path, library, squats):
    rooms = LiveRooms(tmp_path / "live", library, most_here=0)
    room = rooms.begin("squat")
    events = [event for data in squats[:40] for event in told(room, data)["events"]]
    gone = room.seat
    os.kill(gone.pid, signal.SIGKILL)
    for data in squats[40:]:
        try:
            step = told(room, data)
        except EngineGone:
            rooms.follow_again(room, gone)
            step = json.loads(room.ask().result())
        assert step["next"] == room.order.next_seq
        events += step["events"]
    assert [one["number"] for one in events if one["type"] == "rep_ended"] == [1, 2]
    assert [one["type"] for one in events].count("set_started") == 1
    os.kill(room.seat.pid, signal.SIGKILL)
    clip_id, last = rooms.finish(room)
    rooms.close()
    assert last[-1].rep_count == 2
    assert len(load_landmarks(library.source_of(library.find(clip_id).clip)).track) == len(squats)
