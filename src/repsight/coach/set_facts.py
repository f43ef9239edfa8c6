"""What a set report holds, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from repsight.coach.amounts import at_clock, counted, limits_said, reps_said, said
from repsight.coach.change_facts import changes_of
from repsight.coach.measure_facts import measures_of
from repsight.coach.naming import (
    VIEWS_SAID,
    bare_title,
    exercise_said,
    exercise_said_many,
    inside,
    subject_said,
)
from repsight.coach.past_facts import PastSet, past_of
from repsight.coach.whole_set import WholeSet, all_reps
from repsight.core.report import (
    ExerciseSeen,
    Fact,
    NotJudged,
    Outcome,
    Rejected,
    SetReport,
    VariationSeen,
    Verdict,
)
from repsight.core.spec import ExerciseSpec
from repsight.core.subjects import as_read, subject_of
from repsight.core.topics import as_topic
from repsight.core.wording import listed

__all__ = ["SURE", "facts_of_set"]

#: Confidence from which a recognised exercise is taken for granted (heuristic).
SURE: Final = 0.75
_WORST_FIRST: Final[tuple[Outcome, ...]] = ("issue", "watch", "too_close_to_call", "ok")


def facts_of_set(
    seen: SetReport, number: int, spec: ExerciseSpec | None, *, history: Sequence[PastSet] = ()
) -> Iterator[Fact]:
    """Facts of set ``number``, the weightiest kinds first; ids are still empty."""
    rules = {verdict.rule for verdict in seen.verdicts}
    whole = WholeSet(seen, number, spec, {rule: subject_of(rule, spec) for rule in rules})
    yield _exercise(whole, seen.exercise)
    yield from _counts(whole)
    yield from _rejections(whole)
    yield from _judgements(whole)
    yield from (_variation(whole, variation) for variation in seen.variations)
    yield from _gaps(whole)
    yield from changes_of(whole)
    yield from measures_of(whole)
    yield from (_verdict(whole, one) for one in seen.verdicts if one.rep)
    yield from past_of(whole, history)


def _exercise(whole: WholeSet, exercise: ExerciseSeen) -> Fact:
    is_known = exercise.is_known
    is_sure = exercise.method == "given" or exercise.confidence >= SURE
    name = exercise_said(exercise.name) if is_known else "a movement I do not know by name"
    verdict = "unknown" if not is_known else "sure" if is_sure else "unsure"
    how = "you named it" if exercise.method == "given" else "recognised from the movement"
    return Fact(
        "", "exercise", whole.number, exercise.id, f"The exercise is {name}: {how}.",
        value=exercise.confidence, view=whole.seen.view,
        verdict=verdict, source=exercise.method,
        words={
            "name": name,
            "many": exercise_said_many(exercise.name) if is_known else "repetitions",
            "view": VIEWS_SAID.get(whole.seen.view, ""),
        },
    )  # fmt: skip


def _counts(whole: WholeSet) -> Iterator[Fact]:
    seen = whole.seen
    first = (*seen.reps, *seen.holds)
    first_s = first[0].start_s if first else seen.start_s
    if whole.is_hold:
        yield from _held(whole, first_s)
        return
    yield Fact(
        "", "count", whole.number, "reps", f"{counted(seen.rep_count, 'rep')} counted.",
        value=float(seen.rep_count), unit="rep", reps=all_reps(whole), t_s=first_s,
        words={
            "amount": counted(seen.rep_count, "rep"), "n": str(seen.rep_count),
            "done": f"{seen.rep_count} {_named(seen.exercise, seen.rep_count)}",
            "set": f"set {whole.number}",
            "all": reps_said(all_reps(whole), whole.total) if seen.rep_count else "no rep",
        },
    )  # fmt: skip
    yield from _side_counts(whole)
    for correction in seen.corrections:
        yield Fact("", "correction", whole.number, "count", correction,
                   value=float(seen.running_count), unit="rep")  # fmt: skip


def _side_counts(whole: WholeSet) -> Iterator[Fact]:
    """Repetitions of each side that has any; none where both sides moved together."""
    counts = whole.seen.side_counts
    told = [(side, counts.get(side, 0)) for side in ("left", "right") if counts.get(side)]
    if sum(count for _, count in told) != whole.seen.rep_count:
        return
    all_ = "all " if len(told) == 1 and whole.total > 1 else ""
    for side, count in told:
        yield Fact(
            "", "side_count", whole.number, side,
            f"{counted(count, 'rep')} on the {side} side.", value=float(count), unit="rep",
            reps=tuple(rep.number for rep in whole.seen.reps if rep.side == side),
            side=side, words={"amount": f"{all_ or count} on the {side}".replace("  ", " "),
                              "n": str(count)},
        )  # fmt: skip


def _named(exercise: ExerciseSeen, count: int) -> str:
    name = exercise.name if exercise.is_known else "repetition"
    return exercise_said(name) if count == 1 else exercise_said_many(name)


def _held(whole: WholeSet, first_s: float) -> Iterator[Fact]:
    total, noun = said(whole.seen.held_s, "s"), "hold"
    every = reps_said(all_reps(whole), whole.total, noun=noun) if whole.total else "no hold"
    yield Fact(
        "", "count", whole.number, "holds", f"{counted(whole.total, noun)}, {total} in all.",
        value=float(whole.total), unit=noun, reps=all_reps(whole), t_s=first_s,
        words={"amount": counted(whole.total, noun), "n": str(whole.total),
               "set": f"set {whole.number}", "all": every},
    )  # fmt: skip
    if whole.seen.holds:
        yield Fact(
            "", "held", whole.number, "held", f"Time in position: {total}.",
            value=whole.seen.held_s, unit="s", error=0.5, t_s=first_s, words={"amount": total},
        )  # fmt: skip


def _rejections(whole: WholeSet) -> Iterator[Fact]:
    rejected = whole.seen.rejected
    if rejected:
        reasons = list(dict.fromkeys(one.reason for one in rejected))
        yield Fact(
            "", "rejected_count", whole.number, reasons[0],
            f"{counted(len(rejected), 'movement')} not counted.", value=float(len(rejected)),
            unit="movement", t_s=rejected[0].turn_s, words={
                "amount": counted(len(rejected), "movement"), "n": str(len(rejected)),
                "attempts": str(len(rejected) + whole.total) if whole.total else "",
            },
        )  # fmt: skip
    yield from (_rejection(whole, one) for one in rejected)


def _rejection(whole: WholeSet, one: Rejected) -> Fact:
    after = sum(rep.turn_s < one.turn_s for rep in whole.seen.reps)
    where = f"after rep {after}" if after else "at the start"
    return Fact(
        "", "rejected", whole.number, one.reason,
        f"Not counted at {at_clock(one.start_s)} ({where}): {one.explanation}",
        value=one.value, unit=one.unit, expected_low=one.wanted, rep=0, t_s=one.turn_s,
        reps=(after,) if after else (),
        words={"time": at_clock(one.start_s), "where": where, "why": inside(one.explanation)},
    )  # fmt: skip


def _judgements(whole: WholeSet) -> Iterator[Fact]:
    """One fact per rule: its gravest outcome, the reps that had it, and the worst of them."""
    by_rule: dict[str, list[Verdict]] = {}
    for verdict in whole.seen.verdicts:
        by_rule.setdefault(verdict.rule, []).append(verdict)
    for rule, verdicts in by_rule.items():
        outcomes = {verdict.outcome for verdict in verdicts}
        outcome = next((one for one in _WORST_FIRST if one in outcomes), None)
        if outcome is not None:
            shown = [verdict for verdict in verdicts if verdict.outcome == outcome]
            judged = {v.rep for v in verdicts if v.outcome != "cannot_judge"} - {0}
            yield _judgement(whole, rule, shown, judged=len(judged))


def _judgement(whole: WholeSet, rule: str, shown: Sequence[Verdict], *, judged: int) -> Fact:
    worst = max(shown, key=lambda verdict: (verdict.severity, verdict.excess))
    read, subject = as_read(worst, whole.subjects[rule])
    reps = tuple(sorted({verdict.rep for verdict in shown} - {0}))
    limit = limits_said(read.expected_low, read.expected_high, read.unit)
    amount = said(read.value, read.unit, error=read.error)
    named = reps_said(reps, whole.total, noun=whole.noun)
    if named.count(",") > 2:  # a long list is read by nobody
        named = f"{len(reps)} of {judged} {whole.noun}s"
        if len(reps) == judged:
            named = f"the {judged} {whole.noun}s that I could judge"
    is_plain = read.unit in {"deg", "s"}  # a share of a shin means nothing to a lifter
    return Fact(
        "", "judgement", whole.number, rule,
        _judgement_text(worst, reps_said(reps, whole.total, noun=whole.noun), limit),
        value=read.value, unit=read.unit, error=read.error, expected_low=read.expected_low,
        expected_high=read.expected_high, rep=worst.rep, reps=reps, t_s=worst.t_s,
        side=worst.side, view=worst.view, verdict=worst.outcome, severity=worst.severity,
        source=worst.source,
        words={
            "title": bare_title(worst.title), "cue": worst.cue.rstrip("."), "do": inside(worst.cue),
            "good": bare_title(worst.good), "subject": subject_said(subject),
            "reps": named, "rep": f"{whole.noun} {worst.rep}",
            "amount": amount, "limit": limit, "reading": amount if is_plain else "",
            "bound": limit if is_plain else "", "n": str(len(reps)), "judged": str(judged),
        },
    )  # fmt: skip


def _judgement_text(worst: Verdict, reps: str, limit: str) -> str:
    where = "the whole set" if not worst.rep else reps
    match worst.outcome:
        case "issue":
            text = f"{worst.title}: to fix, in {where}."
        case "watch":
            text = f"{worst.title}: seen in {where}, too seldom to be an issue."
        case "too_close_to_call":
            text = f"{worst.title}: too close to call in {where}."
        case _:
            text = f"{worst.good or worst.title + ': not seen'} ({where})."
    return f"{text} Expected: {limit}." if limit else text


def _variation(whole: WholeSet, variation: VariationSeen) -> Fact:
    how = "you said so" if variation.method == "declared" else "seen in the clip"
    return Fact(
        "", "variation", whole.number, variation.id,
        f"Variation, not a fault: {variation.name} ({how}). {variation.evidence}".strip(),
        verdict=variation.method, view=whole.seen.view,
        words={"name": inside(variation.name), "how": how},
    )  # fmt: skip


def _some(titles: list[str]) -> str:
    """The first few titles; how many more there are."""
    most = 2
    if len(titles) <= most + 1:
        return listed(titles)
    return f"{', '.join(titles[:most])} and {len(titles) - most} more"


def _gaps(whole: WholeSet) -> Iterator[Fact]:
    groups: dict[tuple[str, str], list[NotJudged]] = {}
    for gap in whole.seen.not_judged:
        shoot = "" if gap.shoot_from == whole.seen.view else gap.shoot_from
        groups.setdefault((shoot, "" if shoot else gap.reason), []).append(gap)
    for (shoot, _), gaps in groups.items():
        titles = list(dict.fromkeys(as_topic(gap.title) for gap in gaps))
        yield Fact(
            "", "not_judged", whole.number, gaps[0].rule,
            f"Not judged: {listed(titles)}: {gaps[0].reason}.", view=shoot or whole.seen.view,
            verdict="cannot_judge", words={
                "titles": _some(titles), "reason": inside(gaps[0].reason.rstrip(".")),
                "cause": inside(gaps[0].reason.partition(";")[0].rstrip(".")),
                "view": VIEWS_SAID.get(shoot, ""), "rules": ",".join(gap.rule for gap in gaps),
            },
        )  # fmt: skip


def _verdict(whole: WholeSet, one: Verdict) -> Fact:
    read, subject = as_read(one, whole.subjects[one.rule])
    limit = limits_said(read.expected_low, read.expected_high, read.unit)
    amount = said(read.value, read.unit, error=read.error)
    where = f"{whole.noun} {one.rep}"
    text = f"{one.title}, {where}: {one.outcome.replace('_', ' ')}."
    if one.outcome == "cannot_judge":
        text = f"{one.title}, {where}: not judged, {one.reason}."
    return Fact(
        "", "verdict", whole.number, one.rule, text, value=read.value, unit=read.unit,
        error=read.error, expected_low=read.expected_low, expected_high=read.expected_high,
        rep=one.rep, reps=(one.rep,), t_s=one.t_s, side=one.side, view=one.view,
        verdict=one.outcome, source=one.source,
        words={"title": bare_title(one.title), "rep": where, "reps": where, "amount": amount,
               "limit": limit, "subject": subject_said(subject), "reason": one.reason,
               "reading": amount if read.unit in {"deg", "s"} else "",
               "good": bare_title(one.good)},
    )  # fmt: skip
