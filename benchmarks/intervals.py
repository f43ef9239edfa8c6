"""Confidence intervals and the table that every benchmark prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["Row", "bootstrap", "median_interval", "share", "table", "wilson"]

_ROUNDS = 2000
_Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure: ``n`` cases, 95 % interval ``low`` .. ``high``; NaN is unknown."""

    what: str
    mark: str
    value: float
    n: int
    low: float = nan
    high: float = nan
    percent: bool = False


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share; NaN for n = 0."""
    if n == 0:
        return nan, nan
    rate, z2 = hits / n, _Z95**2
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(
    values: Sequence[float] | NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], float] = lambda sample: float(np.mean(sample)),
) -> tuple[float, float]:
    """95 % percentile interval of a statistic over clips; the same draw on every run."""
    sample = np.asarray(values, dtype=float)
    if not len(sample):
        return nan, nan
    draws = np.random.default_rng(0).integers(0, len(sample), (_ROUNDS, len(sample)))
    drawn = [statistic(sample[draw]) for draw in draws]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def median_interval(values: Sequence[float]) -> tuple[float, float]:
    """Bootstrap interval of the median; NaN without values."""
    return bootstrap(values, lambda sample: float(np.median(sample)))


def share(what: str, mark: str, hits: Iterable[bool]) -> Row:
    """A row for a share of clips, with its Wilson interval, in percent."""
    known = list(hits)
    rate = sum(known) / len(known) if known else nan
    return Row(what, mark, rate, len(known), *wilson(sum(known), len(known)), percent=True)


def table(rows: Iterable[Row]) -> str:
    """GitHub Markdown."""
    lines = ["| what | mark | measured | n | 95 % interval |", "|---|---|---|---|---|"]
    for row in rows:
        value = _number(row.value, percent=row.percent)
        interval = (
            f"{_number(row.low, percent=row.percent)} to {_number(row.high, percent=row.percent)}"
        )
        lines.append(
            f"| {row.what} | {row.mark} | {value} | {row.n} "
            f"| {'' if isnan(row.low) else interval} |"
        )
    return "\n".join(lines)


def _number(value: float, *, percent: bool) -> str:
    if isnan(value):
        return "not measured"
    return f"{100 * value:.1f} %" if percent else f"{value:.{_decimals(value)}f}"


def _decimals(value: float) -> int:
    """Enough for three or four figures that count."""
    return 3 if abs(value) < 10 else 2 if abs(value) < 100 else 0
