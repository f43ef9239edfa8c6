from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from repsight.errors import UnwritableOutput
from repsight.video.encode import ClipWriter, Look
from repsight.writing import whole_file

LOOK = Look(64, 48, 0, 2, 2, 2)


def grey(level: int) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((72, 64), level, np.uint8), format="yuv420p")


def test_times_are_kept_as_they_are(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.05, 0.2001, 0.9, 0.933]
    with ClipWriter(tmp_path / "a.mp4", LOOK) as writer:
        for count, t_s in enumerate(times):
            writer.add_frame(grey(20 * count), t_s)
        writer.finish()
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert [f.time for f in container.decode(video=0)] == pytest.approx(times, abs=1e-4)
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"


def test_the_index_stands_before_the_pictures(tmp_path: Path) -> None:
    with ClipWriter(tmp_path / "a.mp4", LOOK) as writer:
        writer.add_frame(grey(10), 0.0)
        writer.finish()
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_missing_folder_is_said_in_plain_words(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "a.mp4"
    with (
        pytest.raises(UnwritableOutput, match="cannot be written"),
        whole_file(target) as part,
    ):
        ClipWriter(part, LOOK)
