"""Write an MP4 that browsers play: H.264 in 4:2:0, original times, original sound."""

# PyAV's stubs leave the type arguments of packets and streams open:
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self, cast

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["ClipWriter", "Look", "SoundPacket"]

#: Ticks per second of the written video: fine enough to keep the time of every frame.
_TICKS_PER_S: Final = 90_000
_COPIED_SOUND: Final = frozenset({"aac", "mp3", "mp3float"})
_SOUND_FRAME: Final = 1024
_NO_SOUND: Final = "The sound of the clip could not be read, so the video is silent."
_BAD_SOUND: Final = "Parts of the sound could not be read and are left out."
#: Encoding costs more than everything else in drawing; a finer preset doubles it.
_OPTIONS: Final = {"preset": "ultrafast", "crf": "23"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a player must know of the pictures, numbered as in ITU-T H.273."""

    width: int
    height: int
    color_range: int
    colorspace: int
    color_trc: int
    color_primaries: int


class SoundPacket(Protocol):
    """A packet of compressed sound, as PyAV has it; times in ticks of ``time_base``."""

    pts: int | None
    dts: int | None
    time_base: Fraction | None
    stream: AudioStream

    def decode(self) -> Sequence[AudioFrame]:
        """The samples inside."""
        ...


class ClipWriter:
    """An MP4 in the making; use as a context, which closes the file in any case."""

    def __init__(
        self,
        path: Path,
        look: Look,
        *,
        rate_hz: float = 30.0,
        sound: AudioStream | None = None,
        threads: int = 2,
    ) -> None:
        import av

        self._container: OutputContainer = av.open(
            str(path), "w", format="mp4", options={"movflags": "+faststart"}
        )
        self._video = _add_video(self._container, look, rate_hz, threads)
        self._sound = _sound_of(self._container, sound)
        self._last_tick = -1
        self._is_closed = False
        #: Plain sentences about what could not be kept.
        self.notes: tuple[str, ...] = ()
        if sound is not None and self._sound is None:
            self.notes = (_NO_SOUND,)

    def add_frame(self, frame: VideoFrame, t_s: float) -> None:
        """Encode ``frame`` for presentation at ``t_s``; times must increase."""
        tick = max(round(t_s * _TICKS_PER_S), self._last_tick + 1)
        frame.pts, frame.time_base, self._last_tick = tick, Fraction(1, _TICKS_PER_S), tick
        self._container.mux(self._video.encode(frame))

    def add_sound(self, packet: SoundPacket, start_s: float) -> None:
        """Take one packet of the source's sound, whose clock shows ``start_s`` at time zero.

        Sound that cannot be understood is left out and noted.
        """
        from av.error import InvalidDataError

        if self._sound is None:
            return
        try:
            self._sound.add(packet, start_s)
        except InvalidDataError:
            self.notes = (_BAD_SOUND,)

    def finish(self) -> None:
        """Write what is still inside the encoders; OSError if there is no room."""
        if self._sound is not None:
            self._sound.finish()
        self._container.mux(self._video.encode(None))
        self.close()

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the file back, whatever happened."""
        self.close()

    def close(self) -> None:
        """Give the file back; unless it was finished, it is not worth keeping."""
        if not self._is_closed:
            self._is_closed = True
            self._container.close()


def _add_video(container: OutputContainer, look: Look, rate_hz: float, threads: int) -> VideoStream:
    stream = container.add_stream("libx264", options=dict(_OPTIONS))
    stream.width, stream.height, stream.pix_fmt = look.width, look.height, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, _TICKS_PER_S)
    context.framerate = Fraction(rate_hz).limit_denominator(1001)
    context.thread_count = threads
    context.gop_size = max(round(rate_hz * 2), 1)
    context.color_range, context.colorspace = look.color_range, look.colorspace
    context.color_trc, context.color_primaries = look.color_trc, look.color_primaries
    return stream


def _sound_of(container: OutputContainer, source: AudioStream | None) -> _Sound | None:
    """None where there is no sound, or none that this machine understands."""
    if source is None or not source.codec_context.sample_rate:
        return None
    return _Sound(container, source)


class _Sound:
    """Copies AAC and MP3 as they are, turns everything else into AAC."""

    def __init__(self, container: OutputContainer, source: AudioStream) -> None:
        self._container = container
        self._source = source
        self._resampler: AudioResampler | None = None
        if source.codec_context.name in _COPIED_SOUND:
            self._stream = container.add_stream_from_template(source)
            return
        from av.audio.resampler import AudioResampler

        rate_hz = source.codec_context.sample_rate
        self._stream = container.add_stream("aac", rate=rate_hz)
        self._stream.codec_context.layout = source.codec_context.layout
        self._resampler = AudioResampler("fltp", source.codec_context.layout, rate_hz, _SOUND_FRAME)

    def add(self, packet: SoundPacket, start_s: float) -> None:
        if self._resampler is None:
            self._copy(packet, start_s)
            return
        for frame in packet.decode():
            if frame.pts is not None and frame.time_base:
                frame.pts -= round(start_s / frame.time_base)
            self._encode(frame)

    def _copy(self, packet: SoundPacket, start_s: float) -> None:
        if packet.dts is None or packet.pts is None or packet.time_base is None:
            return
        shift = round(start_s / packet.time_base)
        packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
        packet.stream = self._stream
        self._container.mux(cast("Packet", packet))

    def _encode(self, frame: AudioFrame | None) -> None:
        for part in self._resampler.resample(frame) if self._resampler else ():
            self._container.mux(self._stream.encode(part))

    def finish(self) -> None:
        """Flush the resampler and the encoder."""
        if self._resampler is not None:
            self._encode(None)
            self._container.mux(self._stream.encode(None))
