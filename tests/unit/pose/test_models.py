from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from repsight.core.picture import Picture
from repsight.errors import MissingExtra, UnknownName
from repsight.pose.detector import detect_people
from repsight.pose.landmarks import estimate_pose
from repsight.pose.live import BlazePoseLive
from repsight.pose.roi import Roi
from repsight.pose.weights import (
    POSE_MODELS,
    ModelFile,
    check_pose_model,
    model_file,
    read_checked,
)
from repsight.testing.pictures import EMPTY_ROOM, squatting_athlete

LEFT_ANKLE, NOSE = 27, 0


@pytest.fixture(scope="module")
def athlete() -> Picture:
    return next(squatting_athlete().pictures())


@pytest.mark.parametrize("name", ["det", *POSE_MODELS])
def test_every_model_of_the_manifest_is_installed_and_whole(name: str) -> None:
    assert len(read_checked(model_file(name))) > 1_000_000


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(MissingExtra, match=r"full\.onnx is missing.*Install Repsight again"):
        read_checked(ModelFile(tmp_path / "full.onnx", "0" * 64))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "full.onnx"
    damaged.write_bytes(read_checked(model_file("lite"))[:-1])
    with pytest.raises(MissingExtra, match="damaged"):
        read_checked(ModelFile(damaged, model_file("lite").sha256))


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="lite, full, heavy"):
        check_pose_model("huge")


def test_the_detector_finds_the_athlete_and_nobody_else(athlete: Picture) -> None:
    found = detect_people(athlete)
    assert len(found) == 1
    assert found[0].score > 0.5
    assert 0.2 < found[0].roi.x < 0.55


def test_the_detector_finds_nobody_on_a_bare_wall() -> None:
    assert detect_people(next(EMPTY_ROOM.pictures())) == []


@pytest.mark.parametrize("model", POSE_MODELS)
def test_landmarks_lie_on_the_athlete(athlete: Picture, model: str) -> None:
    pose = estimate_pose(athlete, detect_people(athlete)[0].roi, model=model)
    assert pose.is_present
    assert pose.xy[NOSE, 1] < 0.35
    assert pose.xy[LEFT_ANKLE, 1] > 0.7
    assert (pose.visibility > 0.5).sum() > 20
    assert pose.world[LEFT_ANKLE, 1] > 0.5


def test_the_models_agree_with_each_other(athlete: Picture) -> None:
    roi = detect_people(athlete)[0].roi
    full, heavy = (estimate_pose(athlete, roi, model=name).xy for name in ("full", "heavy"))
    assert np.median(np.linalg.norm(full - heavy, axis=1)) < 0.03


def test_a_turned_square_gives_the_same_landmarks_in_the_frame(athlete: Picture) -> None:
    roi = detect_people(athlete)[0].roi
    turned = Roi(roi.x, roi.y, roi.size, roi.angle_rad + 0.15)
    straight, other = (estimate_pose(athlete, one, model="full") for one in (roi, turned))
    assert np.median(np.linalg.norm(straight.xy - other.xy, axis=1)) < 0.02
    assert np.median(np.linalg.norm(straight.world - other.world, axis=1)) < 0.1


def test_a_bare_wall_has_no_pose() -> None:
    pose = estimate_pose(next(EMPTY_ROOM.pictures()), Roi(0.66, 0.5, 1.0), model="full")
    assert not pose.is_present


def test_live_tracking_follows_the_athlete_frame_by_frame() -> None:
    live = BlazePoseLive(model="lite")
    frames = [live.push(one.t_s, one.rgb) for one in squatting_athlete().pictures()]
    assert all(np.isfinite(frame.xy).all() for frame in frames)
    hips = [frame.xy[23:25, 1].mean() for frame in frames]
    assert np.ptp(hips) > 0.05


def test_live_tracking_says_when_the_person_is_gone_and_finds_them_again() -> None:
    live = BlazePoseLive(model="lite")
    athlete = next(squatting_athlete().pictures())
    wall = next(EMPTY_ROOM.pictures())
    assert np.isfinite(live.push(0.0, athlete.rgb).xy).all()
    gone = live.push(0.1, wall.rgb)
    assert np.isnan(gone.xy).all()
    assert (gone.visibility == 0).all()
    assert np.isfinite(live.push(0.2, athlete.rgb).xy).all()
