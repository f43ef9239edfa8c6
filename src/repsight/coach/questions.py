"""What somebody wants to know of a report: the kind of question, the repetition, the rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Final

from repsight.coach.checks.evidence import words_of
from repsight.coach.checks.findings import concepts_in
from repsight.coach.checks.number_words import clocks_in, rep_refs_in, spelled_out

__all__ = ["OF_SPEED", "Question", "asked", "rule_asked"]

_LONGEST: Final = 400
#: The first kind that fits is meant.
_KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("not_counted", (
        r"(?:n't|\bnot\b|\bno\b|\bnever\b|\bwithout\b).{0,40}\bcount",
        r"\bcount.{0,30}(?:n't|\bnot\b)", r"\brejected?\b", r"\bleft out\b", r"\bno rep\b",
        r"\bonly (?:count|\d+)", r"\bi did \d+\b",
        r"\bwhy (?:did|do) you (?:only )?(?:count|say|have)\b",
        r"\bmiss(?:ed|ing)? (?:an? |\d+ )?reps?\b",
    )),
    ("film", (
        r"\bfilm\w*\b", r"\bcamera\b", r"\brecord\w*\b", r"\bphone\b", r"\bangle\b",
    )),
    ("unjudged", (
        r"(?:n't|\bnot\b).{0,40}\bjudge", r"\bjudge.{0,20}\bnot\b", r"\bcould you not\b",
        r"\bcan(?:'t|not) you (?:see|tell|judge)\b",
    )),
    ("history", (
        r"\blast (?:time|week|session)\b", r"\bsince (?:last|the last|my)\b", r"\bprogress",
        r"\bimproved\b",
        r"\b(?:did|do|am|have) i (?:been )?improv", r"\bcompar", r"\bhistory\b",
        r"\b(?:the one|set|session|time) before\b",
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
    ("sides", (
        r"\bleft\b.*\bright\b|\bright\b.*\bleft\b", r"\b(?:one|left|right) side\b", r"\bsymmetr",
        r"\basymmetr",
        r"\beven(?:ly)?\b(?! (?:so|if|though|count))", r"\buneven\b", r"\bboth sides\b",
    )),
    ("worst", (r"\bworst rep\b", r"\bwhich (?:rep|one)s? (?:was|were) (?:the )?worst\b")),
    ("load", (
        r"\bhow (?:much|heavy) (?:did i (?:lift|use)|was (?:it|the bar|the weight))\b",
        r"\bwhat (?:weight|load) (?:did|was)\b",
    )),
    ("best", (
        r"\bbest (?:rep|one)\b",
        r"\bwhich (?:rep|one)s? (?:was|were|is|are) (?:the )?(?:best|good|fine)\b",
    )),
    ("overall", (
        r"\bhow (?:was|were|is|did|does) (?:my|the|this|it|i|that)\b(?! many)(?!.*\btime\b)",
        r"\b(?:is|was) my [\w -]+? (?:good|ok|okay|fine|right|correct)\b", r"\bfeedback\b",
        r"\bgood (?:set|session|form)\b",
        r"\bhow did i do\b", r"\bnumbers\b", r"\bresults?\b",
        r"\boverall\b", r"\bsum(?:mary|marise|marize)?\b", r"\bwhat do you think\b",
    )),
    ("tempo", (r"\btempo\b", r"\bhow (?:fast|slow|quick|long)\b", r"\bseconds?\b", r"\bpaused?\b")),
    ("count", (r"\bhow many (?:reps?|repetitions?|did|times|holds?|sets?)\b", r"\bcount\b")),
    ("fix", (
        r"\bfix\b", r"\bwrong\b", r"\bworst\b", r"(?<!did i )(?<!do i )\bimprove\b",
        r"\bwork on\b", r"\bfault",
        r"\bmistake", r"\bproblem", r"\bbad\b", r"\bcue\b",
    )),
    ("good", (r"\bgood\b", r"\bwell\b", r"\bright\b", r"\bfine\b", r"\bbest\b")),
    ("exercise", (
        r"\b(?:what|which) (?:exercise|movement)\b",
        r"\bwhat did i do\b(?! (?:well|wrong|right|good|best|badly))",
    )),
    ("variation", (
        r"\bvariation", r"\bstyle\b", r"\b(?:high|low|trap) bar\b",
    )),
)  # fmt: skip
#: Whether a set got slower, in the words in which people ask it.
OF_SPEED: Final = re.compile(r"\b(?:slow\w*|fast\w*|speed|tired?|fatigue\w*|fade\w*)\b")
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
#: Whether something will do harm: asked before anything hurts.
_WILL_HARM: Final = re.compile(
    r"^(?:so )?(?:will|can|could|does|would|is|are|do|might)\b(?!.*\bmy \w+ (?:hurts?|aches?|is))"
    r".*\b(?:hurt|injure|injury|injuries|damage|ruin|wreck|harm)\b"
)
_OF_A_SPAN: Final = re.compile(
    r"\bhow long (?:was|is|did) (?:the|my|this) (?:whole |entire )?(?:set|clip|video|session)\b"
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
     "time", "each", "lift", "lifted", "knee", "angle", "much", "look"}
)  # fmt: skip
_STEM: Final = 4
_OF_DEPTH: Final = re.compile(r"\b(?:deep|depth|low|lower|shallow|parallel|far)\w*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question in small letters with what could be read from it.

    ``rep`` and ``set_number`` are 0 where none is named, ``kinds`` in the order of likelihood;
    ``at_s`` is the time of the clip that is named, NaN if none is.
    """

    text: str
    kinds: tuple[str, ...]
    rep: int
    set_number: int
    is_how_to: bool
    is_of_health: bool = False
    is_of_harm: bool = False
    is_last: bool = False
    at_s: float = nan


def asked(text: str) -> Question:
    """What can be read from a question without understanding it."""
    low = spelled_out(text[:_LONGEST].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    for pattern, same in _SAME:
        low = pattern.sub(same, low)
    reps = [ref.reps[0] for ref in rep_refs_in(low, total=0) if ref.reps]
    found = _SET.search(low)
    return Question(
        text=low,
        kinds=()
        if _OF_A_SPAN.search(low)
        else tuple(kind for kind, pattern in _PATTERNS if pattern.search(low)),
        rep=next((rep for rep in reps if rep > 0), 0),
        set_number=int(found[1]) if found else 0,
        is_how_to=bool(_HOW_TO.search(low)),
        is_of_health=bool(_OF_HEALTH.search(low) or _WILL_HARM.search(low)),
        is_of_harm=bool(_WILL_HARM.search(low)),
        at_s=next(iter(clocks_in(low)), nan),
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
    if "path" not in told:  # "how fast was the bar" is no question about where it went
        told -= {"bar"}
    if not _OF_DEPTH.search(words):  # "at the bottom" says where, not how deep
        told -= {"depth"}
    topics = len(told & concepts_in(words))
    if 2 * topics <= len(told) > 1:  # "knees over toes" is no question about heels and toes
        return 0.0
    return 2.0 * topics + len(_stems(question.text) & _stems(words))


def _stems(text: str) -> set[str]:
    return {w[:_STEM] for w in words_of(text) if len(w) >= _STEM and w not in _EVERYDAY}
