"""Asking a language model within a deadline: one answer, one second try, then no more."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import PLACEHOLDER, BadDraft, Draft, draft_from_json
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan
from repsight.coach.verifier import verify
from repsight.coach.writers.request import Request, request_of
from repsight.errors import RepsightError

__all__ = ["DEADLINE_S", "Answer", "NoAnswer", "drafted"]

#: Everything, both tries included.
DEADLINE_S: Final = 60.0
_TRIES: Final = 2
_THOUGHT: Final = re.compile(r"<think>.*?</think>", re.DOTALL)
_DIGIT: Final = re.compile(r"\d")

#: The answer to a request within this many seconds; NoAnswer where there is none.
Answer = Callable[[Request, float], str]


class NoAnswer(RepsightError):
    """The model could not be reached, was too slow or broke down: no second try helps."""


def drafted(
    answer: Answer, ledger: Ledger, plan: Plan, deck: Deck, *, name: str, deadline_s: float
) -> Draft:
    """The first draft that passes the verifier, else the last one; BadDraft for none at all."""
    end_s = time.monotonic() + deadline_s
    request = request_of(ledger, plan, deck)
    refused = BadDraft("no time for an answer")
    draft: Draft | None = None
    for _ in range(_TRIES):
        left_s = end_s - time.monotonic()
        if left_s <= 0:
            break
        try:
            draft = _draft(answer(request, left_s), name)
        except BadDraft as error:
            refused, draft = error, None
            request = request.with_complaint(str(error))
            continue
        verified = verify(draft, ledger, plan, deck=deck)
        if verified.state == "passed":
            return draft
        request = request.with_complaint(verified.problems[0].what)
    if draft is None:
        raise refused
    return draft


def _draft(text: str, name: str) -> Draft:
    draft = draft_from_json(_json_in(text), source=name)
    for line in draft.lines:
        if line.slot != "referral" and _DIGIT.search(PLACEHOLDER.sub("", line.text)):
            raise BadDraft("a number that is no placeholder")
    return draft


def _json_in(text: str) -> str:
    """The JSON object in an answer that may have thoughts or a fence around it."""
    bare = _THOUGHT.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    return bare[start : end + 1] if 0 <= start < end else bare
