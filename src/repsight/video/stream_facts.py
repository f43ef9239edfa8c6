"""What a stream and a frame say of themselves, in the numbers of FFmpeg and ITU-T H.273."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["is_cover_picture", "is_high_range"]

_ATTACHED_PICTURE: Final = 0x400  # FFmpeg's disposition of a cover in a file of music or video
_HIGH_RANGE_TRANSFERS: Final = (16, 18)  # PQ and HLG


def is_cover_picture(stream: VideoStream) -> bool:
    """Whether a video stream is a single picture, such as the cover of a podcast."""
    return bool(int(stream.disposition) & _ATTACHED_PICTURE)


def is_high_range(frame: VideoFrame) -> bool:
    """Whether the frame is coded in HLG or PQ and must be toned down."""
    return int(frame.color_trc) in _HIGH_RANGE_TRANSFERS
