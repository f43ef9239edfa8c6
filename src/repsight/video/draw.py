"""Draw a report onto its clip: the annotated video and the stills, in one pass over the clip."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from repsight.core.measure import observe
from repsight.core.report import ClipReport
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseTrack
from repsight.errors import UnknownName
from repsight.exercises import spec_of
from repsight.video.annotate import Annotator
from repsight.video.canvas import ByteArray, rgb_canvas
from repsight.video.encode import ClipWriter, SoundPacket
from repsight.video.frames import Frames, NearestFrames
from repsight.video.sheet import Sheet
from repsight.video.stills import StillMaker
from repsight.writing import whole_file

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["LONGEST_SIDE_PX", "DrawnFiles", "draw_clip", "draw_picture"]

#: The drawn video is reduced to this many pixels along its longer side.
LONGEST_SIDE_PX: Final = 1280

_STAGE: Final = "draw"
_USUAL_RATE_HZ: Final = 30.0

_Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class DrawnFiles:
    """What was written: the video, if one was asked for, and the stills in order of time."""

    video: Path | None = None
    stills: tuple[Path, ...] = ()
    notes: tuple[str, ...] = field(default=())


def draw_clip(
    source: Path,
    report: ClipReport,
    track: PoseTrack,
    *,
    video: Path | None,
    stills: Path | None,
    specs: dict[str, ExerciseSpec] | None = None,
    longest_side_px: int = LONGEST_SIDE_PX,
    threads: int = 2,
    on_progress: _Progress | None = None,
) -> DrawnFiles:
    """Write the annotated video to the path ``video`` and the stills into the folder ``stills``.

    ``track`` is the raw track of the clip in its own media time. ``specs`` are exercises that
    are not in the catalog. A file is there whole or not at all. The clip is decoded once; with
    ``video`` None only the stills are sought.

    Raises UnreadableSource if the clip cannot be read and UnwritableOutput if a file cannot be
    written.
    """
    job = _Job(report, track, specs or {}, longest_side_px, on_progress or _quiet)
    with Frames(source, threads=threads) as frames:
        maker = StillMaker(report, job.scene, spec_of=job.spec_of, folder=stills)
        if video is None:
            return job.only_stills(frames, maker)
        return job.video_and_stills(frames, maker, video, threads)


def draw_picture(
    rgb: ByteArray,
    report: ClipReport,
    track: PoseTrack,
    *,
    t_s: float,
    specs: dict[str, ExerciseSpec] | None = None,
) -> ByteArray:
    """One picture (H, W, 3) of a clip with what the video would show at ``t_s`` drawn on it.

    The track's coordinates are those of the whole picture; the given array stays as it is.
    """
    planes = np.ascontiguousarray(rgb.transpose(2, 0, 1))
    job = _Job(report, track, specs or {}, LONGEST_SIDE_PX, _quiet)
    height, width = rgb.shape[:2]
    job.annotator((width, height), float(height)).draw(rgb_canvas(planes), t_s)
    return np.ascontiguousarray(planes.transpose(1, 2, 0))


def _quiet(_share: float, _stage: str) -> None:
    """Nobody asked for the progress."""


class _Job:
    """What both ways of drawing need."""

    def __init__(
        self, report: ClipReport, track: PoseTrack, specs: dict[str, ExerciseSpec],
        longest_side_px: int, on_progress: _Progress,
    ) -> None:  # fmt: skip
        self.report = report
        self.scene = observe(track)
        self._specs = specs
        self._longest_side_px = longest_side_px
        self._tell = on_progress

    def spec_of(self, exercise: str) -> ExerciseSpec | None:
        """The specification of an exercise, or None for one that nobody described."""
        if exercise in self._specs:
            return self._specs[exercise]
        try:
            return spec_of(exercise)
        except UnknownName:
            return None

    def only_stills(self, frames: Frames, maker: StillMaker) -> DrawnFiles:
        """Seek the frames of the stills."""
        done: list[Path] = []
        times = maker.times_s
        for count, (wanted_s, frame) in enumerate(frames.near(times), start=1):
            done += maker.make(wanted_s, frame)
            self._tell(count / len(times), _STAGE)
        return DrawnFiles(None, tuple(done))

    def video_and_stills(
        self, frames: Frames, maker: StillMaker, video: Path, threads: int
    ) -> DrawnFiles:
        """Draw every frame, and make the stills from the same frames on the way."""
        done: list[Path] = []
        picker = NearestFrames(maker.times_s)
        duration_s = self._last_s or 1.0
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(video))
            tape = stack.enter_context(self._tape(part, frames, threads))
            for t_s, frame in frames.read(tape.add_sound):
                tape.add_frame(t_s, frame)
                for wanted_s, nearest in picker.push(t_s, frame):
                    done += maker.make(wanted_s, nearest)
                self._tell(min(t_s / duration_s, 1.0), _STAGE)
            for wanted_s, nearest in picker.finish():
                done += maker.make(wanted_s, nearest)
            tape.finish()
        return DrawnFiles(video, tuple(done), tape.notes)

    @property
    def _last_s(self) -> float:
        times = self.scene.track.t_s
        return float(times[-1]) if len(times) else 0.0

    def annotator(self, size: tuple[int, int], height_px: float) -> Annotator:
        """What draws on pictures of ``size``, where 1.0 of the track is ``height_px``."""
        return Annotator(
            self.report, self.scene, spec_of=self.spec_of, size=size, height_px=height_px,
            last_s=self._last_s,
        )  # fmt: skip

    def _tape(self, part: Path, frames: Frames, threads: int) -> _Tape:
        return _Tape(part, frames, self.annotator, self._longest_side_px, threads)


class _Tape:
    """The video in the making: begins with the first frame, whose looks decide everything."""

    def __init__(
        self, part: Path, frames: Frames, annotator: Callable[[tuple[int, int], float], Annotator],
        longest_side_px: int, threads: int,
    ) -> None:  # fmt: skip
        self._part = part
        self._frames = frames
        self._make_annotator = annotator
        self._longest_side_px = longest_side_px
        self._threads = threads
        self._begun: tuple[Sheet, Annotator, ClipWriter] | None = None
        self._early_sound: list[SoundPacket] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """Plain sentences about what could not be kept."""
        return self._begun[2].notes if self._begun else ()

    def add_sound(self, packet: SoundPacket) -> None:
        """Sound may come before the first picture; it waits for it."""
        if self._begun is None:
            self._early_sound.append(packet)
        else:
            self._begun[2].add_sound(packet, self._frames.start_s)

    def add_frame(self, t_s: float, frame: VideoFrame) -> None:
        """Draw one frame and encode it."""
        sheet, annotator, writer = self._begun or self._begin(frame)
        sheet.fill(frame)
        annotator.draw(sheet.canvas, t_s)
        writer.add_frame(sheet.frame, t_s)

    def _begin(self, frame: VideoFrame) -> tuple[Sheet, Annotator, ClipWriter]:
        sheet = Sheet(frame, longest_side_px=self._longest_side_px)
        rate_hz = float(self._frames.video.average_rate or _USUAL_RATE_HZ)
        writer = ClipWriter(
            self._part, sheet.look, rate_hz=rate_hz, sound=self._frames.sound,
            threads=self._threads,
        )  # fmt: skip
        annotator = self._make_annotator((sheet.width, sheet.height), sheet.full_height_px)
        self._begun = (sheet, annotator, writer)
        for packet in self._early_sound:
            writer.add_sound(packet, self._frames.start_s)
        self._early_sound.clear()
        return self._begun

    def finish(self) -> None:
        """Write the end of the file."""
        if self._begun is not None:
            self._begun[2].finish()

    def __enter__(self) -> Self:
        """The tape itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the file back, whatever happened."""
        if self._begun is not None:
            self._begun[2].close()
