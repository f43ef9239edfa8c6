"""What the pages of the history get as JSON; a number that is not known is null."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Final, Literal

import numpy as np
from pydantic import AwareDatetime, BaseModel, ConfigDict

from repsight.app.replay import BONES_DRAWN, Comparison, Placed, Replay
from repsight.app.technique import has_loop
from repsight.app.trends import Best, BestKind, Trend
from repsight.core.change import Change, Direction
from repsight.core.report import Measure
from repsight.exercises import catalog
from repsight.store.records import Clip, Origin, SetSeen

__all__ = [
    "Amount",
    "BestShown",
    "ChangeShown",
    "ComparedShown",
    "ComparisonShown",
    "ExerciseTrained",
    "HistoryShown",
    "IssueShown",
    "PlacedShown",
    "PointShown",
    "RecordedWish",
    "ReplayShown",
    "SessionShown",
    "SetShown",
    "TrendShown",
    "TrendsShown",
    "TurnShown",
    "comparison_shown",
    "history_shown",
    "replay_shown",
    "trends_shown",
]

#: A longer rest begins another session (heuristic).
_SESSION_BREAK: Final = timedelta(hours=3)
#: Points of a skeleton are sent in thousandths of a body length.
_GRAIN: Final = 1000


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class Amount(_Shown):
    """A number with its unit and one-sigma error."""

    value: float | None
    unit: str
    error: float | None


class ChangeShown(_Shown):
    """``direction`` is ``no_change`` within the error, ``unknown`` with too little to tell."""

    direction: Direction
    amount: float | None
    error: float | None


class IssueShown(_Shown):
    """How many of the judged repetitions showed a fault."""

    rule: str
    title: str
    found: int
    judged: int


class SetShown(_Shown):
    """One set; ``sets_in_clip`` tells what else its clip holds."""

    clip: str
    number: int
    sets_in_clip: int
    clip_name: str
    origin: Origin
    exercise: str
    name: str
    view: str
    has_loop: bool
    counts: Literal["reps", "holds"]
    rep_count: int
    rejected: int
    held_s: float
    when: datetime
    issues: list[IssueShown]


class SessionShown(_Shown):
    """Sets without a long rest between them, in the order of training."""

    when: datetime
    sets: list[SetShown]


class ExerciseTrained(_Shown):
    """An exercise that was trained, and how many sets of it there are."""

    id: str
    name: str
    sets: int


class HistoryShown(_Shown):
    """Sessions, the newest first, and exercises, the most frequent first."""

    sessions: list[SessionShown]
    exercises: list[ExerciseTrained]


class PointShown(_Shown):
    """One set in a trend; ``is_compared`` is false where it was filmed from another side."""

    clip: str
    number: int
    when: datetime
    value: float
    error: float | None
    view: str
    is_compared: bool


class TrendShown(_Shown):
    """One number over time; ``change`` is from the first to the last day that is compared."""

    id: str
    kind: Literal["measure", "issue"]
    name: str
    unit: str
    points: list[PointShown]
    change: ChangeShown


class BestShown(_Shown):
    """A personal best; ``is_clear``: beyond the error above the next best."""

    kind: BestKind
    amount: Amount
    clip: str
    number: int
    when: datetime
    is_clear: bool


class TrendsShown(_Shown):
    """Everything that is followed of one exercise."""

    exercise: str
    trends: list[TrendShown]
    bests: list[BestShown]


class TurnShown(_Shown):
    """One repetition or spell in media seconds."""

    number: int
    start_s: float
    turn_start_s: float
    turn_end_s: float
    end_s: float


class PlacedShown(_Shown):
    """Origin and body length of the points in the picture of the clip, in its heights."""

    x: float
    y: float
    length: float
    is_mirrored: bool


class ReplayShown(_Shown):
    """A skeleton in time: ``points`` has x, y of each place in thousandths of a body length.

    ``bones`` are pairs of places to be joined; null is unseen. ``placed`` leads to the picture.
    """

    clip: str
    number: int
    clip_name: str
    when: datetime
    exercise: str
    name: str
    view: str
    rep_count: int
    t_s: list[float]
    points: list[list[int | None]]
    bones: list[tuple[int, int]]
    turns: list[TurnShown]
    placed: PlacedShown | None
    has_video: bool


class ComparedShown(_Shown):
    """One number of both sets; the change is second minus first."""

    id: str
    name: str
    first: Amount
    second: Amount
    change: ChangeShown
    why_not: str


class ComparisonShown(_Shown):
    """Two sets side by side."""

    first: ReplayShown
    second: ReplayShown
    numbers: list[ComparedShown]


class RecordedWish(BaseModel):
    """When a clip was filmed."""

    model_config = ConfigDict(extra="forbid")

    recorded_at: AwareDatetime


def history_shown(trained: Sequence[tuple[Clip, SetSeen]]) -> HistoryShown:
    """Sets (the oldest first) in sessions, the newest first."""
    in_clip: dict[str, int] = {}
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for clip, seen in trained:
        in_clip[clip.id] = in_clip.get(clip.id, 0) + 1
        counts[seen.exercise] = counts.get(seen.exercise, 0) + 1
        names[seen.exercise] = seen.name
    sessions: list[list[SetShown]] = []
    for clip, seen in trained:
        shown = _set_shown(clip, seen, in_clip[clip.id])
        if not sessions or clip.when - sessions[-1][-1].when > _SESSION_BREAK:
            sessions.append([])
        sessions[-1].append(shown)
    return HistoryShown(
        sessions=[SessionShown(when=one[0].when, sets=one) for one in reversed(sessions)],
        exercises=[
            ExerciseTrained(id=id_, name=names[id_], sets=counts[id_])
            for id_ in sorted(counts, key=lambda id_: -counts[id_])
        ],
    )


def trends_shown(exercise: str, trends: Sequence[Trend], bests: Sequence[Best]) -> TrendsShown:
    """Trends and bests for the wire."""
    return TrendsShown(
        exercise=exercise,
        trends=[_trend_shown(one) for one in trends],
        bests=[
            BestShown(
                kind=one.kind, amount=_amount(one.measure), clip=one.clip_id, number=one.number,
                when=one.when, is_clear=one.is_clear,
            )
            for one in bests
        ],
    )  # fmt: skip


def comparison_shown(comparison: Comparison) -> ComparisonShown:
    """A comparison for the wire."""
    spec = catalog().get(comparison.first.report.exercise.id)
    names = {} if spec is None else {one.id: one.name for one in spec.book.metrics}
    return ComparisonShown(
        first=replay_shown(comparison.first),
        second=replay_shown(comparison.second),
        numbers=[
            ComparedShown(
                id=one.id, name=names.get(one.id, ""), first=_amount(one.first),
                second=_amount(one.second), change=_change(one.change), why_not=one.why_not,
            )
            for one in comparison.numbers
        ],
    )  # fmt: skip


def replay_shown(replay: Replay) -> ReplayShown:
    """A skeleton for the wire."""
    flat = replay.xy.reshape(len(replay.t_s), -1)
    known = np.isfinite(flat)
    whole = np.round(np.where(known, flat, 0.0) * _GRAIN).astype(int)
    return ReplayShown(
        clip=replay.clip.id,
        number=replay.number,
        clip_name=replay.clip.name,
        when=replay.clip.when,
        exercise=replay.report.exercise.id,
        name=replay.report.exercise.name,
        view=replay.report.view,
        rep_count=replay.report.rep_count,
        t_s=[round(float(t_s), 3) for t_s in replay.t_s],
        points=[
            [int(value) if is_known else None for value, is_known in zip(row, mask, strict=True)]
            for row, mask in zip(whole, known, strict=True)
        ],
        bones=list(BONES_DRAWN),
        turns=[
            TurnShown(
                number=one.number, start_s=one.start_s, turn_start_s=one.turn_start_s,
                turn_end_s=one.turn_end_s, end_s=one.end_s,
            )
            for one in replay.turns
        ],
        placed=_placed_shown(replay.placed),
        has_video=replay.has_video,
    )  # fmt: skip


def _placed_shown(placed: Placed) -> PlacedShown | None:
    x, y, length = placed.x, placed.y, placed.length
    if not (isfinite(x) and isfinite(y) and isfinite(length)):
        return None
    return PlacedShown(
        x=round(x, 4), y=round(y, 4), length=round(length, 4), is_mirrored=placed.is_mirrored
    )


def _set_shown(clip: Clip, seen: SetSeen, sets_in_clip: int) -> SetShown:
    return SetShown(
        clip=clip.id,
        number=seen.number,
        sets_in_clip=sets_in_clip,
        clip_name=clip.name,
        origin=clip.origin,
        exercise=seen.exercise,
        name=seen.name,
        view=seen.view,
        has_loop=has_loop(seen.exercise),
        counts=seen.counts,
        rep_count=seen.rep_count,
        rejected=seen.rejected,
        held_s=seen.held_s,
        when=clip.when.astimezone(UTC),
        issues=[
            IssueShown(rule=one.rule, title=one.title, found=one.found, judged=one.judged)
            for one in seen.issues
            if one.found
        ],
    )


def _trend_shown(trend: Trend) -> TrendShown:
    return TrendShown(
        id=trend.id,
        kind=trend.kind,
        name=trend.name,
        unit=trend.unit,
        points=[
            PointShown(
                clip=one.clip_id, number=one.number, when=one.when, value=one.measure.value,
                error=_known(one.measure.error), view=one.view, is_compared=one.is_compared,
            )
            for one in trend.points
        ],
        change=_change(trend.change),
    )  # fmt: skip


def _change(change: Change) -> ChangeShown:
    return ChangeShown(
        direction=change.direction, amount=_known(change.amount), error=_known(change.error)
    )


def _amount(measure: Measure) -> Amount:
    return Amount(value=_known(measure.value), unit=measure.unit, error=_known(measure.error))


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
