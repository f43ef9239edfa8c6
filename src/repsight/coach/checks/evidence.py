"""One sentence together with everything it may stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from repsight.coach.cards.model import Card
from repsight.coach.checks.names import NAMES, without_names
from repsight.coach.draft import Line
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, Step
from repsight.core.report import Fact
from repsight.core.spec import ExerciseSpec

__all__ = ["DESCRIBING", "Problem", "Said", "rule_texts", "words_of"]

#: Slots that say what happened; the others say what to do.
DESCRIBING: Final = frozenset(
    {"overview", "not_counted", "praise", "fix", "watch", "close", "change", "variation",
     "answer", "question"}
)  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a draft is refused: a short code, the line it is in (-1: the whole), and words."""

    code: str
    line: int
    what: str


@dataclass(frozen=True)
class Said:
    """A rendered line, its step of the plan, and what it cites.

    ``support`` is every trusted text that the line may repeat: facts, cards, and the rules of
    the exercise that the facts are about.
    """

    index: int
    line: Line
    text: str
    step: Step
    facts: tuple[Fact, ...]
    cards: tuple[Card, ...]
    specs: tuple[ExerciseSpec, ...]
    ledger: Ledger
    plan: Plan

    @property
    def slot(self) -> str:
        """The job of the sentence."""
        return self.line.slot

    @property
    def is_describing(self) -> bool:
        """Whether the sentence says what happened, not what to do."""
        return self.slot in DESCRIBING

    @cached_property
    def low(self) -> str:
        """The text in small letters with plain apostrophes."""
        return self.text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()

    @cached_property
    def bare(self) -> str:
        """``low`` without names of exercises, which contain words such as good and glute."""
        return without_names(self.low, NAMES.of(self.specs))

    @cached_property
    def support(self) -> str:
        """All trusted text behind the line, in small letters."""
        parts: list[str] = []
        for fact in self.facts:
            parts += [fact.text, fact.metric.replace("_", " "), *fact.words.values()]
            parts += rule_texts(fact, self.specs)
        parts += [card.text for card in self.cards]
        parts += [" ".join(card.aliases) for card in self.cards]
        return " ".join(parts).lower()

    def problem(self, code: str, what: str) -> Problem:
        """A problem of this line."""
        return Problem(code, self.index, what)

    def total(self) -> int:
        """Repetitions (or holds) of the set that the line is about; 0 where unknown."""
        numbers = {fact.set_number for fact in self.facts} - {0}
        return max((self.ledger.rep_totals.get(number, 0) for number in numbers), default=0)


def rule_texts(fact: Fact, specs: Iterable[ExerciseSpec]) -> Iterator[str]:
    """What the rule book says of a finding: its title, its praise, its cue, its joints."""
    if fact.kind not in {"judgement", "verdict", "not_judged", "past_issue"}:
        return
    for spec in specs:
        for rule in spec.book.rules:
            if rule.id == fact.metric:
                yield from (rule.title, rule.good, rule.cue, " ".join(rule.joints))


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.lower() for word in _WORD.findall(text)]
