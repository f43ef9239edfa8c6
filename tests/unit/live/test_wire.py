"""The bytes of a live frame."""

from __future__ import annotations

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from repsight.core.types import PoseFrame
from repsight.live.wire import (
    FRAME_BYTES,
    HEADER_BYTES,
    LONGEST_S,
    SENT,
    MalformedFrame,
    decode_frame,
    encode_frame,
    split_frames,
)

HALF_STEP = 0.5 / 8192 + 1e-12
inside = st.floats(-3.9, 3.9) | st.just(np.nan)


@st.composite
def poses(draw) -> PoseFrame:
    return PoseFrame(
        draw(st.floats(0, LONGEST_S)),
        draw(arrays(np.float64, (33, 2), elements=inside)),
        draw(arrays(np.float64, 33, elements=st.floats(0, 1))),
        draw(arrays(np.float64, (33, 3), elements=inside)),
    )


def header(version: int = 1, kind: int = 1, count: int = 25, seq: int = 0, t_us: int = 0) -> bytes:
    return struct.pack("<HBBIQ", version, kind, count, seq, t_us)


@given(poses(), st.integers(0, 2**32 - 1))
def test_a_frame_comes_back_within_half_a_step(pose, seq):
    frame = decode_frame(encode_frame(seq, pose), aspect_ratio=0.5)
    assert frame.seq == seq
    assert abs(frame.pose.t_s - pose.t_s) < 1e-6
    assert frame.pose.aspect_ratio == 0.5
    sent = list(SENT) if np.isfinite(pose.xy[list(SENT)]).any() else []
    for got, given_ in ((frame.pose.xy, pose.xy), (frame.pose.world, pose.world)):
        assert np.allclose(got[sent], given_[sent], atol=HALF_STEP, rtol=0, equal_nan=True)
    assert np.allclose(frame.pose.visibility[sent], pose.visibility[sent], atol=0.5 / 255 + 1e-12)


@given(poses())
def test_what_was_sent_once_is_sent_the_same_again(pose):
    data = encode_frame(3, pose)
    assert encode_frame(3, decode_frame(data).pose) == data


@given(poses())
def test_eyes_and_mouth_are_never_sent(pose):
    pose.xy[list(SENT), 0] = 0.5
    frame = decode_frame(encode_frame(0, pose)).pose
    hidden = [column for column in range(33) if column not in SENT]
    assert hidden == [1, 2, 3, 4, 5, 6, 9, 10]
    assert np.isnan(frame.xy[hidden]).all()
    assert not frame.visibility[hidden].any()


def test_a_frame_is_small_and_nobody_is_smaller():
    pose = PoseFrame(0.0, np.zeros((33, 2)), np.ones(33))
    assert len(encode_frame(0, pose)) == FRAME_BYTES == 291
    assert len(encode_frame(0, PoseFrame.missing(1.0))) == HEADER_BYTES == 16
    assert np.isnan(decode_frame(encode_frame(0, PoseFrame.missing(1.0))).pose.xy).all()


def test_values_beyond_the_range_are_cut_not_wrapped():
    pose = PoseFrame(0.0, np.full((33, 2), 1e9), np.full(33, 7.0), np.full((33, 3), -1e9))
    frame = decode_frame(encode_frame(0, pose)).pose
    assert frame.xy[0, 0] == pytest.approx(4, abs=1e-3)
    assert frame.world[0, 0] == pytest.approx(-4, abs=1e-3)
    assert frame.visibility[0] == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" * 15,
        header(),
        header() + bytes(274),
        header() + bytes(276),
        header(version=0) + bytes(275),
        header(version=2) + bytes(275),
        header(kind=0) + bytes(275),
        header(kind=2) + bytes(275),
        header(count=33) + bytes(363),
        header(kind=2, count=0) + b"\0",
        header(t_us=2**63) + bytes(275),
    ],
)
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(MalformedFrame):
        decode_frame(data)


@given(st.binary(max_size=600))
def test_noise_is_refused_or_read_but_never_crashes(data):
    with suppress(MalformedFrame):
        assert encode_frame(0, decode_frame(data).pose)


@given(st.lists(poses(), max_size=4), st.integers(0, 290))
def test_frames_behind_each_other_are_told_apart_and_a_cut_one_is_dropped(several, cut):
    written = [encode_frame(seq, pose) for seq, pose in enumerate(several)]
    whole = encode_frame(9, PoseFrame(0.0, np.zeros((33, 2)), np.ones(33)))
    assert split_frames(b"".join(written) + whole[:cut]) == written
