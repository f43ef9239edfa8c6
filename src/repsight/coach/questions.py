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
    ("film", (
        r"\bfilm\w*\b", r"\bcamera\b", r"\brecord\w*\b", r"\bphone\b", r"\bangle\b",
    )),
    ("unjudged", (
        r"(?:n't|\bnot\b).{0,40}\bjudge", r"\bjudge.{0,20}\bnot\b", r"\bcould you not\b",
        r"\bcan(?:'t|not) you (?:see|tell|judge)\b",
    )),
    ("history", (
        r"\blast (?:time|week|session)\b", r"\bsince\b", r"\bprogress", r"\bimproved\b",
        r"\bbefore\b", r"\bhistory\b",
        r"\bget(?:ting)? better\b", r"\bbetter than\b",
    )),
    ("next", (
        r"\bnext\b", r"\bwhat now\b", r"\badd (?:weight|load|reps?)\b", r"\bheavier\b",
        r"\bhow much (?:weight|load)\b", r"\bweight should\b", r"\bmore reps\b",
        r"\bmore weight\b", r"\bplan\b", r"\bdrill",
    )),
    ("change", (
        r"\bslow(?:ed)? down\b", r"\bslower\b", r"\btired?\b", r"\bfatigue", r"\bspeed\b",
        r"\bchanged?\b", r"\bover the set\b", r"\bfade",
    )),
    ("best", (
        r"\bbest rep\b", r"\bwhich (?:rep|one)s? (?:was|were|is|are) (?:the )?(?:best|good|fine)\b",
    )),
    ("overall", (
        r"\bhow (?:was|were|is|did|does) (?:my|the|this|it|i|that)\b(?! many)(?!.*\btime\b)",
        r"\b(?:is|was) my [\w -]+? (?:good|ok|okay|fine|right|correct)\b", r"\bfeedback\b",
        r"\boverall\b", r"\bsum(?:mary|marise|marize)?\b", r"\bwhat do you think\b",
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
#: What people say for something that the rules have another word for.
_SAME: Final = (
    (re.compile(r"\b(go|get|went|going|come|came|sit|sat) (?:any |a bit )?low(?:er)?\b"),
     r"\1 deeper"),
    (re.compile(r"\b(?:yesterday|last (?:week|month|year|night|monday|tuesday|wednesday|thursday"
                r"|friday|saturday|sunday))\b"), "last time"),
)  # fmt: skip
_LAST: Final = re.compile(r"\b(?:last|final) (?:rep|repetition|one|squat|hold)\b")
#: Questions about a body: no camera answers them.
_OF_HEALTH: Final = re.compile(
    r"\b(?:bad|good|safe|unsafe|danger\w*|harm\w*|risk\w*|healthy|ok|okay|wrong)\b.{0,30}"
    r"\b(?:for|on) (?:my|the|your) (?:\w+ )?(?:back|spine|neck|knees?|hips?|shoulders?|elbows?"
    r"|wrists?|ankles?|joints?|heart|body|health)\b|\b(?:safe|unsafe|dangerous|harmful|risky)\b"
)
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
    is_of_health: bool = False
    is_last: bool = False


def asked(text: str) -> Question:
    """What can be read from a question without understanding it."""
    low = spelled_out(text[:_LONGEST].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    for pattern, same in _SAME:
        low = pattern.sub(same, low)
    reps = [ref.reps[0] for ref in rep_refs_in(low, total=0) if ref.reps]
    found = _SET.search(low)
    return Question(
        text=low,
        kinds=tuple(kind for kind, pattern in _PATTERNS if pattern.search(low)),
        rep=next((rep for rep in reps if rep > 0), 0),
        set_number=int(found[1]) if found else 0,
        is_how_to=bool(_HOW_TO.search(low)),
        is_of_health=bool(_OF_HEALTH.search(low)),
        is_last=bool(_LAST.search(low)),
    )


def rule_asked(question: Question, rules: Mapping[str, str]) -> str:
    """The id of the rule whose words share most with the question, empty where none does.

    ``rules`` has everything that a rule is called, by its id.
    """
    scores = {rule: _score(question, words.lower()) for rule, words in rules.items()}
    best = max(scores, key=lambda rule: scores[rule], default="")
    return best if best and scores[best] > 0 else ""


def _score(question: Question, words: str) -> float:
    told = concepts_in(question.text)
    if "next" in question.kinds:  # "how much weight" is no question about the path of the bar
        told -= {"bar"}
    topics = len(told & concepts_in(words))
    return 2.0 * topics + len(_stems(question.text) & _stems(words))


def _stems(text: str) -> set[str]:
    return {w[:_STEM] for w in words_of(text) if len(w) >= _STEM and w not in _EVERYDAY}
