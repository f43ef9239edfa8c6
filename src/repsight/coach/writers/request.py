"""What a language model is asked: the plan as slots to fill, and a schema for the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import Draft, Line
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, Step
from repsight.coach.template import write
from repsight.core.report import Fact

__all__ = ["CONSENT", "Request", "Schema", "request_of"]

Schema = Mapping[str, object]

#: What somebody agrees to who lets a coach on another machine word the summary.
CONSENT: Final = (
    "A coach on another machine gets the numbered facts of this report in words (counts, "
    "measurements, verdicts, goal, limitations from the list, load) and nothing else: no picture, "
    "no video, no body points, no name of a file and none of your notes."
)
_RULES: Final = (
    "You word the summary of a training set. You get planned sentences in order. Reword each one "
    "in plain, warm, specific English for the lifter. Keep its meaning, and keep every {F...} "
    "placeholder that it has: code puts the numbers in. Never write a digit or a number word of "
    "your own. Add no fact, cause, fault, praise or advice that the sentence does not have. "
    "Nothing about health, pain, injury, muscles, calories or safety. Sentences of the slot "
    "'referral' stay word for word. Answer with JSON only: "
    '{"lines": [{"slot": "...", "text": "...", "facts": ["F1"], "cards": []}, ...]}, one entry '
    "for each planned sentence, in the same order, with its slot, facts and cards as given."
)


@dataclass(frozen=True, slots=True)
class Request:
    """Instructions, the evidence as JSON text, the JSON Schema and the length of the answer."""

    rules: str
    evidence: str
    schema: Schema
    most_tokens: int = 2048

    @property
    def messages(self) -> list[dict[str, str]]:
        """The conversation to send."""
        return [
            {"role": "system", "content": self.rules},
            {"role": "user", "content": self.evidence},
        ]

    def with_complaint(self, what: str) -> Request:
        """The same request after an answer that was refused."""
        return replace(self, rules=f"{self.rules} Your last answer was refused: {what}.")


def request_of(ledger: Ledger, plan: Plan, deck: Deck) -> Request:
    """The request for this plan; nothing in it but facts, cards and planned sentences.

    Texts that the lifter wrote (notes, limitations in free words, names of files) are left out.
    """
    draft = write(ledger, plan, deck)
    evidence = {
        "sentences": [_sentence(line) for line in draft.lines],
        "facts": [_fact(fact) for fact in _facts_of(draft, ledger)],
        "cards": [_card(name, deck) for name in plan.cards],
    }
    return Request(_RULES, json.dumps(evidence, ensure_ascii=False), _schema(draft, plan))


def _sentence(line: Line) -> dict[str, object]:
    return {
        "slot": line.slot, "text": line.text, "facts": list(line.facts), "cards": list(line.cards),
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, object]:
    return {"id": fact.id, "says": fact.text, "verdict": fact.verdict}


def _card(name: str, deck: Deck) -> dict[str, object]:
    card = deck.get(name)
    return {"id": name, "topic": card.topic if card else "", "text": card.text if card else ""}


def _facts_of(draft: Draft, ledger: Ledger) -> Sequence[Fact]:
    return ledger.cited(fact for line in draft.lines for fact in line.facts)


def _schema(draft: Draft, plan: Plan) -> Schema:
    """Slots, facts and cards are those of this plan and no others."""
    slots = list(dict.fromkeys(step.slot for step in plan.steps))
    facts = list(dict.fromkeys(fact for line in draft.lines for fact in line.facts))
    cards = list(dict.fromkeys(card for step in plan.steps for card in step.cards))
    line = {
        "type": "object",
        "additionalProperties": False,
        "required": ["slot", "text", "facts", "cards"],
        "properties": {
            "slot": {"enum": slots},
            "text": {"type": "string", "minLength": 3, "maxLength": 400},
            "facts": _list_of(facts, least=1),
            "cards": _list_of(cards, least=0),
        },
    }
    many = {"minItems": _least(plan.steps), "maxItems": len(draft.lines)}
    lines = {"type": "array", "items": line, **many}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["lines"],
        "properties": {"lines": lines},
    }


def _least(steps: Sequence[Step]) -> int:
    return max(1, sum(step.required for step in steps))


def _list_of(names: Sequence[str], *, least: int) -> Schema:
    """An array of these names; one that stays empty where there are none."""
    if not names:
        return {"type": "array", "items": {"type": "string"}, "maxItems": 0}
    return {"type": "array", "items": {"enum": list(names)}, "minItems": least, "maxItems": 8}
