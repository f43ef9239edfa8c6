"""What the coach says, as paragraphs whose sentences lead to what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from repsight.core.report import CoachSentence, CoachSummary

__all__ = ["Paragraph", "Spoken", "paragraphs_of", "told_rules"]

#: Sentences that belong together, by the class of their paragraph.
_PARTS: dict[str, tuple[str, ...]] = {
    "lead": ("overview", "not_counted"),
    "good": ("praise",),
    "fix": ("fix", "why", "cue"),
    "more": ("watch", "close", "change", "variation"),
    "open": ("unjudged",),
    "next": ("limits", "next"),
    "referral": ("referral",),
    "camera": ("camera",),
    "question": ("question",),
}
_PART_OF = {slot: part for part, slots in _PARTS.items() for slot in slots}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence with its number and the id of the plot that shows it (empty: none)."""

    number: int
    said: CoachSentence
    plot: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that are read together."""

    part: str
    sentences: tuple[Spoken, ...]


def told_rules(summary: CoachSummary, slot: str, *, set_number: int) -> frozenset[str]:
    """Ids of the rules of a set that the coach's sentences of a slot are about."""
    cited = {name for one in summary.sentences if one.slot == slot for name in one.facts}
    return frozenset(
        fact.metric
        for fact in summary.facts
        if fact.id in cited and fact.kind == "judgement" and fact.set_number == set_number
    )


def paragraphs_of(summary: CoachSummary) -> tuple[Paragraph, ...]:
    """The coach's sentences in paragraphs; every fix begins one of its own."""
    return tuple(_paragraphs(summary))


def _paragraphs(summary: CoachSummary) -> Iterator[Paragraph]:
    part, waiting = "", list[Spoken]()
    for number, said in enumerate(summary.sentences, start=1):
        own = _PART_OF.get(said.slot, "more")
        if waiting and (own != part or said.slot == "fix"):
            yield Paragraph(part, tuple(waiting))
            waiting = []
        part = own
        plot = f"curve-{said.set_number}-{said.curve}" if said.curve else ""
        waiting.append(Spoken(number, said, plot))
    if waiting:
        yield Paragraph(part, tuple(waiting))
