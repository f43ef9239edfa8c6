"""What somebody wants to know of a report: the kind of question, the repetition, the rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from repsight.coach.checks.evidence import words_of
from repsight.coach.checks.findings import concepts_in
from repsight.coach.checks.number_words import rep_refs_in, spelled_out

__all__ = ["Question", "asked", "rule_asked"]

_LONGEST: Final = 400
#: The first kind that fits is meant.
_KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("not_counted", (
        r"(?:n't|\bnot\b|\bno\b|\bnever\b|\bwithout\b).{0,40}\bcount",
        r"\bcount.{0,30}(?:n't|\bnot\b)", r"\brejected?\b", r"\bleft out\b", r"\bno rep\b",
    )),
    ("unjudged", (
        r"(?:n't|\bnot\b).{0,40}\bjudge", r"\bjudge.{0,20}\bnot\b", r"\bcould you not\b",
        r"\bfilm\b", r"\bcamera\b",
    )),
    ("history", (
        r"\blast (?:time|week|session)\b", r"\bsince\b", r"\bprogress", r"\bimproved\b",
        r"\bbefore\b", r"\bhistory\b",
    )),
    ("next", (
        r"\bnext\b", r"\bwhat now\b", r"\badd (?:weight|load|reps?)\b", r"\bheavier\b",
        r"\bmore weight\b", r"\bplan\b", r"\bdrill",
    )),
    ("change", (
        r"\bslow(?:ed)? down\b", r"\bslower\b", r"\btired?\b", r"\bfatigue", r"\bspeed\b",
        r"\bchanged?\b", r"\bover the set\b", r"\bfade",
    )),
    ("tempo", (r"\btempo\b", r"\bhow (?:fast|slow|quick|long)\b", r"\bseconds?\b", r"\bpaused?\b")),
    ("count", (r"\bhow many (?:reps?|repetitions?|did|times|holds?)\b", r"\bcount\b")),
    ("fix", (
        r"\bfix\b", r"\bwrong\b", r"\bworst\b", r"\bimprove\b", r"\bwork on\b", r"\bfault",
        r"\bmistake", r"\bproblem", r"\bbad\b", r"\bcue\b",
    )),
    ("good", (r"\bgood\b", r"\bwell\b", r"\bright\b", r"\bfine\b", r"\bbest\b")),
    ("exercise", (r"\b(?:what|which) (?:exercise|movement)\b", r"\bwhat did i do\b")),
    ("variation", (r"\bvariation", r"\bstyle\b", r"\bgrip\b", r"\bstance\b")),
)  # fmt: skip
_PATTERNS: Final = tuple((kind, re.compile("|".join(forms))) for kind, forms in _KINDS)
_HOW_TO: Final = re.compile(
    r"\bhow (?:do|can|should|to)\b|\bwhat is\b|\bwhat's\b|\bwhy (?:is|does|do)\b"
)
_SET: Final = re.compile(r"\bset (\d+)\b")
_EVERYDAY: Final = frozenset(
    {"what", "that", "this", "with", "were", "have", "your", "mine", "from", "rep", "reps",
     "every",
     "enough", "should", "could", "does", "during", "when", "high", "stop", "weight", "load",
     "down", "floor", "back", "come", "slow", "going", "good", "right", "well", "last",
     "time", "each"}
)  # fmt: skip
_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question in small letters with what could be read from it.

    ``rep`` and ``set_number`` are 0 where none is named, ``kinds`` in the order of likelihood.
    """

    text: str
    kinds: tuple[str, ...]
    rep: int
    set_number: int
    is_how_to: bool


def asked(text: str) -> Question:
    """What can be read from a question without understanding it."""
    low = spelled_out(text[:_LONGEST].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    reps = [ref.reps[0] for ref in rep_refs_in(low, total=0) if ref.reps]
    found = _SET.search(low)
    return Question(
        text=low,
        kinds=tuple(kind for kind, pattern in _PATTERNS if pattern.search(low)),
        rep=next((rep for rep in reps if rep > 0), 0),
        set_number=int(found[1]) if found else 0,
        is_how_to=bool(_HOW_TO.search(low)),
    )


def rule_asked(question: Question, rules: Mapping[str, str]) -> str:
    """The id of the rule whose words share most with the question, empty where none does.

    ``rules`` has everything that a rule is called, by its id.
    """
    scores = {rule: _score(question, words.lower()) for rule, words in rules.items()}
    best = max(scores, key=lambda rule: scores[rule], default="")
    return best if best and scores[best] > 0 else ""


def _score(question: Question, words: str) -> float:
    topics = len(concepts_in(question.text) & concepts_in(words))
    return 2.0 * topics + len(_stems(question.text) & _stems(words))


def _stems(text: str) -> set[str]:
    return {w[:_STEM] for w in words_of(text) if len(w) >= _STEM and w not in _EVERYDAY}
