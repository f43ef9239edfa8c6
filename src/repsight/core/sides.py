"""Which side did a repetition, and an exercise as it looks for that side alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

import numpy as np

from repsight.core.measure import OneSide, Scene, measure, points_of, visibility_of
from repsight.core.reading import default_sigma
from repsight.core.report import Rep
from repsight.core.signals import (
    Angle,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Ratio,
    Side,
    Signal,
    Travel,
)
from repsight.core.spec import Cycle, ExerciseSpec
from repsight.core.windows import Span, frames_of, pick_value

__all__ = [
    "Limb",
    "for_side",
    "has_sides",
    "leading_side",
    "needs_lead",
    "on_side",
    "same_turn",
    "seen_share",
    "side_counts",
    "spec_for",
]

#: The side that did a repetition.
Limb = Literal["both", "left", "right"]

_Part = TypeVar("_Part")
_Sided = Angle | Lean | Height | Offset | Distance | Deviation | Travel
_OTHER: Final[dict[Limb, Side]] = {"left": "right", "right": "left"}
#: Excursions of the two sides are one repetition when their turnarounds are no further apart
#: than this share of the shorter one, and they share at least that much of their time.
_APART_SHARE: Final = 0.25
_SHARED_SHARE: Final = 0.4


def has_sides(spec: ExerciseSpec) -> bool:
    """Whether repetitions of this exercise belong to a side."""
    movement = spec.movement
    return isinstance(movement, Cycle) and (
        movement.sides == "each" or movement.side_of is not None
    )


@cache
def spec_for(spec: ExerciseSpec, side: Limb) -> ExerciseSpec:
    """The exercise as it is followed, gated and measured for repetitions of one side."""
    return for_side(spec, spec, side)


def for_side(part: _Part, spec: ExerciseSpec, side: Limb) -> _Part:
    """A rule, metric, signal or all of ``spec`` as it reads a repetition of one side.

    ``lead`` and ``trail`` become that side and the other one; where limbs work on their own
    (``sides`` is ``each``), ``mean``, ``near`` and ``worse`` become that side as well. For
    ``both`` nothing changes: a leading side is unknown then, and its signals are NaN.
    """
    if side == "both" or not has_sides(spec):
        return part
    return cast("_Part", _turned(part, side, is_alone=spec.cycle.sides == "each"))


def _turned(value: object, side: OneSide, *, is_alone: bool) -> object:
    """Any part of a specification with its signals turned to one side."""
    if isinstance(value, _Sided):
        return on_side(value, side, is_alone=is_alone)
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return tuple(_turned(part, side, is_alone=is_alone) for part in parts)
    if is_dataclass(value) and not isinstance(value, type):
        whole = cast("Any", value)
        changed = {
            one.name: _turned(getattr(whole, one.name), side, is_alone=is_alone)
            for one in fields(whole)
        }
        return cast("object", replace(whole, **changed))
    return value


def on_side(signal: Signal, side: OneSide, *, is_alone: bool = True) -> Signal:
    """``signal`` looked at on one side; what names a side itself, or has none, stays.

    Without ``is_alone`` only ``lead`` and ``trail`` change.
    """
    if isinstance(signal, Ratio):
        above = on_side(signal.numerator, side, is_alone=is_alone)
        return Ratio(above, on_side(signal.denominator, side, is_alone=is_alone))
    if not isinstance(signal, _Sided):
        return signal
    match signal.side:
        case "lead":
            return replace(signal, side=side)
        case "trail":
            return replace(signal, side=_OTHER[side])
        case "mean" | "near" | "worse":
            return replace(signal, side=side) if is_alone else signal
        case _:
            return signal


def needs_lead(signal: Signal) -> bool:
    """Whether the signal is of a leading side that nobody has told yet."""
    if isinstance(signal, Ratio):
        return needs_lead(signal.numerator) or needs_lead(signal.denominator)
    return isinstance(signal, _Sided) and signal.side in {"lead", "trail"}


def leading_side(span: Span, scene: Scene, cycle: Cycle) -> Limb:
    """The side that leads one movement of the whole body, by the sign of ``side_of``.

    ``both`` where that is unseen or within its error of zero.
    """
    if cycle.side_of is None:
        return "both"
    frames = frames_of("turn", span, scene.track.t_s, concentric=cycle.concentric)
    first, last = np.flatnonzero(frames)[[0, -1]] if frames.any() else (0, -1)
    values = measure(cycle.side_of, scene.part(slice(int(first), int(last) + 1)))
    value = pick_value(values, "median")
    if not abs(value) > default_sigma(cycle.side_of, scene.view.name):
        return "both"
    return "left" if value > 0 else "right"


def seen_share(span: Span, scene: Scene, signal: Signal, *, side: OneSide, least: float) -> float:
    """Share of a movement's frames in which ``signal`` can be seen on one side; 0 without any."""
    t_s = scene.track.t_s
    inside = (t_s >= span.start_s) & (t_s <= span.end_s)
    if not inside.any():
        return 0.0
    seen = visibility_of(points_of(signal), scene, side)[inside]
    return float((seen >= least).mean())


def same_turn(first: Span, second: Span) -> bool:
    """Whether movements of the two sides are one: at the same time and turning together."""
    lasted = [one.end_s - one.start_s for one in (first, second)]
    shared = min(first.end_s, second.end_s) - max(first.start_s, second.start_s)
    whole = max(first.end_s, second.end_s) - min(first.start_s, second.start_s)
    between = max(first.turn_start_s, second.turn_start_s) - min(
        first.turn_end_s, second.turn_end_s
    )
    return shared >= _SHARED_SHARE * whole and between <= _APART_SHARE * min(lasted)


def side_counts(spec: ExerciseSpec, reps: Sequence[Rep]) -> dict[str, int]:
    """Repetitions of ``left``, ``right`` and ``both``; empty for an exercise without sides."""
    if not has_sides(spec):
        return {}
    return {side: sum(rep.side == side for rep in reps) for side in ("left", "right", "both")}
