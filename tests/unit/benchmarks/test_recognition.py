"""The scores of the recognition benchmark on made-up clips."""

import pytest

from benchmarks.recognition import (
    Seen,
    area_under_curve,
    calibration_error,
    confusions,
    macro_f1,
    main,
    rows_of,
)
from benchmarks.routers import unseen_router


def seen(truth: str, found: str, sure: float) -> Seen:
    return Seen("clip", "source", truth, found, sure, ((sure, truth == found),))


def test_macro_f1_weighs_classes_alike():
    pairs = [("a", "a"), ("a", "a"), ("a", "a"), ("b", "a"), ("b", "b")]
    assert macro_f1(pairs, ["a", "b"]) == pytest.approx((6 / 7 + 2 / 3) / 2)


def test_the_area_is_the_chance_of_the_right_order():
    assert area_under_curve([0.9, 0.5], [0.1, 0.5]) == pytest.approx(0.875)
    assert area_under_curve([], [0.5]) != area_under_curve([], [0.5])


def test_calibration_compares_what_was_said_with_what_came():
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0.0
    assert calibration_error([(0.95, False)]) == pytest.approx(0.95)


def test_rows_tell_known_from_unknown():
    done = [
        seen("squat", "squat", 0.9),
        seen("squat", "unknown", 0.3),
        seen("unknown", "squat", 0.5),
    ]
    found = {row.what: row.value for row in rows_of(done, ["squat"])}
    assert found["exercise of the catalog recognised"] == 0.5
    assert found["taken for another exercise"] == 0.0
    assert found["not of the catalog: not taken for an exercise"] == 0.0
    assert found["known from unknown (area under the curve)"] == 0.5
    assert "| squat | 2 | squat 1, unknown 1 |" in confusions(done)


def test_absent_clips_are_said(tmp_path, capsys):
    assert main(["--shared", str(tmp_path)]) == 2
    assert "No labelled clips" in capsys.readouterr().err
    assert unseen_router("a clip nobody listed", tmp_path) is None
