"""The annotated video and the stills of real files: what a player and a browser would find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.report import ClipReport, Verdict
from repsight.core.still_names import issue_still, moment_still
from repsight.core.types import PoseTrack
from repsight.errors import UnreadableSource, UnwritableOutput
from repsight.testing.sample_report import empty_report, sample_report
from repsight.video.draw import DrawnFiles, draw_clip, draw_picture
from tests.integration.clips import room, turned, write_clip

SIZE = (480, 360)


@pytest.fixture(scope="module")
def track() -> PoseTrack:
    return perform("squat", reps=2).track()


@pytest.fixture(scope="module")
def report(track: PoseTrack) -> ClipReport:
    (one,) = assess_track(track, exercise="squat")
    worst = one.reps[-1]
    issue = Verdict(
        rule="shallow", title="Above parallel", outcome="issue", rep=worst.number,
        t_s=worst.turn_s, side="left", value=-0.4, expected_low=-0.1, expected_high=float("nan"),
        error=0.05, unit="thigh", view="side", joints=("hip", "knee"),
        cue="Sit down to a low box behind you", source="IPF",
    )  # fmt: skip
    kept = tuple(v for v in one.verdicts if v.outcome != "issue")
    return replace(sample_report(), sets=(replace(one, verdicts=(*kept, issue)),))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory, track: PoseTrack) -> Path:
    times = [float(t_s) for t_s in track.t_s[::2]]
    path = tmp_path_factory.mktemp("clip") / "set.mp4"
    return write_clip(path, room(len(times), size=SIZE), times_s=times)


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory, clip: Path, track: PoseTrack, report: ClipReport
) -> DrawnFiles:
    out = tmp_path_factory.mktemp("out")
    return draw_clip(clip, report, track, video=out / "annotated.mp4", stills=out)


def frames(path: Path) -> Iterator[tuple[float, np.ndarray]]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield float(frame.time), frame.to_ndarray(format="rgb24").astype(int)


def test_the_video_has_the_times_and_the_size_of_its_clip(drawn: DrawnFiles, clip: Path) -> None:
    assert drawn.video is not None
    before, after = list(frames(clip)), list(frames(drawn.video))
    assert [t for t, _ in after] == pytest.approx([t for t, _ in before], abs=1e-3)
    assert after[0][1].shape == (360, 480, 3)


def test_the_lifter_and_the_counter_are_drawn_on_every_frame(drawn: DrawnFiles, clip: Path) -> None:
    assert drawn.video is not None
    for (_, before), (_, after) in zip(frames(clip), frames(drawn.video), strict=True):
        assert (np.abs(before - after).max(axis=2) > 60).mean() > 0.01


def test_the_issue_is_marked_on_its_frame_and_not_before(
    drawn: DrawnFiles, report: ClipReport
) -> None:
    (issue,) = [v for v in report.sets[0].verdicts if v.outcome == "issue"]
    assert drawn.video is not None
    red = {t_s: _is_red(picture).mean() for t_s, picture in frames(drawn.video)}
    nearest = min(red, key=lambda t_s: abs(t_s - issue.t_s))
    assert red[nearest] > 0.001
    assert max(share for t_s, share in red.items() if t_s < issue.t_s - 0.1) < 0.0002


def _is_red(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 0] > 180) & (picture[..., 1] < 120) & (picture[..., 2] < 120)


def test_every_issue_and_every_moment_has_its_still(drawn: DrawnFiles, report: ClipReport) -> None:
    (one,) = report.sets
    wanted = {issue_still(1, v) for v in one.verdicts if v.outcome == "issue"}
    wanted |= {moment_still(1, rep, m) for rep in one.reps for m in rep.moments}
    assert {path.name for path in drawn.stills} == wanted
    for path in drawn.stills:
        with Image.open(path) as still:
            assert still.format == "JPEG"
            assert min(still.size) > 200
            assert max(still.size) <= 1280


def test_stills_alone_are_the_same_pictures(
    tmp_path: Path, drawn: DrawnFiles, clip: Path, track: PoseTrack, report: ClipReport
) -> None:
    alone = draw_clip(clip, report, track, video=None, stills=tmp_path)
    assert alone.video is None
    assert [p.name for p in alone.stills] == [p.name for p in drawn.stills]
    for one, other in zip(alone.stills, drawn.stills, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_one_picture_is_drawn_like_the_frame_of_the_video(
    track: PoseTrack, report: ClipReport
) -> None:
    (blank,) = room(1, size=SIZE)
    kept = blank.copy()
    rep = report.sets[0].reps[-1]
    drawn = draw_picture(blank, report, track, t_s=rep.turn_s)
    assert (blank == kept).all()
    assert drawn.shape == blank.shape
    assert (np.abs(drawn.astype(int) - blank).max(axis=2) > 60).mean() > 0.01
    assert _is_red(drawn.astype(int)).mean() > 0.001


@pytest.mark.parametrize("exercise", ["squat", "deadlift", "unknown"])
def test_a_set_without_a_counted_rep_is_drawn_all_the_same(
    track: PoseTrack, report: ClipReport, exercise: str
) -> None:
    (one,) = report.sets
    seen = replace(one.exercise, id=exercise)
    none = replace(one, exercise=seen, reps=(), rep_count=0, verdicts=())
    (blank,) = room(1, size=SIZE)
    drawn = draw_picture(blank, replace(report, sets=(none,)), track, t_s=2.0)
    assert (drawn != blank).any()


def test_the_video_alone_needs_no_folder_for_stills(
    tmp_path: Path, clip: Path, track: PoseTrack, report: ClipReport
) -> None:
    only = draw_clip(clip, report, track, video=tmp_path / "a.mp4", stills=None)
    assert only.stills == ()
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


def test_a_clip_turned_by_the_phone_comes_out_upright(tmp_path: Path, track: PoseTrack) -> None:
    source = turned(write_clip(tmp_path / "a.mp4", room(10, size=SIZE)), 90)
    draw_clip(source, empty_report(), track, video=tmp_path / "b.mp4", stills=None)
    with av.open(str(tmp_path / "b.mp4")) as container:
        frame = next(container.decode(video=0))
        assert (frame.width, frame.height, frame.rotation) == (360, 480, 0)


def test_a_clip_in_which_nobody_was_found_is_drawn_bare(tmp_path: Path) -> None:
    source = write_clip(tmp_path / "a.mp4", room(10, size=SIZE))
    nobody = PoseTrack.from_frames([])
    made = draw_clip(source, empty_report(), nobody, video=tmp_path / "b.mp4", stills=tmp_path)
    assert made.stills == ()
    assert len(list(frames(tmp_path / "b.mp4"))) == 10


@pytest.mark.parametrize(("codec", "kept"), [("aac", "aac"), ("mp3", "mp3"), ("pcm_s16le", "aac")])
def test_the_sound_is_kept(tmp_path: Path, track: PoseTrack, codec: str, kept: str) -> None:
    source = _with_sound(tmp_path / "a.mov", codec, seconds=2.0)
    made = draw_clip(source, empty_report(), track, video=tmp_path / "b.mp4", stills=None)
    assert made.notes == ()
    with av.open(str(tmp_path / "b.mp4")) as container:
        assert container.streams.audio[0].codec_context.name.startswith(kept)
        samples = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    assert len(samples) / 44100 == pytest.approx(2.0, abs=0.1)
    assert np.abs(samples).max() > 0.1 * (1 if samples.dtype.kind == "f" else 32767)


def _with_sound(path: Path, codec: str, *, seconds: float) -> Path:
    rate = 44100
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 160, 120, "yuv420p"
        audio = container.add_stream(codec, rate=rate, layout="mono")
        for index in range(round(seconds * 30)):
            frame = av.VideoFrame.from_ndarray(np.full((180, 160), 90, np.uint8), format="yuv420p")
            frame.pts = index
            container.mux(video.encode(frame))
        tone = 0.5 * np.sin(np.arange(int(rate * seconds)) * 2 * np.pi * 440 / rate)
        whole = av.AudioFrame.from_ndarray(
            (tone * 32767).astype(np.int16)[None], format="s16", layout="mono"
        )
        whole.sample_rate = rate
        size = audio.codec_context.frame_size or 1024
        resampler = av.AudioResampler(audio.codec_context.format, "mono", rate, size)
        for part in [*resampler.resample(whole), *resampler.resample(None)]:
            container.mux(audio.encode(part))
        container.mux(audio.encode(None))
        container.mux(video.encode(None))
    return path


def test_progress_only_grows_and_reaches_the_end(
    tmp_path: Path, clip: Path, track: PoseTrack, report: ClipReport
) -> None:
    told: list[float] = []
    draw_clip(
        clip, report, track, video=tmp_path / "a.mp4", stills=tmp_path,
        on_progress=lambda share, _stage: told.append(share),
    )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0, abs=0.05)


def test_an_interruption_leaves_no_half_video(
    tmp_path: Path, clip: Path, track: PoseTrack, report: ClipReport
) -> None:
    def stop(share: float, _stage: str) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_clip(clip, report, track, video=tmp_path / "a.mp4", stills=None, on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_a_plain_error(
    tmp_path: Path, clip: Path, track: PoseTrack, report: ClipReport
) -> None:
    with pytest.raises(UnwritableOutput):
        draw_clip(clip, report, track, video=tmp_path / "no" / "a.mp4", stills=None)
    with pytest.raises(UnwritableOutput):
        draw_clip(clip, report, track, video=None, stills=tmp_path / "no")


def test_something_that_is_no_clip_is_a_plain_error(
    tmp_path: Path, track: PoseTrack, report: ClipReport
) -> None:
    (tmp_path / "a.mp4").write_text("not a video")
    with pytest.raises(UnreadableSource):
        draw_clip(tmp_path / "a.mp4", report, track, video=tmp_path / "b.mp4", stills=None)


_FULL_DISK = """
import pathlib, resource, sys
from repsight.core.types import PoseTrack
from repsight.errors import UnwritableOutput
from repsight.testing.sample_report import empty_report
from repsight.video.draw import draw_clip
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
source, target = map(pathlib.Path, sys.argv[1:])
try:
    draw_clip(source, empty_report(), PoseTrack.from_frames([]), video=target, stills=None)
except UnwritableOutput as error:
    print(error)
"""


def test_a_full_disk_while_encoding_is_a_plain_error_and_leaves_nothing(
    tmp_path: Path, clip: Path
) -> None:
    target = tmp_path / "a.mp4"
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(clip), str(target)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "There is no room to write" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_clip_drawn_twice_is_the_same_file(
    tmp_path: Path, clip: Path, track: PoseTrack, report: ClipReport, drawn: DrawnFiles
) -> None:
    draw_clip(clip, report, track, video=tmp_path / "a.mp4", stills=None)
    assert drawn.video is not None
    pairs = zip(frames(tmp_path / "a.mp4"), frames(drawn.video), strict=True)
    assert all((one == other).all() for (_, one), (_, other) in pairs)
