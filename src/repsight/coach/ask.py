"""Questions about a report, answered from its facts or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from repsight.coach.answers import candidates, set_of
from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck
from repsight.coach.checks.claims import forbidden_in
from repsight.coach.facts import ledger_of
from repsight.coach.glossary import meaning_of
from repsight.coach.ledger import Ledger
from repsight.coach.past_facts import PastSet
from repsight.coach.planner import Plan, Step, plan_of
from repsight.coach.profile import REFERRAL, Profile
from repsight.coach.questions import Question, asked
from repsight.coach.replies import NOT_FOR_A_CAMERA, fixed_reply, is_of_pain, last_reply
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.core.report import ClipReport, CoachSentence, Fact

__all__ = ["Answer", "ask"]

_MOST_SENTENCES: Final = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """Verified sentences with their facts; ``is_known`` is false where the facts do not say."""

    sentences: tuple[CoachSentence, ...]
    facts: tuple[Fact, ...]
    is_known: bool

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)


def ask(
    report: ClipReport,
    question: str,
    profile: Profile | None = None,
    *,
    history: Sequence[PastSet] = (),
    deck: Deck | None = None,
) -> Answer:
    """Answer from the facts of the report and of earlier sets, or say that it is not known.

    Words about pain or an injury get the fixed referral.
    """
    read = asked(question)
    if is_of_pain(read, question):
        return Answer((CoachSentence(REFERRAL, "referral", ()),), (), is_known=True)
    cards = deck or builtin_deck()
    ledger = ledger_of(report, profile, history=history)
    plan = plan_of(ledger, cards)
    wanted = _with_last(read, ledger)
    if wanted.is_of_health:
        return Answer((CoachSentence(NOT_FOR_A_CAMERA, "answer", ()),), (), is_known=False)
    if meaning := meaning_of(wanted.text):
        return Answer((CoachSentence(meaning, "answer", ()),), (), is_known=True)
    if fixed := fixed_reply(wanted, ledger):
        return Answer((CoachSentence(fixed, "answer", ()),), (), is_known=False)
    is_beyond = bool(forbidden_in(wanted.text)[0]) and "sides" not in wanted.kinds
    for steps in () if is_beyond else candidates(wanted, ledger, plan, cards):
        answer = _verified(steps, ledger, plan, cards)
        if answer is not None:
            return answer
    return Answer((CoachSentence(last_reply(wanted, ledger), "answer", ()),), (), is_known=False)


def _with_last(question: Question, ledger: Ledger) -> Question:
    """The question with the number of the last repetition, where that is meant."""
    if not question.is_last or question.rep or "not_counted" in question.kinds:
        return question
    number = set_of(question, ledger)
    return replace(question, rep=ledger.rep_totals.get(number, 0))


def _verified(steps: Sequence[Step], ledger: Ledger, plan: Plan, deck: Deck) -> Answer | None:
    """The steps in words that pass the verifier; None if they do not, or say nothing."""
    small = replace(plan, steps=tuple(steps)[:_MOST_SENTENCES])
    draft = write(ledger, small, deck)
    told = verify(draft, ledger, small, deck=deck) if draft.lines else None
    if told is None or told.state != "passed":
        return None
    cited = {fact for sentence in told.sentences for fact in sentence.facts}
    return Answer(told.sentences, ledger.cited(cited), is_known=True)
