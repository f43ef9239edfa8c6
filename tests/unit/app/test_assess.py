"""Where one set ends and the next begins."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack


def _twice(gap_s: float, *, is_there: bool) -> PoseTrack:
    """Two sets of two squats with ``gap_s`` between them, the lifter standing there or not."""
    made = perform("squat", reps=2, seed=3)
    once = made.track(made.camera(yaw_deg=90.0), seed=3)
    between_s = np.arange(once.t_s[-1] + 0.1, once.t_s[-1] + gap_s, 0.1)
    parts = [
        np.concatenate([values, np.repeat(values[-1:], len(between_s), axis=0), values])
        for values in (once.xy, once.visibility, once.world)
        if values is not None
    ]
    if not is_there:
        for values in parts:
            values[len(once) : len(once) + len(between_s)] = np.nan
    t_s = np.concatenate([once.t_s, between_s, once.t_s + once.t_s[-1] + gap_s])
    return PoseTrack(t_s, parts[0], np.nan_to_num(parts[1]), parts[2], once.aspect_ratio)


@pytest.mark.parametrize(
    ("gap_s", "is_there", "counts"),
    [(15.0, False, [2, 2]), (5.0, False, [4]), (15.0, True, [4]), (50.0, True, [2, 2])],
)
def test_a_long_rest_ends_a_set_and_so_does_leaving_the_picture(
    gap_s: float, is_there: bool, counts: list[int]
):
    sets = assess_track(_twice(gap_s, is_there=is_there), exercise="squat")
    assert [one.rep_count for one in sets] == counts
