"""Asking a language model within a deadline, for a whole summary or sentence by sentence."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import PLACEHOLDER, BadDraft, Draft, Line, draft_from_json
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.coach.writers.one_sentence import sentence_from_json, sentence_request
from repsight.coach.writers.request import Request, request_of
from repsight.errors import RepsightError

__all__ = ["DEADLINE_S", "Answer", "NoAnswer", "drafted", "drafted_by_sentence", "json_in"]

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


def drafted_by_sentence(
    answer: Answer, ledger: Ledger, plan: Plan, deck: Deck, *, name: str, deadline_s: float
) -> Draft:
    """The template's draft with every sentence that the model worded and that passes.

    A sentence that is refused, or that there is no time for, stays the template's, and the
    draft's note says how many there are. Raises BadDraft where not one is the model's, NoAnswer
    where the model cannot be asked at all.
    """
    draft = replace(write(ledger, plan, deck), source=name)
    by_sentence = _BySentence(answer, ledger, plan, deck, time.monotonic() + deadline_s)
    own = 0
    for index, line in enumerate(draft.lines):
        if line.slot == "referral":
            continue
        worded = by_sentence.worded(draft, index)
        own += worded is not draft
        draft = worded
    if not own:
        raise BadDraft(by_sentence.refused)
    left = sum(line.slot != "referral" for line in draft.lines) - own
    sentences = f"{left} of {len(draft.lines)} sentences"
    note = f"{sentences} are the template's: {by_sentence.refused}." if left else ""
    return replace(draft, note=note)


@dataclass(slots=True)
class _BySentence:
    """Asks for one sentence after the other until the time is up."""

    answer: Answer
    ledger: Ledger
    plan: Plan
    deck: Deck
    end_s: float
    refused: str = "no time for an answer"

    def worded(self, draft: Draft, index: int) -> Draft:
        """The draft with this sentence in the model's words; the same draft if they fail."""
        left_s = self.end_s - time.monotonic()
        if left_s <= 0:
            self.refused = "no time for more"
            return draft
        line = draft.lines[index]
        try:
            text = self.answer(sentence_request(line, self.ledger), left_s)
            own = _without_digits(sentence_from_json(json_in(text), line))
        except BadDraft as error:
            self.refused = str(error)
            return draft
        except NoAnswer as error:
            if self.end_s > time.monotonic():  # down or broken, not only slow
                raise
            self.refused = str(error)
            return draft
        lines = (*draft.lines[:index], own, *draft.lines[index + 1 :])
        changed = replace(draft, lines=lines)
        verified = verify(changed, self.ledger, self.plan, deck=self.deck)
        if verified.state == "passed":
            return changed
        self.refused = verified.problems[0].what
        return draft


def _draft(text: str, name: str) -> Draft:
    draft = draft_from_json(json_in(text), source=name)
    for line in draft.lines:
        _without_digits(line)
    return draft


def _without_digits(line: Line) -> Line:
    if line.slot != "referral" and _DIGIT.search(PLACEHOLDER.sub("", line.text)):
        raise BadDraft("a number that is no placeholder")
    return line


def json_in(text: str) -> str:
    """The JSON object in an answer that may have thoughts or a fence around it."""
    bare = _THOUGHT.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    return bare[start : end + 1] if 0 <= start < end else bare
