"""Small choices of the planner: what comes first, and ids of what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from repsight.coach.cards.model import Card
from repsight.core.report import Fact
from repsight.exercises import catalog

__all__ = [
    "CHANGE_ORDER",
    "apart",
    "card_ids",
    "concerns",
    "ids",
    "place_of",
    "praise_job",
    "turned",
]

#: Changes that are told before others: what every lifter feels.
CHANGE_ORDER: Final = ("velocity_loss", "range_share", "concentric", "eccentric", "pause")
#: Limitations that concern only the exercises that judge this joint; the others concern all.
_JOINTS: Final = frozenset({"knee", "shoulder", "hip", "ankle", "wrist", "elbow"})


def ids(facts: Iterable[Fact | None]) -> tuple[str, ...]:
    """Ids of the facts that there are."""
    return tuple(fact.id for fact in facts if fact is not None)


def card_ids(cards: Iterable[Card | None]) -> tuple[str, ...]:
    """Ids of the cards that there are."""
    return tuple(card.id for card in cards if card is not None)


def place_of(metric: str) -> int:
    """Where a change stands in the order of telling."""
    return CHANGE_ORDER.index(metric) if metric in CHANGE_ORDER else len(CHANGE_ORDER)


def turned(facts: Sequence[Fact], seed: int) -> list[Fact]:
    """The facts from another start, so that it is not always the same that is praised."""
    if not facts:
        return []
    start = seed % len(facts)
    return [*facts[start:], *facts[:start]]


def apart(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those that speak of the same part of the body as an earlier one."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        about = (fact.words.get("good") or fact.words.get("title") or fact.metric).split()[0]
        kept.setdefault(about, fact)
    return list(kept.values())


def praise_job(kept: Sequence[Fact]) -> str:
    """How to praise one or two things: together where the same repetitions had them."""
    if len(kept) < 2:
        return "one"
    where = {fact.words.get("reps", "") for fact in kept}
    if len(where) > 1:
        return "two_apart"
    return "two_every" if "every" in next(iter(where)) else "two"


def concerns(limitation: str, exercise: str) -> bool:
    """Whether an exercise moves what the lifter told to mind; of an unknown one nobody knows."""
    spec = catalog().get(exercise)
    if spec is None or limitation not in _JOINTS:
        return True
    return any(limitation in rule.joints for rule in spec.book.rules)
