"""Ways of answering a question about a report: which facts, which sentences of the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.checks.evidence import words_of
from repsight.coach.checks.number_words import clocks_in
from repsight.coach.choices import ids
from repsight.coach.draft import Slot
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, Step
from repsight.coach.questions import OF_SPEED, Question, rule_asked
from repsight.core.report import Fact
from repsight.exercises import catalog

__all__ = ["candidates", "set_of"]

_GRAVE: Final = ("issue", "watch", "too_close_to_call")
#: So near a named time must a repetition be to be meant.
_NEAR_S: Final = 3.0
_STEM: Final = 4
_OF_SPEED_JOBS: Final = frozenset(
    {"velocity_loss_falling", "concentric_rising", "concentric_falling", "steady_tempo"}
)
#: Findings about one side against the other.
_OF_SIDES: Final = re.compile(r"\b(?:left|right|one|both|level|even|uneven|sides?)\b")
_ASKS_HOW_MUCH: Final = re.compile(
    r"\b(?:angle|degrees|lean|how (?:far|deep|low|much|high|wide|bent)|depth|measure)\b"
)
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


def candidates(
    question: Question, ledger: Ledger, plan: Plan, deck: Deck
) -> Iterator[Sequence[Step]]:
    """Ways of answering a question, the most specific first; each may be empty."""
    number = set_of(question, ledger)
    rule = _rule(question, ledger, deck, number)
    yield from _of_what_happened(question, ledger, plan, number=number)
    if "film" in question.kinds:
        yield [step for step in plan.steps if step.slot in _SLOTS["film"]]
    if rule and not question.is_how_to:
        yield _about_rule(question, ledger, plan, rule=rule, number=number)
    if "next" in question.kinds and "film" not in question.kinds and not question.rep:
        yield [step for step in plan.steps if step.slot == "next"]
    if question.is_how_to and rule:
        yield _from_cards(question, ledger, deck, rule=rule, number=number)
        yield _about_rule(question, ledger, plan, rule=rule, number=number)
    if "best" in question.kinds:
        yield _best(ledger, number)
    if "worst" in question.kinds:
        yield _worst(ledger, number)
    yield from _of_the_plan(question, plan)
    if question.rep and not question.kinds and not rule:
        yield _about_rep(question.rep, ledger, number)
    if "exercise" in question.kinds:
        yield [Step("answer", "exercise", ids(ledger.of("exercise")[:1]), set_number=number)]
    elif question.is_how_to:
        yield _from_cards(question, ledger, deck, rule=rule, number=number)


def _of_what_happened(
    question: Question, ledger: Ledger, plan: Plan, *, number: int
) -> Iterator[Sequence[Step]]:
    """Answers that stand in one fact: a moment, a count, a measure, a time, a side, a load."""
    if isfinite(question.at_s):
        yield _about_moment(question.at_s, ledger)
    if "not_counted" in question.kinds:
        yield _about_counting(question, ledger, number)
    yield _measured(question, ledger, number)
    if "tempo" in question.kinds:
        yield _about_tempo(question, ledger, number)
    if "sides" in question.kinds:
        yield _about_sides(plan, ledger)
    if "variation" in question.kinds:
        yield [step for step in plan.steps if step.slot == "variation"]
    if "load" in question.kinds:
        yield [Step("answer", "load", ids((ledger.first("load"),)))]


def _of_the_plan(question: Question, plan: Plan) -> Iterator[Sequence[Step]]:
    """What the summary says to a kind of question."""
    named = "not_counted" if question.rep else ""  # answered for this rep, or not at all
    if {"sides", "load"} & set(question.kinds):
        return
    for kind in question.kinds:
        if kind == named:
            return
        steps = [step for step in plan.steps if step.slot in _SLOTS.get(kind, ())]
        if kind == "fix" and not steps:  # nothing to fix is an answer too
            steps = [step for step in plan.steps if step.job in {"clean", "watch"}]
        if kind == "change" and OF_SPEED.search(question.text):
            steps = [step for step in plan.steps if step.job in _OF_SPEED_JOBS]
        if question.set_number:
            steps = [step for step in steps if step.set_number in {0, question.set_number}]
        if kind == "history":
            steps = [step for step in steps if step.job.startswith(("history", "gone"))]
        if steps:
            yield steps


def set_of(question: Question, ledger: Ledger) -> int:
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
    jobs = ("tempo", *("tempo_more" for _ in tempo[1:]))
    return [
        Step("answer", job, (fact.id,), set_number=number)
        for job, fact in zip(jobs, tempo, strict=True)
    ]


def _about_moment(at_s: float, ledger: Ledger) -> list[Step]:
    """The repetition, or the try, that is nearest to a time of the clip."""
    tries = [*ledger.of("rejected"), *ledger.of("rep")]
    near = min(tries, key=lambda fact: abs(_clock_s(fact) - at_s), default=None)
    if near is None or abs(_clock_s(near) - at_s) > _NEAR_S:
        return []
    if near.kind == "rejected":
        return [_rejected(near, near.set_number)]
    return _about_rep(near.rep, ledger, near.set_number)


def _clock_s(fact: Fact) -> float:
    return next(iter(clocks_in(fact.words.get("time", ""))), fact.t_s)


def _about_sides(plan: Plan, ledger: Ledger) -> list[Step]:
    """Where left and right differed; else how many there were of each, or what is not known."""
    told = [step for step in plan.steps if step.job == "difference"]
    counted = [step for step in plan.of("overview") if step.job.startswith("sides")]
    unseen = {fact.id for fact in ledger.of("not_judged") if _OF_SIDES.search(fact.words["titles"])}
    hidden = [step for step in plan.of("unjudged") if unseen & set(step.facts)]
    return (told or counted or hidden)[:1]


def _measured(question: Question, ledger: Ledger, number: int) -> list[Step]:
    """The measure of a repetition that is named: ``what was my knee angle in rep 4?``."""
    if not question.rep or not _ASKS_HOW_MUCH.search(question.text):
        return []
    own = {word[:_STEM] for word in words_of(question.text) if len(word) > _STEM - 1}
    facts = [
        fact
        for fact in ledger.of("rep_measure", set_number=number)
        if fact.rep == question.rep and fact.value > 0
    ]
    scores = {fact.id: _shared(fact, own) for fact in facts}
    best = max(facts, key=lambda fact: scores[fact.id], default=None)
    if best is None or not scores[best.id]:
        return []
    return [Step("answer", "rep_measure", (best.id,), set_number=number)]


def _shared(fact: Fact, words: set[str]) -> int:
    name = {word[:_STEM] for word in words_of(fact.words["name"]) if len(word) > _STEM - 1}
    return len(name & words)


def _worst(ledger: Ledger, number: int) -> list[Step]:
    """The repetition with most marks; none where nothing was marked."""
    marks = Counter(
        fact.rep
        for fact in ledger.of("verdict", set_number=number)
        if fact.verdict in {"issue", "watch"}
    )
    rep = max(marks, key=lambda rep: (marks[rep], -rep), default=0)
    return _about_rep(rep, ledger, number) if rep else []


def _about_rep(rep: int, ledger: Ledger, number: int) -> list[Step]:
    facts = [fact for fact in ledger.of("rep", set_number=number) if fact.rep == rep]
    steps = [Step("answer", "tempo_rep", ids(facts), set_number=number)] if facts else []
    found = [
        fact
        for fact in ledger.of("verdict", set_number=number)
        if fact.rep == rep and fact.verdict in {"issue", "watch", "too_close_to_call"}
    ]
    found.sort(key=lambda fact: _GRAVE.index(fact.verdict))
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
