import io

import pytest
from rich.console import Console

from repsight.cli.words import show_report
from repsight.coach.coach import coached
from repsight.core.report import ClipReport
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    unknown_report,
)


def shown(report: ClipReport, width: int = 200) -> str:
    file = io.StringIO()
    show_report(Console(file=file, width=width, highlight=False), report)
    return file.getvalue()


def test_the_verdict_stands_above_the_table_of_reps() -> None:
    text = shown(sample_report())
    assert text.index("Fix first") < text.index("Lower")


def test_a_fix_shows_reps_value_error_and_what_was_wanted() -> None:
    text = shown(sample_report()).replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    assert "Not deep enough in reps 4 and 5: -0.13 ± 0.04 thigh lengths, wanted at least 0" in text


def test_only_the_fixes_carry_cues() -> None:
    assert shown(sample_report()).count("Cue") == 1


def test_a_cue_that_the_coach_gave_is_not_printed_again() -> None:
    text = shown(coached(sample_report()))
    assert text.lower().count("sit until your hip is below") == 1
    assert "Fix first" in text


def test_rejected_movements_and_missing_views_are_shown() -> None:
    text = shown(sample_report())
    assert "Not counted" in text
    assert "film from the front for that" in text


def test_each_set_is_numbered_if_there_are_several() -> None:
    text = shown(deadlift_report())
    assert "Set 1" in text
    assert "Set 2" in text


def test_an_unknown_movement_has_no_verdicts() -> None:
    text = shown(unknown_report())
    assert "Unknown exercise · 5 reps" in text
    assert "Fix" not in text
    assert "Lower" not in text


def test_nothing_done_shows_the_summary_and_no_table() -> None:
    text = shown(empty_report())
    assert "No repetition was found." in text
    assert "Lower" not in text


@pytest.mark.parametrize("width", [40, 60, 120])
def test_it_fits_narrow_terminals(width: int) -> None:
    assert max(len(line) for line in shown(sample_report(), width).splitlines()) <= width


def test_a_file_name_is_never_read_as_markup() -> None:
    assert "[bold]set[/bold].mp4" in shown(sample_report("[bold]set[/bold].mp4"))
