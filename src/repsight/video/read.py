"""Read a clip by presentation time: upright, standard range, at most 1280 pixels wide or high."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from repsight.core.picture import ByteArray, Picture
from repsight.core.types import FloatArray
from repsight.errors import MissingExtra, UnreadableSource
from repsight.video.stream_facts import is_cover_picture, is_high_range

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["LONGEST_SIDE_PX", "ClipReader", "SourceInfo", "open_clip", "set_decoding_threads"]

#: Larger pictures are reduced while they are decoded: the pose models see 256 pixels anyway.
LONGEST_SIDE_PX: Final = 1280

_VARIABLE_SPREAD: Final = 0.2
_MISSING_END_S: Final = 0.5
_MISSING_END_SHARE: Final = 0.05
_MICROSECONDS: Final = 1e6
_RARELY: Final = 0.02
_LONGEST_GAP: Final = 1.3  # in periods of the rate wanted
#: FFmpeg leaves the last columns of a four-byte picture unwritten at some other widths (852).
_SURE_WIDTH: Final = 8


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What the header says, and what reading the clip showed.

    ``width_px`` and ``height_px`` are those of the upright picture as stored; ``duration_s`` is
    what the header promises (NaN if nothing), and so is ``frame_rate_hz`` until a pass is complete
    and has measured it (median). The rest is known only then: ``read_s`` the time of the last
    frame, ``frame_count``, ``variable_rate``, ``damaged`` (parts could not be decoded),
    ``truncated`` (it ends early).
    """

    path: Path
    width_px: int
    height_px: int
    rotation_deg: int
    high_range: bool
    has_audio: bool
    codec: str
    duration_s: float
    read_s: float = float("nan")
    frame_count: int = 0
    frame_rate_hz: float = float("nan")
    variable_rate: bool = False
    damaged: bool = False
    truncated: bool = False


def open_clip(path: str | Path, *, threads: int = 2) -> ClipReader:
    """Check that ``path`` is a clip and read its header.

    Raises UnreadableSource if it is missing, empty, not a video or has no pictures, and
    MissingExtra if PyAV is not installed.
    """
    path = Path(path)
    _require_file(path)
    with _open_container(path) as container:
        stream = _video_stream(container, path)
        frame = _first_frame(container, stream, path)
        info = _describe(path, container, stream, frame)
    return ClipReader(info, threads=threads)


class ClipReader:
    """A readable clip; each call of ``pictures`` decodes it once, from the start."""

    def __init__(self, info: SourceInfo, *, threads: int = 2) -> None:
        #: What is known so far; replaced by a fuller one when a pass is complete.
        self.info = info
        self._threads = threads

    def pictures(
        self,
        *,
        rate_hz: float | None = None,
        roughly: bool = False,
        longest_side_px: int = LONGEST_SIDE_PX,
    ) -> Iterator[Picture]:
        """Pictures with strictly increasing times, at most ``rate_hz`` of them per second.

        Frames without a time, or not later than the one before, are left out, and so is what
        cannot be decoded: a clip that breaks off gives the frames before the break. ``roughly``
        spares frames that no other frame is built on, as long as the rate can be kept without
        them: that halves the cost of decoding many clips. Such a pass does not change ``info``.
        """
        times: list[float] = []
        raster = _Raster(rate_hz)
        with _open_container(self.info.path) as container:
            stream = _video_stream(container, self.info.path)
            set_decoding_threads(stream, self.info, self._threads)
            start_s = (container.start_time or 0) / _MICROSECONDS
            decoding = _Decoding(container, stream)
            sparing = _Sparing(stream, rate_hz if roughly else None)
            for frame in decoding.frames():
                t_s = _time_s(frame, start_s)
                if t_s is None or (times and t_s <= times[-1]):
                    continue
                times.append(t_s)
                sparing.note(t_s)
                if raster.takes(t_s):
                    yield Picture(t_s, _upright(frame, longest_side_px))
        if not roughly:
            self.info = _learned(self.info, np.array(times), damaged=decoding.damaged)


