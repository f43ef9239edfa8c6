"""A report survives the way to JSON and back, and nothing else is taken for a report."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, isnan, nan
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from repsight.core.report import Measure
from repsight.core.report_json import JsonValue, from_dict, set_from_dict, to_dict
from repsight.errors import UnreadableSource
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    squat_set,
    unknown_report,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from repsight.core.report import ClipReport

REPORTS = [sample_report, deadlift_report, unknown_report, empty_report]


def _strict_json(report: ClipReport) -> str:
    return json.dumps(to_dict(report), allow_nan=False)


@pytest.mark.parametrize("make", REPORTS)
def test_a_report_comes_back_from_json_as_it_was(make: Callable[[], ClipReport]) -> None:
    text = _strict_json(make())
    again = from_dict(json.loads(text))
    assert _strict_json(again) == text
    assert repr(again) == repr(make())  # repr, because NaN is not equal to itself


def test_a_single_set_comes_back_as_it_was() -> None:
    text = json.dumps(to_dict(squat_set()), allow_nan=False)
    assert repr(set_from_dict(json.loads(text))) == repr(squat_set())


@pytest.mark.parametrize("value", [nan, inf, -inf, np.float32("nan")])
def test_what_is_not_a_finite_number_becomes_null_and_then_nan(value: float) -> None:
    report = _with_metric(Measure(value, "%", 1.0))
    data = to_dict(report)
    assert _metric_of(data)["value"] is None
    assert isnan(from_dict(data).sets[0].metrics["symmetry"].value)


def test_numpy_numbers_become_plain_numbers() -> None:
    data = to_dict(_with_metric(Measure(cast("float", np.float32(2.5)), "%", np.float64(1.0))))
    assert _metric_of(data) == {"value": 2.5, "unit": "%", "error": 1.0}
    json.dumps(data)


def test_a_value_without_json_form_is_refused_when_written() -> None:
    with pytest.raises(TypeError, match="object cannot stand in a report"):
        to_dict(_with_metric(Measure(cast("float", object()), "%", 1.0)))


def test_a_field_with_a_default_may_be_missing_in_an_older_report() -> None:
    data = to_dict(sample_report())
    del _set_of(data)["corrections"]
    assert from_dict(data).sets[0].corrections == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start_s": "soon"}, r"sets\[0\].start_s is 'soon'. Wanted a number or null"),
        ({"start_s": True}, r"sets\[0\].start_s is True"),
        ({"rep_count": 4.0}, r"sets\[0\].rep_count is 4.0. Wanted a whole number"),
        ({"view": None}, r"sets\[0\].view is None. Wanted a text"),
        ({"reps": "many"}, r"sets\[0\].reps is 'many'. Wanted a list"),
        ({"reps": [7]}, r"sets\[0\].reps\[0\] is 7. Wanted an object"),
        ({"metrics": []}, r"sets\[0\].metrics is \[\]. Wanted an object"),
        ({"metrics": {"a": None}}, r"sets\[0\].metrics.a is None. Wanted an object"),
        ({"mood": "good"}, r"sets\[0\].mood is not a field"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, JsonValue], message: str) -> None:
    data = to_dict(sample_report())
    _set_of(data).update(change)
    with pytest.raises(UnreadableSource, match=message):
        from_dict(data)


def test_a_missing_field_is_named() -> None:
    data = to_dict(sample_report())
    del _set_of(data)["rep_count"]
    with pytest.raises(UnreadableSource, match=r"sets\[0\].rep_count is missing"):
        from_dict(data)


def test_an_unknown_word_is_answered_with_the_known_ones() -> None:
    data = to_dict(sample_report())
    cast("dict[str, JsonValue]", data["quality"])["level"] = "superb"
    with pytest.raises(UnreadableSource, match=r"quality.level.*one of good, limited, bad"):
        from_dict(data)


def test_a_flag_is_not_a_number() -> None:
    data = to_dict(sample_report())
    first = cast("list[dict[str, JsonValue]]", _set_of(data)["reps"])[0]
    first["start_seen"] = 1
    with pytest.raises(UnreadableSource, match=r"start_seen is 1. Wanted true or false"):
        from_dict(data)


def test_a_long_wrong_value_is_cut_in_the_message() -> None:
    data = to_dict(sample_report())
    data["summary"] = ["x" * 500]
    with pytest.raises(UnreadableSource, match=r"xxx\.\.\.") as caught:
        from_dict(data)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("data", "seen"), [({}, "no schema version"), ({"schema": "2.0"}, "schema version '2.0'")]
)
def test_another_major_version_is_refused_with_the_next_step(
    data: dict[str, JsonValue], seen: str
) -> None:
    with pytest.raises(UnreadableSource, match=f"{seen}.*Analyse the clip again"):
        from_dict(data)


def test_a_newer_minor_version_is_read() -> None:
    assert from_dict(to_dict(replace(sample_report(), schema="1.9"))).schema == "1.9"


def _with_metric(measure: Measure) -> ClipReport:
    report = sample_report()
    return replace(report, sets=(replace(report.sets[0], metrics={"symmetry": measure}),))


def _set_of(data: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("list[dict[str, JsonValue]]", data["sets"])[0]


def _metric_of(data: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("dict[str, dict[str, JsonValue]]", _set_of(data)["metrics"])["symmetry"]
