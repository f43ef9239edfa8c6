"""Pieces of sentences."""

from __future__ import annotations

import pytest

from repsight.core.wording import listed, one_of


@pytest.mark.parametrize(
    ("parts", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_parts_are_listed_as_people_say_them(parts, words):
    assert listed(parts) == words
    assert listed(iter(parts)) == words


def test_a_slip_is_answered_with_the_nearest_name_and_nonsense_with_all():
    known = ["push_up", "squat"]
    assert one_of(known, "sqat") == "Did you mean 'squat'?"
    assert one_of(known, "xyz") == "Wanted one of: push_up, squat."
