"""What hangs on the core of a sentence must be backed as well: ``and the fourth was the best``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from repsight.coach.checks.claims import is_disclaimed
from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.findings import concepts_in, is_backed_topic
from repsight.coach.checks.grounding import reasons_of
from repsight.coach.checks.lexicon import words_in
from repsight.coach.checks.number_words import spelled_out
from repsight.coach.checks.vocabulary import forms_in, words_of_phrases

__all__ = ["clause_problems"]

_PARTS: Final = re.compile(
    r"[,;:!?]\s+(?:and |but |so |yet |or )?|(?<=[a-z])\.\s+|\s[-\N{EN DASH}\N{EM DASH}]\s"
    r"|\s+(?:and|but|so|yet|though|although|while|whereas)\s+"
    r"(?=(?:then|you|your|it|its|they|the|this|that"
    r"|these|those|he|she|i|we|someone|somebody|nobody|could|should|would|must|will|can|do|don't"
    r"|hold|rest|add|use|take|keep|stop|go|each|all|every|one|none|not)\b)"
    r"|\s+(?=(?:without|after|despite|unless|whereas|which)\b)"
)
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
#: Reasons have a check of their own.
_REASON: Final = re.compile(r"^(?:because|since|due|thanks|if you ask)\b")
_DIGIT: Final = re.compile(r"\d")
_ABOUT_YOU: Final = re.compile(
    r"^(?:then )?(?:you|someone|somebody|he|she|everybody|nobody)\b"
    r"(?! (?:said|told|named|chose|can see))"
)


_SLOTS: Final = frozenset(
    {"overview", "not_counted", "praise", "fix", "watch", "close", "change", "variation",
     "unjudged", "next", "cue", "camera"}
)  # fmt: skip


def clause_problems(said: Said) -> Iterator[Problem]:
    """Problems of the parts of a sentence beside the one that says what it is there to say."""
    if said.slot not in _SLOTS:
        return
    text, start = spelled_out(said.bare), 0
    parts: list[tuple[int, str]] = []
    for found in _PARTS.finditer(text):
        parts.append((start, text[start : found.start()]))
        start = found.end()
    parts.append((start, text[start:]))
    if len(parts) < 2:
        return
    told = f"{said.support} {reasons_of(said)}" if said.slot == "not_counted" else said.support
    backed = forms_in(told)
    judged = [(at, part, _unbacked(part, said, backed)) for at, part in parts]
    core = max(judged, key=lambda one: _weight(one[1], len(one[2]), backed))
    for at, part, strange in judged:
        if at <= core[0] or _REASON.match(part) or is_disclaimed(text, at + len(part) - 1):
            continue
        if strange and len(strange) > _is_anchored(part, said):
            yield said.problem("clause", f"{part.strip()!r} is more than the facts say")
        elif said.slot == "overview" and _ABOUT_YOU.match(part) and not _DIGIT.search(part):
            yield said.problem("clause", f"{part.strip()!r} says more than the count")


def _is_anchored(part: str, said: Said) -> bool:
    """Whether a part has a number, or a topic of its facts, that other checks hold it to."""
    return bool(_DIGIT.search(part)) or bool(concepts_in(part) & concepts_in(said.support))


def _weight(part: str, strange: int, backed: frozenset[str]) -> float:
    """How much of the sentence's job a part does."""
    own = len(backed.intersection(_WORD.findall(part)))
    return own + 2 * bool(_DIGIT.search(part)) + 2 * bool(concepts_in(part)) - 0.1 * strange


def _unbacked(part: str, said: Said, backed: frozenset[str]) -> list[str]:
    free = _free(said.slot)
    found = [word for word in _WORD.findall(part) if word not in free and word not in backed]
    return [word for word in found if not is_backed_topic(word, said)]


@cache
def _free(slot: str) -> frozenset[str]:
    """Words that claim nothing, and those of the template's own phrases for this job."""
    own = "free_next" if slot in {"next", "cue", "camera"} else "free_told"
    return words_in("free") | words_of_phrases(slot) | words_in(own)
