"""The published JSON Schema is the one of the code, and reports obey it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from repsight.core.report_json import to_dict
from repsight.core.report_schema import report_schema
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    unknown_report,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from repsight.core.report import ClipReport

PUBLISHED = Path(__file__).parents[3] / "docs" / "report.schema.json"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="docs/ is not beside these tests")
def test_the_published_schema_is_the_generated_one() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert published == report_schema(), "run: python docs/make_report_schema.py"


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("make", [sample_report, deadlift_report, unknown_report, empty_report])
def test_every_kind_of_report_obeys_the_schema(make: Callable[[], ClipReport]) -> None:
    jsonschema.validate(to_dict(make()), report_schema())


def test_the_schema_refuses_an_unknown_field() -> None:
    with pytest.raises(jsonschema.ValidationError, match="mood"):
        jsonschema.validate({**to_dict(sample_report()), "mood": "good"}, report_schema())
