"""Who else is in the picture."""

from __future__ import annotations

import pytest

from benchmarks.several_people import COMPANY, Tried, company, rows_of
from repsight.athlete.performance import perform


@pytest.mark.parametrize("name", COMPANY)
def test_the_others_do_not_stand_where_the_lifter_is(name: str):
    made = perform("squat", reps=2, seed=1)
    others = company(name, made, 1)
    assert bool(others) == (name != "nobody else")
    assert all(max(abs(place) for place in one.at_m) > 1.0 for one in others)


def test_each_company_has_its_rows():
    done = [Tried("squat", name, number, 1.0) for number, name in enumerate(COMPANY)]
    rows = rows_of(done)
    assert len(rows) == 2 * len(COMPANY)
    assert [row.value for row in rows[::2]] == [1.0, 0.0, 0.0, 0.0]
