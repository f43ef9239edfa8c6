"""Exercises as TOML: what is written can be read, and every mistake is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repsight.core.signals import Angle, Height, Lean, Offset, Ratio, Spread
from repsight.core.spec import Crossing, ExerciseSpec, Fixed, Gate, Hold, Moment, OwnRest, RuleBook
from repsight.errors import UnreadableSource
from repsight.exercises import catalog, install, spec_of
from repsight.spec_files.lines import line_of, places_of
from repsight.spec_files.plain import to_plain
from repsight.spec_files.problems import words_of
from repsight.spec_files.read import BrokenFile, read_spec, read_specs, spec_from_text
from repsight.spec_files.signal_text import NotASignal, signal_from_text, signal_text
from repsight.spec_files.write import toml_text

DOCS = Path(__file__).resolve().parents[3] / "docs" / "own-exercises.md"
_RULE = """
[[rule]]
id = "r"
title = "R"
signal = "angle(hip, knee, ankle)"
when = "turn"
pick = "min"
expected = { high = 90 }
unit = "deg"
sigma = 5
views = ["side"]
cue = "C"
source = "heuristic"
joints = ["knee"]
"""
_HEAD = """
id = "mine"
name = "Mine"
recommended_view = "side"
"""
_CYCLE = """
[cycle]
driver = "angle(hip, knee, ankle)"
turn = "low"
concentric = "after"
floor = 30
"""
_WHOLE = _HEAD + _CYCLE + _RULE


@pytest.mark.parametrize("exercise", sorted(catalog()))
def test_every_exercise_survives_being_written_and_read(exercise: str):
    spec = spec_of(exercise)
    assert spec_from_text(toml_text(to_plain(spec)), {}) == spec


def test_a_hold_with_all_kinds_of_moments_survives_too():
    gate = Gate(Lean("hip", "shoulder"), "turn", high=20.0, reason="leaned")
    level = Crossing(Height("hip", "floor", "leg", "near"), 0.5, "concentric")
    held = ExerciseSpec("h", "H", Hold((gate,), min_s=4.0), "front")
    assert spec_from_text(toml_text(to_plain(held)), {}) == held
    squat = spec_of("squat")
    crossed = ExerciseSpec(
        "c", "C", squat.cycle, "side", book=RuleBook(moments=(Moment("m", "M", level),))
    )
    assert spec_from_text(toml_text(to_plain(crossed)), {}) == crossed


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("angle(hip, knee, ankle)", Angle("hip", "knee", "ankle")),
        ("lean(hip, shoulder; near, signed)", Lean("hip", "shoulder", "near", signed=True)),
        ("offset(knee, mid_foot, foot; mean)", Offset("knee", "mid_foot", "foot", "mean")),
        (
            "ratio(spread(ankle, leg), height(hip, floor, leg; left))",
            Ratio(Spread("ankle", "leg"), Height("hip", "floor", "leg", "left")),
        ),
    ],
)
def test_signals_read_as_they_are_written(text: str, signal: object):
    assert signal_from_text(text) == signal
    assert signal_text(signal) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("knee", "is no signal"),
        ("angel(hip, knee, ankle)", "Did you mean 'angle'?"),
        ("angle(hip, knee)", "Wanted angle(first, vertex, last)"),
        ("height(hip, flor, leg)", "Did you mean 'floor'?"),
        ("height(hip, floor, legs)", "Did you mean 'leg'?"),
        ("spread(ankle, leg; near)", "looks at both sides"),
        ("angle(hip, knee, ankle; signed)", "has no option 'signed'"),
        ("angle(hip, knee, mid_foot)", "no point 'mid_foot'"),
        ("ratio(spread(ankle, leg))", "Wanted two"),
    ],
)
def test_what_is_wrong_with_a_signal_is_said(text: str, words: str):
    with pytest.raises(NotASignal, match=re.escape(words)):
        signal_from_text(text)


def _problems(text: str) -> list[str]:
    with pytest.raises(BrokenFile) as broken:
        spec_from_text(text, catalog(), file="mine.toml")
    return list(broken.value.lines)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('name = "Mine"', "name = 3", 3, "name: is 3. Wanted a text"),
        ('name = "Mine"', 'nam = "Mine"', 3, "no 'nam' here. Did you mean 'name'?"),
        ('view = "side"', 'view = "sideways"', 4, "Did you mean 'side'?"),
        ('view = "side"', 'view = "side"\nbar = 1', 5, "bar: is 1."),
        ("floor = 30", "floor = -1", 10, "cycle.floor: is -1. Wanted more than 0."),
        ("floor = 30", 'floor = "deep"', 10, "Wanted a number"),
        ("floor = 30", "floor = 30\nmin_s = 9\nmax_s = 2", 11, "leave no time"),
        ("floor = 30", "floor = 30\npartial_share = 2", 11, "between 0 and 1"),
        ("concentric = ", "works = ", 6, "it has no concentric"),
        ("[cycle]", "[cycel]", 1, "no [cycle] or [hold]"),
        ("{ high = 90 }", "{ low = 95, high = 90 }", 18, "high 90 is below low 95"),
        ("{ high = 90 }", "{ }", 18, "neither low nor high"),
        ("{ high = 90 }", '{ from = "own_rst", high = 90 }', 18, "Did you mean 'own_rest'?"),
        ("{ high = 90 }", "90", 18, "Wanted a table"),
        ('unit = "deg"', 'unit = "leg"', 19, "is measured in 'deg'"),
        ("sigma = 5", "sigma = 0", 20, "Wanted more than 0"),
        ('views = ["side"]', "views = []", 21, "seen from nowhere"),
        ('views = ["side"]', 'views = "side"', 21, "Wanted a list"),
        ('views = ["side"]', 'views = ["above"]', 21, "Wanted one of: back, front"),
        ('"heuristic"', '" "', 23, "where the limit comes from"),
        ('joints = ["knee"]', 'joints = ["knees"]', 24, "Did you mean 'knee'?"),
        ('joints = ["knee"]', 'joints = ["knee"]\nnot_for = ["x"]', 25, "no variation 'x'"),
        ('joints = ["knee"]', 'joints = ["knee"]\nis_line = 1', 25, "true or false"),
        ('joints = ["knee"]', 'joints = ["knee"]\nplausible = [9, 1]', 25, "first value"),
        ('joints = ["knee"]', 'joints = ["knee"]\nplausible = [9]', 25, "Wanted 2"),
        ('joints = ["knee"]', 'joints = ["knee"]\nview_sigma = { up = 1 }', 25, "'up'"),
        ('id = "mine"', 'id = "auto"', 2, "a meaning of its own"),
        ('"angle(hip, knee, ankle)"\nwhen', '"angle(hip, knee, ankel)"\nwhen', 15, "'ankle'"),
        ("[[rule]]", "[rule]", 12, "Wanted tables, each below [[rule]]"),
    ],
)
def test_each_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str):
    assert old in _WHOLE
    lines = _problems(_WHOLE.replace(old, new, 1))
    assert any(one.startswith(f"mine.toml:{line}: ") and words in one for one in lines), lines


def test_all_mistakes_are_listed_at_once_in_the_order_of_the_file():
    text = _WHOLE.replace("sigma = 5", "sigma = 0").replace("floor = 30", "floor = 0")
    numbers = [int(one.split(":")[1]) for one in _problems(text + _RULE)]
    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_a_hold_without_a_position_and_shares_in_a_hold_are_mistakes():
    moment = '[[moment]]\nid = "m"\nname = "M"\nat = { phase = "concentric", share = 0.5 }\n'
    lines = _problems(_HEAD + "[hold]\ngates = []\n" + moment)
    assert any("which position is held" in one for one in lines)
    assert any("no phases to take a share of" in one for one in lines)


def test_what_is_no_toml_is_said_with_its_line():
    (line,) = _problems("id = \nname = 3")
    assert line.startswith("mine.toml:1: this is no TOML")


def test_a_limit_is_changed_in_a_few_lines_and_all_else_stays():
    changed = spec_from_text(
        'extends = "squat"\n[[rule]]\nid = "shallow"\nexpected = { low = 0.1 }\n', catalog()
    )
    squat = spec_of("squat")
    (old,), (new,) = (
        [rule for rule in spec.book.rules if rule.id == "shallow"] for spec in (squat, changed)
    )
    assert new.expected == Fixed(low=0.1)
    assert (new.cue, new.signal) == (old.cue, old.signal)
    assert changed.book.rules[1:] == squat.book.rules[1:]
    assert (changed.id, changed.cycle) == ("squat", squat.cycle)


def test_a_changed_limit_keeps_what_it_is_relative_to():
    curl = spec_of("biceps_curl")
    (rule,) = (rule for rule in curl.book.rules if rule.id == "elbow_drift")
    assert isinstance(rule.expected, OwnRest)
    text = 'extends = "biceps_curl"\n[[rule]]\nid = "elbow_drift"\nexpected = { high = 30 }\n'
    changed = spec_from_text(text, catalog())
    (new,) = (rule for rule in changed.book.rules if rule.id == "elbow_drift")
    assert new.expected == OwnRest(high=30.0)


def test_rules_are_added_and_removed_and_the_cycle_keeps_the_rest():
    text = 'extends = "squat"\nid = "s2"\n[cycle]\nfloor = 0.3\n[[rule]]\nid = "shallow"\n'
    changed = spec_from_text(text + "remove = true\n" + _RULE, catalog())
    ids = [rule.id for rule in changed.book.rules]
    assert "shallow" not in ids
    assert ids[-1] == "r"
    assert changed.id == "s2"
    assert (changed.cycle.floor, changed.cycle.driver) == (0.3, spec_of("squat").cycle.driver)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('extends = "sqat"', 1, "Did you mean 'squat'?"),
        ('extends = "squat"\n[[rule]]\nid = "shalow"\nremove = true', 3, "Did you mean 'shallow'?"),
        ('extends = "squat"\n\n[[rule]]\nid = "shallow"\nsigma = -1', 5, "more than 0"),
        ('extends = "squat"\nrule = [3]', 2, "Wanted tables"),
    ],
)
def test_mistakes_in_a_change_are_found_in_the_users_own_lines(text: str, line: int, words: str):
    lines = _problems(text)
    assert any(one.startswith(f"mine.toml:{line}: ") and words in one for one in lines), lines


def test_a_folder_is_read_in_order_and_its_files_may_build_on_each_other(tmp_path: Path):
    (tmp_path / "1.toml").write_text(_WHOLE)
    (tmp_path / "2.toml").write_text('extends = "mine"\nid = "mine_too"\n')
    assert list(read_specs(tmp_path, catalog())) == ["mine", "mine_too"]
    (tmp_path / "3.toml").write_text('extends = "mine"\n')
    with pytest.raises(BrokenFile, match="stands in two files"):
        read_specs(tmp_path, catalog())


def test_a_place_that_is_not_there_or_no_text_is_a_mistake(tmp_path: Path):
    with pytest.raises(UnreadableSource, match="There is no"):
        read_specs(tmp_path / "none", catalog())
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableSource, match="is not text"):
        read_spec(tmp_path / "x.toml", catalog())


def test_own_exercises_stand_in_the_catalog_until_others_are_installed():
    try:
        install([spec_from_text(_WHOLE, {})])
        assert spec_of("mine").name == "Mine"
        assert "squat" in catalog()
    finally:
        install([])
    assert "mine" not in catalog()


def test_places_are_found_past_lists_and_texts_of_many_lines():
    places = places_of('a = [\n  1,\n]\n"b".c = "["\n[[x]]\nd = 1\n[[x]] # two\nd = 2\n')
    assert places["a",] == 1
    assert places["b", "c"] == 4
    assert (places["x", 0, "d"], places["x", 1, "d"]) == (6, 8)
    assert line_of(("x", 1, "missing"), places) == 7
    assert line_of(("nowhere",), places) == 1


def test_a_place_is_said_as_people_count():
    assert words_of(("rule", 1, "expected", "low")) == "rule 2, expected.low"
    assert words_of(("rule", 0)) == "rule 1"
    assert words_of(()) == ""


def test_comments_stand_above_what_they_are_about():
    text = toml_text(
        to_plain(spec_from_text(_WHOLE, {})), comments={"": ["top"], "id": ["who"], "rule": ["r"]}
    )
    lines = text.splitlines()
    assert lines[0] == "# top"
    assert lines[lines.index("# who") + 1].startswith("id = ")
    assert lines[lines.index("# r") + 1] == "[[rule]]"


@pytest.mark.skipif(not DOCS.exists(), reason="docs/ is not beside these tests")
def test_the_documented_exercises_are_fine():
    examples = re.findall(
        r"<!-- exercise: (\S+) -->\n```toml\n(.*?)```", DOCS.read_text(), re.DOTALL
    )
    assert len(examples) == 3
    for name, text in examples:
        assert spec_from_text(text, catalog(), file=name).id


@pytest.mark.skipif(not DOCS.exists(), reason="docs/ is not beside these tests")
def test_the_documented_mistakes_are_told_in_these_words():
    (told,) = re.findall(r"<!-- mistakes -->\n```text\n(.*?)```", DOCS.read_text(), re.DOTALL)
    wrong = _HEAD.lstrip() + _CYCLE.replace("ankle", "ankel").replace("concentric", "#")
    wrong += '[[posture]]\nsignal = "lean(hip, shoulder)"\nwhen = "rest"\nlow = 30\nhigh = 10\n'
    assert _problems(wrong) == told.splitlines()
