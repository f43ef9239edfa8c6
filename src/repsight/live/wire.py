"""The bytes of one live frame: a header of 16 and 11 for each landmark, 291 in all.

Header, little endian: version u16, kind u8, landmarks u8, sequence number u32, capture time in
microseconds since the set began u64. Then for each landmark x, y (picture, in frame heights),
x, y, z (world, metres) as i16 in steps of 1/8192, and visibility as u8 in steps of 1/255. The
lowest i16 stands for "not seen". A frame without a person (kind 2) is its header alone.

Eyes and mouth are left out: no rule asks for them, and a face is nobody's business.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.skeleton import COUNT
from repsight.core.types import FloatArray, PoseFrame
from repsight.errors import UserMistake

__all__ = [
    "FRAME_BYTES",
    "HEADER_BYTES",
    "LONGEST_S",
    "SENT",
    "VERSION",
    "LiveFrame",
    "MalformedFrame",
    "checked_seq",
    "decode_frame",
    "encode_frame",
    "split_frames",
]

VERSION: Final = 1
#: Columns that are sent: all 33 landmarks without eyes (1-6) and mouth (9, 10).
SENT: Final = (0, 7, 8, *range(11, COUNT))
#: A set longer than this is not a set.
LONGEST_S: Final = 1800.0

_HEADER: Final = struct.Struct("<HBBIQ")
_POSE: Final = 1
_NOBODY: Final = 2
_STEPS: Final = 8192.0
_UNSEEN: Final = -32768
_POINT: Final = np.dtype([("at", "<i2", 5), ("visibility", "u1")])
#: What each 16 and each 8 bits stand for: to look up is quicker than to reckon.
_AT: Final = np.arange(1 << 16, dtype="<u2").view("<i2") / _STEPS
_AT[_UNSEEN] = np.nan  # counted from the end, as its bits are
_VISIBILITY: Final = np.arange(1 << 8) / 255.0
#: Stands behind a frame for what is not sent: five numbers that are not seen, and no visibility.
_UNSENT: Final = _UNSEEN.to_bytes(2, "little", signed=True) * 5 + bytes(1)
#: Which bytes behind the header are what, for each of all landmarks.
_ROWS: Final = np.array([SENT.index(k) if k in SENT else len(SENT) for k in range(COUNT)])
_BYTES: Final = _ROWS[:, None] * _POINT.itemsize + np.arange(_POINT.itemsize)
_XY, _WORLD, _SEEN = _BYTES[:, :4].copy(), _BYTES[:, 4:10].copy(), _BYTES[:, 10].copy()

HEADER_BYTES: Final = _HEADER.size
FRAME_BYTES: Final = HEADER_BYTES + _POINT.itemsize * len(SENT)


class MalformedFrame(UserMistake):
    """Bytes that are no live frame of this version."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveFrame:
    """A frame with its place in the stream and the bytes it came as."""

    seq: int
    pose: PoseFrame
    data: bytes


def encode_frame(seq: int, pose: PoseFrame) -> bytes:
    """The bytes of one frame; values outside -4..4 are cut there, NaN stays NaN."""
    t_us = round(pose.t_s * 1e6)
    columns = list(SENT)
    if not np.isfinite(pose.xy[columns]).any():
        return _HEADER.pack(VERSION, _NOBODY, 0, seq, t_us)
    points = np.zeros(len(columns), _POINT)
    world = np.full((COUNT, 3), np.nan) if pose.world is None else pose.world
    points["at"] = _quantised(np.hstack([pose.xy[columns], world[columns]]))
    seen = np.nan_to_num(pose.visibility[columns])
    points["visibility"] = np.rint(255 * np.clip(seen, 0.0, 1.0))
    return _HEADER.pack(VERSION, _POSE, len(columns), seq, t_us) + points.tobytes()


def decode_frame(data: bytes, *, aspect_ratio: float = 1.0) -> LiveFrame:
    """The frame in ``data``; MalformedFrame for anything that ``encode_frame`` cannot write."""
    seq, t_us, count = _read_whole(data)
    t_s = t_us / 1e6
    if not count:
        return LiveFrame(seq, PoseFrame.missing(t_s, aspect_ratio), data)
    points = np.frombuffer(data + _UNSENT, np.uint8, offset=HEADER_BYTES)
    xy, world = _AT.take(points.take(_XY).view("<u2")), _AT.take(points.take(_WORLD).view("<u2"))
    visibility = _VISIBILITY.take(points.take(_SEEN))
    return LiveFrame(seq, PoseFrame(t_s, xy, visibility, world, aspect_ratio), data)


def checked_seq(data: bytes) -> int:
    """The sequence number of a frame; MalformedFrame for what ``decode_frame`` would refuse."""
    return _read_whole(data)[0]


def split_frames(data: bytes) -> list[bytes]:
    """Frames that were written one behind the other; a piece at the end that is cut is dropped."""
    frames: list[bytes] = []
    start = 0
    while start + HEADER_BYTES <= len(data):
        _, _, count = _read_header(data[start:])
        end = start + HEADER_BYTES + count * _POINT.itemsize
        if end > len(data):
            break
        frames.append(data[start:end])
        start = end
    return frames


def _read_whole(data: bytes) -> tuple[int, int, int]:
    """As ``_read_header`` of one frame and nothing else."""
    seq, t_us, count = _read_header(data)
    if len(data) != HEADER_BYTES + count * _POINT.itemsize:
        raise _wrong(f"A frame has {len(data)} bytes.", f"{FRAME_BYTES} or {HEADER_BYTES}")
    return seq, t_us, count


def _read_header(data: bytes) -> tuple[int, int, int]:
    """Sequence number, time in microseconds, number of landmarks."""
    if len(data) < HEADER_BYTES:
        raise _wrong(f"A frame has {len(data)} bytes.", f"at least {HEADER_BYTES}")
    version, kind, count, seq, t_us = _HEADER.unpack_from(data)
    if version != VERSION:
        raise _wrong(f"A frame has version {version}.", f"version {VERSION}")
    if (kind, count) not in {(_POSE, len(SENT)), (_NOBODY, 0)}:
        raise _wrong(f"A frame of kind {kind} has {count} landmarks.", f"{len(SENT)} or none")
    if t_us > LONGEST_S * 1e6:
        raise _wrong(f"A frame is {t_us / 1e6:.0f} s into the set.", f"at most {LONGEST_S:.0f} s")
    return seq, t_us, count


def _quantised(values: FloatArray) -> NDArray[np.int16]:
    steps = np.clip(np.rint(values * _STEPS), _UNSEEN + 1, -_UNSEEN - 1)
    return np.where(np.isfinite(values), steps, _UNSEEN).astype(np.int16)


def _wrong(what: str, wanted: str) -> MalformedFrame:
    return MalformedFrame(what, wanted=f"Wanted: {wanted}.", next_step="Reload the page.")