def set_decoding_threads(stream: VideoStream, info: SourceInfo, threads: int) -> None:
    """Several threads for large pictures; else the time saved costs too much processor time."""
    is_large = max(info.width_px, info.height_px) > LONGEST_SIDE_PX
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = threads if is_large else 1


class _Raster:
    """Picks the frames nearest to an even raster, by time alone."""

    def __init__(self, rate_hz: float | None) -> None:
        self._step_s = 1 / rate_hz if rate_hz else 0.0
        self._due_s: float | None = None
        self._before_s: float | None = None

    def takes(self, t_s: float) -> bool:
        """Whether the frame at ``t_s`` is wanted; call with increasing times."""
        gap_s = 0.0 if self._before_s is None else t_s - self._before_s
        self._before_s = t_s
        # Half a frame early is as near as half a frame late.
        if self._due_s is not None and t_s < self._due_s - min(gap_s, self._step_s) / 2:
            return False
        due_s = t_s if self._due_s is None else self._due_s
        late = t_s - due_s > self._step_s
        self._due_s = (t_s if late else due_s) + self._step_s
        return True


class _Sparing:
    """Leaves out frames that no other one is built on, until that costs the rate wanted."""

    def __init__(self, stream: VideoStream, rate_hz: float | None) -> None:
        self._context = stream.codec_context
        self._gap_s = _LONGEST_GAP / rate_hz if rate_hz else 0.0
        self._before_s: float | None = None
        if rate_hz:
            self._context.skip_frame = "NONREF"

    def note(self, t_s: float) -> None:
        """A frame at ``t_s`` was decoded."""
        if self._before_s is not None and t_s - self._before_s > self._gap_s > 0:
            self._context.skip_frame = "DEFAULT"
            self._gap_s = 0.0
        self._before_s = t_s


