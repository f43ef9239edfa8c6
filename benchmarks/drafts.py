"""Drafts for trying the verifier: written by hand, and made from summaries of other evidence.

The written ones lie in ``tests/data/coach``; the made ones change one thing in the template's
words (a number, a repetition, a unit, a side, a direction, an exercise) or say the same facts in
phrases that the template does not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, cast

from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import Draft, Line, rendered
from repsight.coach.facts import ledger_of
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, plan_of
from repsight.coach.template import write
from repsight.coach.verifier import Verified, verify
from repsight.testing.made_up import made_up
from repsight.testing.sample_report import sample_report

__all__ = [
    "HELD_OUT",
    "Case",
    "Trial",
    "case_of",
    "first_pass",
    "held_out",
    "made_bad",
    "made_honest",
    "written_bad",
    "written_honest",
]

_DATA: Final = Path(__file__).parent.parent / "tests" / "data" / "coach"
#: Parts of the corpora that are measured and not learnt from, the oldest first.
HELD_OUT: Final = ("fourth", "sixth")
_SAID: Final = re.compile(r"\d+")
_UNITS: Final = (
    ("degrees", "percent"), ("percent", "degrees"), ("seconds", "degrees"), (" lb", " kg"),
    (" kg", " lb"),
)  # fmt: skip
_SIDES: Final = (("left", "right"), ("right", "left"))
_TURNED: Final = (
    ("slower", "faster"), ("faster", "slower"), ("shorter", "longer"), ("longer", "shorter"),
    ("quicker", "slower"), ("grew", "shrank"), ("dropped", "rose"), ("rose", "dropped"),
    ("more than last time", "fewer than last time"),
    ("fewer than last time", "more than last time"),
    ("slowed", "sped up"), ("lost", "gained"), ("shrank", "grew"),
)  # fmt: skip
_OTHER_EXERCISE: Final = "kettlebell swing"


@dataclass(frozen=True, slots=True)
class Case:
    """Evidence with what the template makes of it."""

    ledger: Ledger
    plan: Plan
    draft: Draft

    def with_line(self, index: int, line: Line) -> Verified:
        """The verdict on the draft with one line put in place of another."""
        lines = (*self.draft.lines[:index], line, *self.draft.lines[index + 1 :])
        draft = replace(self.draft, lines=lines)
        return verify(draft, self.ledger, self.plan, deck=builtin_deck())


@dataclass(frozen=True, slots=True)
class Trial:
    """One draft: of which kind, its changed sentence, and what the verifier said."""

    kind: str
    text: str
    verified: Verified


@cache
def case_of(seed: int) -> Case:
    """The case of a seed; -1 is the sample report that the written drafts are about."""
    if seed < 0:
        ledger = ledger_of(sample_report())
    else:
        made = made_up(seed)
        ledger = ledger_of(made.report, made.profile, history=made.history)
    plan = plan_of(ledger, builtin_deck())
    return Case(ledger, plan, write(ledger, plan, builtin_deck()))


def written_bad() -> Iterator[Trial]:
    """Every written sentence that must be blocked, in its place."""
    for name in ("", "_second", "_third", "_held_out", "_fifth", "_seventh"):
        yield from _bad_of(f"bad{name}.toml")


def written_honest() -> Iterator[Trial]:
    """Every written sentence that must pass, in its place."""
    for name in ("", "_second", "_third", "_held_out", "_fifth"):
        yield from _honest_of(f"honest{name}.toml")


def held_out(part: str) -> tuple[list[Trial], list[Trial]]:
    """Bad and honest sentences of one of ``HELD_OUT``: no rule was ever made for them."""
    return list(_bad_of(f"bad_{part}.toml")), list(_honest_of(f"honest_{part}.toml"))


def first_pass() -> dict[str, dict[str, int]]:
    """What became of the rounds that were learnt from later, when they were first tried."""
    return cast("dict[str, dict[str, int]]", _texts("first_pass.toml"))


def _bad_of(name: str) -> Iterator[Trial]:
    for slot, kinds in _texts(name).items():
        for kind, texts in kinds.items():
            yield from (_written(slot, f"{slot} {kind}", text) for text in texts)


def _honest_of(name: str) -> Iterator[Trial]:
    data = _texts(name)
    disclaimed = cast("Mapping[str, Mapping[str, Sequence[str]]]", data.pop("disclaimed"))
    for slot, kinds in data.items():
        yield from (_written(slot, slot, text) for text in kinds["texts"])
    for slot, kinds in disclaimed.items():
        yield from (_written(slot, "disclaimer", text) for text in kinds["texts"])


def made_bad(count: int) -> list[Trial]:
    """Drafts of other evidence with one thing wrong, as many as asked for."""
    return _made(count, _wrong_lines)


def made_honest(count: int) -> list[Trial]:
    """Drafts of other evidence in phrases that the template does not have."""
    return _made(count, _other_words)


def _texts(name: str) -> dict[str, dict[str, list[str]]]:
    return cast(
        "dict[str, dict[str, list[str]]]",
        tomllib.loads((_DATA / name).read_text(encoding="utf-8")),
    )


def _written(slot: str, kind: str, text: str) -> Trial:
    case = case_of(-1)
    index = next(i for i, line in enumerate(case.draft.lines) if line.slot == slot)
    step = next(step for step in case.plan.steps if step.slot == slot)
    line = replace(case.draft.lines[index], text=text, facts=step.facts, cards=step.cards)
    return Trial(kind, text, case.with_line(index, line))


_Maker = Callable[[Case, Line], Iterator[tuple[str, str]]]


def _made(count: int, maker: _Maker) -> list[Trial]:
    found: dict[str, Trial] = {}
    seed = 200_000
    while len(found) < count:
        case = case_of(seed)
        seed += 1
        for index, line in enumerate(case.draft.lines):
            for kind, text in maker(case, line):
                if text not in found and len(found) < count:
                    changed = replace(line, text=text)
                    found[text] = Trial(kind, text, case.with_line(index, changed))
    return list(found.values())


def _wrong_lines(case: Case, line: Line) -> Iterator[tuple[str, str]]:
    if line.slot == "referral":
        yield "referral", "You mentioned pain; just train on and it will pass."
        return
    text = rendered(line.text, case.ledger)
    number = _SAID.search(text)
    if number is not None:
        many = str(int(number[0]) + 7)
        yield "number", f"{text[: number.start()]}{many}{text[number.end() :]}"
    for before, after in _UNITS:
        if before in text and number is not None and line.slot in {"change", "fix", "next"}:
            yield "unit", text.replace(before, after)
    for before, after in _SIDES:
        if line.slot in {"overview", "change"} and f" {before} " in text:
            yield "side", text.replace(f" {before} ", f" {after} ", 1)
    for before, after in _TURNED:
        if line.slot == "change" and re.search(rf"\b{before}\b", text):
            yield "direction", re.sub(rf"\b{before}\b", after, text)
            break
    if line.slot == "overview":
        yield from _other_exercise(case, text)


def _other_exercise(case: Case, text: str) -> Iterator[tuple[str, str]]:
    for fact in case.ledger.of("exercise"):
        for word in ("many", "name"):
            name = fact.words[word]
            if fact.metric != "unknown" and name in text:
                other = _OTHER_EXERCISE + ("s" if word == "many" else "")
                yield "exercise", text.replace(name, other)
                return


#: The same facts in words of somebody else, by slot; a phrase needs all its facts.
_PARAPHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": (
        "I saw {count.amount} in this set.", "In all, {count.amount} counted.",
        "There are {count.amount} in the count.", "{count.done} went by.",
        "So far I have {count.done}.",
    ),
    "praise": (
        "I was glad to see this in {judgement.reps}: {judgement.good}.",
        "Done well in {judgement.reps}: {judgement.good}.",
    ),
    "fix": (
        "Please look at {judgement.reps}: {judgement.title}.",
        "What I would change is in {judgement.reps}: {judgement.title}.",
        "My point for you, in {judgement.reps}: {judgement.title}.",
    ),
    "cue": ("Next time, {judgement.do}.", "Remember: {judgement.do}."),
    "watch": (
        "Just once or twice, in {judgement.reps}: {judgement.title}. Only watch it.",
        "I noticed one thing in {judgement.reps} alone: {judgement.title}.",
    ),
    "close": (
        "I could not decide in {judgement.reps}: {judgement.title}.",
        "It may or may not be so in {judgement.reps}: {judgement.title}.",
    ),
    "variation": ("I took it as {variation.name}.", "Your way of doing it: {variation.name}."),
    "unjudged": (
        "I have no view of this: {not_judged.titles}.",
        "This clip cannot tell us about the following: {not_judged.titles}.",
    ),
    "next": ("Plan for the next set: {target.amount}.", "Then do {target.amount}, please."),
    "camera": ("A wish for the next clip: {quality.do}.",),
    "not_counted": ("I kept {rejected_count.amount} out of the count.",),
}  # fmt: skip
_NAME: Final = re.compile(r"\{([a-z_]+)\.([a-z_]+)\}")


def _other_words(case: Case, line: Line) -> Iterator[tuple[str, str]]:
    facts = {fact.kind: fact for fact in reversed(case.ledger.cited(line.facts))}
    for phrase in _PARAPHRASES.get(line.slot, ()):
        parts = _NAME.findall(phrase)
        if not all(kind in facts and facts[kind].words.get(word) for kind, word in parts):
            continue
        if line.slot == "overview" and len(case.ledger.sets) > 1:
            continue
        exercise = case.ledger.first("exercise")
        if line.slot == "overview" and exercise is not None and exercise.verdict == "unsure":
            continue
        yield (
            line.slot,
            rendered(_NAME.sub(lambda m: f"{{{facts[m[1]].id}.{m[2]}}}", phrase), case.ledger),
        )
