"""Rendered frames to an H.264 file; the only place here that touches a disk."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from repsight.errors import MissingExtra

__all__ = ["save_video"]

_TICKS: Final = 90_000  # per second, so that uneven frame times survive


def save_video(
    path: Path, frames: Iterable[tuple[float, NDArray[np.uint8]]], *, fps: float = 30.0
) -> Path:
    """Write ``(t_s, rgb)`` frames with their own times; ``fps`` is only the nominal rate.

    Width and height must be even. Raises MissingExtra without PyAV, ValueError without frames.
    """
    try:
        import av
    except ImportError as missing:
        raise MissingExtra(
            "Writing a video needs PyAV, which is not installed.",
            next_step="pip install 'repsight[analyze]'",
        ) from missing
    stream: Any = None  # PyAV's own types are partial
    opened: Any = av.open(str(path), "w", options={"movflags": "+faststart"})
    with opened as container:
        for t_s, rgb in frames:
            if stream is None:
                stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001))
                stream.height, stream.width = rgb.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.codec_context.time_base = Fraction(1, _TICKS)
                stream.options = {"crf": "18", "preset": "veryfast"}
            frame: Any = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = round(t_s * _TICKS), Fraction(1, _TICKS)
            container.mux(stream.encode(frame))
        if stream is None:
            raise ValueError("No frames were given, at least one is needed.")
        container.mux(stream.encode(None))
    return path
