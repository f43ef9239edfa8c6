"""Only flagged issues are faults, variations never; nothing of what could not be judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.lexicon import names_of, pattern
from repsight.coach.checks.names import NAMES

__all__ = ["concepts_in", "finding_problems"]

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
    "camera": frozenset({"hips", "feet", "head", "balance", "range", "tempo", "heels"}),
    "overview": frozenset({"bar"}),
    "unjudged": frozenset({"bar", "range"}),
    "variation": frozenset({"bar", "range", "pause"}),
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


_DENIES: Final = re.compile(
    r"\b(?:no|not|never|nothing|didn't|wasn't|isn't|without)\b[^.,;:]*"
    r"\b(?:issues?|problems?|faults?|fix)\b"
)
_CORRECTS: Final = re.compile(
    r"\b(?:should|must|avoid|stop (?:doing|it|this|that)|instead|don't)\b(?! not\b)"
)


def concepts_in(text: str) -> set[str]:
    """The things of technique that a text in small letters mentions."""
    return {name for name, pattern in _CONCEPTS.items() if pattern.search(text)}


def finding_problems(said: Said) -> Iterator[Problem]:
    """Faults, praise and topics that the cited facts do not carry."""
    name = NAMES.foreign(said.low, said.specs, support=said.support)
    if name:
        yield said.problem("exercise", f"speaks of {name!r}")
    unbacked = (
        concepts_in(said.bare) - concepts_in(said.support) - _ALWAYS.get(said.slot, frozenset())
    )
    for concept in sorted(unbacked):
        yield said.problem("topic", f"speaks of {concept}, which no cited fact is about")
    yield from _SLOT_CHECKS.get(said.slot, _nothing)(said)
    if (
        said.plan.fixes
        and _ALL_CLEAR.search(said.bare)
        and said.slot not in {"variation", "praise"}
    ):
        yield said.problem("all_clear", "says that nothing is to fix")
    if said.slot == "praise" and _ALL_CLEAR.search(said.bare) and said.plan.fixes:
        yield said.problem("all_clear", "says that nothing is to fix")


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


def _check_fix(said: Said) -> Iterator[Problem]:
    if said.facts[0].verdict != "issue":
        yield said.problem("invented", "a fix for something that is no issue")
    for word in _praises(said.bare):
        yield said.problem("praise", f"praises what is to fix: {word!r}")
    if _DENIES.search(said.bare):
        yield said.problem("all_clear", "denies an issue that was found")


def _check_overview(said: Said) -> Iterator[Problem]:
    for word in (*_faults(said.bare), *(m[0] for m in _EVALUATING.finditer(said.bare))):
        yield said.problem("invented", f"judges while it counts: {word!r}")
    unsure = any(fact.kind == "exercise" and fact.verdict == "unsure" for fact in said.facts)
    if unsure and not _UNSURE.search(said.bare):
        yield said.problem("too_sure", "names an exercise that was not recognised surely")


def _check_variation(said: Said) -> Iterator[Problem]:
    for word in _faults(said.bare):
        if word not in said.support:
            yield said.problem("variation", f"makes a variation a fault: {word!r}")
    if _CORRECTS.search(said.bare):
        yield said.problem("variation", "corrects a variation")


def _check_watch(said: Said) -> Iterator[Problem]:
    denied = re.search(r"\bnot a fix\b|\bnothing to fix\b|\bno fix\b", said.bare)
    grave = re.search(r"\b(?:must|serious\w*|major|fix)\b", said.bare)
    if not denied and (grave or not _SOFT.search(said.bare)):
        yield said.problem("too_sure", "makes an issue of what was seen too seldom")


def _check_close(said: Said) -> Iterator[Problem]:
    if not _HEDGE.search(said.bare):
        yield said.problem("too_sure", "decides what was too close to call")


def _check_unjudged(said: Said) -> Iterator[Problem]:
    if not _OPEN.search(said.bare):
        yield said.problem("gated", "judges what could not be judged")
    if _praises(said.bare) and not _OPEN.search(said.bare.split(",")[0]):
        yield said.problem("gated", "praises what could not be judged")


def _check_change(said: Said) -> Iterator[Problem]:
    for word in _faults(said.bare):
        if said.step.job != "gone":
            yield said.problem("invented", f"a change is no fault: {word!r}")


def _check_next(said: Said) -> Iterator[Problem]:
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
    "limits": _check_next,
    "camera": _check_next,
}
