"""What a language model finds worth asking: questions beside the findings, never findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from repsight.coach.cards.deck import Deck
from repsight.coach.checks.findings import concepts_in
from repsight.coach.draft import Draft, Line
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, Step
from repsight.coach.template import write
from repsight.coach.verifier import Verified, verify
from repsight.core.report import CoachSentence, Fact

__all__ = ["ASKABLE", "MOST_QUESTIONS", "Judge", "Proposal", "asked"]

#: Facts that a question can be about: numbers that were measured and that no rule has judged.
ASKABLE: Final = ("measure", "rep_measure", "tempo", "trend", "velocity_loss", "difference")
MOST_QUESTIONS: Final = 3
_FLAGGED: Final = frozenset({"issue", "watch"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measured fact that a model finds noteworthy, and its question about it."""

    fact: str
    text: str


class Judge(Protocol):
    """A language model that sees the measurements and proposes what matters. It may fail."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def proposals(self, ledger: Ledger) -> tuple[Proposal, ...]:
        """What it would ask about; RepsightError or BadDraft where there is nothing usable."""
        ...


def asked(
    proposals: Sequence[Proposal], ledger: Ledger, plan: Plan, deck: Deck
) -> tuple[CoachSentence, ...]:
    """The proposals that no rule supports, as verified questions; at most three.

    What a rule has flagged already is among the findings and is not asked again. A question whose
    words do not pass is asked in the template's; a proposal about anything but a measured fact is
    dropped.
    """
    found: list[CoachSentence] = []
    for fact in _chosen(proposals, ledger):
        own = next(one.text for one in proposals if one.fact == fact.id)
        step = Step("question", fact.kind, (fact.id,), set_number=fact.set_number, required=False)
        sentence = _verified(step, own, ledger, plan, deck)
        if sentence is not None:
            found.append(sentence)
    return tuple(found[:MOST_QUESTIONS])


def _chosen(proposals: Sequence[Proposal], ledger: Ledger) -> Iterator[Fact]:
    """Facts that may be asked about, each measure once."""
    told = {(fact.set_number, fact.metric) for fact in ledger.of("judgement")
            if fact.verdict in _FLAGGED}  # fmt: skip
    flagged = [fact for fact in ledger.of("judgement") if fact.verdict in _FLAGGED]
    for proposal in proposals:
        fact = ledger.get(proposal.fact)
        if fact is None or fact.kind not in ASKABLE or not fact.words.get("amount"):
            continue
        place = (fact.set_number, fact.metric)
        if place not in told and not any(_is_about(one, fact) for one in flagged):
            told.add(place)
            yield fact


def _is_about(flagged: Fact, fact: Fact) -> bool:
    """Whether a flagged rule speaks of the same thing as a measure."""
    if flagged.set_number != fact.set_number:
        return False
    title = flagged.words.get("title", "").lower()
    return bool(concepts_in(title) & concepts_in(fact.words.get("name", "").lower()))


def _verified(
    step: Step, text: str, ledger: Ledger, plan: Plan, deck: Deck
) -> CoachSentence | None:
    """The question in the model's words, else in the template's, else none."""
    plan = replace(plan, steps=(*plan.steps, step))
    draft = write(ledger, plan, deck)
    own = Line("question", text, step.facts)
    lines = draft.lines if draft.lines[-1].slot == "question" else (*draft.lines, own)
    for wording in (Draft((*lines[:-1], own)), draft):
        found = verify(wording, ledger, plan, deck=deck)
        if found.state == "passed" and found.sentences[-1].slot == "question":
            return found.sentences[-1]
    return _alone(step, own, ledger, plan, deck=deck)


def _alone(
    step: Step, own: Line, ledger: Ledger, plan: Plan, *, deck: Deck
) -> CoachSentence | None:
    """The question by itself, where a sentence beside it does not pass."""
    plan = replace(plan, steps=(step,))
    for draft in (Draft((own,)), write(ledger, plan, deck)):
        found: Verified = verify(draft, ledger, plan, deck=deck)
        if found.state == "passed" and found.sentences:
            return found.sentences[-1]
    return None
