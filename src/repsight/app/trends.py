"""Trends of one exercise over weeks, and personal bests; changes only beyond the error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite, nan, sqrt
from typing import Final, Literal

from repsight.core.change import Change, change_over, difference
from repsight.core.report import Measure
from repsight.exercises import catalog
from repsight.store.records import Clip, SetSeen

__all__ = ["Best", "BestKind", "Point", "Trend", "bests_of", "is_view_bound", "trends_of"]

_Trained = Sequence[tuple[Clip, SetSeen]]
BestKind = Literal["reps", "held", "range", "speed"]

#: Numbers of a set that are followed in every exercise, besides those of its own.
_TIMES: Final = ("eccentric", "pause", "concentric")
_WATCHED: Final = ("range", *_TIMES, "velocity_loss", "mean_bar_speed", "longest_hold")
#: What the camera's side does not change.
_ANY_VIEW: Final = frozenset({*_TIMES, "velocity_loss", "longest_hold"})
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Point:
    """One set in a trend; ``is_compared`` is False where it was filmed from another side."""

    clip_id: str
    number: int
    when: datetime
    measure: Measure
    view: str
    is_compared: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """One number over time. ``kind`` is ``issue`` for the share of repetitions with a fault.

    ``name`` is empty for what every exercise has: the page has words for it.
    """

    id: str
    kind: Literal["measure", "issue"]
    name: str
    unit: str
    points: tuple[Point, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Best:
    """A personal best; ``is_clear`` says that it is beyond the error above the next best."""

    kind: BestKind
    measure: Measure
    clip_id: str
    number: int
    when: datetime
    is_clear: bool


def trends_of(trained: _Trained, exercise: str) -> tuple[Trend, ...]:
    """Trends of the sets of one exercise, oldest set first; numbers never seen are left out."""
    own = [one for one in trained if one[1].exercise == exercise]
    view = _usual_view(own)
    measures = (_measured(own, name, title, view) for name, title in _names(exercise))
    issues = (_issue(own, rule, title) for rule, title in _rules(own))
    return tuple(one for one in (*measures, *issues) if one is not None)


def bests_of(trained: _Trained, exercise: str) -> tuple[Best, ...]:
    """Personal bests of one exercise, each in the earliest set that holds it."""
    own = [one for one in trained if one[1].exercise == exercise]
    view = _usual_view(own)
    same_view = [one for one in own if one[1].view == view]
    found = (
        _best("reps", [(c, s, Measure(float(s.rep_count), "rep", 0.0)) for c, s in own]),
        _best("held", [(c, s, Measure(s.held_s, "s", 0.3)) for c, s in own]),
        _best("range", [(c, s, _of(s, "range")) for c, s in same_view]),
        _best("speed", [(c, s, _of(s, "mean_bar_speed")) for c, s in same_view]),
    )
    return tuple(one for one in found if one is not None)


def is_view_bound(name: str) -> bool:
    """Whether a number of a set depends on the side it was filmed from."""
    return name not in _ANY_VIEW


def _names(exercise: str) -> list[tuple[str, str]]:
    spec = catalog().get(exercise)
    own = [] if spec is None else [(metric.id, metric.name) for metric in spec.book.metrics]
    return [*((name, "") for name in _WATCHED), *own]


def _rules(own: _Trained) -> Iterable[tuple[str, str]]:
    """Faults that were found at least once, the most frequent first."""
    found = Counter[tuple[str, str]]()
    for _, seen in own:
        for issue in seen.issues:
            found[issue.rule, issue.title] += issue.found
    return [rule for rule, times in found.most_common() if times]


def _usual_view(own: _Trained) -> str:
    """The side most sets were filmed from; of equal ones the latest."""
    counted = Counter(seen.view for _, seen in reversed(own))
    return counted.most_common(1)[0][0] if counted else ""


def _measured(own: _Trained, name: str, title: str, view: str) -> Trend | None:
    seen = [(clip, one, _of(one, name)) for clip, one in own]
    known = [one for one in seen if isfinite(one[2].value)]
    if not known:
        return None
    unit = known[-1][2].unit
    points = tuple(
        Point(
            clip.id, one.number, clip.when, measure, one.view,
            measure.unit == unit and (one.view == view or not is_view_bound(name)),
        )
        for clip, one, measure in known
    )  # fmt: skip
    return Trend(name, "measure", title, unit, points, _change(points))


def _issue(own: _Trained, rule: str, title: str) -> Trend | None:
    points = tuple(_issue_points(own, rule))
    return Trend(rule, "issue", title, "share", points, _change(points)) if points else None


def _issue_points(own: _Trained, rule: str) -> Iterator[Point]:
    for clip, seen in own:
        for issue in seen.issues:
            if issue.rule == rule and issue.judged:
                share = Measure(
                    issue.found / issue.judged, "share", _share_error(issue.found, issue.judged)
                )
                yield Point(clip.id, seen.number, clip.when, share, seen.view, is_compared=True)


def _share_error(found: int, judged: int) -> float:
    """One sigma of a share, which is not 0 where all or none were found (Agresti and Coull)."""
    share = (found + 2) / (judged + 4)
    return sqrt(share * (1 - share) / (judged + 4))


def _change(points: Sequence[Point]) -> Change:
    compared = [one for one in points if one.is_compared]
    days = [one.when.timestamp() / _DAY_S for one in compared]
    return change_over(days, [one.measure for one in compared])


def _of(seen: SetSeen, name: str) -> Measure:
    return seen.measures.get(name, Measure(nan, "", nan))


def _best(kind: BestKind, seen: Sequence[tuple[Clip, SetSeen, Measure]]) -> Best | None:
    known = [one for one in seen if isfinite(one[2].value) and one[2].value > 0]
    if not known:
        return None
    clip, best, measure = max(known, key=lambda one: one[2].value)  # the first of equal ones
    others = [other for _, one, other in known if one is not best]
    second = max(others, key=lambda other: other.value, default=None)
    is_clear = second is None or difference(second, measure).direction == "rising"
    return Best(kind, measure, clip.id, best.number, clip.when, is_clear)
