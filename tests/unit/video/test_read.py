from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from repsight.errors import UnreadableSource
from repsight.video.read import ClipReader, open_clip

Rgb = NDArray[np.uint8]
MakeClip = Callable[..., Path]


def _pictures(count: int, size: tuple[int, int] = (96, 64)) -> Iterable[Rgb]:
    """Grey pictures, one brighter than the other, with a white mark in the top left corner."""
    width, height = size
    for index in range(count):
        rgb = np.full((height, width, 3), 40 + 3 * (index % 30), np.uint8)
        rgb[: height // 4, : width // 4] = 255
        yield rgb


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    """Write a small H.264 clip with the times given."""

    def make(
        times_s: Sequence[float],
        *,
        size: tuple[int, int] = (96, 64),
        name: str = "clip.mp4",
        preset: str = "ultrafast",
        **codec: object,
    ) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=30)
            stream.width, stream.height = size
            stream.pix_fmt = "yuv420p"
            stream.options = {"preset": preset, "crf": "20", "g": "10"}
            stream.codec_context.time_base = Fraction(1, 9000)
            for key, value in codec.items():
                setattr(stream.codec_context, key, value)
            for t_s, rgb in zip(times_s, _pictures(len(times_s), size), strict=True):
                frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
                frame.pts, frame.time_base = round(t_s * 9000), Fraction(1, 9000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return make


def _times(reader: ClipReader, rate_hz: float | None = None) -> list[float]:
    return [picture.t_s for picture in reader.pictures(rate_hz=rate_hz)]


def test_pictures_come_at_their_presentation_times(make_clip: MakeClip) -> None:
    times = [0.0, 0.03, 0.1, 0.12, 0.2, 0.31, 0.5]
    assert _times(open_clip(make_clip(times))) == pytest.approx(times, abs=1e-3)


def test_a_picture_is_upright_rgb_with_four_bytes_a_pixel(make_clip: MakeClip) -> None:
    picture = next(open_clip(make_clip([0.0, 0.1])).pictures())
    assert picture.rgbx.shape == (64, 96, 4)
    assert picture.rgbx.flags.c_contiguous
    assert picture.rgb[2, 2].min() > 240
    assert abs(int(picture.rgb[50, 80, 0]) - 40) < 6


def test_the_header_is_known_before_reading_and_the_rest_after(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip(np.arange(60) / 30))
    assert (reader.info.width_px, reader.info.height_px) == (96, 64)
    assert reader.info.frame_count == 0
    _times(reader)
    assert reader.info.frame_count == 60
    assert reader.info.frame_rate_hz == pytest.approx(30, rel=0.01)
    assert reader.info.duration_s == pytest.approx(2.0, abs=0.1)
    assert not reader.info.variable_rate
    assert not reader.info.truncated
    assert not reader.info.damaged
    assert not reader.info.has_audio


def test_a_variable_frame_rate_is_noticed(make_clip: MakeClip) -> None:
    steps = np.where(np.arange(60) % 7 == 0, 0.1, 0.033)
    reader = open_clip(make_clip(np.cumsum(steps)))
    _times(reader)
    assert reader.info.variable_rate


@pytest.mark.parametrize(("rate_hz", "source_hz"), [(10, 30), (30, 60), (15, 24), (10, 25)])
def test_a_rate_is_kept_by_time_not_by_counting(
    make_clip: MakeClip, rate_hz: float, source_hz: float
) -> None:
    times = np.arange(int(4 * source_hz)) / source_hz
    taken = _times(open_clip(make_clip(times)), rate_hz)
    assert len(taken) == pytest.approx(4 * rate_hz, abs=2)
    raster = np.arange(len(taken)) / rate_hz
    assert np.abs(np.array(taken) - raster).max() < 0.6 / source_hz + 1e-3


def test_a_rate_above_the_clips_own_takes_every_frame(make_clip: MakeClip) -> None:
    times = np.arange(40) / 24
    assert len(_times(open_clip(make_clip(times)), 120)) == 40


def test_after_a_gap_the_raster_goes_on(make_clip: MakeClip) -> None:
    times = np.concatenate([np.arange(30) / 30, 3 + np.arange(30) / 30])
    taken = np.array(_times(open_clip(make_clip(times)), 10))
    assert (taken >= 2.9).sum() == pytest.approx(10, abs=1)


def test_reading_twice_gives_the_same_pictures(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip(np.arange(20) / 30), threads=2)
    first, second = ([one.rgbx for one in reader.pictures()] for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("width", [400, 402, 404, 406, 484, 850, 852, 854])
def test_every_column_of_a_picture_is_written(make_clip: MakeClip, width: int) -> None:
    reader = open_clip(make_clip([0.0, 0.1, 0.2], size=(width, 48)))
    for picture in reader.pictures():
        last = picture.rgb[20:, width // 2 :].astype(int)
        assert np.ptp(last) < 12
        assert picture.rgbx.flags.c_contiguous


# The encoder's faster presets build every frame on the one before, so that none can be spared.
def test_a_rough_pass_keeps_its_rate_and_leaves_what_is_known_alone(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip(np.arange(120) / 30, preset="medium"))
    taken = [one.t_s for one in reader.pictures(rate_hz=10, roughly=True)]
    assert len(taken) == pytest.approx(40, abs=3)
    assert np.diff(taken).max() < 0.17
    assert reader.info.frame_count == 0


def test_a_rough_pass_of_a_slow_clip_takes_every_frame_it_needs(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip(np.arange(48) / 12, preset="medium"))
    taken = [one.t_s for one in reader.pictures(rate_hz=10, roughly=True)]
    exact = [t_s for t_s in _times(reader, 10) if t_s > 1.0]
    assert len([t_s for t_s in taken if t_s > 1.0]) == pytest.approx(len(exact), abs=1)


def test_large_pictures_are_reduced_to_1280_pixels(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip([0.0, 0.1], size=(2560, 1440)))
    picture = next(reader.pictures())
    assert (picture.width_px, picture.height_px) == (1280, 720)
    assert (reader.info.width_px, reader.info.height_px) == (2560, 1440)


def test_a_portrait_clip_filmed_sideways_is_turned_upright(
    make_clip: MakeClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Encoders here cannot write the rotation, so the frames are made to carry it."""
    import repsight.video.read as module

    path = make_clip([0.0, 0.1])
    monkeypatch.setattr(module, "_rotation_deg", lambda _frame: 90)
    reader = open_clip(path)
    picture = next(reader.pictures())
    assert (reader.info.width_px, reader.info.height_px) == (64, 96)
    assert (picture.width_px, picture.height_px) == (64, 96)
    assert picture.rgb[-3, 2].min() > 240
    assert reader.info.rotation_deg == 90


def test_high_dynamic_range_is_brought_to_standard_range(make_clip: MakeClip) -> None:
    path = make_clip(np.arange(5) / 30, color_trc=18, color_primaries=9, colorspace=9)
    reader = open_clip(path)
    assert reader.info.high_range
    picture = next(reader.pictures())
    assert picture.rgb[2, 2].min() > 200
    assert np.ptp(picture.rgb[50, 80].astype(int)) < 6


def test_a_clip_cut_short_gives_what_is_there_and_says_so(make_clip: MakeClip) -> None:
    whole = make_clip(np.arange(150) / 30, name="whole.mkv", size=(320, 240))
    short = whole.with_name("short.mkv")
    short.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    reader = open_clip(short)
    times = _times(reader)
    assert 20 < len(times) < 140
    assert reader.info.truncated or reader.info.damaged


def test_damage_in_the_middle_is_passed_over(make_clip: MakeClip) -> None:
    whole = make_clip(np.arange(150) / 30, size=(320, 240))
    data = bytearray(whole.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = np.random.default_rng(0).integers(0, 255, 400, np.uint8).tobytes()
    broken = whole.with_name("broken.mp4")
    broken.write_bytes(data)
    times = _times(open_clip(broken))
    assert len(times) > 60
    assert (np.diff(times) > 0).all()


def test_a_missing_clip_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"gone\.mp4 does not exist"):
        open_clip(tmp_path / "gone.mp4")


def test_a_folder_is_not_a_clip(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="not a file"):
        open_clip(tmp_path)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(UnreadableSource, match=r"empty \(0 bytes\)"):
        open_clip(tmp_path / "empty.mp4")


def test_something_else_is_not_a_video(tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("squats on Monday\n" * 50)
    with pytest.raises(UnreadableSource, match="not a video that can be read"):
        open_clip(tmp_path / "notes.mp4")


def test_half_an_mp4_without_its_index_cannot_be_read(make_clip: MakeClip) -> None:
    path = make_clip(np.arange(60) / 30, size=(320, 240))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableSource):
        open_clip(path)


def test_sound_alone_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "voice.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(UnreadableSource, match="only sound"):
        open_clip(path)


def test_one_picture_is_not_a_movement(make_clip: MakeClip) -> None:
    reader = open_clip(make_clip([0.0]))
    with pytest.raises(UnreadableSource, match="1 picture, not a movement"):
        _times(reader)
