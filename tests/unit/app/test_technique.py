"""How an exercise is done: phases with names, cues in their phase."""

from __future__ import annotations

import pytest

from repsight.app.technique import has_loop, loop_of, model_side, technique_of
from repsight.errors import UnknownName
from repsight.exercises import catalog


@pytest.mark.parametrize("exercise", sorted(catalog()))
def test_every_exercise_of_the_catalog_has_loops_and_cues_in_their_phases(exercise):
    assert has_loop(exercise)
    technique = technique_of(exercise)
    phases = {phase.id for phase in technique.loop.phases} | {"whole"}
    assert technique.cues
    assert {cue.phase for cue in technique.cues} <= phases
    assert any(cue.can_show for cue in technique.cues)
    assert all(cue.text and cue.title and cue.joints for cue in technique.cues)


def test_phases_have_the_words_of_their_exercise():
    squat, plank = technique_of("squat"), technique_of("plank")
    assert squat.moments == {"turn": "Bottom", "end": "Top"}
    assert squat.directions == {"out": "down", "back": "up"}
    assert technique_of("deadlift").directions == {"out": "up", "back": "down"}
    assert technique_of("mountain_climber").directions == {"out": "out", "back": "back"}
    assert plank.moments == {}


def test_a_cue_is_seen_where_its_rule_is_judged():
    views = {cue.rule: cue.view for cue in technique_of("squat").cues}
    assert views["heel_rise"] == "side"
    assert views["knees_in"] == "front"


def test_rules_that_are_not_for_a_variation_are_left_out_unless_found():
    rules = {cue.rule for cue in technique_of("squat", variation="bodyweight").cues}
    assert "forward_drift" not in rules
    found = technique_of("squat", variation="bodyweight", found={"forward_drift"})
    assert "forward_drift" in {cue.rule for cue in found.cues}


def test_the_other_side_leads_a_mirrored_loop():
    left, right = (loop_of("mountain_climber", side=side) for side in ("left", "right"))
    assert (model_side(left), model_side(right)) == ("left", "right")
    assert left.points[:, 27, 0] == pytest.approx(right.points[:, 28, 0])
    assert left.points[:, 27, 1] == pytest.approx(-right.points[:, 28, 1])
    assert model_side(loop_of("squat")) == "both"


def test_an_exercise_that_is_not_there_has_no_technique():
    with pytest.raises(UnknownName):
        technique_of("dancing")
