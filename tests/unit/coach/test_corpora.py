"""Drafts that must be blocked, and honest ones that must pass."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.drafts import (
    HELD_OUT,
    Trial,
    held_out,
    made_bad,
    made_honest,
    written_bad,
    written_honest,
)

MADE = 150


def texts_with(trials: Sequence[Trial], state: str) -> list[str]:
    return [f"{one.kind}: {one.text}" for one in trials if one.verified.state == state]


def test_every_written_bad_draft_is_blocked():
    trials = list(written_bad())
    assert len(trials) >= 300
    assert texts_with(trials, "passed") == []


def test_drafts_with_one_thing_made_wrong_are_blocked():
    assert texts_with(made_bad(MADE), "passed") == []


def test_honest_drafts_pass():
    written = list(written_honest())
    assert len(written) >= 300
    trials = [*written, *made_honest(MADE)]
    assert len(texts_with(trials, "failed")) <= 0.01 * len(trials), texts_with(trials, "failed")


def test_most_drafts_that_no_rule_was_made_for_are_told_apart():
    for part in HELD_OUT:
        bad, honest = held_out(part)
        assert len(texts_with(bad, "failed")) >= 0.85 * len(bad)
        assert len(texts_with(honest, "passed")) >= 0.8 * len(honest)
