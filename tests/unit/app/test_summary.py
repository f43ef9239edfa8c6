from dataclasses import replace

import pytest

from repsight.app.summary import findings, spoken_reps, summarise
from repsight.core.report import ClipReport, Outcome
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    squat_set,
    unknown_report,
)


def summary_of(report: ClipReport) -> str:
    return summarise(report.sets, report.quality, report.source)


def with_outcome(outcome: Outcome) -> ClipReport:
    """The sample set with every verdict of one kind."""
    seen = squat_set()
    verdicts = tuple(replace(verdict, outcome=outcome) for verdict in seen.verdicts)
    return replace(sample_report(), sets=(replace(seen, verdicts=verdicts),))


def test_the_count_comes_first() -> None:
    assert summary_of(sample_report()).startswith("5 reps of squat.")


def test_a_fix_names_its_reps_and_its_cue() -> None:
    text = summary_of(sample_report())
    assert "Fix first: not deep enough in reps 4 and 5. Sit until your hip is below" in text


def test_there_are_at_most_two_fixes() -> None:
    seen = squat_set()
    worst = seen.verdicts[0]
    many = tuple(
        replace(worst, rule=f"r{i}", title=f"Fault {i}", outcome="issue") for i in range(5)
    )
    text = summary_of(replace(sample_report(), sets=(replace(seen, verdicts=many),)))
    assert sum(f"fault {i}" in text for i in range(5)) == 2


def test_what_was_not_judged_is_named_with_the_view_that_could() -> None:
    assert "Not judged: knees moving inwards" in summary_of(sample_report())
    assert "(film from the front)" in summary_of(sample_report())


def test_what_was_not_counted_is_said_with_its_reason() -> None:
    assert "1 movement was not counted: the hips went down 41 %" in summary_of(sample_report())


def test_each_of_several_sets_has_its_own_sentence() -> None:
    text = summary_of(deadlift_report())
    assert text.startswith("Set 1: 3 reps of deadlift.")
    assert "Set 2: 3 reps of deadlift." in text


def test_an_unknown_movement_is_counted_and_not_judged() -> None:
    text = summary_of(unknown_report())
    assert "5 reps of an exercise Repsight does not know." in text
    assert "Technique was not judged." in text


def test_nothing_done_is_said_without_praise() -> None:
    text = summary_of(empty_report())
    assert text.startswith("No repetitions were seen.")
    assert "fix" not in text


def test_nobody_found_is_said() -> None:
    report = empty_report()
    unseen = replace(report.source, found_share=0.0)
    assert "Nobody was found" in summarise((), report.quality, unseen)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("ok", "Nothing to fix in what this clip shows."),
        ("watch", "Nothing to fix; keep an eye on"),
        ("too_close_to_call", "Nothing that is certain enough to fix."),
        ("cannot_judge", "Technique was not judged."),
    ],
)
def test_good_form_doubt_and_silence_read_differently(outcome: Outcome, words: str) -> None:
    assert words in summary_of(with_outcome(outcome))


def test_an_unsure_recognition_asks_for_the_exercise() -> None:
    seen = squat_set()
    unsure = replace(seen, exercise=replace(seen.exercise, confidence=0.4, method="spec_fit"))
    assert "--exercise" in summary_of(replace(sample_report(), sets=(unsure,)))


def test_findings_are_ordered_by_severity_and_spread() -> None:
    seen = squat_set()
    one = replace(seen.verdicts[0], outcome="issue", severity=1.0, rep=1)
    rare = replace(one, rule="rare", severity=2.0)
    common = [replace(one, rule="common", rep=rep) for rep in range(1, 6)]
    found = findings(replace(seen, verdicts=(rare, *common)), "issue")
    assert [finding.rule for finding in found] == ["common", "rare"]
    assert found[0].reps == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("reps", "text"),
    [
        ((), ""),
        ((2,), " in rep 2"),
        ((2, 4), " in reps 2 and 4"),
        ((1, 2, 4), " in reps 1, 2 and 4"),
        ((1, 2, 3, 4, 5), " in every rep"),
    ],
)
def test_reps_are_spoken_as_a_coach_would(reps: tuple[int, ...], text: str) -> None:
    assert spoken_reps(reps, squat_set()) == text


def test_what_was_good_is_said_where_a_rule_has_words_for_it() -> None:
    seen = squat_set()
    fine = replace(seen.verdicts[0], outcome="ok", rule="heels", good="Heels stayed down")
    doubtful = replace(fine, rule="depth", good="Deep enough")
    unsure = replace(doubtful, outcome="too_close_to_call")
    text = summary_of(
        replace(sample_report(), sets=(replace(seen, verdicts=(fine, doubtful, unsure)),))
    )
    assert "Good: heels stayed down." in text
    assert "deep enough" not in text
