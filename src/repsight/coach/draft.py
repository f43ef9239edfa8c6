"""A draft: sentences with placeholders for facts, before anybody has checked them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from repsight.coach.ledger import Ledger

__all__ = [
    "MOST_LINES",
    "PLACEHOLDER",
    "SLOTS",
    "BadDraft",
    "Draft",
    "Line",
    "Slot",
    "draft_from_json",
    "rendered",
]

#: The jobs that a sentence can have, in the order in which they are said.
Slot = Literal[
    "overview", "not_counted", "praise", "fix", "why", "cue", "watch", "close", "change",
    "variation", "unjudged", "limits", "next", "camera", "referral", "answer",
    "question",
]  # fmt: skip
SLOTS: Final[tuple[str, ...]] = get_args(Slot)
#: A longer draft is nobody's summary.
MOST_LINES: Final = 24
_MOST_CHARACTERS: Final = 20_000
#: ``{F12}`` is the amount of a fact, ``{F12.reps}`` one of its other words.
_START: Final = re.compile(r"^[a-z]|(?<=[.!?] )[a-z]")
PLACEHOLDER: Final = re.compile(r"\{(F\d+)(?:\.([a-z_]+))?\}")


class BadDraft(ValueError):
    """Text that is no draft: not JSON, of another shape, or with an unknown placeholder."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its job, its text with placeholders, the facts and cards it uses."""

    slot: str
    text: str
    facts: tuple[str, ...]
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences in the order in which they are said, who wrote them, and what to know of it."""

    lines: tuple[Line, ...]
    source: str = "template"
    note: str = ""


def draft_from_json(text: str, *, source: str) -> Draft:
    """The draft in a model's answer: ``{"lines": [{"slot", "text", "facts", "cards"}]}``.

    Raises BadDraft where it is not JSON, has another shape or is larger than any summary.
    """
    if len(text) > _MOST_CHARACTERS:
        raise BadDraft("the answer is larger than any summary")
    try:
        data: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadDraft("the answer is not JSON") from error
    lines = _mapping(data).get("lines")
    if not isinstance(lines, list) or not lines:
        raise BadDraft("the answer has no lines")
    parts = cast("list[object]", lines)
    if len(parts) > MOST_LINES:
        raise BadDraft(f"the answer has {len(parts)} lines")
    return Draft(tuple(_line(part) for part in parts), source)


def rendered(text: str, ledger: Ledger) -> str:
    """The text with every placeholder replaced and sentences begun with a capital.

    Raises BadDraft for a placeholder that does not exist.
    """

    def word(found: re.Match[str]) -> str:
        fact = ledger.get(found[1])
        said = fact.words.get(found[2] or "amount", "") if fact else ""
        if not said:
            raise BadDraft(f"{found[0]} stands for nothing")
        return said

    return _START.sub(lambda found: found[0].upper(), PLACEHOLDER.sub(word, text))


def _line(data: object) -> Line:
    parts = _mapping(data)
    if strange := sorted(set(parts) - {"slot", "text", "facts", "cards"}):
        raise BadDraft(f"a line has an unknown entry {strange[0]!r}")
    slot, text = parts.get("slot"), parts.get("text")
    if slot not in SLOTS:
        raise BadDraft(f"{slot!r} is not a slot")
    if not isinstance(text, str):
        raise BadDraft("a line has no text")
    return Line(str(slot), text, _names(parts.get("facts")), _names(parts.get("cards", [])))


def _names(data: object) -> tuple[str, ...]:
    if not isinstance(data, list):
        raise BadDraft("a line does not list its facts")
    names = cast("list[object]", data)
    if not all(isinstance(name, str) for name in names):
        raise BadDraft("a line cites something that is not an id")
    return tuple(str(name) for name in names)


def _mapping(data: object) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise BadDraft("the answer has another shape")
    return cast("Mapping[str, object]", data)
