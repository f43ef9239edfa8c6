"""The words that a coach uses: common English, and what the facts and cards of a line have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from repsight.coach.checks.lexicon import words_in
from repsight.coach.phrase_bank import phrases

__all__ = [
    "ADVISING",
    "forms_in",
    "strange_words",
    "unbacked",
    "unbacked_advice",
    "words_of_phrases",
]

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
#: Slots that tell somebody what to do: every thing in them must be on a fact or a card.
ADVISING: Final = ("cue", "next", "camera", "limits")
_PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")
_ENDINGS: Final = ("'s", "n't", "ing", "est", "ed", "er", "es", "ly", "s", "d", "r")


def strange_words(words: Iterable[str], *, support: str) -> list[str]:
    """Those of the words (small letters) that neither common English nor the support has.

    Things, people and parts of the body are no common words: a fact or a card must name them.
    """
    return unbacked([word for word in words if not _is_common(word)], support=support)


def unbacked_advice(words: Iterable[str], *, support: str) -> list[str]:
    """Those of the words that advise something which the support does not."""
    return unbacked([word for word in words if not _is_plain_advice(word)], support=support)


def unbacked(words: list[str], *, support: str) -> list[str]:
    """Those of the words (small letters) of which the support has no form."""
    own = forms_in(support) if words else frozenset[str]()
    return [word for word in words if own.isdisjoint(_forms_of(word))]


@lru_cache(maxsize=512)
def forms_in(support: str) -> frozenset[str]:
    """Every word of a text in small letters, with and without its endings."""
    empty: frozenset[str] = frozenset()
    return empty.union(*(_forms_of(word) for word in set(_WORD.findall(support))))


@lru_cache(maxsize=8192)
def _is_plain_advice(word: str) -> bool:
    return any(form in _advising() for form in _forms(word))


@lru_cache(maxsize=8192)
def _is_common(word: str) -> bool:
    return any(form in _known() for form in _forms(word))


@lru_cache(maxsize=8192)
def _forms_of(word: str) -> frozenset[str]:
    return frozenset(_forms(word))


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
    """Common English and the template's phrases; words of cards and rules need support."""
    words = _words_of("checks/english.txt") | _words_of("phrases.toml")
    return words | words_in("english")


@cache
def _advising() -> frozenset[str]:
    bank = phrases()
    told = " ".join(text for slot in ADVISING for texts in bank[slot].values() for text in texts)
    return _words_of("checks/advice.txt") | _words_in(told)


@cache
def words_of_phrases(slot: str) -> frozenset[str]:
    """The words of the template's own phrases for a slot, without what fills them."""
    told = phrases().get(slot, {}).values()
    return _words_in(" ".join(text for texts in told for text in texts))


def _words_of(name: str) -> frozenset[str]:
    return _words_in((files("repsight.coach") / name).read_text(encoding="utf-8"))


def _words_in(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_PLACEHOLDER.sub(" ", text.lower())))
