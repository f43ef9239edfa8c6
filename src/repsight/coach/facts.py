"""The ledger of a clip: everything that may be said, numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from repsight.coach.amounts import counted, said
from repsight.coach.ledger import Ledger, numbered
from repsight.coach.naming import inside
from repsight.coach.past_facts import PastSet
from repsight.coach.profile import Profile
from repsight.coach.set_facts import facts_of_set
from repsight.core.report import ClipReport, Fact, QualityNote
from repsight.exercises import catalog

__all__ = ["ledger_of"]


def ledger_of(
    report: ClipReport, profile: Profile | None = None, *, history: Sequence[PastSet] = ()
) -> Ledger:
    """Number every fact of a report, of the lifter's profile and of earlier sets.

    The same report gives the same ids.
    """
    lifter = profile or Profile()
    facts = list(_clip_facts(report))
    for number, seen in enumerate(report.sets, start=1):
        facts += facts_of_set(seen, number, catalog().get(seen.exercise.id), history=history)
    facts += _profile_facts(lifter)
    return numbered(
        facts,
        untrusted=(lifter.notes, *lifter.limitations, *lifter.equipment, report.source.name),
        rep_totals={
            number: len(seen.holds) if seen.holds else seen.rep_count
            for number, seen in enumerate(report.sets, start=1)
        },
    )


def _clip_facts(report: ClipReport) -> Iterator[Fact]:
    if report.source.found_share == 0:
        yield Fact("", "nobody", 0, "person", "Nobody was found in the picture.", value=0.0)
    elif not any(seen.rep_count or seen.rejected or seen.holds for seen in report.sets):
        yield Fact("", "nothing", 0, "reps", "No repetition and no hold was seen.", value=0.0)
    if len(report.sets) > 1:
        sets = counted(len(report.sets), "set")
        yield Fact("", "set_count", 0, "sets", f"{sets} in this clip.",
                   value=float(len(report.sets)), unit="set",
                   words={"amount": sets, "n": str(len(report.sets))})  # fmt: skip
    yield from (_quality(note) for note in report.quality.notes if note.level != "good")
    if report.quality.reshoot:
        advice = report.quality.reshoot.strip()
        yield Fact("", "reshoot", 0, "reshoot", advice, verdict=report.quality.level,
                   words={"advice": advice.rstrip("."), "inner": inside(advice)})  # fmt: skip


def _quality(note: QualityNote) -> Fact:
    return Fact(
        "", "quality", 0, note.id, note.message, value=note.value, unit=note.unit,
        verdict=note.level,
        words={"message": inside(note.message), "advice": note.advice.rstrip("."),
               "do": inside(note.advice)},
    )  # fmt: skip


def _profile_facts(lifter: Profile) -> Iterator[Fact]:
    if lifter.goal:
        yield Fact("", "goal", 0, lifter.goal, f"The lifter's goal is {lifter.goal}.",
                   words={"name": lifter.goal})  # fmt: skip
    if lifter.experience:
        yield Fact("", "experience", 0, lifter.experience,
                   f"The lifter says: {lifter.experience}.")  # fmt: skip
    if isfinite(lifter.load_kg):
        amount = said(lifter.load, lifter.units)
        yield Fact("", "load", 0, "load", f"The load was {amount}.", value=lifter.load,
                   unit=lifter.units, words={"amount": amount})  # fmt: skip
    for name in lifter.known_limitations:
        words = {"name": name.replace("_", " ")}
        yield Fact("", "limitation", 0, name, f"A limitation: {name.replace('_', ' ')}.",
                   words=words)  # fmt: skip
    for name in lifter.known_equipment:
        yield Fact("", "equipment", 0, name, f"At hand: {name.replace('_', ' ')}.")
    if lifter.needs_referral:
        yield Fact("", "referral", 0, "referral", "The lifter mentions pain or an injury.")
