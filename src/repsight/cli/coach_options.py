"""What a command line and the settings tell the coach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repsight.app.lifter import read_deck, read_profile
from repsight.coach.cards.deck import Deck
from repsight.coach.coach import Writer
from repsight.coach.profile import Profile
from repsight.coach.writers.choose import WriterChoice, writer_for
from repsight.config import Settings

__all__ = ["ToldCoach", "told_coach"]


@dataclass(frozen=True, slots=True)
class ToldCoach:
    """The lifter, the cards and who words the summary (None: the template)."""

    lifter: Profile | None
    deck: Deck
    writer: Writer | None


def told_coach(
    settings: Settings, *, profile: Path | None, coach: str | None, may_send: bool
) -> ToldCoach:
    """Options before settings; UserMistake where one of them cannot be used."""
    path = profile or settings.profile
    choice = WriterChoice(
        coach or settings.coach,
        settings.coach_model,
        settings.coach_key,
        may_send=may_send,
        by_sentence=settings.coach_by_sentence,
    )
    return ToldCoach(
        lifter=read_profile(path) if path else None,
        deck=read_deck(settings.cards),
        writer=writer_for(choice),
    )
