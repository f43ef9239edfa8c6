"""A server's memory settles, and nothing that lives is lost by it."""

from __future__ import annotations

import gc

import pytest

from repsight.live.memory import settle_memory


@pytest.fixture
def usual():
    before = gc.get_threshold()
    yield before
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_looked_at_again(usual):
    settle_memory()
    assert gc.get_freeze_count() > 1000
    assert gc.get_threshold()[0] > usual[0]
