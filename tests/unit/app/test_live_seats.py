"""Every seat answers alike, wherever its engine runs."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count

import pytest

from repsight.app.live_processes import EngineProcesses
from repsight.app.live_seats import EngineGone, HereSeat, Seat, Wanted
from repsight.athlete.performance import perform
from repsight.exercises import spec_of
from repsight.live.messages import Spent, said_step
from repsight.live.session import LiveSession, LiveStart
from repsight.live.wire import encode_frame

_NUMBERS = count()


@cache
def frames_of(exercise: str) -> tuple[bytes, ...]:
    track = perform(exercise, reps=2, seed=4).track(fps=15)
    return tuple(encode_frame(seq, pose) for seq, pose in enumerate(track.frames()))


def wanted(exercise: str = "squat") -> Wanted:
    return Wanted(LiveStart(f"{next(_NUMBERS)}", exercise), spec_of(exercise))


def message(text: str) -> dict:
    said = json.loads(text)
    for name in ("engine_ms", "engine_all_ms"):
        said.pop(name, None)
    return said


@pytest.fixture(scope="module")
def processes() -> Iterator[EngineProcesses]:
    running = EngineProcesses(1)
    yield running
    running.stop()


class SeatContract:
    """What whoever sits anywhere may rely on."""

    @pytest.fixture
    def seat(self):
        raise NotImplementedError

    def test_a_set_is_told_as_its_session_would(self, seat):
        asked = wanted()
        session, sat = LiveSession.begin(asked.start, asked.spec), seat(asked)
        for data in frames_of("squat"):
            told = message(sat.follow([data]).result())
            events = session.take(data).events
            assert told == message(said_step(session, events, Spent()))
        assert repr(sat.finish([]).result()) == repr(session.finish())

    def test_frames_in_lumps_bring_the_same_events(self, seat):
        one_by_one, in_lumps = seat(wanted()), seat(wanted())
        frames = frames_of("squat")
        singly = [e for f in frames for e in message(one_by_one.follow([f]).result())["events"]]
        lumps = (in_lumps.follow(frames[i : i + 17]) for i in range(0, len(frames), 17))
        assert [e for lump in lumps for e in message(lump.result())["events"]] == singly

    def test_the_welcome_says_where_the_set_stands(self, seat):
        sat = seat(wanted())
        assert message(sat.welcome().result())["next"] == 0
        sat.follow(frames_of("squat")[:9])
        assert message(sat.welcome().result())["next"] == 9

    def test_an_answer_tells_what_its_frames_took_and_waited(self, seat):
        told = json.loads(seat(wanted()).follow(frames_of("squat")[:9], behind_ms=412.3).result())
        assert told["behind_ms"] == 412
        assert told["engine_all_ms"] > told["engine_ms"] > 0

    def test_no_new_frames_are_answered_as_well(self, seat):
        told = message(seat(wanted()).follow([]).result())
        assert (told["next"], told["events"]) == (0, [])

    def test_what_came_behind_a_gap_counts_at_the_end(self, seat):
        sat, frames = seat(wanted()), frames_of("squat")
        sat.follow(frames[:5])
        assert sat.finish(frames[6:]).result()[-1].rep_count == 2

    def test_sets_beside_each_other_do_not_mix(self, seat):
        sets = {name: seat(wanted(name)) for name in ("squat", "biceps_curl")}
        for pair in zip(*(frames_of(name)[:40] for name in sets), strict=True):
            for (name, sat), data in zip(sets.items(), pair, strict=True):
                assert message(sat.follow([data]).result())["exercise"] == name

    def test_an_error_is_that_of_one_set_alone(self, seat):
        broken, sound = seat(wanted()), seat(wanted())
        with pytest.raises(Exception, match="bytes"):
            broken.follow([b"noise"]).result()
        assert message(sound.follow(frames_of("squat")[:1]).result())["next"] == 1

    def test_an_unnamed_set_is_followed_before_it_is_known(self, seat):
        sat: Seat = seat(Wanted(LiveStart("auto", "auto"), None))
        assert message(sat.follow(frames_of("squat")[:1]).result())["exercise"] == ""
        sat.leave()


class TestHere(SeatContract):
    @pytest.fixture
    def seat(self):
        with ThreadPoolExecutor(1) as beside:
            yield lambda asked: HereSeat(asked, beside)


class TestBeside(SeatContract):
    @pytest.fixture
    def seat(self, processes):
        return processes.seat


def test_a_process_that_dies_tells_everybody_who_waits_and_is_replaced():
    processes = EngineProcesses(1)
    seats = [processes.seat(wanted()) for _ in range(2)]
    assert [message(seat.welcome().result())["next"] for seat in seats] == [0, 0]
    os.kill(seats[0].pid, signal.SIGKILL)
    for seat in seats:
        with pytest.raises(EngineGone):
            seat.follow(frames_of("squat")[:1]).result()
    again = processes.seat(wanted())
    assert again.pid != seats[0].pid
    assert message(again.follow(frames_of("squat")[:1]).result())["next"] == 1
    processes.stop()


def test_sets_are_spread_over_as_many_processes_as_allowed():
    processes = EngineProcesses(2)
    seats = [processes.seat(wanted()) for _ in range(4)]
    pids = [seat.pid for seat in seats]
    processes.stop()
    assert len(set(pids)) == 2
    assert pids[:2] == pids[2:]
