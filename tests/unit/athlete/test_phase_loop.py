"""Loops of one repetition, cut into phases."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.athlete.body import Body
from repsight.athlete.performance import STYLES
from repsight.athlete.phase_loop import RATE_HZ, phase_loop
from repsight.errors import UnknownName
from repsight.exercises import catalog


@pytest.mark.parametrize("exercise", sorted(set(catalog()) & set(STYLES)))
def test_phases_follow_each_other_and_cover_the_loop(exercise):
    loop = phase_loop(exercise, is_drawn=False)
    edges = [loop.phases[0].start_s, *(phase.end_s for phase in loop.phases)]
    assert edges[0] == 0.0
    assert edges == sorted(set(edges))
    assert [one.start_s for one in loop.phases[1:]] == [one.end_s for one in loop.phases[:-1]]
    assert loop.t_s[-1] == pytest.approx(edges[-1])
    assert np.diff(loop.t_s) == pytest.approx(1 / RATE_HZ, rel=0.1)
    assert loop.points.shape == (len(loop.t_s), 33, 3)
    assert np.isfinite(loop.points).all()


@pytest.mark.parametrize("exercise", ["squat", "deadlift", "pull_up"])
def test_the_loop_ends_as_it_began_and_turns_in_its_turn(exercise):
    loop = phase_loop(exercise, is_drawn=False)
    assert np.abs(loop.points[-1] - loop.points[0]).max() < 0.05
    at = {phase.id: (phase.start_s + phase.end_s) / 2 for phase in loop.phases}
    height = np.interp([at["setup"], at["out"], at["turn"]], loop.t_s, loop.points[:, 23, 2])
    assert abs(height[2] - height[0]) > abs(height[1] - height[0]) > 0.05


def test_solids_move_with_the_joints_and_keep_their_size():
    loop = phase_loop("squat")
    samples, parts = loop.solids.ends.shape[:2]
    assert samples == len(loop.t_s)
    assert loop.solids.radius_m.shape == (parts, 2)
    assert loop.solids.colour.shape == (parts, 3)
    assert (loop.solids.radius_m > 0).all()
    assert np.ptp(loop.solids.ends[..., 2], axis=0).max() > 0.3
    assert {plate.centre.shape for plate in loop.plates} == {(samples, 3)}


def test_a_fault_changes_its_phase_and_keeps_the_clock():
    right, fault = (phase_loop("squat", fault=name, is_drawn=False) for name in ("", "shallow"))
    assert (right.t_s == fault.t_s).all()
    turn = next(phase for phase in right.phases if phase.id == "turn")
    sample = int(RATE_HZ * (turn.start_s + turn.end_s) / 2)
    assert fault.points[sample, 23, 2] > right.points[sample, 23, 2] + 0.05


def test_the_body_that_is_asked_for_does_it():
    tall = phase_loop("squat", body=Body(height_m=1.95), is_drawn=False)
    assert tall.points[0, 0, 2] > phase_loop("squat", is_drawn=False).points[0, 0, 2] + 0.1


def test_a_hold_has_one_phase():
    assert [phase.id for phase in phase_loop("plank", is_drawn=False).phases] == ["hold"]


def test_what_the_athlete_does_not_know_has_no_loop():
    with pytest.raises(UnknownName):
        phase_loop("dancing")
    with pytest.raises(UnknownName):
        phase_loop("squat", fault="dancing")
