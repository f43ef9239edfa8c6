"""What a command line and the settings tell the coach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repsight.app.lifter import read_deck, read_profile
from repsight.app.past import past_sets
from repsight.coach.cards.deck import Deck
from repsight.coach.coach import Writer
from repsight.coach.past_facts import PastSet
from repsight.coach.profile import Profile
from repsight.coach.proposals import Judge
from repsight.coach.writers.choose import WriterChoice, writer_for
from repsight.coach.writers.judge import ModelJudge
from repsight.config import Settings
from repsight.errors import UnreadableSource, UserMistake

__all__ = ["ToldCoach", "told_coach"]


@dataclass(frozen=True, slots=True)
class ToldCoach:
    """The lifter, the cards, who words the summary (None: the template) and who asks beside it."""

    lifter: Profile | None
    deck: Deck
    writer: Writer | None
    judge: Judge | None = None
    history: Path | None = None

    def past(self, result: Path | None) -> tuple[PastSet, ...]:
        """The lifter's earlier sets, without those of an older ``result`` of the same clip."""
        if self.history is None:
            return ()
        return past_sets(self.history, before=result or self.history / "no result")


def told_coach(
    settings: Settings, *, profile: Path | None, coach: str | None, may_send: bool,
    asks: bool = False, history: Path | None = None,
) -> ToldCoach:  # fmt: skip
    """Options before settings; UserMistake where one of them cannot be used."""
    path = profile or settings.profile
    choice = WriterChoice(
        coach or settings.coach,
        settings.coach_model,
        settings.coach_key,
        may_send=may_send,
        by_sentence=settings.coach_by_sentence,
    )
    writer = writer_for(choice)
    if asks and writer is None:
        raise UserMistake(
            "The template cannot judge: --coach-asks needs a language model.",
            wanted="--coach with an address, a GGUF file or the folder of a checkpoint.",
            next_step="See: repsight coach models",
        )
    lifter = read_profile(path) if path else None
    if history is not None and not history.is_dir():
        raise UnreadableSource(
            f"{history} is no folder of results.",
            wanted="The folder that --out named in earlier runs.",
            next_step="Leave --history away for a first time.",
        )
    usual = Path(lifter.history) if lifter and lifter.history else None
    return ToldCoach(
        lifter=lifter,
        deck=read_deck(settings.cards),
        writer=writer,
        judge=ModelJudge(writer) if asks and writer else None,
        history=history or usual,
    )
