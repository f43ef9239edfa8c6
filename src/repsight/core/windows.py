"""Which frames of a repetition a When means, and what a Pick takes from them.

Every gate, rule and metric reads its number here, so two of them that name the same signal, the
same When and the same Pick can never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from repsight.core.medians import median
from repsight.core.spec import Pick, When
from repsight.core.types import FloatArray

__all__ = ["Concentric", "Picked", "Span", "frames_of", "pick_at", "pick_value", "window_of"]

Concentric = Literal["before", "after"]

#: Rest is looked for this far outside a repetition and this far inside it.
_REST_OUTSIDE_S = 0.2
_REST_INSIDE_S = 0.05
#: Share of a phase that counts as its start or its end, and the longest it may last.
_EDGE_SHARE = 0.15
_EDGE_S = 0.2
#: Share of the concentric that is lift-off.
_LIFT_OFF_SHARE = 0.3
#: ``change`` compares the first and the last of these shares of a window.
_CHANGE_SHARE = 0.2
#: Values nearer to each other than this are the same but for rounding.
_SAME = 1e-9


class Span(Protocol):
    """The five times of a repetition or of a candidate for one, in media seconds, and its ends."""

    @property
    def start_s(self) -> float:
        """Leaves the rest end."""
        ...

    @property
    def turn_start_s(self) -> float:
        """Enters the turnaround band."""
        ...

    @property
    def turn_s(self) -> float:
        """The extreme itself."""
        ...

    @property
    def turn_end_s(self) -> float:
        """Leaves the turnaround band."""
        ...

    @property
    def end_s(self) -> float:
        """Back at the rest end."""
        ...

    @property
    def start_seen(self) -> bool:
        """Whether the recording shows it leaving rest."""
        ...

    @property
    def end_seen(self) -> bool:
        """Whether the recording shows it reaching rest."""
        ...


@dataclass(frozen=True, slots=True)
class Picked:
    """A number and the moment it was taken; both NaN when no frame of the window is known."""

    value: float
    t_s: float


def window_of(when: When, rep: Span, *, concentric: Concentric) -> tuple[tuple[float, float], ...]:
    """Intervals (from_s, to_s) that ``when`` means for this repetition; () for ``set``."""
    way_out = (rep.start_s, rep.turn_start_s)
    way_back = (rep.turn_end_s, rep.end_s)
    work, release = (way_back, way_out) if concentric == "after" else (way_out, way_back)
    windows: dict[When, tuple[tuple[float, float], ...]] = {
        "rest": _rest_windows(rep),
        "start": ((rep.start_s, rep.start_s + _edge_s(way_out)),),
        "end": ((rep.end_s - _edge_s(way_back), rep.end_s),),
        "turn": ((rep.turn_start_s, rep.turn_end_s),),
        "eccentric": (release,),
        "concentric": (work,),
        "lift_off": ((work[0], work[0] + _LIFT_OFF_SHARE * (work[1] - work[0])),),
        "rep": ((rep.start_s, rep.end_s),),
        "set": (),
    }
    return windows[when]


def _rest_windows(rep: Span) -> tuple[tuple[float, float], ...]:
    """Around both ends, or the one that was seen: where the recording cuts one is no rest."""
    ends = (
        ((rep.start_s - _REST_OUTSIDE_S, rep.start_s + _REST_INSIDE_S), rep.start_seen),
        ((rep.end_s - _REST_INSIDE_S, rep.end_s + _REST_OUTSIDE_S), rep.end_seen),
    )
    return tuple(end for end, is_seen in ends if is_seen) or tuple(end for end, _ in ends)


def _edge_s(phase: tuple[float, float]) -> float:
    return min(_EDGE_S, _EDGE_SHARE * (phase[1] - phase[0]))


def frames_of(
    when: When, rep: Span, t_s: FloatArray, *, concentric: Concentric
) -> NDArray[np.bool_]:
    """Mask (N,) of the frames at ``t_s`` (N,) that ``when`` means.

    A window that falls between two frames takes the nearest one, so that a slow camera still
    gives a value; a window outside the clip gives no frame.
    """
    if when == "set":
        return np.ones(len(t_s), dtype=bool)
    mask = np.zeros(len(t_s), dtype=bool)
    for from_s, to_s in window_of(when, rep, concentric=concentric):
        mask |= _frames_between(t_s, from_s, to_s)
    return mask


def _frames_between(t_s: FloatArray, from_s: float, to_s: float) -> NDArray[np.bool_]:
    inside = (t_s >= from_s - 1e-9) & (t_s <= to_s + 1e-9)
    if inside.any() or not len(t_s):
        return inside
    middle = (from_s + to_s) / 2
    if t_s[0] <= middle <= t_s[-1]:
        inside[np.argmin(np.abs(t_s - middle))] = True
    return inside


def pick_value(values: FloatArray, pick: Pick) -> float:
    """One number from the values of a window in time order; NaN values are left out."""
    return pick_at(values, np.arange(len(values), dtype=float), pick).value


def pick_at(values: FloatArray, t_s: FloatArray, pick: Pick) -> Picked:
    """The picked number with the moment that shows it best.

    For an extremum that is its frame, for a median or mean the frame nearest to it, for
    ``change`` the last frame, for ``fall`` its lowest frame, for ``range`` the end of the range
    that is further from the median.
    """
    known = np.isfinite(values)
    if not known.any():
        return Picked(float("nan"), float("nan"))
    value, at = _picked(values[known], pick)
    return Picked(value, float(t_s[known][at]))


def _picked(values: FloatArray, pick: Pick) -> tuple[float, int]:
    """Value and index of its moment, for values without gaps."""
    shown = _shown(values, pick)
    if shown is not None:
        return float(shown[np.argmax(shown)]) * (-1.0 if pick == "min" else 1.0), int(
            np.argmax(shown)
        )
    match pick:
        case "change":
            return _change(values), len(values) - 1
        case "range":
            return float(np.ptp(values)), int(np.argmax(np.abs(values - median(values))))
        case _:
            middle = float(np.mean(values)) if pick == "mean" else median(values)
            away = np.abs(values - middle)
            # of two that are as near, the first: rounding must not choose
            return middle, int(np.argmax(away <= away.min() + _SAME))


def _shown(values: FloatArray, pick: Pick) -> FloatArray | None:
    """Per frame, what an extremum pick takes the largest of; None for the other picks."""
    if pick == "fall":
        before = np.maximum.accumulate(values)
        after = np.maximum.accumulate(values[::-1])[::-1]
        # settling at the end of a rise is no fall: the rise must go on beyond where it fell from
        return np.minimum(before - values, np.maximum(after - before, 0.0))
    return {"max": values, "min": -values}.get(pick)


def _change(values: FloatArray) -> float:
    """Last minus first, each averaged over a fifth of the window; NaN for a single frame."""
    edge = max(1, round(_CHANGE_SHARE * len(values)))
    return float(np.mean(values[-edge:]) - np.mean(values[:edge])) if len(values) > 1 else np.nan