class _Decoding:
    """Decodes what can be decoded and remembers whether anything could not."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self.damaged = False
        self._container = container
        self._stream = stream

    def frames(self) -> Iterator[VideoFrame]:
        """Frames in order of presentation; a damaged packet is skipped, a damaged file ends."""
        from av.error import FFmpegError

        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except FFmpegError:
                self.damaged = True
                return
            if packet is None:
                return
            try:
                decoded = packet.decode()
            except FFmpegError:
                self.damaged = True
                continue
            self.damaged |= packet.is_corrupt
            yield from decoded


def _require_file(path: Path) -> None:
    step = "Check the path, or export the clip again."
    if not path.exists():
        raise UnreadableSource(f"{path} does not exist.", next_step="Check the path.")
    if not path.is_file():
        raise UnreadableSource(f"{path} is not a file.", next_step="Name one clip.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be opened: {error.strerror}.") from error
    if empty:
        raise UnreadableSource(f"{path} is empty (0 bytes).", next_step=step)


def _open_container(path: Path) -> InputContainer:
    try:
        import av
        from av.error import FFmpegError
    except ImportError as error:
        raise MissingExtra(
            "Reading a video needs the package av, which is not installed.",
            next_step="Run `pip install av`.",
        ) from error
    try:
        return av.open(str(path))
    except (FFmpegError, OSError, ValueError) as error:
        raise UnreadableSource(
            f"{path} is not a video that can be read.",
            wanted="A clip such as MP4, MOV, MKV, WebM or AVI is wanted.",
            next_step="Play it to see whether it is whole, or export it again.",
        ) from error


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    for stream in container.streams.video:
        if not is_cover_picture(stream):
            return stream
    sound = " only sound" if container.streams.audio else " no pictures"
    raise UnreadableSource(
        f"{path} holds{sound}.",
        wanted="A clip with a video track is wanted.",
        next_step="Record or export it again with video.",
    )


def _first_frame(container: InputContainer, stream: VideoStream, path: Path) -> VideoFrame:
    frame = next(_Decoding(container, stream).frames(), None)
    if frame is None:
        raise UnreadableSource(
            f"{path} holds no picture that can be decoded.",
            wanted="A clip with at least two frames is wanted.",
            next_step="Copy it again from the phone: it was probably cut off.",
        )
    return frame


def _describe(
    path: Path, container: InputContainer, stream: VideoStream, frame: VideoFrame
) -> SourceInfo:
    rotation_deg = _rotation_deg(frame)
    sideways = rotation_deg % 180 != 0
    width, height = (frame.height, frame.width) if sideways else (frame.width, frame.height)
    return SourceInfo(
        path=path,
        width_px=width,
        height_px=height,
        rotation_deg=rotation_deg,
        high_range=is_high_range(frame),
        has_audio=bool(container.streams.audio),
        codec=stream.codec_context.name,
        duration_s=_duration_s(container, stream),
        frame_rate_hz=float(stream.average_rate or np.nan),
    )


def _duration_s(container: InputContainer, stream: VideoStream) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / _MICROSECONDS if container.duration else float("nan")


def _time_s(frame: VideoFrame, start_s: float) -> float | None:
    # A broken frame has no time, whatever the type stub says.
    time_s = cast("float | None", frame.time)
    return None if time_s is None else time_s - start_s


def _rotation_deg(frame: VideoFrame) -> int:
    """How far the stored picture must be turned, counter-clockwise: 0, 90, 180 or 270."""
    return round(frame.rotation / 90) * 90 % 360


def _upright(frame: VideoFrame, longest_side_px: int) -> ByteArray:
    """The frame as an upright (H, W, 4) array in standard range."""
    share = min(longest_side_px / max(frame.width, frame.height), 1.0)
    width, height = (max(round(side * share), 2) for side in (frame.width, frame.height))
    if share == 1 and width % _SURE_WIDTH:
        pixels = _with_fourth_byte(frame)
    else:
        reduced = frame.reformat(width=width, height=height, format="rgba", threads=1)
        pixels = cast("ByteArray", reduced.to_ndarray())
    if is_high_range(frame):
        from repsight.video.tone import to_standard_range

        pixels = to_standard_range(pixels, int(frame.color_trc))
    turns = _rotation_deg(frame) // 90
    return np.ascontiguousarray(np.rot90(pixels, turns) if turns else pixels)


def _with_fourth_byte(frame: VideoFrame) -> ByteArray:
    """(H, W, 4) of a frame that keeps its size, by way of three bytes a pixel."""
    rgb = cast("ByteArray", frame.reformat(format="rgb24", threads=1).to_ndarray())
    pixels = np.empty((*rgb.shape[:2], 4), np.uint8)
    pixels[..., 3] = 255
    for colour in range(3):  # one by one: numpy is slow with rows of three
        pixels[..., colour] = rgb[..., colour]
    return pixels


def _learned(info: SourceInfo, times_s: FloatArray, *, damaged: bool) -> SourceInfo:
    """What a complete pass adds to the header."""
    if len(times_s) < 2:
        raise UnreadableSource(
            f"{info.path} holds {len(times_s)} picture, not a movement.",
            wanted="A clip with at least two frames is wanted.",
            next_step="Record a video of the set.",
        )
    steps_s = np.diff(times_s)
    step_s = float(np.median(steps_s))
    read_s = float(times_s[-1])
    promised = info.duration_s if np.isfinite(info.duration_s) else 0.0
    missing_s = promised - read_s - step_s
    return replace(
        info,
        read_s=read_s,
        frame_count=len(times_s),
        frame_rate_hz=1 / step_s,
        variable_rate=bool(np.mean(np.abs(steps_s / step_s - 1) > _VARIABLE_SPREAD) > _RARELY),
        damaged=damaged,
        truncated=missing_s > max(_MISSING_END_S, _MISSING_END_SHARE * promised),
    )
