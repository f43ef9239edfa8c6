"""Is it whole, plain English of a readable length?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from repsight.coach.checks.claims import is_claim, is_disclaimed
from repsight.coach.checks.evidence import Problem, Said, words_of
from repsight.coach.checks.lexicon import words_in
from repsight.coach.checks.number_words import spelled_out
from repsight.coach.checks.vocabulary import ADVISING, strange_words, unbacked_advice

__all__ = ["language_problems", "reading_grade"]

_MOST_WORDS_A_LINE: Final = 60
_MOST_WORDS: Final = 320
_HARDEST_GRADE: Final = 9.0
_ENGLISH: Final = words_in("english")
_FOREIGN: Final = words_in("foreign")
_STRANGE: Final = re.compile(
    r"[^\x20-\x7e\N{DEGREE SIGN}\N{EN DASH}\N{EM DASH}\N{RIGHT SINGLE QUOTATION MARK}"
    r"\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    r"\N{HORIZONTAL ELLIPSIS}\N{MINUS SIGN}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\u00e9]"
)
_MARKUP: Final = re.compile(r"[`<>{}\[\]|\\^~*#@_=$]|https?:|www\.|//")
_END: Final = re.compile(r"[.!?][\"')\N{RIGHT DOUBLE QUOTATION MARK}]?$")
_DANGLING: Final = re.compile(r"\b(?:an|the|and|or|but|your|than|because|which)[.!?]$")
_REPETITIVE_FROM: Final = 4
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]+")


def language_problems(lines: Sequence[Said]) -> Iterator[Problem]:
    """Problems of form: cut off, another language, markup, too long, too hard to read."""
    for said in lines:
        if said.slot != "referral":  # fixed, word for word
            yield from _of_line(said)
    texts = [said.text for said in lines if said.slot != "referral"]
    count = sum(len(words_of(text)) for text in texts)
    if count > _MOST_WORDS:
        yield Problem("too_long", -1, f"{count} words")
    grade = reading_grade(" ".join(texts))
    if count >= 30 and grade > _HARDEST_GRADE:
        yield Problem("hard_to_read", -1, f"reading grade {grade:.1f}")


def reading_grade(text: str) -> float:
    """School years needed to read a text (Flesch and Kincaid), with syllables estimated."""
    words = words_of(text)
    sentences = max(1, len(_SENTENCE.findall(text)))
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and count > 1
    return max(1, count - silent)


def _of_line(said: Said) -> Iterator[Problem]:
    text = said.text
    if not text.strip():
        yield said.problem("empty", "a line says nothing")
        return
    if _STRANGE.search(text):
        yield said.problem("language", "characters of another script")
    if _MARKUP.search(text):
        yield said.problem("markup", "markup, a path or an address")
    starts = (
        text[0].isupper() or text[0].isdigit() or text[0] in "\"'\N{LEFT DOUBLE QUOTATION MARK}"
    )
    if not starts or not _END.search(text) or _DANGLING.search(text.lower()):
        yield said.problem("truncated", "not a whole sentence")
    if text.count("(") != text.count(")") or text.count('"') % 2:
        yield said.problem("truncated", "an open bracket or quotation")
    words = words_of(text)
    if len(words) > _MOST_WORDS_A_LINE:
        yield said.problem("too_long", f"{len(words)} words in one line")
    if len(text.split()) < 2:
        yield said.problem("empty", "a line says almost nothing")
    if len(words) >= _REPETITIVE_FROM and len(set(words)) * 3 <= len(words):
        yield said.problem("empty", "the same words again and again")
    yield from _foreign(said, words)


def _foreign(said: Said, words: Sequence[str]) -> Iterator[Problem]:
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    if foreign >= 2 and foreign >= english / 2:
        yield said.problem("language", "another language")
    own = list(_undisclaimed_words(said))
    told = f"{said.support} {gear}" if (gear := _gear(said)) else said.support
    strange = [one for one in strange_words(own, support=told) if not is_claim(one)]
    if strange:
        yield said.problem("language", f"words that are not a coach's: {', '.join(strange[:3])}")
    elif said.slot in ADVISING:
        advised = unbacked_advice(own, support=said.support)
        if advised:
            yield said.problem("advice", f"advises what no card does: {', '.join(advised[:3])}")


def _gear(said: Said) -> str:
    """What is lifted, where the rule book of the exercise speaks of it."""
    if said.slot != "change":
        return ""
    books = (rule for spec in said.specs for rule in spec.book.rules)
    return "bar barbell" if any(" bar" in f"{rule.title} {rule.cue}" for rule in books) else ""


def _undisclaimed_words(said: Said) -> Iterator[str]:
    """The words that say something: no numbers, no names of the exercise, nothing disclaimed."""
    text = spelled_out(said.bare)
    for found in _WORD.finditer(text):
        if not is_disclaimed(text, found.start()):
            yield found[0]
