"""A hold and a set with sides, wherever they are shown."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from repsight.cli.words import show_report
from repsight.coach.coach import coached
from repsight.core.acts import act_noun, acts_of, count_words, side_words
from repsight.core.report import ClipReport, SetReport
from repsight.core.report_json import from_dict, to_dict
from repsight.core.signals import Angle, Lean
from repsight.core.spec import (
    Cycle,
    ExerciseSpec,
    Fixed,
    Gate,
    Hold,
    Metric,
    Moment,
    Rule,
    RuleBook,
)
from repsight.pages.page import render_html
from repsight.testing.sample_report import sample_report
from repsight.testing.stick_figure import bumps, stick_figure
from repsight.video.cards import Cards
from repsight.video.layout import scale_of
from repsight.video.still_plan import plan_stills
from repsight.video.timeline import Timeline
from tests.live_sets import run_live

_BODY = Lean("ankle", "shoulder")
_BOOK = RuleBook(
    rules=(
        Rule(
            "high", "Hips high", _BODY, "turn", "median", Fixed(low=89.0), "deg", 1.0,
            ("side",), "Long line", "heuristic", ("hip",),
        ),
    ),
    moments=(Moment("middle", "Middle", "turn"),),
    metrics=(Metric("drift", "Drift", _BODY, "turn", "change", "deg", 2.0),),
    curves=(("body", "Body", _BODY),),
)  # fmt: skip
_LEVEL = Hold((Gate(_BODY, "turn", 60, 110, soft=10, reason="you stood up"),))
PLANK = ExerciseSpec("held_test", "Level hold", _LEVEL, "side", book=_BOOK)
CURL = ExerciseSpec(
    "curl_test", "Arm curl",
    Cycle(Angle("shoulder", "elbow", "wrist"), "low", "before", 40.0, sides="each"), "front",
)  # fmt: skip


def _set(spec: ExerciseSpec, track) -> SetReport:
    return run_live(track, spec)[0].report()


@pytest.fixture(scope="module")
def held() -> ClipReport:
    t_s = np.arange(0.0, 20.0, 1 / 15)
    lean_deg = np.interp(t_s, [0, 2, 3, 9, 10, 12, 13, 18, 19], [0, 0, 80, 80, 0, 0, 80, 80, 0])
    seen = _set(PLANK, stick_figure(t_s, lean_deg=lean_deg, yaw_deg=90.0))
    return replace(sample_report(), sets=(seen,))


@pytest.fixture(scope="module")
def curled() -> ClipReport:
    t_s = np.arange(0.0, 11.0, 1 / 15)
    track = stick_figure(t_s, left=bumps(t_s, (1.0, 4.0, 7.0)), right=bumps(t_s, (2.5, 5.5)))
    return replace(sample_report(), sets=(_set(CURL, track),))


def _terminal(report: ClipReport) -> str:
    console = Console(file=StringIO(), width=120)
    show_report(console, report)
    return console.file.getvalue()


def test_the_page_of_a_hold_shows_time_and_breaks_and_no_reps(held: ClipReport):
    page = render_html(held, video_name=None)
    assert "seconds in position, 2 holds" in page
    assert "Hold by hold" in page
    assert "ended because you stood up, then a break of" in page
    assert "in position</li>" in page
    assert "Seen in holds" in page
    assert "Rep by rep" not in page
    assert "0 reps" not in page


def test_the_terminal_and_the_summary_say_how_long_it_was_held(held: ClipReport):
    (seen,) = held.sets
    assert "12 s in 2 holds" in _terminal(held)
    assert "Held s" in _terminal(held)
    assert "in every hold" in _terminal(held)
    said = coached(held).coach.sentences
    assert "12 s" in said[0].text
    assert "level hold" in said[0].text
    assert any(one.slot == "fix" and "hold" in one.text for one in said)
    assert (act_noun(seen), len(acts_of(seen))) == ("hold", 2)


def test_a_hold_that_was_none_is_said_as_such(held: ClipReport):
    none = replace(held.sets[0], holds=(), held_s=0.0, verdicts=(), rejected=(), curves=())
    assert count_words(none) == "no hold"
    said = coached(replace(held, sets=(none,))).coach.sentences
    assert [one.slot for one in said if one.slot == "fix"] == []
    assert said[0].slot == "overview"
    page = render_html(replace(held, sets=(none,)), video_name=None)
    assert "not held long enough" in page


def test_a_hold_survives_json(held: ClipReport):
    # twice, because an unknown number is not equal to itself
    assert to_dict(from_dict(to_dict(held))) == to_dict(held)


def test_the_video_counts_seconds_in_position(held: ClipReport):
    line = Timeline(held, spec_of=lambda _: PLANK, last_s=20.0)
    first = held.sets[0].holds[0]
    assert line.at(first.start_s - 0.1).count == 0
    assert line.at(first.start_s + 3.05).count == 3
    assert line.at(19.9).count == int(held.sets[0].held_s)
    phases = [line.at(t_s).phase for t_s in (0.5, first.start_s + 1, first.end_s + 0.5, 19.9)]
    assert phases == ["Ready", "Hold", "Break", "Done"]
    shown = line.at(first.start_s + 3.05)
    assert shown.is_held
    assert Cards(scale_of(640, 480), sorted(line.phases)).counter(replace(shown, messages=()))
    assert {message.title[:4] for message in line.messages} == {"Hold"}


def test_stills_are_those_of_holds(held: ClipReport):
    stills = plan_stills(held, lambda _: PLANK)
    assert {still.title for still in stills} >= {"Hold 1: Middle", "Hold 2: Hips high"}


def test_sides_are_counted_and_named_everywhere(curled: ClipReport):
    (seen,) = curled.sets
    assert side_words(seen) == "3 left, 2 right"
    page = render_html(curled, video_name=None)
    assert "reps counted: 3 left, 2 right" in page
    assert "Rep 1, left" in page
    terminal = _terminal(curled)
    assert "5 reps (3 left, 2 right)" in terminal
    assert "Side" in terminal


def test_a_movement_of_both_sides_needs_no_word_about_them(curled: ClipReport):
    both = replace(curled.sets[0], side_counts={"left": 0, "right": 0, "both": 5})
    assert side_words(both) == ""
    mixed = replace(both, side_counts={"left": 1, "right": 0, "both": 4})
    assert side_words(mixed) == "1 left and 4 with both"
