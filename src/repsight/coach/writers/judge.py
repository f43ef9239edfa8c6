"""A language model that sees the measurements and proposes what deserves a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol, cast

from repsight.coach.draft import BadDraft
from repsight.coach.ledger import Ledger
from repsight.coach.proposals import ASKABLE, MOST_QUESTIONS, Proposal
from repsight.coach.writers.ask import DEADLINE_S, json_in
from repsight.coach.writers.request import Request, Schema
from repsight.core.report import Fact

__all__ = ["Answering", "ModelJudge"]

_RULES: Final = (
    "You see the measurements of a training set with their errors, the lifter's variation, and "
    "what the rules found. Choose at most three measurements that the rules say nothing about and "
    "that the lifter should look at. You find no faults and you give no advice: for each, ask the "
    "lifter one plain question about that number. Write no digit: {F12} stands for the amount of "
    "fact F12, {F12.name} for its name. Nothing about health, pain, muscles or safety. JSON only: "
    '{"proposals": [{"fact": "F12", "text": "Is this what you want: {F12.name} of {F12}?"}]}'
)
#: Kinds of facts that a model sees for context.
_CONTEXT: Final = ("exercise", "count", "held", "variation", "judgement", "not_judged", "rep")
_MOST_SEEN: Final = 120
_MOST_TOKENS: Final = 600
_MOST_READ: Final = 100


class Answering(Protocol):
    """A model that answers requests: every writer does."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def answer(self, request: Request, left_s: float) -> str:
        """The model's words within ``left_s`` seconds; NoAnswer where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Asks a model once; whatever it says is only ever a question."""

    model: Answering
    deadline_s: float = DEADLINE_S

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    def proposals(self, ledger: Ledger) -> tuple[Proposal, ...]:
        """What the model would ask about; none where nothing was measured.

        Raises NoAnswer or BadDraft where the model gives nothing usable.
        """
        request = _request(ledger)
        if request is None:
            return ()
        return tuple(_read(json_in(self.model.answer(request, self.deadline_s))))


def _request(ledger: Ledger) -> Request | None:
    """What the model sees; texts that the lifter wrote are left out. None without measurements."""
    measured = [fact for kind in ASKABLE for fact in ledger.of(kind)][:_MOST_SEEN]
    if not measured:
        return None
    seen = {
        "measured": [_shown(fact) for fact in measured],
        "known": [fact.text for kind in _CONTEXT for fact in ledger.of(kind)][:_MOST_SEEN],
    }
    proposal: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["fact", "text"],
        "properties": {
            "fact": {"enum": [fact.id for fact in measured]},
            "text": {"type": "string"},
        },
    }
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["proposals"],
        "properties": {
            "proposals": {"type": "array", "items": proposal, "maxItems": MOST_QUESTIONS}
        },
    }
    evidence = json.dumps(seen, ensure_ascii=False)
    return Request(_RULES, evidence, schema, most_tokens=_MOST_TOKENS)


def _shown(fact: Fact) -> dict[str, object]:
    """A fact with its numbers; NaN has no place in JSON and is left out."""
    shown: dict[str, object] = {"id": fact.id, "says": fact.text, "unit": fact.unit}
    for name in ("value", "error", "expected_low", "expected_high"):
        value = cast("float", getattr(fact, name))
        if value == value and abs(value) != float("inf"):  # noqa: PLR0124 - NaN differs from itself
            shown[name] = round(value, 3)
    return shown


def _read(text: str) -> Iterator[Proposal]:
    try:
        data: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadDraft("the proposals are not JSON") from error
    listed = cast("dict[str, object]", data).get("proposals") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        raise BadDraft("the proposals have another shape")
    for one in cast("list[object]", listed)[:_MOST_READ]:
        entry = cast("dict[str, object]", one) if isinstance(one, dict) else {}
        fact, said = entry.get("fact"), entry.get("text")
        if isinstance(fact, str) and isinstance(said, str):
            yield Proposal(fact, said)
