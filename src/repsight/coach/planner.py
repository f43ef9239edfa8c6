"""What to say and in which order, decided without words: fixes, praise, changes, what next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.model import Card
from repsight.coach.choices import (
    CHANGE_ORDER,
    apart,
    card_ids,
    concerns,
    ids,
    place_of,
    praise_job,
    turned,
)
from repsight.coach.draft import Slot
from repsight.coach.ledger import Ledger
from repsight.coach.next_step import NextStep
from repsight.core.report import Fact

__all__ = ["MOST_FIXES", "Plan", "Step", "plan_of"]

#: More than two corrections at once are not heard.
MOST_FIXES: Final = 2
_MOST_PRAISE: Final = 2
_MOST_CHANGES: Final = 2
_MOST_SETS_TOLD: Final = 4
#: A fault that was there in the last set too is this much more important (heuristic).
_AGAIN: Final = 1.25
#: Ways of doing it that nobody needs to be told of unasked.
_PLAIN: Final = frozenset({"standard", "conventional", "strict", "bodyweight", "barbell"})


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence to be written: its slot, which kind of it, and what it may stand on.

    ``facts`` come in the order of importance; the first must be cited. ``rule`` is the issue
    that a fix, why or cue belongs to. A step that is not ``required`` may be left out.
    """

    slot: Slot
    job: str
    facts: tuple[str, ...]
    cards: tuple[str, ...] = ()
    rule: str = ""
    set_number: int = 0
    required: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will be said, in order, and what surrounds it.

    ``fixes`` are the rules to work on. ``cards`` reach a model's prompt whether used or not: the
    safety and limitation cards are always among them. ``is_unsure`` says that the exercise was
    not recognised surely; ``seed`` chooses the wording.
    """

    steps: tuple[Step, ...]
    fixes: tuple[str, ...]
    cards: tuple[str, ...]
    exercises: tuple[str, ...]
    is_unsure: bool
    seed: int

    def of(self, slot: Slot) -> tuple[Step, ...]:
        """The steps of one slot."""
        return tuple(step for step in self.steps if step.slot == slot)


def plan_of(ledger: Ledger, deck: Deck) -> Plan:
    """Decide what is said about a clip; the same ledger and deck give the same plan."""
    told = _Teller(ledger, deck)
    steps = tuple(told.steps())
    used = [card for step in steps for card in step.cards]
    limits = [fact.metric for fact in ledger.of("limitation")]
    always = [card.id for card in deck.always(limits)]
    exercises = tuple(dict.fromkeys(fact.metric for fact in ledger.of("exercise")))
    return Plan(
        steps=steps,
        fixes=tuple(fact.metric for fact in told.fixes),
        cards=tuple(dict.fromkeys((*used, *always))),
        exercises=exercises,
        is_unsure=any(fact.verdict == "unsure" for fact in ledger.of("exercise")),
        seed=told.seed,
    )


class _Teller:
    """The choices for one ledger."""

    def __init__(self, ledger: Ledger, deck: Deck) -> None:
        self._ledger = ledger
        self._deck = deck
        self._exercise = {fact.set_number: fact.metric for fact in ledger.of("exercise")}
        self._praised = set[str]()
        self.seed = ledger.seed
        self.fixes = self._chosen_fixes()
        self._focus = self.fixes[0].set_number if self.fixes else self._fullest()

    def steps(self) -> Iterator[Step]:
        """Every sentence in its order."""
        nobody = self._ledger.first("nobody")
        nothing = nobody or self._ledger.first("nothing")
        if nothing is not None:
            exercise = self._ledger.first("exercise")
            yield Step("overview", nothing.kind, ids((nothing, exercise)))
            yield from self._referral()
            yield from self._how_to_film(nothing)
            return
        yield from self._overviews()
        yield from self._not_counted()
        yield from self._clean()
        yield from self._fixes()
        yield from self._praise()
        yield from self._watched()
        yield from self._changes()
        yield from self._variations()
        yield from self._unjudged()
        yield from self._limits_step()
        yield from self._referral()
        yield from self._next()
        yield from self._camera(is_all=False)

    def _fullest(self) -> int:
        """The last of the sets with more than one repetition; the last of all without one."""
        sets = self._ledger.sets
        known = [n for n in sets if self._exercise.get(n) != "unknown"] or sets
        full = [n for n in known if self._ledger.rep_totals.get(n, 0) > 1]
        return max(full or known, default=0)

    # What was done.

    def _overviews(self) -> Iterator[Step]:
        sets = self._ledger.sets
        several = self._ledger.first("set_count")
        if several is not None and len(sets) > _MOST_SETS_TOLD:
            counts = self._ledger.of("count")
            yield Step("overview", "many_sets", ids((several, *counts)))
            return
        for number in sets:
            yield self._overview(number, is_one_of_many=len(sets) > 1)

    def _overview(self, number: int, *, is_one_of_many: bool) -> Step:
        ledger = self._ledger
        exercise = ledger.first("exercise", set_number=number)
        count = ledger.first("count", set_number=number)
        held = ledger.first("held", set_number=number)
        sides = ledger.of("side_count", set_number=number)
        unsure = exercise is not None and exercise.verdict == "unsure"
        job = "counted"
        if held is not None:
            job = "held" if count and count.value == 1 else "held_more"
            job = "held_unsure" if unsure else job
        elif count is not None and count.value == 0:
            job = "none_counted_unsure" if unsure else "none_counted"
        elif exercise is not None and exercise.metric == "unknown":
            job = "unknown"
        elif unsure:
            job = "unsure"
        elif sides:
            job = "sides" if len(sides) == 2 else "one_side"
        if is_one_of_many:
            job = f"{job}_in_set"
        facts = (count, exercise, held, *sides)
        if is_one_of_many:
            facts = (*facts, ledger.first("set_count"))
        return Step("overview", job, ids(facts), set_number=number)

    def _not_counted(self) -> Iterator[Step]:
        for count in self._ledger.of("rejected_count"):
            number = count.set_number
            rejected = self._ledger.of("rejected", set_number=number)
            reasons = {fact.metric for fact in rejected}
            job = next(iter(reasons)) if len(reasons) == 1 else "mixed"
            card = self._deck.best("rejection", rejected[0].metric) if rejected else None
            job = f"{job}_one" if len(rejected) == 1 else job
            yield Step(
                "not_counted", job, ids((count, *rejected)), card_ids((card,)), set_number=number
            )
            return  # one sentence on this is enough

    # What was good and what was not.

    def _judgements(self, verdict: str) -> list[Fact]:
        return [fact for fact in self._ledger.of("judgement") if fact.verdict == verdict]

    def _weight(self, fact: Fact) -> float:
        judged = float(fact.words.get("judged", "1") or 1)
        share = max(len(fact.reps), 1) / max(judged, 1.0)
        past = self._ledger.first("past_issue", set_number=fact.set_number, metric=fact.metric)
        return max(fact.severity, 0.01) * share * (_AGAIN if past else 1.0)

    def _chosen_fixes(self) -> tuple[Fact, ...]:
        experience = self._ledger.first("experience")
        most = 1 if experience is not None and experience.metric == "new" else MOST_FIXES
        chosen: dict[str, Fact] = {}
        ranked = sorted(
            self._judgements("issue"), key=lambda fact: (-self._weight(fact), fact.metric)
        )
        for fact in ranked:
            chosen.setdefault(fact.metric, fact)
        return tuple(list(chosen.values())[:most])

    def _praise(self) -> Iterator[Step]:
        flagged = {f.metric for f in self._ledger.of("judgement") if f.verdict != "ok"}
        good = [fact for fact in self._judgements("ok") if fact.metric not in flagged]
        steady = [fact for fact in self._ledger.of("steady") if self._stayed(fact)]
        named = [fact for fact in good if self._can_be_praised(fact)]
        kept = apart(turned(named, self.seed))[: _MOST_PRAISE if not steady else 1]
        if kept:
            cards = [self._issue_card(fact) for fact in kept]
            number = kept[0].set_number
            kept = [fact for fact in kept if fact.set_number == number]
            job = praise_job(kept)
            self._praised |= {fact.id for fact in kept}
            yield Step("praise", job, ids(kept), card_ids(cards), set_number=number,
                       required=False)  # fmt: skip
        for fact in turned(steady, self.seed)[:1]:
            yield Step("praise", f"steady_{fact.metric}", ids((fact,)),
                       set_number=fact.set_number, required=False)  # fmt: skip

    def _clean(self) -> Iterator[Step]:
        """The verdict on a set without a fault: it comes before what was good in it."""
        good = self._judgements("ok")
        flagged = {fact.metric for fact in self._ledger.of("judgement") if fact.verdict != "ok"}
        good = [fact for fact in good if fact.metric not in flagged]
        if good and not self.fixes and not self._judgements("watch"):
            yield Step("praise", "clean", ids(good), set_number=good[0].set_number)

    def _stayed(self, fact: Fact) -> bool:
        """Whether nothing else that is told says that it changed."""
        number, ledger = fact.set_number, self._ledger
        if fact.metric == "range":
            return ledger.first("trend", set_number=number, metric="range_share") is None
        lifting = ledger.first("trend", set_number=number, metric="concentric")
        return lifting is None and ledger.first("velocity_loss", set_number=number) is None

    def _can_be_praised(self, fact: Fact) -> bool:
        card = self._issue_card(fact)
        has_words = bool(fact.words.get("good") or (card and card.good))
        is_clear = fact.excess <= -fact.error  # inside by less is no reason for praise
        return has_words and len(fact.reps) >= 1 and is_clear

    def _issue_card(self, fact: Fact) -> Card | None:
        exercise = self._exercise.get(fact.set_number, "")
        return self._deck.best("issue", fact.metric, exercise=exercise)

    def _fixes(self) -> Iterator[Step]:
        for place, fact in enumerate(self.fixes):
            card = self._issue_card(fact)
            cards, number = card_ids((card,)), fact.set_number
            again = self._ledger.first("past_issue", set_number=number, metric=fact.metric)
            job = ("first", "second")[place] if len(self.fixes) > 1 else "only"
            yield Step("fix", job, ids((fact, again)), cards, fact.metric, number)
            if self._ledger.first("referral") is not None:
                continue  # who is in trouble is not told how to go on
            if card is not None and card.why and place == 0:
                yield Step("why", "why", ids((fact,)), cards, fact.metric, number, required=False)
            if fact.words.get("cue") or (card is not None and card.points):
                yield Step("cue", job, ids((fact,)), cards, fact.metric, number)

    def _watched(self) -> Iterator[Step]:
        watched = sorted(self._judgements("watch"), key=lambda f: (-self._weight(f), f.metric))
        taken = {fact.metric for fact in self.fixes}
        for fact in [fact for fact in watched if fact.metric not in taken][:1]:
            cards = card_ids((self._issue_card(fact),))
            yield Step("watch", "watch", ids((fact,)), cards, fact.metric, fact.set_number)
        close = self._judgements("too_close_to_call")
        for fact in [fact for fact in close if fact.metric not in taken][:1]:
            cards = card_ids((self._issue_card(fact),))
            yield Step("close", "close", ids((fact,)), cards, fact.metric, fact.set_number)

    # What changed, what was different on purpose, what stays open.

    def _changes(self) -> Iterator[Step]:
        ledger, number = self._ledger, self._focus
        trends = ledger.of("trend", set_number=number)
        found = [*ledger.of("velocity_loss", set_number=number),
                 *(f for f in trends if f.metric in CHANGE_ORDER or f.unit == "deg")]  # fmt: skip
        if any(fact.kind == "velocity_loss" for fact in found):
            found = [fact for fact in found if fact.metric != "concentric"]
        found.sort(key=lambda fact: (place_of(fact.metric), fact.metric))
        past = ledger.of("history", set_number=number)
        for fact in found[: 1 if past else _MOST_CHANGES]:
            known = fact.metric in CHANGE_ORDER
            job = f"{fact.metric}_{fact.verdict}" if known else f"measure_{fact.verdict}"
            card = self._deck.best("change", f"{fact.metric}_{fact.verdict}")
            yield Step("change", job, ids((fact,)), card_ids((card,)), set_number=number,
                       required=False)  # fmt: skip
        for fact in ledger.of("difference", set_number=number):
            yield Step("change", "difference", ids((fact,)), set_number=number, required=False)
        count = ledger.first("count", set_number=number)
        for fact in past[:_MOST_CHANGES] if count and count.value else ():
            known = fact.metric in {"reps", "held"}
            kind = fact.metric if known else "time" if fact.unit == "s" else "measure"
            yield Step("change", f"history_{kind}_{fact.verdict}", ids((fact,)),
                       set_number=number, required=False)  # fmt: skip
        yield from self._gone(number)

    def _gone(self, number: int) -> Iterator[Step]:
        """An issue of the last set that every judged rep is free of now."""
        fine = {fact.metric: fact for fact in self._judgements("ok") if fact.set_number == number}
        for past in self._ledger.of("past_issue", set_number=number):
            fact = fine.get(past.metric)
            if fact is not None and fact.id not in self._praised:
                cards = card_ids((self._issue_card(fact),))
                yield Step("change", "gone", ids((fact, past)), cards, past.metric, number,
                           required=False)  # fmt: skip
                return

    def _variations(self) -> Iterator[Step]:
        ways = self._ledger.of("variation", set_number=self._focus)
        exercise = self._exercise.get(self._focus, "")
        name = self._ledger.first("exercise", set_number=self._focus)
        own = name.words.get("name", "") if name else ""
        told = [f for f in ways if f.metric not in _PLAIN and f.words.get("name") != own]
        for fact in [*(f for f in ways if f.verdict == "declared"), *told][:1]:
            card = self._deck.best("variation", fact.metric, exercise=exercise)
            job = "declared" if fact.verdict == "declared" else "seen"
            yield Step("variation", job, ids((fact,)), card_ids((card,)),
                       set_number=fact.set_number, required=False)  # fmt: skip

    def _unjudged(self) -> Iterator[Step]:
        judged = [f for f in self._ledger.of("judgement") if f.set_number == self._focus]
        gaps = sorted(
            self._ledger.of("not_judged", set_number=self._focus),
            key=lambda fact: not fact.words.get("view"),  # what the lifter can change comes first
        )
        exercise = self._ledger.first("exercise", set_number=self._focus)
        count = self._ledger.first("count", set_number=self._focus)
        if not judged and count is not None and count.value > 0:
            if exercise is not None and exercise.metric == "unknown":
                yield Step("unjudged", "unknown", ids((exercise,)), set_number=self._focus)
            else:
                yield Step("unjudged", "all", ids((*gaps[:1], exercise)), set_number=self._focus)
            return
        for fact in gaps[:1]:
            job = "view" if fact.words.get("view") else "reason"
            yield Step("unjudged", job, ids((fact,)), set_number=self._focus)

    def _limits_step(self) -> Iterator[Step]:
        if self._ledger.first("referral") is not None:
            return
        own = self._exercise.get(self._focus, "")
        known = [fact for fact in self._ledger.of("limitation") if concerns(fact.metric, own)]
        for fact in known[:1]:
            card = self._deck.best("limitation", fact.metric)
            if card is not None:
                yield Step("limits", fact.metric, ids((fact,)), (card.id,), required=False)

    def _referral(self) -> Iterator[Step]:
        fact = self._ledger.first("referral")
        if fact is not None:
            yield Step("referral", "referral", ids((fact,)))

    # What next.

    def _next(self) -> Iterator[Step]:
        number = self._focus
        known = self._ledger.first("exercise", set_number=number) is not None
        if not known or self._ledger.first("referral") is not None:
            return
        first = self.fixes[0] if self.fixes else None
        card = self._issue_card(first) if first else None
        job, facts, cards = NextStep(self._ledger, self._deck, number).chosen(first, card)
        yield Step("next", job, ids(facts), card_ids(cards), set_number=number)

    def _how_to_film(self, nothing: Fact) -> Iterator[Step]:
        """What to change where nothing could be counted: there is always something."""
        found = list(self._camera(is_all=True))
        yield from found
        if not found:
            yield Step("next", "film_set", (nothing.id,))

    def _camera(self, *, is_all: bool) -> Iterator[Step]:
        reshoot = self._ledger.first("reshoot")
        notes = sorted(self._ledger.of("quality"), key=lambda fact: fact.verdict != "bad")
        note = next((fact for fact in notes if fact.words.get("advice")), None)
        card = self._deck.best("camera", note.metric) if note else None
        if note is None and reshoot is None:
            return
        if is_all:
            yield Step("camera", "again", ids((note, reshoot)), card_ids((card,)),
                       required=False)  # fmt: skip
        elif note is not None:
            yield Step("camera", note.verdict, ids((note, reshoot)), card_ids((card,)),
                       required=False)  # fmt: skip
