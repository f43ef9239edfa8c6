"""Questions about a report, answered from its facts or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck
from repsight.coach.checks.claims import forbidden_in
from repsight.coach.choices import ids
from repsight.coach.draft import Slot
from repsight.coach.facts import ledger_of
from repsight.coach.glossary import meaning_of
from repsight.coach.ledger import Ledger
from repsight.coach.past_facts import PastSet
from repsight.coach.planner import Plan, Step, plan_of
from repsight.coach.profile import REFERRAL, Profile, mentions_pain
from repsight.coach.questions import Question, asked, rule_asked
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.core.report import ClipReport, CoachSentence, Fact
from repsight.exercises import catalog

__all__ = ["DO_NOT_KNOW", "NOT_FOR_A_CAMERA", "Answer", "ask"]

#: What is said where the facts do not say it.
DO_NOT_KNOW: Final = (
    "I do not know; the facts of this report do not say. You can ask what counted, what to fix, "
    "what was good, how a rep went, what changed, what could not be judged, and what to do next."
)
#: What is said to questions about a body.
NOT_FOR_A_CAMERA: Final = (
    "Whether something is good or bad for a body is nothing that a camera can see, and not mine "
    "to say; a doctor or a physiotherapist can. I can tell you what I saw of the movement: ask "
    "what to fix, what was good or what to do next."
)
_MOST_SENTENCES: Final = 4
#: Sentences of the summary that answer a kind of question.
_SLOTS: Final = {
    "count": ("overview",),
    "fix": ("fix", "why", "cue"),
    "good": ("praise",),
    "next": ("next",),
    "change": ("change",),
    "history": ("change",),
    "unjudged": ("unjudged", "close"),
    "film": ("camera", "unjudged"),
    "overall": ("overview", "fix", "cue", "praise", "watch"),
    "variation": ("variation",),
    "not_counted": ("not_counted",),
}


#: Slot and kind of phrase for what was found over a set.
_TOLD: Final[dict[str, tuple[Slot, str]]] = {
    "ok": ("answer", "good"),
    "issue": ("fix", "only"),
    "watch": ("watch", "watch"),
}


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
    if mentions_pain(question):
        return Answer((CoachSentence(REFERRAL, "referral", ()),), (), is_known=True)
    cards = deck or builtin_deck()
    ledger = ledger_of(report, profile, history=history)
    plan = plan_of(ledger, cards)
    wanted = _with_last(asked(question), ledger)
    if wanted.is_of_health:
        return Answer((CoachSentence(NOT_FOR_A_CAMERA, "answer", ()),), (), is_known=False)
    if meaning := meaning_of(wanted.text):
        return Answer((CoachSentence(meaning, "answer", ()),), (), is_known=True)
    is_beyond = bool(forbidden_in(wanted.text)[0])
    for steps in () if is_beyond else _candidates(wanted, ledger, plan, cards):
        answer = _verified(steps, ledger, plan, cards)
        if answer is not None:
            return answer
    return Answer((CoachSentence(DO_NOT_KNOW, "answer", ()),), (), is_known=False)


def _with_last(question: Question, ledger: Ledger) -> Question:
    """The question with the number of the last repetition, where that is meant."""
    if not question.is_last or question.rep or "not_counted" in question.kinds:
        return question
    number = _set_of(question, ledger)
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


def _candidates(
    question: Question, ledger: Ledger, plan: Plan, deck: Deck
) -> Iterator[Sequence[Step]]:
    """Ways of answering, the most specific first."""
    number = _set_of(question, ledger)
    rule = _rule(question, ledger, deck, number)
    if "not_counted" in question.kinds:
        yield _about_counting(question, ledger, number)
    if rule and not question.is_how_to:
        yield _about_rule(question, ledger, plan, rule=rule, number=number)
    if "next" in question.kinds and not question.rep:
        yield [step for step in plan.steps if step.slot == "next"]
    if question.is_how_to and rule:
        yield _from_cards(question, ledger, deck, rule=rule, number=number)
        yield _about_rule(question, ledger, plan, rule=rule, number=number)
    if "best" in question.kinds:
        yield _best(ledger, number)
    if "tempo" in question.kinds:
        yield _about_tempo(question, ledger, number)
    yield from _of_the_plan(question, plan)
    if question.rep and not question.kinds and not rule:
        yield _about_rep(question.rep, ledger, number)
    if "exercise" in question.kinds:
        yield [Step("answer", "exercise", ids(ledger.of("exercise")[:1]), set_number=number)]
    elif question.is_how_to:
        yield _from_cards(question, ledger, deck, rule=rule, number=number)


def _of_the_plan(question: Question, plan: Plan) -> Iterator[Sequence[Step]]:
    """What the summary says to a kind of question."""
    named = "not_counted" if question.rep else ""  # answered for this rep, or not at all
    for kind in question.kinds:
        if kind == named:
            return
        steps = [step for step in plan.steps if step.slot in _SLOTS.get(kind, ())]
        if question.set_number:
            steps = [step for step in steps if step.set_number in {0, question.set_number}]
        if kind == "history":
            steps = [step for step in steps if step.job.startswith(("history", "gone"))]
        if steps:
            yield steps


def _set_of(question: Question, ledger: Ledger) -> int:
    """The set that is meant: the named one, else the first that has the repetition."""
    if question.set_number in ledger.sets:
        return question.set_number
    fitting = [n for n in ledger.sets if ledger.rep_totals.get(n, 0) >= question.rep]
    return next(iter(fitting or ledger.sets), 0)


def _rule(question: Question, ledger: Ledger, deck: Deck, number: int) -> str:
    """The rule that is meant: of those judged in this set, else of the rest of its exercise."""
    exercise = ledger.first("exercise", set_number=number)
    name = exercise.metric if exercise else ""
    judged = {
        fact.metric: f"{fact.words['title']} {fact.words['good']}"
        for fact in ledger.of("judgement", set_number=number)
    }
    spec = catalog().get(name)
    known = {rule.id: f"{rule.title} {rule.good}" for rule in spec.book.rules} if spec else {}
    for rules in (judged, known):
        called = {
            rule: f"{words} {_other_names(deck, rule, name)}" for rule, words in rules.items()
        }
        if found := rule_asked(question, called):
            return found
    return ""


def _other_names(deck: Deck, rule: str, exercise: str) -> str:
    card = deck.best("issue", rule, exercise=exercise)
    return f"{' '.join(card.aliases) if card else ''} {rule.replace('_', ' ')}"


def _about_counting(question: Question, ledger: Ledger, number: int) -> list[Step]:
    rejected = list(ledger.of("rejected", set_number=number))
    reps = list(ledger.of("rep", set_number=number))
    if question.rep:
        tries = sorted((*rejected, *reps), key=lambda fact: fact.t_s)
        if question.rep > len(tries):
            return []
        meant = tries[question.rep - 1]
        if meant.kind == "rejected":
            rejected = [meant]
        elif question.rep <= len(reps):
            own = reps[question.rep - 1]
            first = Step("answer", "counted_rep", (own.id,), set_number=number)
            return [first, *(_rejected(fact, number) for fact in rejected[:2])]
    if rejected:
        return [_rejected(fact, number) for fact in rejected]
    count = ledger.first("count", set_number=number)
    return [Step("answer", "all_counted", ids((count,)), set_number=number)] if count else []


def _rejected(fact: Fact, number: int) -> Step:
    return Step("answer", "rejected", (fact.id,), set_number=number)


def _about_rule(
    question: Question, ledger: Ledger, plan: Plan, *, rule: str, number: int
) -> list[Step]:
    """The verdict of the named repetition, else what was found over the set."""
    if question.rep:
        verdicts = ledger.of("verdict", set_number=number, metric=rule)
        return [
            Step("answer", fact.verdict, (fact.id,), rule=rule, set_number=number)
            for fact in verdicts
            if fact.rep == question.rep
        ]
    known = [step for step in plan.steps if step.rule == rule and step.slot != "change"]
    if known:
        return known
    judged = ledger.first("judgement", set_number=number, metric=rule)
    if judged is not None:
        slot, job = _TOLD.get(judged.verdict, ("close", "close"))
        return [Step(slot, job, (judged.id,), rule=rule, set_number=number)]
    gaps = ledger.of("not_judged", set_number=number)
    return [
        Step(
            "unjudged", "view" if gap.words.get("view") else "reason", (gap.id,), set_number=number
        )
        for gap in gaps
        if rule in gap.words.get("rules", "").split(",")
    ]


def _about_tempo(question: Question, ledger: Ledger, number: int) -> list[Step]:
    if question.rep:
        return _about_rep(question.rep, ledger, number)
    held = ledger.of("hold", set_number=number)
    if held:
        return [Step("answer", "hold", (fact.id,), set_number=number) for fact in held]
    tempo = ledger.of("tempo", set_number=number)
    if not tempo:
        reps = ledger.of("rep", set_number=number)
        if not reps:
            return []
        return [
            Step("answer", "tempo_rep", (fact.id,), set_number=number)
            for fact in (reps[0], reps[-1])[: len(reps)]
        ]
    return [Step("answer", "tempo", (fact.id,), set_number=number) for fact in tempo]


def _about_rep(rep: int, ledger: Ledger, number: int) -> list[Step]:
    facts = [fact for fact in ledger.of("rep", set_number=number) if fact.rep == rep]
    steps = [Step("answer", "tempo_rep", ids(facts), set_number=number)] if facts else []
    found = [
        fact
        for fact in ledger.of("verdict", set_number=number)
        if fact.rep == rep and fact.verdict in {"issue", "watch"}
    ]
    return steps + [Step("answer", f.verdict, (f.id,), rule=f.metric, set_number=number)
                    for f in found]  # fmt: skip


def _best(ledger: Ledger, number: int) -> list[Step]:
    """A repetition in which nothing was marked, the one with most verdicts; none if none is."""
    fine: dict[int, int] = {}
    for fact in ledger.of("verdict", set_number=number):
        fine[fact.rep] = fine.get(fact.rep, 0) + (1 if fact.verdict == "ok" else -100)
    clean = [rep for rep, score in fine.items() if score > 0]
    best = max(clean, key=lambda rep: (fine[rep], -rep), default=0)
    facts = [fact for fact in ledger.of("rep", set_number=number) if fact.rep == best]
    return [Step("answer", "best", ids(facts[:1]), set_number=number)] if facts else []


def _from_cards(
    question: Question, ledger: Ledger, deck: Deck, *, rule: str, number: int
) -> list[Step]:
    """What a card says to do, for questions of how; it needs the exercise, and nothing else."""
    exercise = ledger.first("exercise", set_number=number)
    if exercise is None or exercise.metric == "unknown":
        return []
    own = deck.find("issue", rule, exercise=exercise.metric) if rule else ()
    found = own or deck.search(question.text, exercise=exercise.metric, limit=3)
    usable = [card for card in found if card.points and card.topic in {"exercise", "issue"}]
    judged = ledger.first("judgement", set_number=number, metric=rule)
    facts = ids((exercise, judged))
    job = "why" if question.text.startswith("why") and own and own[0].why else "card"
    return [Step("answer", job, facts, (card.id,), set_number=number) for card in usable[:1]]
