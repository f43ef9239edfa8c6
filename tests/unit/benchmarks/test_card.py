"""The accuracy card on a made-up page."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from benchmarks.card import PAGE as PAGE_FILE
from benchmarks.card import card, kept_parts, main, printed, resumed, trouble_with
from benchmarks.clips import read_labels, shown_name
from repsight.athlete.encode import save_video
from repsight.errors import UnreadableSource

PAGE = """# Title

Words.

## One

<!-- begin generated: python -m benchmarks.one --all -->
old
<!-- end generated -->

## Two

<!-- begin generated: python -m benchmarks.two -->
old
<!-- end generated -->
"""


def test_every_block_is_printed_anew() -> None:
    *_, made = card(PAGE, lambda words: f"new {' '.join(words)}")
    assert "new benchmarks.one --all" in made
    assert "new benchmarks.two" in made
    assert "old" not in made


def test_a_page_cut_short_says_what_was_not_measured() -> None:
    first, second, _ = card(PAGE, lambda words: words[0])
    assert first.count("Not measured yet.") == 2
    assert second.count("Not measured yet.") == 1
    assert second.index("benchmarks.one\n") < second.index("Not measured yet.")


def test_sections_nobody_asked_for_go() -> None:
    *_, made = card(PAGE, lambda words: words[0], only="benchmarks.two")
    assert made.startswith("# Title")
    assert "## One" not in made
    assert "## Two" in made


def test_a_card_of_other_clips_says_whose_the_words_are() -> None:
    *_, made = card(PAGE, lambda words: words[0], note="Of these clips.")
    assert made.startswith("# Title\n\n> Of these clips.\n\nWords.")


def test_a_card_that_was_cut_short_goes_on_where_it_stopped(tmp_path: Path) -> None:
    parts, ran = tmp_path / "card.parts.json", []

    def run(words: Sequence[str]) -> str:
        ran.append(words[0])
        return f"new {words[0]}" if words[0] == "benchmarks.one" else "Not measured: no data."

    for _ in range(2):
        *_, made = card(PAGE, resumed(run, parts, kept_parts(parts)))
    assert "new benchmarks.one" in made
    assert ran == ["benchmarks.one", "benchmarks.two", "benchmarks.two"]


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_broken_parts_of_a_card_are_measured_again(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.parts.json").write_text(text)
    assert kept_parts(tmp_path / "card.parts.json") == {}


@pytest.mark.parametrize(
    "row",
    [
        "exercise given: exact", "exercise given: within one", "mean relative error",
        "turnarounds within 0.3 s (F1)", "false repetitions a minute", "plain counter: exact",
        "Every clip that was counted wrongly", "macro-F1", "| is | clips | taken for |",
        "known from unknown (area under the curve)", "expected calibration error",
        "Every clip that was taken for something else", "knee, side on", "knee, other views",
        "declared faults found", "(precision)", "(abstention)",
        "balanced sets with any false flag", "| frame rate | 5 Hz", "| frame rate | 120 Hz",
        "| landmark error |", "| drop-outs |", "| left and right swapped |",
        "| camera turned away |", "| hidden |", "| lifter fills |", "portrait 9:16",
        "-1 EV: counted exactly", "-5 EV: counted exactly", "router, milliseconds a window",
        "wall s per second of video", "peak memory",
        "one stands beside: counted exactly", "one nearer to the camera talks: counted exactly",
        "one walks past behind: counted exactly", "one walks past in front: counted exactly",
        "one does the same beside: counted exactly", "real clips with others in them",
    ],
)  # fmt: skip
def test_the_page_holds_every_figure_that_strangers_ask_for(row: str) -> None:
    assert row in PAGE_FILE.read_text(encoding="utf-8")


def test_absent_data_is_said(tmp_path: Path) -> None:
    assert "data is not here" in printed(["benchmarks.agnostic"], tmp_path, None)


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-folder/card.md"]) == 2
    assert "no-such-folder" in capsys.readouterr().err


def test_own_labels_need_three_columns(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("file,exercise,reps\na.mp4,squat,5\nb.mp4,none,\n")
    first, second = read_labels(tmp_path)
    assert (first.reps, first.is_counted, first.source) == (5, True, "a.mp4")
    assert (second.reps, second.is_negative) == (None, True)


def test_how_long_a_clip_lasts_is_read_from_it_where_the_labels_do_not_say(tmp_path: Path) -> None:
    frames = ((i / 10, np.full((64, 64, 3), i, np.uint8)) for i in range(20))
    save_video(tmp_path / "a.mp4", frames, fps=10.0)
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "file,exercise,reps,duration_s\na.mp4,squat,5,\na.mp4,squat,5,7.5\nb.mp4,none,,\n"
    )
    read, told, gone = read_labels(tmp_path)
    assert read.duration_s == pytest.approx(2.0, abs=0.11)
    assert told.duration_s == 7.5
    assert isnan(gone.duration_s)


@pytest.mark.parametrize("row", ["a.mp4,squat,five,high", "a.mp4,squat,5,certain", "a.mp4,squat"])
def test_a_row_nobody_understands_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "labels.csv").write_text(f"file,exercise,reps,confidence\n{row}\n")
    with pytest.raises(UnreadableSource, match="Line 2"):
        read_labels(tmp_path)


def test_tables_do_not_say_who_filmed() -> None:
    assert shown_name("squat_012_somebody") == "squat 012"
    assert shown_name("monday1") == "monday1"


def test_labels_are_looked_at_before_hours_are_spent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(tmp_path / "card.md"), "--shared", str(tmp_path)]
    assert main(arguments) == 2
    assert "labels.csv" in capsys.readouterr().err
    (tmp_path / "clips").mkdir()
    labels = tmp_path / "clips" / "labels.csv"
    labels.write_text("file,exercise,reps\na.mp4,squat,five\n")
    assert main(arguments) == 2
    assert "Line 2" in capsys.readouterr().err
    labels.write_text("file,exercise,reps\na.mp4,squat,5\n")
    assert main(arguments) == 2
    assert "a.mp4" in capsys.readouterr().err
    assert not (tmp_path / "card.md").exists()


def test_a_clip_may_be_gone_where_its_landmarks_are_kept(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "labels.csv").write_text("file,exercise,reps\na.mp4,squat,5\n")
    (tmp_path / "a.npz").touch()
    assert trouble_with(tmp_path, tmp_path) == ""
