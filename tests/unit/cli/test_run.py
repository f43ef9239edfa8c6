"""How command lines end that nobody can have meant."""

from __future__ import annotations

import pytest

from repsight.cli.run import run


@pytest.mark.parametrize(
    ("arguments", "words", "next_step"),
    [
        (["analyse"], "No such command 'analyse'", "See: repsight --help"),
        (["analyze"], "Missing argument 'CLIP'", "See: repsight analyze --help"),
        (["exercises", "show"], "Missing argument 'NAME'", "See: repsight exercises show --help"),
        (["analyze", "a.mp4", "--fps", "0"], "--fps", "See: repsight analyze --help"),
    ],
)
def test_a_wrong_command_line_ends_in_one_line_that_names_the_page_of_help(
    arguments, words, next_step, capsys
):
    assert run(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert line.endswith(f". {next_step}")


@pytest.mark.parametrize("arguments", [[], ["coach"]])
def test_a_command_without_its_second_word_shows_the_help_and_no_complaint(arguments, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert "Usage: repsight" in said.out + said.err
    assert "repsight: " not in said.err


def test_a_name_with_a_slip_is_answered_with_the_name_that_was_meant(capsys):
    assert run(["exercises", "show", "sqat"]) == 2
    assert "Did you mean 'squat'?" in capsys.readouterr().err


def test_options_of_landmark_files_are_refused_where_no_landmark_file_is_named(tmp_path, capsys):
    clip = tmp_path / "set.mp4"
    clip.write_bytes(b"anything")
    arguments = ["--units", "pixels", "--size", "1080x1920", "--out", str(tmp_path / "out")]
    assert run(["analyze", str(clip), *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "--units and --size would change nothing" in line
    assert not (tmp_path / "out").exists()
