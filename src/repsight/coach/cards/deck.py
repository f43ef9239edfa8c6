"""All cards at hand: found by what they are about, then by the words of a question."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from repsight.coach.cards.model import Card

__all__ = ["Deck"]

_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Deck:
    """Cards, those of users before those of the package where both answer."""

    cards: tuple[Card, ...]

    def __contains__(self, card_id: object) -> bool:
        return card_id in self._by_id

    def get(self, card_id: str) -> Card | None:
        """The card with this id, None if there is none."""
        return self._by_id.get(card_id)

    def with_packs(self, cards: Iterable[Card]) -> Deck:
        """The same deck with cards of users on top; a card of the same id is replaced."""
        own = tuple(cards)
        taken = {card.id for card in own}
        return Deck((*own, *(card for card in self.cards if card.id not in taken)))

    def find(self, topic: str, about: str, *, exercise: str = "") -> tuple[Card, ...]:
        """Cards on this, those of this very exercise first, generic ones last."""
        found = [
            card
            for card in self._by_topic.get(topic, ())
            if about in card.about and (not card.exercises or exercise in card.exercises)
        ]
        return tuple(sorted(found, key=lambda card: (card.generic, not card.exercises)))

    def best(self, topic: str, about: str, *, exercise: str = "") -> Card | None:
        """The first of ``find``, None if there is no such card."""
        return next(iter(self.find(topic, about, exercise=exercise)), None)

    def always(self, limitations: Iterable[str] = ()) -> tuple[Card, ...]:
        """The safety cards and those of the lifter's limitations: no request goes without."""
        told = set(limitations)
        return tuple(
            card
            for card in self.cards
            if card.topic == "safety" or (card.topic == "limitation" and told & set(card.about))
        )

    def search(self, text: str, *, exercise: str = "", limit: int = 8) -> tuple[Card, ...]:
        """Cards of this exercise or of any that share words with a text, best first (BM25)."""
        words = sorted(set(_WORD.findall(text.lower())))[:40]
        if not words or limit < 1:
            return ()
        query = " OR ".join(f'"{word}"' for word in words)
        with closing(self._index.cursor()) as cursor:
            rows: list[tuple[int]] = cursor.execute(
                "SELECT rowid FROM card WHERE card MATCH ? ORDER BY bm25(card), rowid", (query,)
            ).fetchall()
        ranked = (self.cards[row[0]] for row in rows)
        fitting = [card for card in ranked if not card.exercises or exercise in card.exercises]
        return tuple(fitting[:limit])

    @cached_property
    def _by_id(self) -> dict[str, Card]:
        return {card.id: card for card in self.cards}

    @cached_property
    def _by_topic(self) -> dict[str, list[Card]]:
        found: dict[str, list[Card]] = {}
        for card in self.cards:
            found.setdefault(card.topic, []).append(card)
        return found

    @cached_property
    def _index(self) -> sqlite3.Connection:
        index = sqlite3.connect(":memory:", check_same_thread=False)
        index.execute("CREATE VIRTUAL TABLE card USING fts5(text, tokenize='porter unicode61')")
        rows = (
            (i, f"{card.id} {' '.join((*card.about, *card.aliases))} {card.text}")
            for i, card in enumerate(self.cards)
        )
        index.executemany("INSERT INTO card(rowid, text) VALUES (?, ?)", rows)
        return index
