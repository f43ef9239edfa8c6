"""The words that a coach uses: common English, and everything on cards, phrases and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from repsight.coach.cards.files import builtin_deck
from repsight.coach.checks.lexicon import words_in
from repsight.exercises import catalog

__all__ = ["strange_words"]

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS: Final = ("'s", "n't", "ing", "est", "ed", "er", "es", "ly", "s", "d", "r")


def strange_words(words: Iterable[str], *, support: str) -> list[str]:
    """Those of the words (small letters) that neither a coach nor the support uses."""
    strange = [word for word in words if not _is_common(word)]
    own = set(_WORD.findall(support)) if strange else set[str]()
    return [word for word in strange if not any(form in own for form in _forms(word))]


@lru_cache(maxsize=8192)
def _is_common(word: str) -> bool:
    return any(form in _known() for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    """The word, and what is left of it without an ending."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield stem
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield f"{stem[:-1]}y"


@cache
def _known() -> frozenset[str]:
    folder = files("repsight.coach")
    texts = [
        (folder / "checks" / "english.txt").read_text(encoding="utf-8"),
        (folder / "phrases.toml").read_text(encoding="utf-8"),
        *(card.text for card in builtin_deck().cards),
    ]
    for spec in catalog().values():
        texts.append(f"{spec.name} {spec.id.replace('_', ' ')}")
        texts += [f"{rule.title} {rule.good} {rule.cue}" for rule in spec.book.rules]
        texts += [f"{way.name} {way.id.replace('_', ' ')}" for way in spec.book.variations]
        texts += [metric.name for metric in spec.book.metrics]
    found = {word for text in texts for word in _WORD.findall(text.lower())}
    return frozenset(found | words_in("english"))
