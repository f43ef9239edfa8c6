"""A check of cards before a coach speaks from them: whole, plain, without numbers or claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from repsight.coach.cards.model import Card
from repsight.coach.checks.claims import forbidden_in
from repsight.coach.checks.language import reading_grade
from repsight.coach.checks.names import NAMES, without_names
from repsight.coach.checks.number_words import numbers_in, spelled_out
from repsight.coach.profile import EQUIPMENT, LIMITATIONS
from repsight.exercises import catalog

__all__ = ["CardProblem", "check_cards", "missing_cards"]

#: Texts that must be there for a card to be of use, by topic.
_NEEDED: Final = {
    "exercise": ("points",),
    "issue": ("fault", "good", "why", "points", "drills"),
    "variation": ("points",),
    "goal": ("points",),
    "limitation": ("points",),
    "change": ("points",),
    "camera": ("points",),
    "safety": ("points",),
    "equipment": ("points",),
    "experience": ("points",),
    "rejection": ("points",),
}
_CLAUSES: Final = ("fault", "good")
_SENTENCES: Final = ("why", "points", "evidence", "may_say")
#: Told after "Next set:", so they begin small.
_TASKS: Final = ("drills",)
_LONGEST: Final = 200
_HARDEST_GRADE: Final = 10.0
_WHEN: Final = frozenset({"ok", "issue", "watch", "too_close_to_call", "cannot_judge"})
_FILLED: Final = re.compile(r"\{(?!amount\}|limit\}|rep\})[^}]*\}?")


@dataclass(frozen=True, slots=True)
class CardProblem:
    """What is wrong with a card, and in which file it stands."""

    pack: str
    card: str
    what: str

    def __str__(self) -> str:
        return f"{self.pack}: {self.card}: {self.what}"


def check_cards(cards: Iterable[Card]) -> list[CardProblem]:
    """Everything that is wrong with these cards; empty when they can be used."""
    known = tuple(cards)
    counts = Counter(card.id for card in known)
    problems = [
        CardProblem(card.pack, card.id, what)
        for card in known
        for what in (*_structure(card), *_wording(card))
    ]
    problems += [
        CardProblem(card.pack, card.id, "the id is used more than once")
        for card in known
        if counts[card.id] > 1
    ]
    return problems


def missing_cards(cards: Iterable[Card]) -> list[str]:
    """Exercises, rules and variations of the catalog without a card of their own."""
    known = tuple(cards)
    covered = {
        (card.topic, exercise, about)
        for card in known
        if not card.generic
        for exercise in card.exercises
        for about in card.about
    }
    wanted = [
        (topic, spec.id, about)
        for spec in catalog().values()
        for topic, abouts in (
            ("exercise", [spec.id]),
            ("issue", [rule.id for rule in spec.book.rules]),
            ("variation", [variation.id for variation in spec.book.variations]),
        )
        for about in abouts
    ]
    return [f"{topic} {exercise}.{about}" for topic, exercise, about in wanted
            if (topic, exercise, about) not in covered]  # fmt: skip


def _structure(card: Card) -> Iterator[str]:
    if not card.about:
        yield "says not what it is about"
    for field in _NEEDED[card.topic]:
        if not getattr(card, field):
            yield f"has no {field}"
    if not card.sources:
        yield "names no source; write heuristic if it is one"
    if strange := set(card.when) - _WHEN:
        yield f"is for an unknown verdict {min(strange)!r}"
    yield from _ids(card)


def _ids(card: Card) -> Iterator[str]:
    specs = [catalog().get(name) for name in card.exercises]
    rules = {rule.id for spec in specs if spec for rule in spec.book.rules}
    ways = {variation.id for spec in specs if spec for variation in spec.book.variations}
    known = {
        "issue": rules, "variation": ways, "limitation": set(LIMITATIONS),
        "equipment": set(EQUIPMENT), "exercise": set(card.exercises),
        "goal": {"strength", "muscle", "endurance", "technique", "fitness"},
        "experience": {"new", "intermediate", "experienced"},
    }.get(card.topic)  # fmt: skip
    if known is not None and None not in specs and (strange := set(card.about) - known):
        yield f"is about something that does not exist: {min(strange)}"
    if strange := set(card.not_with) - set(LIMITATIONS):
        yield f"knows no limitation {min(strange)!r}"


def _wording(card: Card) -> Iterator[str]:
    specs = [spec for name in card.exercises if (spec := catalog().get(name))]
    own = NAMES.of(specs)
    for field in (*_CLAUSES, *_SENTENCES, *_TASKS):
        texts: tuple[str, ...] = getattr(card, field)
        for text in texts:
            bare = without_names(text.lower(), own)
            yield from (f"{field}: {what}" for what in _of_text(text, bare, field))


def _of_text(text: str, bare: str, field: str) -> Iterator[str]:
    shown = text if len(text) < 50 else f"{text[:47]}..."
    kind, word = forbidden_in(bare)
    if kind:
        yield f"{shown!r} makes a {kind} claim ({word!r})"
    if any(numbers_in(spelled_out(re.sub(r"\{\w+\}", "", text)))):
        yield f"{shown!r} holds a number; numbers come from facts"
    if _FILLED.search(text):
        yield f"{shown!r} asks for something other than amount, limit or rep"
    if len(text) > _LONGEST:
        yield f"{shown!r} is longer than {_LONGEST} characters"
    if field in _CLAUSES and (text[:1].isupper() or text.endswith(".")):
        yield f"{shown!r} is no clause: small letter, no full stop"
    if field in _TASKS and (text[:1].isupper() or not text.endswith(".")):
        yield f"{shown!r} is no task: small letter, full stop"
    if field in _SENTENCES and not (text[:1].isupper() and text.endswith((".", "!", "?"))):
        yield f"{shown!r} is no sentence: capital letter, full stop"
    if len(text.split()) > 12 and reading_grade(text) > _HARDEST_GRADE:
        yield f"{shown!r} is hard to read"
