"""The coach without a model: planned sentences in varied words, numbers only as placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, cast

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import Draft, Line
from repsight.coach.ledger import Ledger
from repsight.coach.naming import inside
from repsight.coach.phrase_bank import phrases
from repsight.coach.planner import Plan, Step
from repsight.coach.profile import REFERRAL
from repsight.core.report import Fact

__all__ = ["write"]

_NAME: Final = re.compile(r"\{([a-z_]+)(\d?)\.([a-z_]+)\}")
#: Texts of a card by the name under which phrases ask for them.
_CARD_TEXTS: Final = {
    "fault": "fault", "good": "good", "why": "why", "point": "points", "drill": "drills",
    "evidence": "evidence", "do": "points",
}  # fmt: skip


def write(ledger: Ledger, plan: Plan, deck: Deck) -> Draft:
    """Word every step of a plan; a step that no phrase fits is left out if it may be."""
    writer = _Writer(ledger, plan, deck)
    lines = (writer.line(step, place) for place, step in enumerate(plan.steps))
    return Draft(tuple(line for line in lines if line is not None), "template")


class _Writer:
    def __init__(self, ledger: Ledger, plan: Plan, deck: Deck) -> None:
        self._ledger = ledger
        self._plan = plan
        self._deck = deck
        self._place = 0
        self._used: set[str] = set()

    def line(self, step: Step, place: int) -> Line | None:
        """The step in words, None if there are none for it."""
        self._place = place
        if step.slot == "referral":
            return Line("referral", REFERRAL, step.facts)
        text = "".join(self._parts(step)).strip()
        if not text:
            return None
        facts = tuple(fact for fact in step.facts if f"{{{fact}" in text) or step.facts[:1]
        facts = tuple(dict.fromkeys((step.facts[0], *facts, *self._silent(step))))
        return Line(step.slot, text, facts, step.cards)

    def _silent(self, step: Step) -> tuple[str, ...]:
        """Facts that a step stands on without a number of theirs being said."""
        if step.slot == "praise":
            return step.facts
        cited = self._ledger.cited(step.facts)
        return tuple(f.id for f in cited if f.kind in {"goal", "past_issue", "exercise", "load"})

    def _parts(self, step: Step) -> Iterator[str]:
        """The main sentence and what may follow it."""
        match step.slot:
            case "fix":
                yield from self._fix_parts(step)
            case "cue":
                told = self._first_of(step, *self._variants(step, step.job))
                point = self._first_of(step, "point")
                yield told or point.strip()
                if told and self._is_chance(1, 3) and not _is_repeated(point, step, self._ledger):
                    yield point
            case "next":
                yield self._first_of(step, *self._variants(step, step.job))
                if "hold" in step.job:
                    return
                more = "drill_load" if step.job == "drill" and self._is_chance(1, 2) else "goal"
                if more == "drill_load" or self._is_chance(1, 2):
                    yield self._first_of(step, more)
            case "variation":
                yield self._first_of(step, step.job)
                about = self._first_of(step, "about")
                if self._is_chance(1, 2) and not _is_repeated(about, step, self._ledger):
                    yield about
            case _:
                yield self._first_of(step, *self._jobs(step))

    def _jobs(self, step: Step) -> tuple[str, ...]:
        """The job itself, then the more general ones that can stand in."""
        base = step.job.removesuffix("_in_set")
        if step.slot == "overview" and step.job in {"counted", "unsure"}:
            count = self._ledger.get(step.facts[0])
            if count is not None and count.value == 1:
                return (f"{step.job}_one", step.job)
        general = "any_one" if step.job.endswith("_one") else "any"
        return (*self._variants(step, step.job, base, f"{base}_plain"), general, "any")

    def _variants(self, step: Step, *jobs: str) -> tuple[str, ...]:
        """The jobs, each after its form for a set of one: nobody says ``in your only rep``."""
        if self._ledger.rep_totals.get(step.set_number) != 1:
            return jobs
        return tuple(form for job in jobs for form in (f"{job}_single", job))

    def _fix_parts(self, step: Step) -> Iterator[str]:
        yield self._first_of(step, *self._variants(step, step.job, f"{step.job}_plain"))
        if self._is_chance(2, 3):
            yield self._first_of(step, "evidence", "evidence_plain")
            if any(fact.kind == "past_issue" for fact in self._ledger.cited(step.facts)):
                yield self._first_of(step, "again")

    def _first_of(self, step: Step, *jobs: str) -> str:
        """A phrase of the first job that has one whose names can all be filled."""
        bank = phrases().get(step.slot, {})
        for job in jobs:
            choices = list(bank.get(job, ()))
            for choice in self._shuffled(choices, f"{step.slot}.{job}"):
                text = self._filled(choice, step)
                if text and text not in self._used:
                    self._used.add(text)
                    return text
        return ""

    def _filled(self, phrase: str, step: Step) -> str:
        """The phrase with names turned into placeholders or card texts; empty if one has none."""
        facts = self._ledger.cited(step.facts)
        ordered = sorted(facts, key=lambda fact: step.facts.index(fact.id))
        missing = False

        def fill(found: re.Match[str]) -> str:
            nonlocal missing
            kind, place, word = found[1], int(found[2] or 1), found[3]
            text = (
                self._card_text(kind, place, word, step)
                if kind in {"card", "goalcard"}
                else _placeholder(ordered, kind, place, word)
            )
            missing = missing or not text
            return text

        text = _NAME.sub(fill, phrase)
        return "" if missing else text

    def _card_text(self, kind: str, place: int, word: str, step: Step) -> str:
        cards = [card for name in step.cards if (card := self._deck.get(name))]
        if kind == "goalcard":
            cards = [card for card in cards if card.topic == "goal"]
        elif word != "point" or step.slot != "limits":
            cards = [card for card in cards if card.topic != "goal"]
        if place > len(cards):
            return ""
        texts = cast("tuple[str, ...]", getattr(cards[place - 1], _CARD_TEXTS[word]))
        cues = {fact.words.get("cue", "") for fact in self._ledger.cited(step.facts)}
        texts = tuple(t for t in texts if self._can_fill(t, step) and t.rstrip(".") not in cues)
        if not texts:
            return ""
        text = texts[self._number(f"card.{word}.{place}") % len(texts)]
        text = inside(text) + "." if word == "do" else text
        return _card_numbers(text, step)

    def _can_fill(self, text: str, step: Step) -> bool:
        """Whether the numbers that a card's sentence asks for are known."""
        fact = self._ledger.get(step.facts[0])
        wanted = re.findall(r"\{(amount|limit|rep)\}", text)
        return fact is not None and all(fact.words.get(name) for name in wanted)

    def _shuffled(self, choices: list[str], salt: str) -> list[str]:
        return sorted(choices, key=lambda text: self._number(f"{salt}|{text}"))

    def _is_chance(self, share: int, of: int) -> bool:
        return self._number("chance") % of < share

    def _number(self, salt: str) -> int:
        """A number that depends on the evidence, the place in the text and what it is for."""
        digest = sha256(f"{self._plan.seed}|{self._place}|{salt}".encode()).digest()
        return int.from_bytes(digest[:6], "big")


def _is_repeated(point: str, step: Step, ledger: Ledger) -> bool:
    """Whether a point says what the cue or the name has said: they share a longer word."""
    told = [fact.words.get(key, "") for fact in ledger.cited(step.facts) for key in ("cue", "name")]
    return any(word in " ".join(told).lower() for word in re.findall(r"[a-z]{5,}", point.lower()))


def _placeholder(facts: Sequence[Fact], kind: str, place: int, word: str) -> str:
    same = [fact for fact in facts if fact.kind == kind]
    if place > len(same) or not same[place - 1].words.get(word):
        return ""
    fact = same[place - 1]
    return f"{{{fact.id}}}" if word == "amount" else f"{{{fact.id}.{word}}}"


def _card_numbers(text: str, step: Step) -> str:
    """``{amount}`` of a card's sentence as the placeholder of the fact it is about."""
    return re.sub(r"\{(amount|limit|rep)\}", lambda m: f"{{{step.facts[0]}.{m[1]}}}", text)
