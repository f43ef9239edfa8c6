"""What changed against the lifter's last set of the same exercise, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, isfinite, nan
from typing import Final

from repsight.coach.amounts import counted, said
from repsight.coach.whole_set import WholeSet
from repsight.core.report import Fact, Measure, SetReport

__all__ = ["PastSet", "past_of", "past_set"]

#: One-sided 95 %: a change against an earlier set counts beyond both errors times this.
_Z: Final = 1.64
#: Less than this is nothing to speak of between two sets (heuristic).
_LEAST: Final[Mapping[str, float]] = {"deg": 5.0, "s": 0.3}
_LEAST_LENGTH: Final = 0.05
_MOST_MEASURES: Final = 2
_PHASES: Final = ("eccentric", "pause", "concentric")


@dataclass(frozen=True, slots=True)
class PastSet:
    """An earlier set of the same lifter, the newest last in a history.

    ``metrics`` are compared only where ``view`` and ``variations`` are those of the new set.
    """

    exercise: str
    rep_count: int = 0
    held_s: float = nan
    issues: tuple[str, ...] = ()
    load_kg: float = nan
    metrics: Mapping[str, Measure] = field(default_factory=dict[str, Measure])
    view: str = ""
    variations: tuple[str, ...] = ()


def past_set(seen: SetReport) -> PastSet:
    """A set of an older report as part of a history."""
    issues = tuple(dict.fromkeys(v.rule for v in seen.verdicts if v.outcome == "issue"))
    return PastSet(
        seen.exercise.id, seen.rep_count, seen.held_s, issues, metrics=dict(seen.metrics),
        view=seen.view, variations=_ways(seen),
    )  # fmt: skip


def past_of(whole: WholeSet, history: Sequence[PastSet]) -> Iterator[Fact]:
    """Facts on the last set of this exercise; none where there is no such set."""
    seen, number = whole.seen, whole.number
    same = [past for past in history if past.exercise == seen.exercise.id]
    if not same or not seen.exercise.is_known:
        return
    last = same[-1]
    if seen.holds and isfinite(last.held_s):
        yield _counted(number, "held", seen.held_s - last.held_s, "s", before=last.held_s)
    elif not seen.holds and last.rep_count:
        change = float(seen.rep_count - last.rep_count)
        yield _counted(number, "reps", change, "rep", before=float(last.rep_count))
    if last.view == seen.view and last.variations == _ways(seen):
        yield from _measures(whole, last)
    for rule in last.issues:
        times = sum(rule in past.issues for past in same)
        yield Fact("", "past_issue", number, rule, "The last set of this exercise had this issue.",
                   value=float(times), unit="set", words={"n": str(times)})  # fmt: skip


def _ways(seen: SetReport) -> tuple[str, ...]:
    return tuple(sorted(way.id for way in seen.variations))


def _counted(number: int, metric: str, change: float, unit: str, *, before: float) -> Fact:
    least = 2.0 if unit == "s" else 0.5
    verdict = "same" if abs(change) < least else "rising" if change > 0 else "falling"
    amount = said(change, "s") if unit == "s" else counted(round(abs(change)), "rep")
    past = said(before, "s") if unit == "s" else counted(round(before), "rep")
    return Fact(
        "", "history", number, metric, f"Last time it was {past}.", value=change, unit=unit,
        expected_low=before, verdict=verdict, words={"amount": amount, "before": past},
    )  # fmt: skip


def _measures(whole: WholeSet, last: PastSet) -> Iterator[Fact]:
    """Measures that changed beyond the errors of both sets, the surest first."""
    own = {metric.id for metric in whole.spec.book.metrics} if whole.spec else set[str]()
    found: list[tuple[float, Fact]] = []
    for name, now in whole.seen.metrics.items():
        before = last.metrics.get(name)
        if before is None or before.unit != now.unit or name not in own | {*_PHASES}:
            continue
        change, error = now.value - before.value, hypot(now.error, before.error)
        least = max(_Z * error, _LEAST.get(now.unit, _LEAST_LENGTH))
        if isfinite(change) and isfinite(error) and abs(change) > least:
            found.append((abs(change) / least, _measure(whole, name, now, before)))
    found.sort(key=lambda one: -one[0])
    yield from (fact for _, fact in found[:_MOST_MEASURES])


def _measure(whole: WholeSet, metric: str, now: Measure, before: Measure) -> Fact:
    change, error = now.value - before.value, hypot(now.error, before.error)
    name, amount = whole.metric_name(metric), said(change, now.unit, error=error)
    past, is_up = said(before.value, now.unit, error=before.error), change > 0
    way = "more" if is_up else "less"
    return Fact(
        "", "history", whole.number, metric,
        f"{name[:1].upper()}{name[1:]}: {amount} {way} than last time, when it was {past}.",
        value=change, unit=now.unit, error=error, expected_low=before.value, view=whole.seen.view,
        verdict="rising" if is_up else "falling",
        words={"amount": amount, "before": past, "name": name},
    )  # fmt: skip
