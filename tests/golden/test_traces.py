"""The engine says of recorded skeletons what it said when they were recorded and looked at."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from traces import FOLDER, SETS, load_track, trace_of


def _same(now: object, then: object) -> bool:
    """Equal but for the last digits, which differ between processors."""
    match now, then:
        case dict(), dict():
            return now.keys() == then.keys() and all(_same(now[k], then[k]) for k in now)
        case list(), list():
            return len(now) == len(then) and all(map(_same, now, then))
        case float(), float() | int():
            return math.isclose(now, then, abs_tol=2e-3)
        case _:
            return now == then


@pytest.mark.parametrize("name", SETS)
def test_a_recorded_skeleton_gives_its_recorded_trace(name: str):
    then = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    now = trace_of(name)
    assert _same(now, then), f"run tests/golden/traces.py {name} and look at the difference"


@pytest.mark.parametrize("name", SETS)
def test_a_trace_holds_the_repetitions_that_were_done(name: str):
    full = sum(share > 0.9 for share in SETS[name][2])
    assert len(trace_of(name)["reps"]) == full


@pytest.mark.parametrize("name", SETS)
def test_a_recorded_skeleton_is_small(name: str):
    assert (FOLDER / f"{name}.npz").stat().st_size < 200_000
    assert len(load_track(name)) > 30
