"""The timeline of a set as geometry: percent of the set's width, so that any screen fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite
from statistics import median

from repsight.core.acts import act_noun, acts_of, has_phases
from repsight.core.report import Outcome, Rejected, Rep, SetReport, Verdict
from repsight.pages.findings import is_attempt, worst_outcome
from repsight.pages.words import OUTCOMES, REJECTIONS, clock, seconds, sentence, span

__all__ = [
    "MARGIN_S",
    "MIN_REP_PX",
    "Axis",
    "Bar",
    "Block",
    "Crossed",
    "Spot",
    "Tick",
    "Timeline",
    "lifts_first",
    "phases_of",
    "tempo_words",
    "timeline_of",
]

#: Room before the first and after the last movement.
MARGIN_S = 0.6
#: Narrower repetitions cannot be told apart; the verdict's strip has the large buttons.
MIN_REP_PX = 18
#: Percent of a phone's plot that a number of two digits takes.
_NUMBER_WIDTH = 7.0
_ROUND_S = (1, 2, 5, 10, 15, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Block:
    """A phase: ``lower``, ``pause`` or ``lift``, from ``x`` for ``width`` percent."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A verdict at its moment."""

    outcome: Outcome
    x: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A counted repetition."""

    number: int
    x: float
    width: float
    start_s: float
    end_s: float
    blocks: tuple[Block, ...]
    spots: tuple[Spot, ...]
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Crossed:
    """A movement that was not counted."""

    x: float
    width: float
    start_s: float
    end_s: float
    reason: str
    words: str
    is_attempt: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis at ``at`` percent."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Seconds to percent."""

    start_s: float
    end_s: float

    def place(self, t_s: float) -> float:
        """Percent of the width at ``t_s``, held within 0..100."""
        share = (t_s - self.start_s) / max(self.end_s - self.start_s, 1e-6)
        return round(100 * min(max(share, 0.0), 1.0), 3)

    def width(self, start_s: float, end_s: float) -> float:
        """Percent between two times."""
        return round(self.place(end_s) - self.place(start_s), 3)

    def ticks(self, wanted: int = 5) -> tuple[Tick, ...]:
        """About ``wanted`` round times."""
        length_s = self.end_s - self.start_s
        step = next((s for s in _ROUND_S if length_s / s <= wanted), 600)
        first = -int(-self.start_s // step)
        last = int(self.end_s // step)
        ticks = (Tick(self.place(i * step), clock(i * step)[:-2]) for i in range(first, last + 1))
        return tuple(tick for tick in ticks if 4 <= tick.at <= 96)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything drawn on one set's timeline.

    ``min_px`` is the width below which it scrolls; where there is less room, as above a curve,
    only every ``number_every``-th repetition is numbered.
    """

    axis: Axis
    bars: tuple[Bar, ...]
    crossed: tuple[Crossed, ...]
    ticks: tuple[Tick, ...]
    min_px: int
    number_every: int


def timeline_of(seen: SetReport) -> Timeline:
    """The timeline of a set, from just before its first movement to just after its last."""
    axis = _axis(seen)
    bars = tuple(_bar(rep, seen, axis) for rep in acts_of(seen))
    crossed = tuple(_crossed(rejected, axis) for rejected in seen.rejected)
    narrowest = min((bar.width for bar in bars if bar.width > 0), default=100.0)
    spacing = median(b.x - a.x for a, b in pairwise(bars)) if len(bars) > 1 else 100.0
    return Timeline(
        axis=axis,
        bars=bars,
        crossed=crossed,
        ticks=axis.ticks(),
        min_px=min(6000, round(MIN_REP_PX * 100 / narrowest)),
        number_every=ceil(_NUMBER_WIDTH / max(spacing, 0.1)),
    )


def phases_of(rep: Rep, *, is_known: bool = True) -> tuple[tuple[str, float, float], ...]:
    """(kind, start_s, end_s) of the three phases in the order in which they happened.

    Of a movement without a name (``is_known`` False) nobody can say which half is the work: it
    is one phase.
    """
    before, after = ("lift", "lower") if lifts_first(rep) else ("lower", "lift")
    if not is_known:
        return (("move", rep.start_s, rep.end_s),)
    return (
        (before, rep.start_s, rep.turn_start_s),
        ("pause", rep.turn_start_s, rep.turn_end_s),
        (after, rep.turn_end_s, rep.end_s),
    )


def lifts_first(rep: Rep) -> bool:
    """Whether the concentric phase comes before the turnaround, as in a deadlift."""
    first_s = rep.turn_start_s - rep.start_s
    return abs(first_s - rep.concentric_s) < abs(first_s - rep.eccentric_s)


def tempo_words(rep: Rep, *, is_known: bool) -> str:
    """``lowering 1.4 s, pause 0.3 s, lifting 1.1 s`` in the order of the movement.

    Of a movement without a name only how long it took.
    """
    if not is_known:
        return f"{seconds(rep.end_s - rep.start_s)} s"
    parts = [f"lowering {seconds(rep.eccentric_s)} s", f"pause {seconds(rep.pause_s)} s"]
    parts.append(f"lifting {seconds(rep.concentric_s)} s")
    return ", ".join(reversed(parts) if lifts_first(rep) else parts)


def _axis(seen: SetReport) -> Axis:
    moves: Sequence[Rep | Rejected] = (*acts_of(seen), *seen.rejected)
    starts = [m.start_s for m in moves if isfinite(m.start_s)] or [seen.start_s]
    ends = [m.end_s for m in moves if isfinite(m.end_s)] or [seen.end_s]
    return Axis(max(0.0, min(starts) - MARGIN_S), max(ends) + MARGIN_S)


def _bar(rep: Rep, seen: SetReport, axis: Axis) -> Bar:
    known = has_phases(seen)
    found = [v for v in seen.verdicts if v.rep == rep.number and v.outcome in {"issue", "watch"}]
    return Bar(
        number=rep.number,
        x=axis.place(rep.start_s),
        width=axis.width(rep.start_s, rep.end_s),
        start_s=rep.start_s,
        end_s=rep.end_s,
        blocks=tuple(
            Block(kind, axis.place(start_s), axis.width(start_s, end_s))
            for kind, start_s, end_s in phases_of(rep, is_known=known)
        ),
        spots=_spots(found, axis),
        outcome=worst_outcome(seen.verdicts, rep.number),
        words=_bar_words(rep, found, is_known=known, noun=act_noun(seen)),
    )


def _spots(found: Sequence[Verdict], axis: Axis) -> tuple[Spot, ...]:
    """Marks in the order of drawing; of two at the same place only the more serious one."""
    spots: dict[int, Spot] = {}
    for verdict in sorted(found, key=lambda v: v.outcome == "issue"):
        if isfinite(verdict.t_s):
            spots[round(axis.place(verdict.t_s) / 3)] = Spot(
                verdict.outcome, axis.place(verdict.t_s)
            )
    return tuple(spots.values())


def _bar_words(rep: Rep, found: Sequence[Verdict], *, is_known: bool, noun: str) -> str:
    marks = "".join(f" {OUTCOMES[v.outcome]}: {v.title}." for v in found)
    cut = "" if rep.start_seen and rep.end_seen else " Cut off by the edge of the clip."
    tempo = tempo_words(rep, is_known=is_known)
    side = "" if rep.side == "both" else f", {rep.side}"
    return f"{noun.capitalize()} {rep.number}{side}, {clock(rep.start_s)}: {tempo}.{marks}{cut}"


def _crossed(rejected: Rejected, axis: Axis) -> Crossed:
    reason = REJECTIONS[rejected.reason]
    return Crossed(
        x=axis.place(rejected.start_s),
        width=max(axis.width(rejected.start_s, rejected.end_s), 0.5),
        start_s=rejected.start_s,
        end_s=rejected.end_s,
        reason=reason,
        words=f"Not counted, {span(rejected.start_s, rejected.end_s)}: {reason}. "
        f"{sentence(rejected.explanation)}",
        is_attempt=is_attempt(rejected),
    )
