"""Clips with changes that should not matter."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from pathlib import Path

import numpy as np
import pytest

from benchmarks.changed_pictures import ChangedPictures
from benchmarks.clips import Clip
from benchmarks.variants import (
    UNCHANGED,
    VARIANTS,
    Counted,
    changes,
    main,
    rows_of,
    spread,
    told,
)
from repsight.athlete.performance import perform
from repsight.core.picture import Picture

_BY_NAME = {one.name: one for one in VARIANTS}


def _clip(name: str, exercise: str, *, reps: int | None = 3, duration_s: float = 5.0) -> Clip:
    return Clip(Path(f"{name}.mp4"), exercise, reps, "high", (), duration_s, "", "", "")


class Ramp:
    """Thirty pictures a second in which brightness grows to the right; it notes the rate."""

    def __init__(self) -> None:
        self.rate_hz: float | None = nan

    def pictures(self, *, rate_hz: float | None = None, roughly: bool = False) -> list[Picture]:
        del roughly
        self.rate_hz = rate_hz
        row = np.linspace(0, 255, 640).astype(np.uint8)
        wall = np.repeat(np.tile(row, (480, 1))[..., None], 3, axis=2)
        return [Picture.from_rgb(i / 30, wall) for i in range(3)]


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("as filmed", (480, 640, 3)),
        ("mirrored", (480, 640, 3)),
        ("240 rows", (240, 320, 3)),
        ("half as large", (480, 640, 3)),
        ("darker by 2 EV", (480, 640, 3)),
        ("cropped by 4 % a side", (442, 588, 3)),
    ],
)
def test_a_changed_picture_is_still_a_picture(name: str, shape: tuple[int, ...]) -> None:
    changed = list(ChangedPictures(Ramp(), _BY_NAME[name].change).pictures())
    assert [one.rgb.shape for one in changed] == [shape] * 3


def test_mirrored_pictures_grow_darker_to_the_right() -> None:
    first = next(ChangedPictures(Ramp(), _BY_NAME["mirrored"].change).pictures())
    assert first.rgb[0, 0, 0] > first.rgb[0, -1, 0]


def test_a_slower_clip_is_never_asked_for_more_pictures() -> None:
    source = Ramp()
    slow = ChangedPictures(source, UNCHANGED.change, 15.0)
    list(slow.pictures())
    assert source.rate_hz == 15.0
    list(slow.pictures(rate_hz=4.0))
    assert source.rate_hz == 4.0


def test_the_spread_takes_short_sure_clips_of_every_exercise() -> None:
    clips = [
        _clip("a", "squat"), _clip("b", "squat"), _clip("c", "squat"),
        _clip("d", "lunge"), _clip("e", "lunge"), _clip("f", "dip", duration_s=60.0),
        _clip("g", "crunch", reps=None), _clip("h", "none", reps=0),
    ]  # fmt: skip
    taken = [clip.exercise for clip in spread(clips, 1)]
    assert taken == ["lunge", "none", "squat", "squat"]
    assert spread(clips, 1) == spread(clips, 1)


def _counted(variant: str, given: int, *, truth: int = 3) -> Counted:
    return Counted("clip", variant, truth, given, given, is_recognised=bool(truth))


def test_a_variant_is_compared_with_the_truth_and_with_the_unchanged_clip() -> None:
    found = {row.what: row.value for row in rows_of([_counted("as filmed", 2),
                                                     _counted("mirrored", 2)])}  # fmt: skip
    assert found["mirrored, exercise given: exact"] == 0.0
    assert found["mirrored, exercise given: within one"] == 1.0
    assert found["mirrored, exercise given: counted as before"] == 1.0


def test_clips_without_exercise_have_a_row_of_their_own() -> None:
    rows = rows_of([_counted("as filmed", 0, truth=0)])
    found = {row.what: (row.value, row.n) for row in rows}
    assert found["as filmed, no exercise: nothing counted"] == (1.0, 1)
    assert found["as filmed, exercise given: exact"][1] == 0


def test_only_clips_whose_count_changes_are_listed() -> None:
    steady = [_counted("as filmed", 3), _counted("mirrored", 3)]
    moved = [replace(one, clip="other") for one in (steady[0], _counted("mirrored", 4))]
    text = changes([*steady, *moved])
    assert "| other | 3 | 3 / 3 | 4 / 4 |" in text
    assert "| clip | 3 |" not in text


def test_a_variant_is_counted_with_its_exercise_given_and_without() -> None:
    made = perform("squat", reps=3, seed=5)
    track = made.track(made.camera(yaw_deg=90.0), seed=5)
    done = told(_clip("one", "squat"), "mirrored", track)
    assert (done.given, done.automatic, done.is_recognised) == (3, 3, True)


def test_absent_clips_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 2
    assert "--shared" in capsys.readouterr().err
