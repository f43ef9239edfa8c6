"""Where one set ends and the next begins."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack
from repsight.recognize import Router


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


def _sure_of(exercise: str) -> Router:
    """A router that takes everything for ``exercise``, and hardly anything for a deadlift."""
    logits = np.log([0.9, 0.05, 0.05]).astype(np.float32)
    return Router(
        (exercise, "deadlift", "unknown"), 1.0,
        lambda windows: np.tile(logits, (len(windows), 1)), "network",
    )  # fmt: skip


def test_a_hinge_whose_knees_bend_as_in_a_pull_is_called_one_whatever_the_router_says():
    made = perform("romanian_deadlift", reps=3, seed=2, faults=(Fault("squats_the_hinge"),))
    track = made.track(made.camera(yaw_deg=90.0), seed=2)
    told = assess_track(track, exercise="romanian_deadlift")
    assert "squats_the_hinge" in {v.rule for v in told[0].verdicts if v.outcome == "issue"}
    guessed = assess_track(track, router=_sure_of("romanian_deadlift"))
    assert [one.exercise.id for one in guessed] == ["deadlift"]
