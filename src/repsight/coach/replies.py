"""Replies in fixed words, for questions that the facts of a report do not answer."""

from __future__ import annotations

import re
from typing import Final

from repsight.coach.checks.claims import forbidden_in
from repsight.coach.ledger import Ledger
from repsight.coach.profile import mentions_pain
from repsight.coach.questions import OF_SPEED, Question

__all__ = [
    "BACK_SHAPE",
    "DO_NOT_KNOW",
    "GREETING",
    "NOTHING_PRAISED",
    "NOT_FOR_A_CAMERA",
    "NOT_MEASURED",
    "NO_CHANGE_OF_SPEED",
    "NO_EARLIER_SET",
    "NO_LOAD",
    "NO_SUCH_REP",
    "STAYS_HERE",
    "fixed_reply",
    "is_of_pain",
    "last_reply",
]

#: What is said where the facts do not say it.
DO_NOT_KNOW: Final = (
    "I do not know; the facts of this report do not say. You can ask what counted, what to fix, "
    "what was good, how a rep went, what changed, what could not be judged, and what to do next."
)
#: What is said to questions about a body.
NOT_FOR_A_CAMERA: Final = (
    "Whether something is good or bad for a body is nothing that a camera can see, and not mine "
    "to say; a doctor or a physiotherapist can. I can tell you what I saw of the movement: ask "
    "what to fix, what was good or what to do next."
)
#: What is said to a greeting, to nothing, and to what is no question.
GREETING: Final = (
    "Ask me about this report: what counted, what to fix, what was good, how a rep went, what "
    "changed, what could not be judged, or what to do next."
)
#: What is said where an earlier set is asked for and none is known.
NO_EARLIER_SET: Final = (
    "I know of no earlier set of this exercise, so there is nothing to compare with. Keep your "
    "results in one folder and I can compare the next one with this one."
)
#: What is said where a load is asked for that nobody told.
NO_LOAD: Final = (
    "How heavy it was is not in the picture. Write the load into your profile, and I reckon "
    "with it."
)
#: What is said to questions about calories, muscles, strength or scores.
NOT_MEASURED: Final = (
    "That is nothing I measure: no calories, no muscles, no strength and no marks out of ten. I "
    "count, time and judge what can be seen of the movement."
)
#: What is said to questions about where the video goes.
STAYS_HERE: Final = (
    "This answer comes from the report alone, and nothing is sent anywhere for it. The report has "
    "numbers and words; the video stays where you put it."
)
_IS_GREETING: Final = re.compile(
    r"^\W*(?:(?:hi|hello|hey|thanks?|thank you|good (?:morning|evening)|help|ok|okay|why"
    r"|who are you|what can (?:you do|i ask))\b\W*)*$"
)
_OF_PRIVACY: Final = re.compile(
    r"\b(?:store[ds]?|save[ds]?|sen[dt]|upload\w*|shared?|keep|private|privacy)\b"
    r".*\b(?:video|data|clip|anywhere|picture)s?\b"
    r"|\b(?:video|data|clip|picture)s? (?:\w+ ){0,2}"
    r"(?:stored?|saved?|sent|upload\w*|shared|kept|private)\b"
    r"|\bprivacy\b"
)
#: What is said about the shape of a back, where no rule is about it.
BACK_SHAPE: Final = (
    "How round or straight a back is I cannot tell: I follow points at hips and shoulders, and "
    "there is none between. How far you leaned I can tell where the view allows it."
)
_OF_THE_BACK: Final = re.compile(r"\bback\b.*\b(?:round\w*|straight|flat|arch\w*|neutral|curv\w*)")
_OF_A_LINE: Final = re.compile(r"\b(?:sag\w*|pik\w*|in line|line)\b|\bback\b")
#: What is said where speed is asked for and no change was larger than its error.
NO_CHANGE_OF_SPEED: Final = "I found no change of speed that is larger than its error."
#: What is said of a repetition that there is not.
NO_SUCH_REP: Final = "I counted no repetition of that number in this clip."
#: What is said where somebody asks what was good and nothing was clear enough.
NOTHING_PRAISED: Final = (
    "Nothing in this clip was clear enough for praise; that says nothing against the set."
)
_HARM: Final = re.compile(r"\b(?:hurt|injure|injury|injuries|damage|ruin|wreck|harm)\b")
_OF_NO_MEASURE: Final = re.compile(
    r"\bout of (?:10|ten|100)\b|\brate my\b|\bscore\b|\bgrade\b"
    r"|\bam i (?:strong|weak|fat|fit|thin|big|tall)\b"
    r"|\b(?:1|one)[ -]?rep[ -]?max\b|\b1rm\b"
)


def fixed_reply(question: Question, ledger: Ledger) -> str:
    """What is always said to questions that are not about this report; empty for the others."""
    if _IS_GREETING.match(question.text):
        return GREETING
    if _OF_PRIVACY.search(question.text):
        return STAYS_HERE
    beyond, _ = forbidden_in(question.text)
    if "sides" not in question.kinds and (
        beyond in {"muscle", "weight"} or _OF_NO_MEASURE.search(question.text)
    ):
        return NOT_MEASURED
    if _OF_THE_BACK.search(question.text) and not _knows_of_a_line(ledger):
        return BACK_SHAPE
    first = question.kinds[:1]
    if first == ("history",) and not ledger.of("history"):
        return NO_EARLIER_SET
    return NO_LOAD if first == ("load",) and ledger.first("load") is None else ""


def _knows_of_a_line(ledger: Ledger) -> bool:
    """Whether a rule of the exercise is about the line from shoulders over hips to heels."""
    facts = (*ledger.of("judgement"), *ledger.of("not_judged"))
    told = " ".join(
        f"{fact.words.get('title', '')} {fact.words.get('titles', '')}" for fact in facts
    )
    return bool(_OF_A_LINE.search(told))


def last_reply(question: Question, ledger: Ledger) -> str:
    """What is said where nothing else answers."""
    if question.rep > max(ledger.rep_totals.values(), default=0):
        return NO_SUCH_REP
    if question.kinds[:1] == ("change",) and OF_SPEED.search(question.text):
        return NO_CHANGE_OF_SPEED
    return NOTHING_PRAISED if question.kinds[:1] == ("good",) else DO_NOT_KNOW


def is_of_pain(question: Question, text: str) -> bool:
    """Whether a text speaks of pain or an injury, and not only of what might do harm."""
    return mentions_pain(_HARM.sub(" ", text.lower()) if question.is_of_harm else text)
