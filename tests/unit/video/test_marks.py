"""The label of a target line leaves the lifter alone."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.exercises import catalog
from repsight.video.canvas import rgb_canvas
from repsight.video.figure import Figure
from repsight.video.layout import scale_of
from repsight.video.lettering import label
from repsight.video.marks import TargetMark
from repsight.video.palette import TARGET
from repsight.video.target import target_line

HEAD = slice(0, 11)


@pytest.mark.parametrize(
    ("exercise", "size"),
    [("push_up", (1280, 720)), ("push_up", (426, 240)), ("squat", (720, 1280))],
)
def test_the_label_of_a_target_line_never_hides_the_head(
    exercise: str, size: tuple[int, int]
) -> None:
    width, height = size
    performance = perform(exercise, reps=2)
    track = performance.track(camera=performance.camera(yaw_deg=90.0, aspect_ratio=width / height))
    scene = observe(track)
    (one,) = assess_track(track, exercise=exercise)
    line = target_line(one, catalog()[exercise], scene)
    assert line is not None
    scale = scale_of(*size)
    figure = Figure(scene, float(height))
    tile = label(line.label, scale.small, TARGET)
    mark = TargetMark(line, tile, figure, scale=scale, size=size)
    canvas = rgb_canvas(np.zeros((3, height, width), np.uint8))
    inside = (track.t_s >= one.start_s) & (track.t_s <= one.end_s)
    for index in np.flatnonzero(inside)[::5]:
        box = mark.place_label(canvas, float(track.t_s[index]), taken=[])
        assert box is not None
        left, top, across, down = box
        x, y = (track.xy[index, HEAD] * height).T
        assert not ((x > left) & (x < left + across) & (y > top) & (y < top + down)).any()


def test_without_room_beside_the_cards_there_is_no_label() -> None:
    performance = perform("squat", reps=2)
    track = performance.track(camera=performance.camera(yaw_deg=90.0, aspect_ratio=16 / 9))
    scene = observe(track)
    (one,) = assess_track(track, exercise="squat")
    line = target_line(one, catalog()["squat"], scene)
    assert line is not None
    size = (1280, 720)
    scale = scale_of(*size)
    mark = TargetMark(
        line, label(line.label, scale.small, TARGET), Figure(scene, 720.0), scale=scale, size=size
    )
    canvas = rgb_canvas(np.zeros((3, 720, 1280), np.uint8))
    assert mark.place_label(canvas, one.start_s + 0.5, taken=[(0, 0, 1280, 720)]) is None
    assert not np.concatenate([plane.cells for plane in canvas.planes]).any()
