"""Whatever was not measurable, the page is made, and no NaN reaches the lifter."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.core.report import ClipReport
from repsight.core.report_json import JsonValue, from_dict, to_dict
from repsight.pages import render_html
from repsight.testing.sample_report import deadlift_report, sample_report, unknown_report

#: These are never unknown: a rep without its times is no rep.
TIMES = {"start_s", "turn_s", "end_s", "turn_start_s", "turn_end_s", "eccentric_s", "concentric_s"}


def _numbers(value: JsonValue, name: str = "") -> Iterator[tuple[JsonValue, str | int]]:
    """(container, key) of every number that may be unknown."""
    if isinstance(value, dict):
        parts: list[tuple[str | int, JsonValue]] = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        return
    for key, part in parts:
        inner = key if isinstance(key, str) else name
        if isinstance(part, float) and inner not in TIMES:
            yield value, key
        yield from _numbers(part, inner)


@pytest.mark.parametrize("make", [sample_report, deadlift_report, unknown_report])
@given(share=st.sampled_from([0.1, 0.5, 1.0]), seed=st.integers(0, 999))
def test_unknown_numbers_never_show_and_never_break_the_page(
    make: Callable[[], ClipReport], share: float, seed: int
) -> None:
    data = to_dict(make())
    chance = random.Random(seed)  # noqa: S311 - picks fields, keeps no secret
    for container, key in list(_numbers(data)):
        if chance.random() < share:
            container[key] = None  # type: ignore[index,call-overload] - a dict or a list
    html = render_html(from_dict(data))
    visible = re.sub(r"(?s)<(script|style).*?</\1>", "", html)
    assert not re.search(r"\b(nan|inf|None(?! of))\b", visible)


@pytest.mark.parametrize("make", [sample_report, deadlift_report])
@given(drop=st.sets(st.sampled_from(["reps", "rejected", "verdicts", "curves", "variations"])))
def test_a_page_is_made_of_any_part_of_a_report(
    make: Callable[[], ClipReport], drop: set[str]
) -> None:
    data = to_dict(make())
    sets = data["sets"]
    assert isinstance(sets, list)
    for one in sets:
        assert isinstance(one, dict)
        one.update({name: [] for name in drop})
    assert "How it was measured" in render_html(from_dict(data))
