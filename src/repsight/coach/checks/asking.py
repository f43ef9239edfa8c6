"""A question asks: it finds nothing, blames nobody and tells nobody what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from repsight.coach.checks.evidence import Problem, Said, words_of
from repsight.coach.checks.lexicon import pattern

__all__ = ["asking_problems"]

_ASKS: Final = re.compile(r"^(?:[^.!?;]|(?<=\d)\.(?=\d))+\?$")
_BEGINS: Final = re.compile(
    r"^(?:is|are|was|were|did|do|does|could|would|might|may|what|how|should we|have you|has)\b"
)
#: Questions that say in passing what they ask.
_LOADED: Final = re.compile(
    r"\bwhy\b|\bwhen (?:will|did) you\b|\b(?:isn't|aren't|don't|didn't|wasn't|shouldn't) you\b"
    r"|\bhow (?:bad|poor|much worse)\b|\b(?:right|correct|true)\?$"
)
_STEM: Final = 4
_FAULT: Final = pattern("fault")
_PRAISE: Final = pattern("praise")
_SHOULD: Final = re.compile(r"\b(?:you|your) (?:should|must|need|ought|have to)\b|\binstead\b")


def asking_problems(said: Said) -> Iterator[Problem]:
    """Problems of a question that a model proposed."""
    text = said.bare.strip()
    if not _ASKS.match(text) or not _BEGINS.match(text):
        yield said.problem("question", "not one plain question")
    if not _names_its_number(said):
        yield said.problem("question", "does not say which number it asks about")
    for words in (_LOADED, _FAULT, _PRAISE, _SHOULD):
        found = words.search(text)
        if found:
            yield said.problem("question", f"a verdict in a question: {found[0]!r}")


def _names_its_number(said: Said) -> bool:
    """Whether the amount, or a word of what it is the amount of, is in the question."""
    own = {word[:_STEM] for word in words_of(said.low)}
    for fact in said.facts:
        amount, name = fact.words.get("amount", ""), fact.words.get("name", fact.metric)
        named = {word[:_STEM] for word in words_of(name.replace("_", " ")) if len(word) >= _STEM}
        if (amount and amount in said.low) or named & own:
            return True
    return False
