from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.measure import Scene, observe
from repsight.core.report import SetReport
from repsight.core.signals import Height
from repsight.core.spec import Fixed, RuleBook
from repsight.exercises import catalog
from repsight.video.target import target_line


def seen(exercise: str) -> tuple[SetReport, Scene]:
    track = perform(exercise, reps=3).track()
    (one,) = assess_track(track, exercise=exercise)
    return one, observe(track)


@pytest.fixture(scope="module")
def squat() -> tuple[SetReport, Scene]:
    return seen("squat")


def test_the_depth_line_of_a_squat_is_one_that_the_hip_has_to_pass(
    squat: tuple[SetReport, Scene],
) -> None:
    one, scene = squat
    line = target_line(one, catalog()["squat"], scene)
    assert line is not None
    assert line.label == "Hip below this line"
    turn = int(np.argmin(np.abs(scene.track.t_s - one.reps[0].turn_s)))
    found = line.at(turn, one.reps[0].turn_s)
    assert found is not None
    knee = scene.track.xy[turn, [25, 26], 1].mean()
    assert found[0] == pytest.approx(knee, abs=0.06)


def test_a_deadlift_gets_the_level_of_its_own_lockouts() -> None:
    one, scene = seen("deadlift")
    spec = replace(catalog()["deadlift"], book=RuleBook())
    line = target_line(one, spec, scene)
    assert line is not None
    assert line.label.startswith("Your usual")
    turn = int(np.argmin(np.abs(scene.track.t_s - one.reps[1].turn_s)))
    assert line.y[turn] == pytest.approx(scene.track.xy[turn, [15, 16], 1].mean(), abs=0.02)


def test_no_line_is_promised_of_a_rule_that_could_not_be_judged(
    squat: tuple[SetReport, Scene],
) -> None:
    one, scene = squat
    blind = replace(one, verdicts=tuple(replace(v, outcome="cannot_judge") for v in one.verdicts))
    line = target_line(blind, catalog()["squat"], scene)
    assert line is None or line.label.startswith("Your usual")


def test_an_unknown_exercise_and_a_set_without_reps_have_no_line(
    squat: tuple[SetReport, Scene],
) -> None:
    one, scene = squat
    assert target_line(one, None, scene) is None
    bare = replace(catalog()["squat"], book=RuleBook())
    assert target_line(replace(one, reps=()), bare, scene) is None


def test_outside_the_set_there_is_no_line(squat: tuple[SetReport, Scene]) -> None:
    one, scene = squat
    line = target_line(one, catalog()["squat"], scene)
    assert line is not None
    assert line.at(0, one.start_s - 1.0) is None
    assert line.at(-1, one.start_s + 1.0) is None


def test_a_ceiling_on_the_moving_joint_is_a_line_above_the_still_one(
    squat: tuple[SetReport, Scene],
) -> None:
    one, scene = squat
    spec = catalog()["squat"]
    rule = next(r for r in spec.book.rules if isinstance(r.signal, Height) and r.when == "turn")
    turned = replace(rule, signal=Height("hip", "knee", "thigh", "near"), expected=Fixed(high=0.18))
    line = target_line(one, replace(spec, book=RuleBook(rules=(turned,))), scene)
    assert line is not None
    assert line.label == "Hip below this line"
