"""Only flagged issues are faults, variations never; nothing of what could not be judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from repsight.coach.checks.asking import asking_problems
from repsight.coach.checks.claims import is_disclaimed
from repsight.coach.checks.evidence import Problem, Said, rule_texts, words_of
from repsight.coach.checks.lexicon import names_of, pattern
from repsight.coach.checks.names import NAMES
from repsight.coach.checks.poles import opposite_problems
from repsight.coach.checks.turned import turned_problems
from repsight.core.report import Fact
from repsight.core.spec import ExerciseSpec

__all__ = ["concepts_in", "finding_problems", "is_backed_topic"]

#: Things of technique that a sentence can be about: what it says must be backed by its facts.
_CONCEPTS: Final = {
    name.removeprefix("topic_").replace("_", " "): pattern(name) for name in names_of("topic_")
}
#: What every sentence may mention because every set has it.
_ALWAYS: Final[dict[str, frozenset[str]]] = {
    "change": frozenset({"tempo", "range", "bar"}),
    "next": frozenset({"tempo", "range", "bar", "pause", "balance"}),
    "cue": frozenset({"bar", "tempo", "feet", "balance"}),
    "why": frozenset({"bar", "tempo", "range"}),
    "not_counted": frozenset({"range", "tempo", "bar"}),
    "limits": frozenset({"range", "bar", "tempo", "pause"}),
    "camera": frozenset({"hips", "feet", "head", "balance", "range", "tempo"}),
    "overview": frozenset({"bar"}),
    "unjudged": frozenset({"bar", "range"}),
    "variation": frozenset({"bar", "range", "pause"}),
    "question": frozenset({"bar", "range", "tempo"}),
}
_DENIED: Final = pattern("denied")
_FAULT: Final = pattern("fault")
_PRAISE: Final = pattern("praise")
_ALL_CLEAR: Final = pattern("all_clear")
_SOFT: Final = pattern("soft")
_HEDGE: Final = pattern("hedge")
_OPEN: Final = pattern("open")
_UNSURE: Final = pattern("unsure")
_EVALUATING: Final = pattern("evaluating")
#: What happened in a repetition or two is no habit.
_HABIT: Final = re.compile(
    r"\b(?:always|usual(?:ly)?|often|habit\w*|tend\w*|keeps?|constant\w*|again|generally|normally"
    r"|every|each|all|most|never|will|should|must)\b"
)


_DENIES: Final = re.compile(
    r"\b(?:no|not|never|nothing|didn't|wasn't|isn't|without)\b[^.,;:]*"
    r"\b(?:issues?|problems?|faults?|fix)\b"
    r"|\b(?:not true|untrue|false|a lie|wrong to say|deny|far from true)\b"
)
#: A sentence about what could not be judged must itself say that it is open.
_LEFT_OPEN: Final = re.compile(
    r"\b(?:not|cannot|can't|couldn't|no|open|hidden|hides|unclear|unable|left out|leave|only"
    r"|whether|if you|needs?|unknown|without|could also|no view|may or may not|following|stays?"
    r"|settle|takes? a camera|these|could|ask me|hides?|needed|required?|to be seen|if i)\b"
    r"|\b(?:i|we|one|camera|view|picture|clip|video|angle)\b (?:\w+ )?"
    r"(?:don't|doesn't|do|does|did|didn't) (?:\w+ )?(?:know|see|tell|show|say|reach)\b"
    r"|\bno (?:telling|saying|knowing|way|word|idea)\b"
    r"|^(?:to (?:see|judge|check|tell|know)|film|for)\b|\bso that i can\b"
)
#: A half of a sentence that takes the other half back.
_CLAUSES: Final = re.compile(r"(?<=[.!?;])\s+|,?\s+\b(?:but|though|although|however)\b")
_FIXES: Final = re.compile(r"\b(?:fix|correct|repair|sort out) (?:your|the|that|those) (\w{3,})")
_ALL_COUNTED: Final = re.compile(
    r"\b(?:all|every|each)\b[^.]*\bcounted\b"
    r"|\b(?:no|none of your) (?:movements?|tr(?:y|ies)|reps?|attempts?)\b[^.]*"
    r"\b(?:out|missing|lost)\b"
    r"|\bnothing (?:was|is) (?:left )?out\b"
)
_WHICH_TRY: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|last|final|opening) (?:tr(?:y|ies)|attempts?|movements?)\b"
)
_ANY_DENIAL: Final = re.compile(
    r"\b(?:no|not|never|nothing|none|without|instead of|free of|hardly)\b|n't\b"
)
#: Why something did not count, in words that mean one reason only.
_REASONS: Final = {
    "wrong_posture": re.compile(
        r"\b(?:wrong|another|different|other) (?:exercise|movement|lift)\b|\bsomething else\b"
        r"|\bnot (?:this|the|that) (?:exercise|movement|lift)\b"
    ),
    "too_quick": re.compile(r"\btoo (?:fast|quick(?:ly)?|rushed)\b|\brushed\b"),
    "too_slow": re.compile(r"\btoo slow(?:ly)?\b|\btook too long\b"),
}
_STEM: Final = 4
_CORRECTS: Final = re.compile(
    r"\b(?:should|must|avoid|stop (?:doing|it|this|that)|instead|don't)\b"
)


@lru_cache(maxsize=4096)
def concepts_in(text: str) -> frozenset[str]:
    """The things of technique that a text in small letters mentions."""
    return frozenset(name for name, words in _CONCEPTS.items() if words.search(text))


def is_backed_topic(word: str, said: Said) -> bool:
    """Whether a word is about a thing of technique that the facts of a line are about."""
    topics = concepts_in(word)
    return bool(topics) and topics <= concepts_in(said.support)


def _claimed_concepts(said: Said) -> frozenset[str]:
    """Those of a sentence that it does not disclaim ("this says nothing about your back").

    What could not be judged is disclaimed by its nature and must be backed all the same.
    """
    text = said.bare
    if said.slot == "unjudged":
        return concepts_in(text)
    return frozenset(
        name
        for name in concepts_in(text)
        if any(not is_disclaimed(text, found.start()) for found in _CONCEPTS[name].finditer(text))
    )


def finding_problems(said: Said) -> Iterator[Problem]:
    """Faults, praise and topics that the cited facts do not carry."""
    name = NAMES.foreign(said.low, said.specs, support=said.support)
    if name:
        yield said.problem("exercise", f"speaks of {name!r}")
    claimed = _claimed_concepts(said) - _ALWAYS.get(said.slot, frozenset())
    told = _praised(said) if said.slot == "praise" else said.support
    unbacked = [concept for concept in claimed if not _CONCEPTS[concept].search(told)]
    for concept in sorted(unbacked):
        yield said.problem("topic", f"speaks of {concept}, which no cited fact is about")
    yield from _SLOT_CHECKS.get(said.slot, _nothing)(said)
    yield from opposite_problems(said)
    yield from turned_problems(said)
    if (
        said.plan.fixes
        and _ALL_CLEAR.search(said.bare)
        and said.slot not in {"variation", "praise", "watch"}
    ):
        yield said.problem("all_clear", "says that nothing is to fix")
    if said.slot == "praise" and _ALL_CLEAR.search(said.bare) and said.plan.fixes:
        yield said.problem("all_clear", "says that nothing is to fix")


def _praised(said: Said) -> str:
    """What praise may speak of: what was found good, not how a card explains it."""
    parts = [text for fact in said.facts for text in fact.words.values()]
    parts += [text for fact in said.facts for text in rule_texts(fact, said.specs)]
    parts += [text for card in said.cards for text in (*card.good, *card.aliases)]
    return " ".join(parts).lower()


def _faults(text: str) -> list[str]:
    return [m[0] for m in _FAULT.finditer(text) if not _DENIED.search(text[: m.start()])]


def _praises(text: str) -> list[str]:
    return [m[0] for m in _PRAISE.finditer(text) if not _DENIED.search(text[: m.start()])]


def _nothing(said: Said) -> Iterator[Problem]:
    del said
    yield from ()


def _check_praise(said: Said) -> Iterator[Problem]:
    if any(fact.verdict != "ok" for fact in said.facts):
        yield said.problem("praise", "praises what was not found good")
    own = " ".join(
        fact.words.get("good", "") + " " + fact.words.get("title", "") for fact in said.facts
    )
    for word in _faults(said.bare):
        if word not in own.lower():
            yield said.problem("invented", f"a fault in praise: {word!r}")
    for fact in said.facts:
        yield from _praised_fault(said, fact.words.get("title", ""), fact.words.get("good", ""))


def _praised_fault(said: Said, title: str, good: str) -> Iterator[Problem]:
    """The fault's own name in praise, without a word that denies it."""
    named = {word[:_STEM] for word in words_of(title) if len(word) >= _STEM}
    own = {word[:_STEM] for word in words_of(good)}
    own |= {word[:_STEM] for card in said.cards for one in card.good for word in words_of(one)}
    if not named - own:
        return
    for sentence in re.split(r"(?<=[.!?])\s+", said.low):
        mine = {word[:_STEM] for word in words_of(sentence)}
        if named <= mine and not _ANY_DENIAL.search(sentence):
            yield said.problem("praise", f"praises a fault: {title!r}")


