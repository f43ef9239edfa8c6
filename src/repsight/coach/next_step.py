"""What the next set should be, from what was found, the goal, the load and the limitations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.cards.model import Card
from repsight.coach.ledger import Ledger
from repsight.core.report import Fact

__all__ = ["Choice", "NextStep"]

#: Loss of speed at which a set is usually ended, in percent, by goal. Bands by goal after Jukic
#: 2023 and Pareja-Blanco 2017; the single figures are heuristic.
_LOSS_LIMIT: Final = {"strength": 25.0, "muscle": 40.0, "": 40.0}
#: Slower than this at the end, a set leaves little room for one more repetition (heuristic).
_SLOWED: Final = 20.0
#: A set that lost more of its range than this is repeated before anything is added (heuristic).
_SHORTENED: Final = 10.0

#: The job of the sentence, the facts it stands on, the cards it may use.
Choice = tuple[str, tuple[Fact | None, ...], tuple[Card | None, ...]]


@dataclass(frozen=True)
class NextStep:
    """The choice for one set of a ledger."""

    ledger: Ledger
    deck: Deck
    number: int

    def chosen(self, fix: Fact | None, card: Card | None) -> Choice:
        """What to do after a set whose first fix is ``fix`` (None: none) with this card."""
        exercise, count = self._own("exercise"), self._own("count")
        if exercise is not None and exercise.metric == "unknown":
            return "name_it", (exercise,), ()
        if count is None or count.value == 0:
            return "none_counted", (exercise, self._own("rejected")), ()
        if self._own("judgement") is None:
            gaps = self.ledger.of("not_judged", set_number=self.number)
            seen = next((gap for gap in gaps if gap.words.get("view")), next(iter(gaps), None))
            return "film_again", (exercise, seen), ()
        if fix is not None:
            return self._with_fix(fix, card)
        job, facts = next(self._without_fix())
        return job, facts, (self._goal_card,)

    def _with_fix(self, fix: Fact, card: Card | None) -> Choice:
        limits = {fact.metric for fact in self.ledger.of("limitation")}
        usable = card if card and card.drills and not limits & set(card.not_with) else None
        load = self.ledger.first("load")
        job = "drill" if usable else "refine_load" if load else "refine"
        return job, (fix, self._target("same"), load), (usable, self._goal_card)

    def _without_fix(self) -> Iterator[tuple[str, tuple[Fact | None, ...]]]:
        """What could be next, the first that fits first."""
        load, loss = self.ledger.first("load"), self._own("velocity_loss")
        same, goal = self._target("same"), self._goal.metric if self._goal else ""
        lost = loss.value - loss.error if loss else 0.0
        if "ok" not in self._verdicts:
            job = "repeat_open" if same else "repeat_open_hold"
            yield job, (same or self._own("count"),)
        fewer = self._target("fewer")
        if loss is not None and fewer and load and lost > _LOSS_LIMIT.get(goal, 100.0):
            yield "stop_earlier", (loss, fewer, load)
        if longer := self._target("longer"):
            yield "hold_longer", (longer,)
        if self._is_one and load is None and "watch" not in self._verdicts:
            yield "one_rep", (same, self._own("count"))
        if "watch" in self._verdicts:
            yield "repeat", (same, load)
        if loss is not None and lost > _SLOWED:
            yield "repeat_slowed", (same, loss)
        shorter = self.ledger.first("trend", set_number=self.number, metric="range_share")
        if shorter is not None and shorter.value + shorter.error < -_SHORTENED:
            yield "repeat_range", (same, shorter)
        if load is not None and goal in {"", "strength", "muscle"}:
            yield "add_load", (load, same)
        if goal == "technique":
            yield "slow_down", (same,)
        yield "add_rep", (self._target("more"), same)

    @property
    def _is_one(self) -> bool:
        count = self._own("count")
        return count is not None and count.value == 1

    @property
    def _verdicts(self) -> set[str]:
        judged = self.ledger.of("judgement", set_number=self.number)
        return {fact.verdict for fact in judged}

    @property
    def _goal(self) -> Fact | None:
        return self.ledger.first("goal")

    @property
    def _goal_card(self) -> Card | None:
        return self.deck.best("goal", self._goal.metric) if self._goal else None

    def _own(self, kind: str) -> Fact | None:
        return self.ledger.first(kind, set_number=self.number)

    def _target(self, metric: str) -> Fact | None:
        return self.ledger.first("target", set_number=self.number, metric=metric)
