"""How a set changed from its first repetition to its last, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite, nan
from typing import Final

from repsight.coach.amounts import said
from repsight.coach.whole_set import WholeSet, all_reps
from repsight.core.report import (
    Fact,
    Measure,
)

__all__ = ["changes_of"]

#: One-sided 95 %: a change counts when it is beyond its error times this.
_Z: Final = 1.64
#: Changes of the whole set below these are nothing to speak of (heuristic).
_LEAST_CHANGE: Final[Mapping[str, float]] = {"deg": 4.0, "s": 0.25, "%": 5.0}
_LEAST_LENGTH: Final = 0.04
_STEADY_RANGE: Final = 0.06
_STEADY_TEMPO: Final = 0.12


def changes_of(whole: WholeSet) -> Iterator[Fact]:
    """Changes over the set beyond their own error and worth a word, and what stayed even."""
    seen = whole.seen
    for key, slope in seen.metrics.items():
        if key.endswith("_trend"):
            fact = _trend(whole, key.removesuffix("_trend"), slope)
            if fact is not None:
                yield fact
    decay = seen.metrics.get("range_decay")
    if decay is not None:
        turned = Measure(-decay.value, decay.unit, decay.error)
        fact = _trend(whole, "range_share", turned)
        if fact is not None:
            yield fact
    yield from _velocity_loss(whole)
    yield from _steadiness(whole)


def _trend(whole: WholeSet, metric: str, slope: Measure) -> Fact | None:
    if metric in {"range", "smoothness", "velocity_loss", "sway"} or whole.total < 2:
        return None
    steps = _steps(whole)
    unit = slope.unit.removesuffix("/rep")
    change, error = slope.value * steps, slope.error * steps
    least = _LEAST_CHANGE.get(unit, _LEAST_LENGTH)
    own = seen.error if (seen := whole.seen.metrics.get(metric)) and unit != "%" else 0.0
    floor = max(_Z * error, least, own if isfinite(own) else 0.0)
    if not (isfinite(change) and isfinite(error)) or abs(change) <= floor:
        return None
    verdict = "rising" if change > 0 else "falling"
    name, amount = whole.metric_name(metric), said(change, unit, error=error)
    return Fact(
        "", "trend", whole.number, metric, f"Over the set {name} was {verdict} by {amount}.",
        value=change, unit=unit, error=error, rep=whole.total, reps=all_reps(whole),
        t_s=whole.seen.reps[-1].turn_s if whole.seen.reps else nan, view=whole.seen.view,
        verdict=verdict, words={"name": name, "amount": amount, "rep": f"rep {whole.total}"},
    )  # fmt: skip


def _steps(whole: WholeSet) -> int:
    """From the first repetition to the last one of a side: a trend is of one side's own."""
    numbers: dict[str, list[int]] = {}
    for rep in whole.seen.reps:
        numbers.setdefault(rep.side, []).append(rep.number)
    return max((max(own) - min(own) for own in numbers.values()), default=whole.total - 1)


def _velocity_loss(whole: WholeSet) -> Iterator[Fact]:
    loss = whole.seen.metrics.get("velocity_loss")
    if loss is None or not isfinite(loss.value) or whole.total < 3:
        return
    error = loss.error if isfinite(loss.error) else 10.0
    if loss.value > max(_Z * error, 10.0):
        last = whole.seen.reps[-1]
        yield Fact(
            "", "velocity_loss", whole.number, "velocity_loss",
            f"The last rep was {said(loss.value, '%')} slower than the fastest.",
            value=loss.value, unit="%", error=error, rep=last.number, reps=(last.number,),
            t_s=last.turn_s, verdict="falling",
            words={"amount": said(loss.value, "%"), "rep": f"rep {last.number}"},
        )  # fmt: skip


def _steadiness(whole: WholeSet) -> Iterator[Fact]:
    """What stayed the same: praise that needs no rule book."""
    whole_reps = [rep for rep in whole.seen.reps if rep.start_seen and rep.end_seen]
    shares = [rep.range_share for rep in whole_reps]
    spans = [rep.concentric_s for rep in whole_reps]
    for metric, values, least, name in (
        ("range", shares, _STEADY_RANGE, "range"),
        ("tempo", spans, _STEADY_TEMPO, "tempo"),
    ):
        if len(values) < 4 or not all(isfinite(value) for value in values) or max(values) <= 0:
            continue
        spread = max((max(values) - min(values)) / max(values), 0.01)  # "within 0 percent" is odd
        if spread <= least:
            yield Fact(
                "", "steady", whole.number, metric,
                f"Even {name}: every full rep within {said(spread, 'share')} of the largest.",
                value=spread, unit="share", error=0.01, reps=all_reps(whole), verdict="ok",
                words={"amount": said(spread, "share"), "name": name},
            )  # fmt: skip
