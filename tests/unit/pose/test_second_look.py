from __future__ import annotations

from dataclasses import replace

import numpy as np

from repsight.core.picture import Picture
from repsight.pose.detector import detect_people
from repsight.pose.roi import Roi
from repsight.pose.second_look import is_upside_down, look_again
from repsight.testing.pictures import EMPTY_ROOM, squatting_athlete


def test_somebody_who_is_there_is_confirmed_where_they_are() -> None:
    picture = next(squatting_athlete().pictures())
    roi = detect_people(picture)[0].roi
    pose = look_again(picture, roi, "full")
    assert pose is not None
    assert pose.roi == roi


def test_a_bare_wall_is_nobody_whichever_way_it_is_turned() -> None:
    assert look_again(next(EMPTY_ROOM.pictures()), Roi(0.66, 0.5, 1.0, 1.2), "full") is None


def test_a_person_in_a_square_turned_the_wrong_way_is_found_upright() -> None:
    picture = next(squatting_athlete().pictures())
    roi = detect_people(picture)[0].roi
    wrong = [replace(roi, angle_rad=angle) for angle in np.linspace(1.2, 2.2, 11)]
    poses = [look_again(picture, one, "lite") for one in wrong]
    turned = [pose for one, pose in zip(wrong, poses, strict=True) if pose and pose.roi != one]
    assert turned
    assert all(abs(pose.roi.angle_rad) < 1e-9 for pose in turned)


def test_the_same_picture_gives_the_same_answer() -> None:
    picture = next(squatting_athlete().pictures())
    roi = detect_people(picture)[0].roi
    first, second = (look_again(Picture(0.0, picture.rgbx), roi, "lite") for _ in range(2))
    assert first is not None
    assert second is not None
    assert np.array_equal(first.xy, second.xy)


def test_a_square_on_its_head_does_not_turn_a_standing_person_over() -> None:
    picture = next(squatting_athlete().pictures())
    roi = detect_people(picture)[0].roi
    wrong = [replace(roi, angle_rad=angle) for angle in (2.6, 3.1, -2.8)]
    poses = [pose for one in wrong if (pose := look_again(picture, one, "full")) is not None]
    assert poses
    assert not any(is_upside_down(pose.next_roi) for pose in poses)
    assert all(pose.xy[[11, 12], 1].mean() < pose.xy[[23, 24], 1].mean() for pose in poses)