def _check_fix(said: Said) -> Iterator[Problem]:
    if said.facts[0].verdict != "issue":
        yield said.problem("invented", "a fix for something that is no issue")
    for word in _praises(said.bare):
        yield said.problem("praise", f"praises what is to fix: {word!r}")
    if _DENIES.search(said.bare):
        yield said.problem("all_clear", "denies an issue that was found")


def _check_overview(said: Said) -> Iterator[Problem]:
    for word in (
        *_faults(said.bare),
        *(
            m[0]
            for m in _EVALUATING.finditer(
                said.bare.replace("good-sized", "").replace("so far, so good", "")
            )
        ),
    ):
        yield said.problem("invented", f"judges while it counts: {word!r}")
    unsure = any(fact.kind == "exercise" and fact.verdict == "unsure" for fact in said.facts)
    if unsure and not _UNSURE.search(said.bare):
        yield said.problem("too_sure", "names an exercise that was not recognised surely")


def _check_variation(said: Said) -> Iterator[Problem]:
    allowed = _faults(said.support)  # a name such as cheat curl, not the word in "no fault"
    for word in _faults(said.bare):
        if word not in allowed:
            yield said.problem("variation", f"makes a variation a fault: {word!r}")
    if _CORRECTS.search(said.bare):
        yield said.problem("variation", "corrects a variation")
    names = [word for fact in said.facts[:1] for word in words_of(fact.words.get("name", ""))]
    told = sum(word[:_STEM] in said.low for word in names)
    if names and told * 2 < len(names) + 1:
        yield said.problem("variation", "speaks of another variation")


