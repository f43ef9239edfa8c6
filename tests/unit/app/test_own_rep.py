"""An own repetition beside the athlete's: same body, same camera, same phase."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.app.own_rep import aligned, aligned_in, proportions
from repsight.athlete.body import Body
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.errors import UnreadableSource, UserMistake


def own(exercise: str, *, yaw_deg: float = 90.0, variation: str | None = None, **asked):
    done = perform(exercise, reps=2, seed=4, variation=variation, **asked)
    track = done.track(done.camera(yaw_deg=yaw_deg))
    return assess_track(track, exercise=exercise)[0], track


def seen_from(points: np.ndarray, yaw_deg: float) -> np.ndarray:
    yaw = np.radians(yaw_deg)
    across = points[..., :2] @ np.array([-np.sin(yaw), np.cos(yaw)])
    return np.stack([across, points[..., 2]], axis=-1)


@pytest.mark.parametrize(
    ("exercise", "yaw_deg"),
    [("squat", 90), ("squat", -90), ("push_up", 90), ("pull_up", 180), ("jumping_jack", 0)],
)
def test_a_good_repetition_lies_over_the_athletes(exercise, yaw_deg):
    seen, track = own(exercise, yaw_deg=yaw_deg)
    found = aligned(seen, track, 1)
    model = seen_from(found.technique.loop.points, found.yaw_deg)
    gap = np.linalg.norm(found.xy - model, axis=-1)[:, 11:]
    assert np.nanmedian(gap) < 0.08
    assert abs((found.yaw_deg - yaw_deg + 180) % 360 - 180) < 15


def test_a_shallow_squat_is_above_the_athlete_at_the_bottom():
    seen, track = own("squat", faults=[Fault("shallow")])
    found = aligned(seen, track, 1)
    turn = next(phase for phase in found.technique.loop.phases if phase.id == "turn")
    bottom = int(np.searchsorted(found.technique.loop.t_s, (turn.start_s + turn.end_s) / 2))
    assert found.xy[bottom, 23, 1] > found.technique.loop.points[bottom, 23, 2] + 0.05
    assert "shallow" in {verdict.rule for verdict in found.verdicts}


def test_the_phases_are_those_of_the_own_repetition():
    seen, track = own("squat")
    found, rep = aligned(seen, track, 2), seen.reps[1]
    at = np.interp(
        [phase.end_s for phase in found.technique.loop.phases][:4],
        found.technique.loop.t_s,
        found.t_s,
    )
    # the loop has sixteen samples a second
    assert at == pytest.approx([rep.start_s, rep.turn_start_s, rep.turn_end_s, rep.end_s], abs=0.05)


def test_the_athlete_carries_what_the_lifter_seems_to_carry():
    seen, track = own("squat", variation="bodyweight")
    assert aligned(seen, track, 1).technique.loop.variation == "bodyweight"


def test_the_athlete_gets_the_lifters_proportions():
    long_legs = perform("squat", reps=1, body=Body(thigh=0.262, trunk=0.271), seed=4)
    usual = perform("squat", reps=1, body=Body(), seed=4)
    bodies = [proportions(observe(one.track(noise=0.0)).body) for one in (long_legs, usual)]
    assert bodies[0].thigh > bodies[1].thigh > 0.23
    assert bodies[0].height_m == bodies[1].height_m
    assert bodies[0].shank + bodies[0].thigh + bodies[0].trunk == pytest.approx(0.779, abs=0.002)


def test_a_hold_is_stretched_over_its_loop():
    done = perform("plank", seed=4)
    track = done.track()
    seen = assess_track(track, exercise="plank")[0]
    found = aligned(seen, track, 1)
    assert (found.t_s[0], found.t_s[-1]) == (seen.holds[0].start_s, seen.holds[0].end_s)


def test_what_is_not_there_cannot_be_shown(tmp_path):
    seen, track = own("squat")
    with pytest.raises(UserMistake, match="no repetition 9"):
        aligned(seen, track, 9)
    with pytest.raises(UnreadableSource, match="no report"):
        aligned_in(tmp_path, 1, 1)
