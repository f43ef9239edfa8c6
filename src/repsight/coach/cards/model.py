"""A card of the knowledge base: what a coach knows about one thing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

__all__ = ["LISTS", "TOPICS", "Card", "Topic"]

Topic = Literal[
    "exercise", "issue", "variation", "goal", "experience", "equipment", "limitation", "safety",
    "camera", "change", "rejection",
]  # fmt: skip
TOPICS: Final[tuple[str, ...]] = get_args(Topic)


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    ``about`` are the ids it answers to: rules, variations, a goal, a limitation, a note on the
    picture. ``exercises`` limits it; empty means any. ``when`` are the verdicts it may be used
    for (evidence conditions); empty means any. The texts are clauses and sentences in the second
    person without numbers: ``fault`` and ``good`` say what was seen ("you stopped above
    parallel"), ``why`` is the reason it matters, ``points`` how to do it, ``drills`` what to do
    next, ``evidence`` a sentence with ``{amount}`` and ``{limit}``. ``aliases`` are other names
    of the fault, ``may_say`` the interpretations that the evidence allows, ``never_say`` what it
    does not. ``not_with`` are limitations with which its drills are left out. ``generic`` marks
    a stopgap. ``pack`` is the file it came from.
    """

    id: str
    topic: str
    about: tuple[str, ...]
    exercises: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    fault: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    drills: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    may_say: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    generic: bool = False
    is_builtin: bool = False
    pack: str = ""

    @property
    def text(self) -> str:
        """Everything on the card that may be said, for searching and for support of claims."""
        parts = (*self.fault, *self.good, *self.why, *self.points, *self.drills, *self.evidence,
                 *self.may_say)  # fmt: skip
        return " ".join(parts)


#: Fields of a card that are lists of texts.
LISTS: Final = tuple(
    field.name for field in fields(Card) if field.default == () or field.name == "about"
)
