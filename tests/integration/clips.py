"""Small clips and landmark files that tests make for themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from repsight.athlete.encode import save_video
from repsight.athlete.performance import perform
from repsight.athlete.render import Actor, Film, render
from repsight.core.types import PoseTrack
from repsight.landmarks_io import save_landmarks

__all__ = [
    "athlete_clip",
    "room",
    "squat_landmarks",
    "squat_track",
    "turned",
    "write_clip",
    "write_sound",
    "write_still_format",
]

Rgb = NDArray[np.uint8]
_TICK = Fraction(1, 1000)


def room(frames: int, *, size: tuple[int, int] = (320, 240), seed: int = 0) -> Iterable[Rgb]:
    """Pictures of a wall with a little sensor noise and nobody in front of it."""
    width, height = size
    rng = np.random.default_rng(seed)
    wall = np.linspace(90, 160, width)[None, :, None] * np.ones((height, 1, 3))
    noise = rng.normal(0, 3, (8, height, width, 1))
    seen = [np.clip(wall + one, 0, 255).astype(np.uint8) for one in noise]
    for index in range(frames):
        yield seen[index % len(seen)]


def write_clip(
    path: Path,
    pictures: Iterable[Rgb],
    *,
    times_s: Sequence[float] | None = None,
    rate: int = 30,
    faststart: bool = False,
) -> Path:
    """Encode pictures as H.264; ``times_s`` makes the frame rate variable."""
    options = {"movflags": "faststart"} if faststart else {}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "30", "g": "15"}
        stream.codec_context.time_base = _TICK
        for index, rgb in enumerate(pictures):
            if index == 0:
                stream.height, stream.width = rgb.shape[:2]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
            seconds = index / rate if times_s is None else times_s[index]
            frame.pts, frame.time_base = round(seconds * 1000), _TICK
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path, *, seconds: float = 1.0) -> Path:
    """A file with a tone and no picture."""
    rate = 8000
    tone = np.sin(np.arange(int(rate * seconds)) * 0.1).astype(np.float32)[None]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_still_format(path: Path) -> Path:
    """A photograph, whatever its name says."""
    from PIL import Image

    picture = next(iter(room(1)))
    Image.fromarray(picture).save(path, format="JPEG")
    return path


def turned(path: Path, degrees: int) -> Path:
    """Write into an mp4 that its pictures are to be shown turned, as phones do."""
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    one = 1 << 16
    matrix = (cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 1 << 30)
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 4
    if data[start] != 0:
        message = "only version 0 track headers are written by these tests"
        raise AssertionError(message)
    # version and flags, times, id, reserved, duration, reserved, layer, group, volume, reserved
    at = start + 4 + 8 + 4 + 4 + 4 + 8 + 2 + 2 + 2 + 2
    data[at : at + 36] = struct.pack(">9i", *matrix)
    path.write_bytes(data)
    return path


def squat_track(reps: int = 3) -> PoseTrack:
    """Landmarks of a clean set of squats from the side."""
    return perform("squat", reps=reps).track(noise=0.5)


def squat_landmarks(path: Path, reps: int = 3) -> Path:
    """The same as a file."""
    save_landmarks(path, squat_track(reps))
    return path


def athlete_clip(
    path: Path,
    *,
    reps: int = 2,
    neighbour_m: float | None = None,
    leaves: bool = False,
    size: tuple[int, int] = (240, 320),
    fps: float = 15.0,
) -> Path:
    """A film of the digital athlete squatting without a bar, from the left side.

    ``neighbour_m`` puts somebody who stands still that far ahead of the lifter; ``leaves`` goes
    on for a while after the picture is empty.
    """
    performance = perform("squat", reps=reps, variation="bodyweight", seed=3)
    others = []
    if neighbour_m is not None:
        idle = perform("standing", hold_s=performance.truth.duration_s)
        others = [Actor(idle, at_m=(neighbour_m, 0.0))]
        camera = performance.camera(yaw_deg=90.0, aspect_ratio=size[0] / size[1])
        camera = replace(camera, distance_m=camera.distance_m * 1.3)
    else:
        camera = performance.camera(yaw_deg=90.0)
    pictures = render(performance, camera, film=Film(size=size, fps=fps), others=others)
    if leaves:
        empty = ((100 + i / fps, rgb) for i, rgb in enumerate(room(45, size=size)))
        pictures = _in_a_row(pictures, empty, fps)
    return save_video(path, pictures, fps=fps)


def _in_a_row(
    first: Iterable[tuple[float, Rgb]], then: Iterable[tuple[float, Rgb]], fps: float
) -> Iterator[tuple[float, Rgb]]:
    t_s = 0.0
    for t_s, rgb in first:
        yield t_s, rgb
    for index, (_, rgb) in enumerate(then, start=1):
        yield t_s + index / fps, rgb
