"""The coach on made-up reports: what it says, and what it refuses to let through."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from repsight.coach.cards.files import builtin_deck
from repsight.coach.coach import coach
from repsight.coach.draft import Draft, draft_from_json
from repsight.coach.facts import ledger_of
from repsight.coach.planner import plan_of
from repsight.coach.profile import Profile
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.core.report import ClipReport, Quality, QualityNote
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    unknown_report,
)

REPORTS = [sample_report, deadlift_report, empty_report, unknown_report]


@pytest.mark.parametrize("make", REPORTS)
def test_the_template_passes_the_verifier(make: Callable[[], ClipReport]):
    summary = coach(make(), Profile())
    assert summary.state == "passed"
    assert summary.sentences
    assert not [one.text for one in summary.sentences if "{" in one.text]


def test_advice_on_filming_may_name_its_number():
    report = sample_report()
    note = QualityNote(
        "slow_frames", "bad", "The clip has 6 frames a second; turnarounds fall between frames.",
        "Film with 30 frames a second or more.", 6.0, "Hz",
    )  # fmt: skip
    quality = Quality("bad", (note,), (), (), note.advice)
    summary = coach(replace(report, quality=quality), Profile())
    assert summary.state == "passed"
    assert not summary.reason
    assert any("30 frames" in one.text for one in summary.sentences)


def test_the_same_evidence_gives_the_same_words():
    first, again = (coach(sample_report(), Profile()) for _ in range(2))
    assert repr(first) == repr(again)  # NaN is no equal of itself


def test_every_cited_fact_is_in_the_ledger():
    ledger = ledger_of(sample_report(), Profile())
    known = {fact.id for fact in ledger.facts}
    cited = {fact for one in coach(sample_report(), Profile()).sentences for fact in one.facts}
    assert cited
    assert cited <= known


def template_lines() -> list[dict[str, object]]:
    report = sample_report()
    deck = builtin_deck()
    ledger = ledger_of(report, Profile())
    draft = write(ledger, plan_of(ledger, deck), deck)
    return [
        {"slot": line.slot, "text": line.text, "facts": list(line.facts), "cards": list(line.cards)}
        for line in draft.lines
    ]


def verdict_on(lines: list[dict[str, object]]):
    deck = builtin_deck()
    ledger = ledger_of(sample_report(), Profile())
    draft: Draft = draft_from_json(json.dumps({"lines": lines}), source="test")
    return verify(draft, ledger, plan_of(ledger, deck), deck=deck)


def test_a_draft_that_says_what_the_facts_say_passes():
    assert verdict_on(template_lines()).state == "passed"


@pytest.mark.parametrize(
    "claim",
    [
        "You did 37 reps.",
        "Your lower back is injured.",
        "This will heal your knee pain.",
        "You burned 120 calories.",
        "That was a perfect and completely safe set.",
        "Nice deadlift.",
        "",
    ],
)
def test_what_no_fact_supports_is_blocked(claim: str):
    lines = template_lines()
    lines[0] = {**lines[0], "text": claim}
    assert verdict_on(lines).state == "failed"


def test_a_writer_that_breaks_gives_way_to_the_template():
    class Broken:
        name = "broken"

        def draft(self, *_evidence: object) -> Draft:
            message = "the server is down"
            raise RuntimeError(message)

    summary = coach(sample_report(), Profile(), writer=Broken())
    assert summary.source == "template"
    assert summary.reason
    assert summary.sentences
