"""Decoded frames of a clip together with its sound, in one pass or by seeking."""

# PyAV's stubs leave the type arguments of packets and streams open:
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, cast

from repsight.video.encode import SoundPacket
from repsight.video.read import open_clip, set_decoding_threads
from repsight.video.stream_facts import is_cover_picture

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["Frames", "NearestFrames"]

_MICROSECONDS: Final = 1e6
#: Reading on is cheaper than seeking to a frame that is nearer than this.
_READ_ON_S: Final = 1.5
#: Seeking aims this much earlier, because a container's index may be a little off.
_EARLY_S: Final = 0.2
#: Closer to a wanted frame than this, every frame is decoded: the nearest one is among them.
_NEAR_S: Final = 0.3


class Frames:
    """An open clip; its times are those of ``repsight.video.read``."""

    def __init__(self, path: Path, *, threads: int = 2) -> None:
        import av

        self.info = open_clip(path).info
        self._container = av.open(str(path))
        self.video: VideoStream = _picture_stream(self._container.streams.video)
        set_decoding_threads(self.video, self.info, threads)
        streams = self._container.streams.audio
        self.sound: AudioStream | None = streams[0] if streams else None
        #: What the container's clock shows at time zero.
        self.start_s = (self._container.start_time or 0) / _MICROSECONDS

    def read(
        self, on_sound: Callable[[SoundPacket], None] | None = None
    ) -> Iterator[tuple[float, VideoFrame]]:
        """Every frame with its time, strictly increasing; sound packets on the way.

        What cannot be decoded is left out, as when the clip was analysed.
        """
        last_s = -float("inf")
        wanted = [self.video] if self.sound is None or on_sound is None else [
            self.video, self.sound,
        ]  # fmt: skip
        for packet in self._packets(wanted):
            if packet.stream is self.sound and on_sound is not None:
                on_sound(cast("SoundPacket", packet))
                continue
            for t_s, frame in self._decoded(packet):
                if t_s > last_s:
                    last_s = t_s
                    yield t_s, frame

    def near(self, times_s: Sequence[float]) -> Iterator[tuple[float, VideoFrame]]:
        """The frame nearest to each of the sorted times, found by seeking."""
        for run in _runs(times_s):
            picker = NearestFrames(run)
            self._container.seek(
                max(round((run[0] + self.start_s - _EARLY_S) * _MICROSECONDS), 0), backward=True
            )
            for t_s, frame in self._skimmed(picker):
                yield from picker.push(t_s, frame)
                if picker.is_done:
                    break
            yield from picker.finish()

    def _skimmed(self, picker: NearestFrames) -> Iterator[tuple[float, VideoFrame]]:
        """Every frame near the times wanted; of the others only those that frames build on."""
        context = self.video.codec_context
        last_s = -float("inf")
        for packet in self._packets([self.video]):
            is_far = _shown_s(packet, self.start_s) < picker.next_s - _NEAR_S
            context.skip_frame = "NONREF" if is_far else "DEFAULT"
            for t_s, frame in self._decoded(packet):
                if t_s > last_s:
                    last_s = t_s
                    yield t_s, frame

    def _packets(self, streams: Sequence[VideoStream | AudioStream]) -> Iterator[Packet]:
        """Packets until the end, or until the file breaks off."""
        from av.error import FFmpegError

        try:
            yield from self._container.demux(streams)
        except FFmpegError:
            return

    def _decoded(self, packet: Packet) -> Iterator[tuple[float, VideoFrame]]:
        from av.error import FFmpegError
        from av.video.frame import VideoFrame

        try:
            frames = packet.decode()
        except FFmpegError:
            return
        for frame in frames:
            if isinstance(frame, VideoFrame) and frame.pts is not None:
                yield float(frame.time) - self.start_s, frame

    def __enter__(self) -> Self:
        """The open clip itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Give the file back."""
        self._container.close()


class NearestFrames:
    """Picks, from frames that pass by in order, the one nearest to each wanted time."""

    def __init__(self, times_s: Sequence[float]) -> None:
        self._wanted = sorted(times_s)
        self._before: tuple[float, VideoFrame] | None = None

    @property
    def is_done(self) -> bool:
        """Whether every wanted time has its frame."""
        return not self._wanted

    @property
    def next_s(self) -> float:
        """The next wanted time; infinite if every one has its frame."""
        return self._wanted[0] if self._wanted else float("inf")

    def push(self, t_s: float, frame: VideoFrame) -> Iterator[tuple[float, VideoFrame]]:
        """The wanted times that this frame settles, each with its nearest frame."""
        while self._wanted and self._wanted[0] <= t_s:
            wanted_s = self._wanted.pop(0)
            before = self._before
            is_older = before is not None and wanted_s - before[0] < t_s - wanted_s
            yield wanted_s, (before[1] if before is not None and is_older else frame)
        self._before = (t_s, frame)

    def finish(self) -> Iterator[tuple[float, VideoFrame]]:
        """Times after the last frame get the last frame."""
        if self._before is not None:
            for wanted_s in self._wanted:
                yield wanted_s, self._before[1]
        self._wanted = []


def _runs(times_s: Sequence[float]) -> Iterator[list[float]]:
    """Sorted times cut where seeking is cheaper than reading on."""
    run: list[float] = []
    for t_s in sorted(times_s):
        if run and t_s - run[-1] > _READ_ON_S:
            yield run
            run = []
        run.append(t_s)
    if run:
        yield run


def _shown_s(packet: Packet, start_s: float) -> float:
    """When the frame of a packet is shown; infinite if the packet does not say."""
    if packet.pts is None:
        return float("inf")
    return float(packet.pts * packet.time_base) - start_s


def _picture_stream(streams: Sequence[VideoStream]) -> VideoStream:
    """The first stream that is not a cover picture."""
    return next(one for one in streams if not is_cover_picture(one))
