"""The teacher: the template's sentences said in other words, from a wide phrase grammar.

A planned sentence is taken apart into the phrase that made it and what fills its names; another
frame of the same job and names is filled with the same. What the verifier refuses is no lesson.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, cast

import numpy as np

from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import PLACEHOLDER, Draft, Line
from repsight.coach.phrase_bank import phrases
from repsight.coach.template import write
from repsight.coach.verifier import verify
from training.coach.evidence import Evidence

__all__ = ["frames", "lessons_of"]

_GRAMMAR: Final = Path(__file__).parent / "grammar.toml"
_NAME: Final = re.compile(r"\{([a-z_]+\d?\.[a-z_]+)\}")
_CHOICE: Final = re.compile(r"\[([^\]]*)\]")
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class _Frame:
    """A phrase with its names, and the expression that finds what fills them."""

    slot: str
    job: str
    text: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(_NAME.findall(self.text)))

    def filled(self, fills: Mapping[str, str]) -> str:
        text = _NAME.sub(lambda found: fills[found[1]], self.text)
        return text[:1].upper() + text[1:]


def lessons_of(evidence: Evidence, rng: np.random.Generator) -> tuple[tuple[Line, Line], ...]:
    """Pairs of a planned sentence and the teacher's, which passes in its place."""
    deck = builtin_deck()
    draft = write(evidence.ledger, evidence.plan, deck)
    lines = [line if line.slot == "referral" else _reworded(line, rng) for line in draft.lines]
    if _passes(Draft(tuple(lines)), evidence):
        pairs = zip(draft.lines, lines, strict=True)
    else:
        pairs = ((line, _verified(draft, at, line, evidence, rng))
                 for at, line in enumerate(draft.lines))  # fmt: skip
    return tuple((plan, own) for plan, own in pairs if plan.slot != "referral")


def _verified(
    draft: Draft, at: int, line: Line, evidence: Evidence, rng: np.random.Generator
) -> Line:
    """A wording that passes in the template's draft; the template's own where none does."""
    for _ in range(_TRIES if line.slot != "referral" else 0):
        own = _reworded(line, rng)
        if _passes(Draft((*draft.lines[:at], own, *draft.lines[at + 1 :])), evidence):
            return own
    return line


def _passes(draft: Draft, evidence: Evidence) -> bool:
    found = verify(draft, evidence.ledger, evidence.plan, deck=builtin_deck())
    return found.state == "passed"


def _reworded(line: Line, rng: np.random.Generator) -> Line:
    found = _taken_apart(line)
    if found is None:
        return line
    frame, fills, rest = found
    others = [one for one in frames(line.slot, frame.job, frame.names) if one.text != frame.text]
    if not others:
        return line
    text = others[int(rng.integers(len(others)))].filled(fills) + rest
    is_whole = sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(line.text))
    return replace(line, text=text) if is_whole else line


def _taken_apart(line: Line) -> tuple[_Frame, dict[str, str], str] | None:
    """The phrase that made a sentence, what fills it, and what follows it."""
    best: tuple[int, _Frame, re.Match[str]] | None = None
    for frame, expression in _expressions(line.slot):
        found = expression.match(line.text)
        literal = len(_NAME.sub("", frame.text))
        if found and (best is None or literal > best[0]):
            best = (literal, frame, found)
    if best is None:
        return None
    _, frame, found = best
    fills = {_name(group): text for group, text in found.groupdict().items()}
    return frame, fills, line.text[found.end() :]


@cache
def _expressions(slot: str) -> tuple[tuple[_Frame, re.Pattern[str]], ...]:
    return tuple(
        (frame, _expression(frame.text))
        for job, texts in phrases()[slot].items()
        for text in texts
        if len(set(_NAME.findall(text))) == len(_NAME.findall(text))
        for frame in (_Frame(slot, job, text),)
    )


def _expression(text: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[a-z_]+\d?\.[a-z_]+\})", text)
    return re.compile("".join(map(_part, parts)) + r"(?=$|\s)", re.IGNORECASE)


def _part(text: str) -> str:
    name = _NAME.fullmatch(text)
    if not name:
        return re.escape(text)
    kind, _, word = name[1].partition(".")
    group = f"(?P<{name[1].replace('.', '__')}>"
    if kind.rstrip("2") in {"card", "goalcard"}:
        return group + r".+?)"
    return group + (r"\{F\d+\})" if word == "amount" else rf"\{{F\d+\.{word}\}})")


def _name(group: str) -> str:
    return group.replace("__", ".")


@cache
def frames(slot: str, job: str, names: tuple[str, ...]) -> tuple[_Frame, ...]:
    """Every phrase of a slot and job that needs exactly these names: template and grammar."""
    bank = [*phrases()[slot].get(job, ()), *_written(slot, job)]
    made = (_Frame(slot, job, text) for text in dict.fromkeys(bank))
    return tuple(frame for frame in made if frame.names == names)


def _written(slot: str, job: str) -> Sequence[str]:
    """The grammar's frames; jobs of cues that the grammar does not have use those of ``only``."""
    bank = _grammar().get(slot, {})
    texts = bank.get(job) or bank.get({"first": "only"}.get(job, ""), ())
    return [text for one in texts for text in _expanded(one)]


def _expanded(text: str) -> list[str]:
    parts = _CHOICE.split(text)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


@cache
def _grammar() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = _GRAMMAR.read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, Sequence[str]]]", tomllib.loads(text))
