"""The summary of a clip, sentence by sentence: what must be said, and where it leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repsight.coach.coach import coach, coached
from repsight.coach.profile import Profile
from repsight.core.report import ClipReport, CoachSentence, Outcome
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    squat_set,
    unknown_report,
)


def said(report: ClipReport, slot: str) -> tuple[CoachSentence, ...]:
    return tuple(one for one in coach(report).sentences if one.slot == slot)


def with_outcome(outcome: Outcome) -> ClipReport:
    seen = squat_set()
    verdicts = tuple(replace(verdict, outcome=outcome) for verdict in seen.verdicts)
    return replace(sample_report(), sets=(replace(seen, verdicts=verdicts),))


def test_the_count_comes_first():
    first = coach(sample_report()).sentences[0]
    assert first.slot == "overview"
    assert "5" in first.text
    assert "squat" in first.text


def test_a_fix_names_its_reps_and_leads_to_frame_and_curve():
    (fix,) = said(sample_report(), "fix")
    assert "reps 4 and 5" in fix.text
    assert fix.rep in {4, 5}
    assert fix.t_s > 0
    shown = next(curve for curve in squat_set().curves if curve.id == fix.curve)
    assert shown.values


def test_a_fix_comes_with_one_cue():
    assert len(said(sample_report(), "cue")) == 1


def test_there_are_at_most_two_fixes():
    seen = squat_set()
    worst = seen.verdicts[0]
    many = tuple(
        replace(worst, rule=f"r{i}", title=f"Fault {i + 1}", outcome="issue") for i in range(5)
    )
    assert len(said(replace(sample_report(), sets=(replace(seen, verdicts=many),)), "fix")) == 2


def test_what_was_not_judged_is_named_with_the_view_that_could():
    (gap,) = said(sample_report(), "unjudged")
    assert "from the front" in gap.text


def test_each_of_several_sets_has_its_own_sentence():
    texts = [one.text.lower() for one in said(deadlift_report(), "overview")]
    assert ["set 1" in texts[0], "set 2" in texts[1]] == [True, True]


def test_an_unknown_movement_is_counted_and_not_judged():
    assert "5" in said(unknown_report(), "overview")[0].text
    assert said(unknown_report(), "unjudged")
    assert not said(unknown_report(), "fix")
    assert not said(unknown_report(), "praise")


def test_nothing_done_is_said_without_praise_or_fix():
    slots = {one.slot for one in coach(empty_report()).sentences}
    assert slots <= {"overview", "camera", "next"}


def test_nobody_found_is_said():
    report = empty_report()
    unseen = replace(report, source=replace(report.source, found_share=0.0))
    assert "obody" in coach(unseen).sentences[0].text or "no one" in coach(unseen).sentences[0].text


@pytest.mark.parametrize(
    ("outcome", "slot"),
    [
        ("ok", "praise"),
        ("watch", "watch"),
        ("too_close_to_call", "close"),
        ("cannot_judge", "unjudged"),
    ],
)
def test_good_form_doubt_and_silence_read_differently(outcome: Outcome, slot: str):
    report = with_outcome(outcome)
    assert said(report, slot)
    assert not said(report, "fix")


def test_a_set_of_one_is_not_called_by_its_number_of_reps():
    seen = squat_set()
    one = replace(
        seen,
        rep_count=1,
        reps=seen.reps[:1],
        rejected=(),
        verdicts=tuple(replace(verdict, rep=1) for verdict in seen.verdicts),
    )
    text = coached(replace(sample_report(), sets=(one,))).summary
    assert "only rep" not in text
    assert "1 rep" not in text


def test_sides_are_told_only_where_reps_belong_to_one():
    seen = squat_set()
    texts = []
    for sides in ({"left": 0, "right": 0, "both": 5}, {"left": 2, "right": 3}, {"right": 5}):
        report = replace(sample_report(), sets=(replace(seen, side_counts=sides),))
        texts.append(said(report, "overview")[0].text)
    assert "left" not in texts[0]
    assert "2 on the left" in texts[1]
    assert "all on the right" in texts[2]


def test_a_fix_is_told_before_praise_and_a_clean_verdict_before_what_was_good():
    slots = [one.slot for one in coach(sample_report()).sentences]
    assert slots.index("fix") < slots.index("praise")
    verdict, *_ = said(with_outcome("ok"), "praise")
    judged = {fact.id for fact in coach(with_outcome("ok")).facts if fact.kind == "judgement"}
    assert set(verdict.facts) == judged


@pytest.mark.parametrize(("limitation", "is_told"), [("left knee", True), ("wrists", False)])
def test_a_limitation_is_spoken_of_where_the_exercise_moves_it(limitation: str, is_told: bool):
    lifter = Profile(limitations=(limitation,))
    slots = {one.slot for one in coach(sample_report(), lifter).sentences}
    assert ("limits" in slots) == is_told


def test_a_clip_without_a_set_says_how_to_film_one():
    report = empty_report()
    silent = replace(report, quality=replace(report.quality, notes=(), reshoot=""))
    assert coach(silent).sentences[-1].slot == "next"


def test_the_text_of_the_report_is_that_of_its_sentences():
    report = coached(sample_report())
    assert report.summary == " ".join(one.text for one in report.coach.sentences)
