"""Signals over time as SVG paths, with the repetitions behind and the limits across them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from repsight.core.acts import acts_of, has_phases
from repsight.core.report import Curve, Limit, SetReport
from repsight.pages.timeline import Axis, Block, Tick, Timeline, phases_of
from repsight.pages.words import amount, human, shown

__all__ = ["MAX_POINTS", "CurveView", "Stripe", "curves_of"]

#: Of a longer signal only the extremes of each bucket are drawn; nobody sees more.
MAX_POINTS = 2400
#: The path's own coordinate system; the page stretches it to the plot.
VIEW_WIDTH, VIEW_HEIGHT = 1000, 300

_Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Stripe:
    """A limit in percent of the height: a band, and a line at each of its finite ends."""

    y: float
    height: float
    lines: tuple[float, ...]
    words: str


@dataclass(frozen=True, slots=True)
class CurveView:
    """One plot; ``times`` and ``values`` serve the readout (None where nothing was measured)."""

    id: str
    name: str
    unit: str
    path: str
    stripes: tuple[Stripe, ...]
    phases: tuple[Block, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    times: tuple[float, ...]
    values: tuple[float | None, ...]
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values to percent from the top."""

    low: float
    high: float
    step: float

    def level(self, value: float) -> float:
        share = (self.high - value) / (self.high - self.low)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def ticks(self, unit: str) -> tuple[Tick, ...]:
        count = round((self.high - self.low) / self.step)
        values = [self.low + i * self.step for i in range(count + 1)]
        digits = next((d for d in range(4) if _is_whole(self.step * 10**d)), 4)
        texts = (amount(value, _sign(unit), digits=digits) for value in values)
        return tuple(Tick(self.level(v), text) for v, text in zip(values, texts, strict=True))


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6 * max(1.0, abs(value))


def _sign(unit: str) -> str:
    """What of a unit fits beside a number in a plot; the heading has the rest."""
    return unit[:1] if unit[:1] in {"°", "%"} else ""


def curves_of(seen: SetReport, timeline: Timeline) -> tuple[CurveView, ...]:
    """Every curve of the set that has at least one value, on the timeline's own axis."""
    known = has_phases(seen)
    phases = tuple(
        Block(kind, timeline.axis.place(start_s), timeline.axis.width(start_s, end_s))
        for rep in acts_of(seen)
        for kind, start_s, end_s in phases_of(rep, is_known=known)
    )
    views = (_view(_in_words(curve), timeline.axis, phases) for curve in seen.curves)
    return tuple(view for view in views if view is not None)


def _in_words(curve: Curve) -> Curve:
    """The same curve in the unit in which it is shown."""
    factor, _, unit = shown(1.0, 0.0, curve.unit)
    limits = (Limit(limit.name, limit.low * factor, limit.high * factor) for limit in curve.limits)
    return Curve(
        id=curve.id,
        name=curve.name or human(curve.id),
        unit=unit,
        t_s=curve.t_s,
        values=tuple(value * factor for value in curve.values),
        limits=tuple(limits),
    )


def _view(curve: Curve, axis: Axis, phases: tuple[Block, ...]) -> CurveView | None:
    pairs = zip(curve.t_s, curve.values, strict=True)
    points = [(t_s, value) for t_s, value in pairs if axis.start_s <= t_s <= axis.end_s]
    known = [value for _, value in points if isfinite(value)]
    if not known:
        return None
    scale = _scale(known, curve.limits)
    points = _thinned(points)
    return CurveView(
        id=curve.id,
        name=curve.name,
        unit=curve.unit,
        path=_path(points, axis, scale),
        stripes=tuple(
            _stripe(limit, scale, curve.unit)
            for limit in curve.limits
            if isfinite(limit.low) or isfinite(limit.high)
        ),
        phases=phases,
        y_ticks=scale.ticks(curve.unit),
        x_ticks=axis.ticks(),
        times=tuple(round(t_s, 3) for t_s, _ in points),
        values=tuple(round(value, 3) if isfinite(value) else None for _, value in points),
        low=scale.low,
        high=scale.high,
        words=f"{curve.name} over the set: from {amount(min(known), curve.unit)} "
        f"to {amount(max(known), curve.unit)}.",
    )


def _scale(known: Sequence[float], limits: Sequence[Limit]) -> _Scale:
    """Round ends around the values and every finite limit, in three to six steps."""
    ends = [end for limit in limits for end in (limit.low, limit.high) if isfinite(end)]
    low, high = min([*known, *ends]), max([*known, *ends])
    if high - low < 1e-6:
        low, high = low - 1, high + 1
    magnitude = 10.0 ** floor(log10((high - low) / 4))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if (high - low) / (m * magnitude) <= 5)
    return _Scale(floor(low / step) * step, ceil(high / step) * step, step)


def _stripe(limit: Limit, scale: _Scale, unit: str) -> Stripe:
    top = scale.level(limit.high) if isfinite(limit.high) else 0.0
    bottom = scale.level(limit.low) if isfinite(limit.low) else 100.0
    lines = tuple(scale.level(end) for end in (limit.low, limit.high) if isfinite(end))
    ends = [amount(end, _sign(unit)) for end in (limit.low, limit.high) if isfinite(end)]
    words = f"“{limit.name}” {' to '.join(ends)}"
    return Stripe(top, round(bottom - top, 2), lines, words)


def _path(points: _Points, axis: Axis, scale: _Scale) -> str:
    """One stroke per run of known values: a hole in the measurement stays a hole."""
    return "".join(
        "M" + "L".join(f"{axis.place(t_s) * VIEW_WIDTH / 100:.1f},"
                       f"{scale.level(value) * VIEW_HEIGHT / 100:.1f}" for t_s, value in run)
        for run in _runs(points)
    )  # fmt: skip


def _runs(points: _Points) -> Iterator[list[tuple[float, float]]]:
    known = [i for i, (_, value) in enumerate(points) if isfinite(value)]
    starts = [0, *(k + 1 for k, (a, b) in enumerate(pairwise(known)) if b - a > 1)]
    for start, end in pairwise([*starts, len(known)]):
        yield [points[i] for i in known[start:end]]


def _thinned(points: _Points) -> list[tuple[float, float]]:
    """At most MAX_POINTS: of each bucket the lowest and the highest value, in their order."""
    if len(points) <= MAX_POINTS:
        return list(points)
    size = ceil(2 * len(points) / MAX_POINTS)
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), size):
        bucket = points[start : start + size]
        known = [point for point in bucket if isfinite(point[1])]
        extremes = {min(known, key=_value), max(known, key=_value)} if known else {bucket[0]}
        kept.extend(sorted(extremes))
    return kept


def _value(point: tuple[float, float]) -> float:
    return point[1]
