"""Nothing is said that the facts do not say: the last gate before words reach a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal

from repsight.coach.cards.deck import Deck
from repsight.coach.checks.changes import change_problems
from repsight.coach.checks.claims import claim_problems
from repsight.coach.checks.clauses import clause_problems
from repsight.coach.checks.coverage import coverage_problems
from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.findings import finding_problems
from repsight.coach.checks.grounding import grounding_problems
from repsight.coach.checks.language import language_problems
from repsight.coach.checks.numbers import number_problems
from repsight.coach.draft import SLOTS, BadDraft, Draft, Line, rendered
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, Step
from repsight.coach.profile import REFERRAL
from repsight.core.report import CoachSentence, Fact
from repsight.exercises import catalog

__all__ = ["Verified", "verify"]


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on a draft; ``sentences`` are rendered and empty unless it passed."""

    state: Literal["passed", "failed"]
    sentences: tuple[CoachSentence, ...]
    problems: tuple[Problem, ...]


def verify(draft: Draft, ledger: Ledger, plan: Plan, *, deck: Deck) -> Verified:
    """Hold every sentence of a draft against the facts it cites, the plan and the cards.

    Any problem fails the whole draft: half a summary would mislead as well.
    """
    problems = list(_shape_problems(draft, ledger, plan, deck))
    if not problems:
        lines = _said(draft, ledger, plan, deck)
        problems += language_problems(lines)
        for said in lines:
            problems += _line_problems(said)
        if not problems:
            return Verified("passed", tuple(_sentence(said) for said in lines), ())
    return Verified("failed", (), tuple(problems))


def _line_problems(said: Said) -> Iterator[Problem]:
    if said.slot == "referral":
        if said.text != REFERRAL:
            yield said.problem("referral", "the referral text is fixed")
        return
    yield from claim_problems(said)
    yield from number_problems(said)
    yield from change_problems(said)
    yield from finding_problems(said)
    yield from grounding_problems(said)
    yield from coverage_problems(said)
    yield from clause_problems(said)


def _shape_problems(draft: Draft, ledger: Ledger, plan: Plan, deck: Deck) -> Iterator[Problem]:
    """Lines that do not follow the plan, cite what is not there, or have broken placeholders."""
    if not draft.lines:
        yield Problem("empty", -1, "no lines")
        return
    for index, line in enumerate(draft.lines):
        yield from _line_shape(index, line, ledger, deck)
    matched = _matched(draft.lines, plan.steps)
    if matched is None:
        yield Problem("plan", -1, "lines are not the sentences that were planned")
        return
    for index, (line, step) in enumerate(zip(draft.lines, matched, strict=True)):
        if not set(line.facts) <= set(step.facts):
            yield Problem("plan", index, "cites facts that belong elsewhere")
        if not set(line.cards) <= {*step.cards, *plan.cards}:
            yield Problem("plan", index, "uses cards that belong elsewhere")


def _line_shape(index: int, line: Line, ledger: Ledger, deck: Deck) -> Iterator[Problem]:
    if line.slot not in SLOTS:
        yield Problem("schema", index, f"{line.slot!r} is no slot")
    if not line.facts:
        yield Problem("schema", index, "cites no fact")
    for fact in line.facts:
        if fact not in ledger:
            yield Problem("schema", index, f"{fact} is no fact")
    for card in line.cards:
        if card not in deck:
            yield Problem("schema", index, f"{card} is no card")
    try:
        rendered(line.text, ledger)
    except BadDraft as error:
        yield Problem("schema", index, str(error))


def _matched(lines: Sequence[Line], steps: Sequence[Step]) -> list[Step] | None:
    """The step of each line: same slot and first fact, in order, no required one left out."""
    found: list[Step] = []
    waiting = list(steps)
    for line in lines:
        while waiting and not _fits(line, waiting[0]):
            if waiting.pop(0).required:
                return None
        if not waiting:
            return None
        found.append(waiting.pop(0))
    return None if any(step.required for step in waiting) else found


def _fits(line: Line, step: Step) -> bool:
    return line.slot == step.slot and bool(step.facts) and step.facts[0] in line.facts


def _said(draft: Draft, ledger: Ledger, plan: Plan, deck: Deck) -> list[Said]:
    steps = _matched(draft.lines, plan.steps) or []
    specs = tuple(spec for name in plan.exercises if (spec := catalog().get(name)))
    said: list[Said] = []
    for index, (line, step) in enumerate(zip(draft.lines, steps, strict=True)):
        facts = ledger.cited(line.facts)
        order = {fact: place for place, fact in enumerate(step.facts)}
        cards = [deck.get(card) for card in line.cards]
        said.append(
            Said(
                index=index,
                line=line,
                text=rendered(line.text, ledger),
                step=step,
                facts=tuple(sorted(facts, key=lambda fact: order.get(fact.id, 99))),
                cards=tuple(card for card in cards if card is not None),
                specs=specs,
                ledger=ledger,
                plan=plan,
            )
        )
    return said


def _sentence(said: Said) -> CoachSentence:
    """The rendered line with the place that shows it: the first cited fact that has one."""
    shown: Fact | None = next((f for f in said.facts if isfinite(f.t_s)), None)
    return CoachSentence(
        text=said.text,
        slot=said.slot,
        facts=tuple(fact.id for fact in said.facts),
        set_number=said.step.set_number,
        rep=shown.rep if shown else 0,
        t_s=shown.t_s if shown else nan,
    )
