"""From a report to what the coach says: facts, plan, words, verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import BadDraft, Draft
from repsight.coach.facts import ledger_of
from repsight.coach.ledger import Ledger
from repsight.coach.past_facts import PastSet
from repsight.coach.places import placed
from repsight.coach.planner import Plan, plan_of
from repsight.coach.profile import Profile
from repsight.coach.proposals import Judge, asked
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
    judge: Judge | None = None,
) -> ClipReport:
    """The report with the coach's summary in it."""
    said = coach(report, profile, history=history, deck=deck, writer=writer, judge=judge)
    return replace(report, coach=said, summary=summary_text(said))


def coach(
    report: ClipReport,
    profile: Profile | None = None,
    *,
    history: Sequence[PastSet] = (),
    deck: Deck | None = None,
    writer: Writer | None = None,
    judge: Judge | None = None,
) -> CoachSummary:
    """What the coach says about a report, in verified sentences.

    A ``writer`` words it; if it fails or the verifier refuses its words, the template does. What a
    ``judge`` proposes is added as questions.
    """
    cards = deck or builtin_deck()
    ledger = ledger_of(report, profile, history=history)
    plan = plan_of(ledger, cards)
    said = _worded(ledger, plan, cards, writer)
    if judge is not None and ledger.first("referral") is None:
        said = _with_questions(said, ledger, plan, cards, judge=judge)
    known = {fact.id: fact for fact in said.facts}
    sentences = (
        placed(one, [known[name] for name in one.facts], report.sets) for one in said.sentences
    )
    return replace(said, sentences=tuple(sentences))


def _worded(ledger: Ledger, plan: Plan, cards: Deck, writer: Writer | None) -> CoachSummary:
    if writer is None:
        return _from_template(ledger, plan, cards)
    try:
        draft = writer.draft(ledger, plan, cards)
    except (BadDraft, RepsightError) as error:
        return _from_template(ledger, plan, cards, reason=f"{writer.name}: {error}")
    except Exception as error:  # noqa: BLE001 - a foreign writer's bug must not cost the summary
        reason = f"{writer.name}: {type(error).__name__}: {error}"
        return _from_template(ledger, plan, cards, reason=reason)
    verified = verify(draft, ledger, plan, deck=cards)
    if verified.state == "passed":
        return _summary(verified, ledger, source=writer.name, state="passed", reason=draft.note)
    first = verified.problems[0]
    return _from_template(
        ledger, plan, cards, reason=f"{writer.name}: refused ({first.code}): {first.what}"
    )


def _with_questions(
    said: CoachSummary, ledger: Ledger, plan: Plan, cards: Deck, *, judge: Judge
) -> CoachSummary:
    """The summary with what the judge asks; with the reason where it could not be asked."""
    try:
        questions = asked(judge.proposals(ledger), ledger, plan, cards)
    except (BadDraft, RepsightError) as error:
        return _noted(said, f"No questions from {judge.name}: {error}")
    except Exception as error:  # noqa: BLE001 - a foreign judge's bug must not cost the summary
        return _noted(said, f"No questions from {judge.name}: {type(error).__name__}: {error}")
    cited = {fact.id for fact in said.facts} | {one for q in questions for one in q.facts}
    return replace(
        said,
        sentences=(*said.sentences, *questions),
        facts=ledger.cited(cited),
        asked_by=judge.name if questions else "",
    )


def _noted(said: CoachSummary, note: str) -> CoachSummary:
    text = " ".join(f"{said.reason} {note}".split())
    return replace(said, reason=text[: 2 * _LONGEST_REASON])


def summary_text(said: CoachSummary) -> str:
    """The sentences as one text, without questions that no rule supports."""
    return " ".join(one.text for one in said.sentences if one.slot != "question")


def _from_template(ledger: Ledger, plan: Plan, deck: Deck, *, reason: str = "") -> CoachSummary:
    """The template's words, without sentences that would not pass.

    Cards of users and titles of foreign exercises end up in sentences; one that the verifier
    refuses is left out, and the reason says so.
    """
    state: CoachState = "failed_to_template" if reason else "passed"
    left_out: list[str] = []
    verified = verify(write(ledger, plan, deck), ledger, plan, deck=deck)
    while verified.state == "failed" and plan.steps:
        bad = next((one for one in verified.problems if one.line >= 0), verified.problems[0])
        left_out.append(bad.what)
        plan = _without(plan, write(ledger, plan, deck), bad.line)
        verified = verify(write(ledger, plan, deck), ledger, plan, deck=deck)
    if left_out and not reason:
        reason = f"A sentence was left out: {left_out[0]}."
    return _summary(verified, ledger, source="template", state=state, reason=reason)


def _without(plan: Plan, draft: Draft, line: int) -> Plan:
    """The plan without the step of this line; without its last one if no line is to blame."""
    steps = list(plan.steps)
    if not 0 <= line < len(draft.lines):
        return replace(plan, steps=tuple(steps[:-1]))
    bad = draft.lines[line]
    for place, step in enumerate(steps):
        if step.slot == bad.slot and step.facts[:1] == bad.facts[:1]:
            del steps[place]
            break
    else:
        steps.pop()
    return replace(plan, steps=tuple(steps))


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
