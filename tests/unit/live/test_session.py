"""Frames in any order, more than once, or not at all, give the same events."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repsight.athlete.performance import perform
from repsight.core.engine import SetEngine
from repsight.core.events import CueGiven, RepEnded, RepRejected, RepTurned
from repsight.errors import UserMistake
from repsight.exercises import spec_of
from repsight.live.messages import Spent, event_fields, said_step, said_welcome
from repsight.live.session import AHEAD_MOST, FRAMES_MOST, LiveSession, LiveStart
from repsight.live.wire import MalformedFrame, decode_frame, encode_frame


@cache
def squats() -> tuple[bytes, ...]:
    track = perform("squat", reps=3, seed=4).track(fps=15)
    return tuple(encode_frame(seq, pose) for seq, pose in enumerate(track.frames()))


@cache
def straight() -> tuple[str, ...]:
    session = begin()
    return tuple(repr(event) for data in squats() for event in session.take(data).events)


def begin() -> LiveSession:
    return LiveSession.begin(LiveStart("s", "squat"), spec_of("squat"))


def test_a_live_set_counts_like_the_engine_alone():
    engine = SetEngine(spec_of("squat"))
    events = [e for data in squats() for e in engine.push(decode_frame(data).pose)]
    assert tuple(map(repr, events)) == straight()
    assert engine.count == 3


@settings(max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_order_and_doubles_change_nothing(random, reach):
    """Each frame comes up to ``reach`` places late, and every fifth comes twice."""
    arrivals = sorted(range(len(squats())), key=lambda i: i + random.uniform(0, reach))
    arrivals = [i for seq in arrivals for i in ([seq, seq] if seq % 5 == 0 else [seq])]
    session = begin()
    events = [repr(e) for i in arrivals for e in session.take(squats()[i]).events]
    assert tuple(events) == straight()
    assert session.next_seq == len(squats())


def test_frames_behind_a_gap_wait_and_are_not_acknowledged():
    session = begin()
    session.take(squats()[0])
    assert session.take(squats()[2]).frames == ()
    assert session.next_seq == 1
    assert [frame.seq for frame in session.take(squats()[1]).frames] == [1, 2]
    assert session.next_seq == 3


def test_what_still_waits_at_the_end_counts():
    session = begin()
    for seq, data in enumerate(squats()):
        if seq != 5:
            session.take(data)
    session.finish()
    assert session.engine.count == 3


def test_a_frame_that_never_comes_ends_the_patience():
    session = begin()
    nobody = squats()[0][:2] + b"\2\0" + bytes(12)
    for seq in range(1, AHEAD_MOST + 1):
        session.take(nobody[:4] + seq.to_bytes(4, "little") + bytes(8))
    with pytest.raises(UserMistake, match="Frame 0 never came"):
        session.take(nobody[:4] + (AHEAD_MOST + 1).to_bytes(4, "little") + bytes(8))
    with pytest.raises(UserMistake, match="too many frames"):
        session.take(nobody[:4] + (FRAMES_MOST + 1).to_bytes(4, "little") + bytes(8))


def test_noise_is_refused_and_the_set_goes_on():
    session = begin()
    with pytest.raises(MalformedFrame):
        session.take(b"noise")
    assert session.take(squats()[0]).events


@pytest.mark.parametrize("ratio", [0.0, -1.0, float("nan"), float("inf"), 100.0])
def test_a_picture_has_a_shape(ratio):
    with pytest.raises(UserMistake):
        LiveStart("s", "squat", aspect_ratio=ratio)


def test_events_are_json_and_missing_is_null():
    assert event_fields(RepTurned(1.0, 0.9, float("nan"))) == {
        "type": "rep_turned", "t_s": 1.0, "turn_s": 0.9, "range_share": None, "side": "both",
    }  # fmt: skip
    rejected = RepRejected(1.0, "partial_range", 0.0, 0.5, 20.0, 40.0)
    assert event_fields(rejected)["reason"] == "partial_range"
    assert event_fields(CueGiven(1.0, "depth", "Sit lower"))["text"] == "Sit lower"


def test_a_message_says_where_the_set_stands():
    session = begin()
    assert json.loads(said_welcome(session))["next"] == 0
    counts = []
    for data in squats():
        step = session.take(data)
        said = json.loads(said_step(session, step.events, Spent()))
        counts += [said["count"] for event in step.events if isinstance(event, RepEnded)]
        assert said["depth"] is None or said["depth"] >= 0
        assert said["phase"] in {"rest", "out", "back"}
    assert counts == [1, 2, 3]
    assert said["next"] == len(squats())