def _check_watch(said: Said) -> Iterator[Problem]:
    denied = re.search(r"\bnot a fix\b|\bnothing to fix\b|\bno fix\b", said.bare)
    grave = re.search(r"\b(?:must|serious\w*|major|fix)\b", said.bare)
    is_named = said.bare.count("rep") and not _HABIT.search(said.bare)
    if not denied and (grave or not (_SOFT.search(said.bare) or is_named)):
        yield said.problem("too_sure", "makes an issue of what was seen too seldom")


def _check_close(said: Said) -> Iterator[Problem]:
    if not _HEDGE.search(said.bare):
        yield said.problem("too_sure", "decides what was too close to call")


def _check_unjudged(said: Said) -> Iterator[Problem]:
    yield from _named_as_open(said)
    if not _OPEN.search(said.bare):
        yield said.problem("gated", "judges what could not be judged")
    if _praises(said.bare) and not _OPEN.search(said.bare.split(",")[0]):
        yield said.problem("gated", "praises what could not be judged")
    for sentence in _CLAUSES.split(said.bare):
        if concepts_in(sentence) and not _LEFT_OPEN.search(sentence):
            yield said.problem("gated", "speaks of something open as if it had been judged")


def _named_as_open(said: Said) -> Iterator[Problem]:
    """Only what was left open is named, and of a pair of sides never one alone."""
    told = [word for fact in said.facts for word in fact.words.values()]
    told += [title for fact in said.facts for title in _titles(fact, said.specs)]
    own = concepts_in(" ".join(told).lower()) | _ALWAYS["unjudged"]
    for concept in sorted(_claimed_concepts(said) - own):
        yield said.problem("gated", f"speaks of {concept}, which was not left open")
    sides = {side for side in ("left", "right") if re.search(rf"\b{side}\b", said.bare)}
    if len(sides - {fact.side for fact in said.facts}) == 1 and "left out" not in said.bare:
        yield said.problem("side", "names one side of two")


def _titles(fact: Fact, specs: Iterable[ExerciseSpec]) -> Iterator[str]:
    rules = set(fact.words.get("rules", fact.metric).split(","))
    for spec in specs:
        yield from (rule.title for rule in spec.book.rules if rule.id in rules)


def _check_change(said: Said) -> Iterator[Problem]:
    for word in _faults(said.bare):
        if said.step.job != "gone":
            yield said.problem("invented", f"a change is no fault: {word!r}")


def _check_not_counted(said: Said) -> Iterator[Problem]:
    reasons = {fact.metric for fact in said.facts}
    for reason, words in _REASONS.items():
        found = words.search(said.bare)
        if found and reason not in reasons and found[0] not in said.support:
            yield said.problem("invented", f"{found[0]!r} is not why it did not count")
    if (found := _WHICH_TRY.search(said.bare)) and found[0] not in said.support:
        is_last = found[1] == "last" and any(f.metric == "not_finished" for f in said.facts)
        if not is_last:
            yield said.problem("number", f"{found[0]!r} is in no cited fact")
    if _ALL_COUNTED.search(said.bare):
        yield said.problem("invented", "says that all of it counted")


def _check_next(said: Said) -> Iterator[Problem]:
    titles = " ".join(fact.words.get("title", "") for fact in said.facts)
    for found in _FIXES.finditer(said.bare):
        if said.slot == "next" and found[1][:_STEM] not in titles:
            yield said.problem("invented", f"wants {found[1]!r} fixed")
    for word in _faults(said.bare):
        if not said.plan.fixes and word not in said.support:
            yield said.problem("invented", f"a fault that was not found: {word!r}")


_SLOT_CHECKS: Final = {
    "praise": _check_praise,
    "fix": _check_fix,
    "overview": _check_overview,
    "variation": _check_variation,
    "watch": _check_watch,
    "close": _check_close,
    "unjudged": _check_unjudged,
    "change": _check_change,
    "next": _check_next,
    "not_counted": _check_not_counted,
    "limits": _check_next,
    "camera": _check_next,
    "question": asking_problems,
}
