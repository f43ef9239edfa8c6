from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.video.figure import Figure, Posture, joint_columns, skeleton_strokes
from repsight.video.palette import FAR_SIDE, ISSUE, NEAR_SIDE


@pytest.fixture(scope="module")
def scene() -> Scene:
    return observe(perform("squat", reps=2).track())


@pytest.fixture
def posture(scene: Scene) -> Posture:
    found = Figure(scene, 720.0).at(1.0)
    assert found is not None
    return found


def bones_of(posture: Posture, colour: tuple[int, int, int], marked: tuple[int, ...] = ()) -> int:
    return sum(
        len(one.segments) for one in skeleton_strokes(posture, 3.0, marked) if one.colour == colour
    )


def test_the_posture_is_in_pixels_of_the_picture(scene: Scene, posture: Posture) -> None:
    index = Figure(scene, 1.0).index_at(1.0)
    assert posture.xy == pytest.approx(scene.track.xy[index] * 720, abs=5)


def test_between_two_frames_the_posture_lies_between(scene: Scene) -> None:
    times = scene.track.t_s
    halfway = Figure(scene, 1.0).at(float(times[10] + times[11]) / 2)
    assert halfway is not None
    middle = (scene.track.xy[10] + scene.track.xy[11]) / 2
    assert halfway.xy == pytest.approx(middle)


def test_nobody_is_drawn_where_nobody_was_seen(scene: Scene) -> None:
    unseen = replace(scene, track=scene.track.part(slice(0, 0)))
    assert Figure(unseen, 720.0).at(0.0) is None
    assert Figure(scene, 720.0).at(float(scene.track.t_s[-1]) + 5.0) is None


def test_the_far_side_is_quieter_than_the_near_one(posture: Posture) -> None:
    sided = replace(posture, is_sided=True, visibility=np.ones(33))
    assert bones_of(sided, FAR_SIDE) > 0
    assert bones_of(sided, NEAR_SIDE) > bones_of(sided, FAR_SIDE)


def test_from_the_front_both_sides_are_alike(posture: Posture) -> None:
    assert bones_of(replace(posture, is_sided=False, visibility=np.ones(33)), FAR_SIDE) == 0


def test_unsure_joints_are_quiet_and_unseen_ones_left_out(posture: Posture) -> None:
    front = replace(posture, is_sided=False)
    unsure = replace(front, visibility=np.full(33, 0.45))
    assert bones_of(unsure, NEAR_SIDE) == 0
    assert bones_of(unsure, FAR_SIDE) > 0
    unseen = replace(front, visibility=np.full(33, 0.1))
    assert bones_of(unseen, FAR_SIDE) + bones_of(unseen, NEAR_SIDE) == 0


def test_bones_between_marked_joints_and_their_rings_are_red(posture: Posture) -> None:
    front = replace(posture, is_sided=False, visibility=np.ones(33))
    strokes = skeleton_strokes(front, 3.0, (23, 25))
    assert next(len(one.segments) for one in strokes if one.colour == ISSUE) == 1
    assert bones_of(front, ISSUE, (23, 25)) > 20


def test_a_small_lifter_gets_thin_bones(posture: Posture) -> None:
    small = replace(posture, trunk_px=60.0)
    assert skeleton_strokes(small, 3.0)[1].radius_px < skeleton_strokes(posture, 3.0)[1].radius_px


@pytest.mark.parametrize(
    ("joints", "side", "columns"),
    [
        (("hip", "knee"), "left", [23, 25]),
        (("hip", "knee"), "right", [24, 26]),
        (("hip",), "near", [23]),
        (("hip",), "", [23, 24]),
        (("left_hip", "right_foot_index"), "near", [23, 32]),
        (("mid_foot",), "left", [29, 31]),
        (("nose",), "", [0]),
        (("left_toe", "left_toe"), "", [31]),
        (("tail",), "left", []),
    ],
)
def test_joint_names_of_verdicts_are_understood(
    posture: Posture, joints: tuple[str, ...], side: str, columns: list[int]
) -> None:
    assert joint_columns(joints, side, replace(posture, near_left=True)) == columns
