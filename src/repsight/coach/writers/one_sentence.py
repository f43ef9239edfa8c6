"""What a language model is asked for one sentence: a short request that small models can answer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final, cast

from repsight.coach.draft import PLACEHOLDER, BadDraft, Line, draft_from_json
from repsight.coach.ledger import Ledger
from repsight.coach.writers.request import Request, Schema

__all__ = ["MOST_FACTS", "MOST_TOKENS", "SENTENCE_RULES", "sentence_from_json", "sentence_request"]

SENTENCE_RULES: Final = (
    "Reword this sentence of a training coach in plain, warm English. Keep its meaning and every "
    'placeholder {F...}. Add nothing, no digits. JSON only: {"facts": ["F1"], "text": "..."}'
)
#: More facts than this are not told to the model for one sentence.
MOST_FACTS: Final = 6
#: An answer of more tokens than this is no sentence.
MOST_TOKENS: Final = 160


def sentence_request(line: Line, ledger: Ledger) -> Request:
    """The request to reword one planned sentence from the facts that it cites.

    Texts that the lifter wrote are not in it, as facts have none.
    """
    facts = ledger.cited(line.facts)[:MOST_FACTS]
    evidence = {
        "slot": line.slot,
        "text": line.text,
        "facts": {fact.id: fact.text for fact in facts},
    }
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["facts", "text"],
        "properties": {
            "facts": {
                "type": "array",
                "items": {"enum": list(line.facts)},
                "minItems": 1,
                "maxItems": len(line.facts),
            },
            # No lengths: grammars that count letters cost llama.cpp seconds for each sentence.
            "text": {"type": "string"},
        },
    }
    return Request(
        SENTENCE_RULES, json.dumps(evidence, ensure_ascii=False), schema, most_tokens=MOST_TOKENS
    )


def sentence_from_json(text: str, line: Line) -> Line:
    """The planned sentence in the model's words; it cites every fact that it has a number of.

    Raises BadDraft where the answer has another shape or lost a placeholder of the plan's.
    """
    try:
        data: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadDraft("the answer is not JSON") from error
    if not isinstance(data, dict):
        raise BadDraft("the answer has another shape")
    entry = {"slot": line.slot, "cards": list(line.cards), **cast("dict[str, object]", data)}
    own = draft_from_json(json.dumps({"lines": [entry]}), source="").lines[0]
    for placeholder in PLACEHOLDER.finditer(line.text):
        if placeholder[0] not in own.text:
            raise BadDraft(f"{placeholder[0]} was left out")
    used = {found[1] for found in PLACEHOLDER.finditer(own.text)}
    cited = used | {*own.facts, *line.facts[:1]}
    return replace(own, facts=tuple(fact for fact in line.facts if fact in cited))
