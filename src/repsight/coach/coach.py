"""From a report to what the coach says: facts, plan, words, verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import BadDraft, Draft
from repsight.coach.facts import PastSet, ledger_of
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, plan_of
from repsight.coach.profile import Profile
from repsight.coach.template import write
from repsight.coach.verifier import Verified, verify
from repsight.core.report import ClipReport, CoachState, CoachSummary
from repsight.errors import RepsightError

__all__ = ["Writer", "coach", "coached", "summary_text"]

_LONGEST_REASON: Final = 200


class Writer(Protocol):
    """Words for a plan: a language model. It may fail; the template then takes its place."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def draft(self, ledger: Ledger, plan: Plan, deck: Deck) -> Draft:
        """Sentences for the plan's steps; RepsightError or BadDraft where there are none."""
        ...


def coached(
    report: ClipReport,
    profile: Profile | None = None,
    *,
    history: Sequence[PastSet] = (),
    deck: Deck | None = None,
    writer: Writer | None = None,
) -> ClipReport:
    """The report with the coach's summary in it."""
    said = coach(report, profile, history=history, deck=deck, writer=writer)
    return replace(report, coach=said, summary=summary_text(said))


def coach(
    report: ClipReport,
    profile: Profile | None = None,
    *,
    history: Sequence[PastSet] = (),
    deck: Deck | None = None,
    writer: Writer | None = None,
) -> CoachSummary:
    """What the coach says about a report, in verified sentences.

    A ``writer`` words it; if it fails or the verifier refuses its words, the template does.
    """
    cards = deck or builtin_deck()
    ledger = ledger_of(report, profile, history=history)
    plan = plan_of(ledger, cards)
    if writer is None:
        return _from_template(ledger, plan, cards)
    try:
        draft = writer.draft(ledger, plan, cards)
    except (BadDraft, RepsightError) as error:
        return _from_template(ledger, plan, cards, reason=f"{writer.name}: {error}")
    verified = verify(draft, ledger, plan, deck=cards)
    if verified.state == "passed":
        return _summary(verified, ledger, source=writer.name, state="passed")
    first = verified.problems[0]
    return _from_template(
        ledger, plan, cards, reason=f"{writer.name}: refused ({first.code}): {first.what}"
    )


def summary_text(said: CoachSummary) -> str:
    """The sentences as one text."""
    return " ".join(sentence.text for sentence in said.sentences)


def _from_template(ledger: Ledger, plan: Plan, deck: Deck, *, reason: str = "") -> CoachSummary:
    """The template's words; without the cards of users if those would not pass."""
    state: CoachState = "failed_to_template" if reason else "passed"
    verified = verify(write(ledger, plan, deck), ledger, plan, deck=deck)
    if verified.state == "failed":
        deck = builtin_deck()
        plan = plan_of(ledger, deck)
        verified = verify(write(ledger, plan, deck), ledger, plan, deck=deck)
        state = "failed_to_template"
        reason = reason or "a pack of cards says what the facts do not"
    return _summary(verified, ledger, source="template", state=state, reason=reason)


def _summary(
    verified: Verified, ledger: Ledger, *, source: str, state: CoachState, reason: str = ""
) -> CoachSummary:
    cited = {fact for sentence in verified.sentences for fact in sentence.facts}
    return CoachSummary(
        sentences=verified.sentences,
        source=source,
        state=state,
        reason=" ".join(reason.split())[:_LONGEST_REASON],
        facts=ledger.cited(cited),
    )
