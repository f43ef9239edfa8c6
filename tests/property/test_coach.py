"""Whatever the evidence, the coach says what the facts say, in sentences that pass."""

import re

import pytest

from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import rendered
from repsight.coach.facts import ledger_of
from repsight.coach.planner import MOST_FIXES, plan_of
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.testing.made_up import made_up

SEEDS = range(70_000, 70_120)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_template_passes_on_made_up_evidence(seed: int) -> None:
    case, deck = made_up(seed), builtin_deck()
    ledger = ledger_of(case.report, case.profile, history=case.history)
    plan = plan_of(ledger, deck)
    draft = write(ledger, plan, deck)
    verified = verify(draft, ledger, plan, deck=deck)
    assert verified.problems == ()
    assert len(plan.fixes) <= MOST_FIXES
    for line in draft.lines:
        facts = " ".join(" ".join(f.words.values()) for f in ledger.cited(line.facts))
        numbers = set(NUMBER.findall(rendered(line.text, ledger)))
        assert line.slot == "referral" or numbers <= set(NUMBER.findall(facts)), line


def test_variations_and_unjudged_rules_never_become_fixes() -> None:
    deck = builtin_deck()
    for seed in SEEDS[:60]:
        case = made_up(seed)
        ledger = ledger_of(case.report, case.profile, history=case.history)
        issues = {f.metric for f in ledger.of("judgement") if f.verdict == "issue"}
        assert set(plan_of(ledger, deck).fixes) <= issues


def test_different_evidence_is_worded_differently() -> None:
    deck, texts = builtin_deck(), list[str]()
    for seed in SEEDS[:60]:
        case = made_up(seed)
        ledger = ledger_of(case.report, case.profile, history=case.history)
        plan = plan_of(ledger, deck)
        if len(plan.steps) > 3:
            lines = write(ledger, plan, deck).lines
            texts.append(" ".join(rendered(line.text, ledger) for line in lines))
    assert len(texts) == len(set(texts)) > 30
