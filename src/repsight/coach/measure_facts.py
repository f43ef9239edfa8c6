"""Numbers of a set, of its repetitions and for the next set, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, hypot, isfinite, nan

from repsight.coach.amounts import at_clock, counted, said
from repsight.coach.whole_set import WholeSet, all_reps
from repsight.core.report import (
    Fact,
    Held,
    Measure,
    Rep,
)
from repsight.core.wording import listed

__all__ = ["measures_of"]


def measures_of(whole: WholeSet) -> Iterator[Fact]:
    """Measures of the set, targets for the next one, every repetition or spell."""
    yield from _set_measures(whole)
    yield from _targets(whole)
    yield from (_rep(whole, rep) for rep in whole.seen.reps)
    yield from (_hold(whole, held) for held in whole.seen.holds)
    yield from _rep_measures(whole)


def _targets(whole: WholeSet) -> Iterator[Fact]:
    """Numbers for the next set; the planner decides which of them is meant."""
    if whole.seen.holds:
        longest_s = max(held.end_s - held.start_s for held in whole.seen.holds)
        aim_s = 5.0 * ceil((longest_s + 3.0) / 5.0)
        yield _target(whole, "longer", aim_s, "s")
    elif whole.total:
        yield _target(whole, "same", float(whole.total), "rep")
        yield _target(whole, "more", float(whole.total + 1), "rep")
        if whole.total > 3:
            yield _target(whole, "fewer", float(whole.total - 1), "rep")


def _target(whole: WholeSet, metric: str, value: float, unit: str) -> Fact:
    amount = said(value, unit) if unit == "s" else counted(int(value), "rep")
    return Fact("", "target", whole.number, metric, f"A next set could have {amount}.",
                value=value, unit=unit, words={"amount": amount})  # fmt: skip


def _set_measures(whole: WholeSet) -> Iterator[Fact]:
    for phase in ("eccentric", "pause", "concentric"):
        measure = whole.seen.metrics.get(phase)
        if measure is not None and isfinite(measure.value):
            yield _measure(whole, phase, measure, kind="tempo")
    own = {metric.id for metric in whole.spec.book.metrics} if whole.spec else set[str]()
    for metric, measure in whole.seen.metrics.items():
        if metric in own and isfinite(measure.value):
            yield _measure(whole, metric, measure, kind="measure")
    apart = whole.seen.metrics.get("left_right_difference")
    if apart is not None and isfinite(apart.value):
        larger = "left" if apart.value > 0 else "right"
        amount = said(apart.value, "%")
        yield Fact(
            "", "difference", whole.number, "left_right_difference",
            f"The {larger} side moved {amount} further.", value=apart.value, unit="%",
            error=apart.error, side=larger, view=whole.seen.view,
            words={"amount": amount, "side": larger},
        )  # fmt: skip


def _measure(
    whole: WholeSet, metric: str, measure: Measure, *, kind: str, rep: int = 0, t_s: float = nan
) -> Fact:
    name, amount = whole.metric_name(metric), said(measure.value, measure.unit, error=measure.error)
    where = f" in {whole.noun} {rep}" if rep else ""
    return Fact(
        "", kind, whole.number, metric, f"{name[:1].upper()}{name[1:]}{where}: {amount}.",
        value=measure.value, unit=measure.unit, error=measure.error, rep=rep,
        reps=(rep,) if rep else all_reps(whole), t_s=t_s, view=whole.seen.view,
        words={"name": name, "amount": amount} | ({"rep": f"rep {rep}"} if rep else {}),
    )  # fmt: skip


def _rep(whole: WholeSet, rep: Rep) -> Fact:
    lasted_s = rep.end_s - rep.start_s
    phases = [
        f"{said(value, 's')} {name}"
        for name, value in (
            ("lowering", rep.eccentric_s), ("paused", rep.pause_s), ("lifting", rep.concentric_s)
        )
        if isfinite(value)
    ]  # fmt: skip
    side = f" on the {rep.side}" if rep.side != "both" else ""
    lasted = listed(phases) or said(lasted_s, "s")
    return Fact(
        "", "rep", whole.number, "rep",
        f"Rep {rep.number}{side} at {at_clock(rep.start_s)}: {lasted}.",
        value=lasted_s, unit="s", error=hypot(0.05, 0.05), rep=rep.number, reps=(rep.number,),
        t_s=rep.turn_s, side=rep.side if rep.side != "both" else "",
        words={"rep": f"rep {rep.number}", "amount": said(lasted_s, "s"),
               "time": at_clock(rep.start_s), "tempo": listed(phases)},
    )  # fmt: skip


def _hold(whole: WholeSet, held: Held) -> Fact:
    lasted_s = held.end_s - held.start_s
    name = "the hold" if whole.total == 1 else f"hold {held.number}"
    return Fact(
        "", "hold", whole.number, "hold",
        f"Hold {held.number} at {at_clock(held.start_s)}: {said(lasted_s, 's')}.",
        value=lasted_s, unit="s", error=0.3, rep=held.number, reps=(held.number,),
        t_s=held.start_s, words={"rep": name, "amount": said(lasted_s, "s"),
                                 "time": at_clock(held.start_s)},
    )  # fmt: skip


def _rep_measures(whole: WholeSet) -> Iterator[Fact]:
    own = {metric.id for metric in whole.spec.book.metrics} if whole.spec else set[str]()
    for rep in whole.seen.reps:
        for metric, measure in rep.metrics.items():
            if metric in own and isfinite(measure.value):
                yield _measure(
                    whole, metric, measure, kind="rep_measure", rep=rep.number, t_s=rep.turn_s
                )
