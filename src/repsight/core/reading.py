"""Reading signals off a scene: one number per repetition, with its moment, noise and visibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import hypot, isfinite, nan, radians, sin, sqrt
from typing import Final, Literal

import numpy as np

from repsight.core.body import view_of_yaw
from repsight.core.measure import Scene, measure, measure_side, points_of, visibility_of
from repsight.core.medians import median
from repsight.core.report import Rep
from repsight.core.signals import (
    Angle,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Ratio,
    Shift,
    Signal,
    Travel,
)
from repsight.core.spec import Pick, ViewName, When
from repsight.core.types import FloatArray
from repsight.core.windows import Concentric, Span, frames_of, pick_at

__all__ = [
    "UNREAD",
    "Reading",
    "Series",
    "Signals",
    "default_sigma",
    "sigma_in",
    "turning_sigma",
    "unit_of",
]

#: A landmark below this visibility is a guess of the pose model, not an observation.
_MIN_VISIBILITY: Final = 0.5
#: At least this share of a window's frames must be seen for a value to stand.
_MIN_SEEN_SHARE: Final = 0.6

#: A recording that begins or ends at rest shows the whole repetition when it shows this much.
_REST_SEEN_S: Final = 0.3
#: A turnaround this near to the edge of the recording, or this short there, may not be all of it.
_TURN_SEEN_S = 0.15

_Sided = Angle | Lean | Height | Offset | Distance | Deviation | Travel
_PickedSide = Literal["left", "right", ""]
_SIDES: Final = ("left", "right")
_TRUNK: Final = ("hip", "shoulder")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A signal over time: ``values`` (N,) are NaN and ``seen`` (N,) False where it is hidden.

    ``side`` is the body side it was taken from, empty for both.
    """

    values: FloatArray
    seen: FloatArray
    side: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One number of one repetition; all NaN when too little of its window was seen.

    ``noise`` is the one-sigma scatter from frame to frame, in the signal's unit.
    """

    value: float
    t_s: float
    noise: float
    seen_share: float
    side: str = ""


UNREAD: Final = Reading(nan, nan, nan, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """The signals of one scene, each measured once however many rules and metrics ask for it."""

    scene: Scene
    concentric: Concentric
    _known: dict[Signal, Series] = field(default_factory=dict[Signal, Series])
    _yaws: dict[tuple[float, float], float] = field(
        default_factory=dict[tuple[float, float], float]
    )

    def series(self, signal: Signal) -> Series:
        """The whole signal with what was hidden blanked out."""
        if signal not in self._known:
            self._known[signal] = _observed(signal, self.scene)
        return self._known[signal]

    def sides(self, signal: Signal) -> tuple[Series, ...]:
        """One series, or left and right for a ``worse`` signal where both sides can be seen."""
        if isinstance(signal, _Sided) and signal.side == "worse" and self.scene.view.name != "side":
            return tuple(_one_side(signal, self.scene, side) for side in ("left", "right"))
        return (self.series(signal),)

    def read(self, signal: Signal, rep: Span, *, when: When, pick: Pick) -> Reading:
        """The number a rule or metric means for one repetition (of ``worse``: the near side)."""
        return self.read_series(self.series(signal), rep, when=when, pick=pick)

    def read_series(self, series: Series, rep: Span, *, when: When, pick: Pick) -> Reading:
        """As ``read``, for a series already at hand."""
        t_s = self.scene.track.t_s
        frames = frames_of(when, rep, t_s, concentric=self.concentric)
        if not frames.any():
            return Reading(nan, nan, nan, 0.0, series.side)
        seen_share = float(np.isfinite(series.values[frames]).mean())
        if seen_share < _MIN_SEEN_SHARE:
            return Reading(nan, nan, nan, seen_share, series.side)
        picked = pick_at(series.values[frames], t_s[frames], pick)
        inside = (t_s >= rep.start_s) & (t_s <= rep.end_s)
        noise = _frame_noise(series.values[inside])
        return Reading(picked.value, picked.t_s, noise, seen_share, series.side)

    def disagreement(self, signal: Signal, rep: Span, *, when: When, pick: Pick) -> float:
        """One-sigma error that the body's other side gives away, 0 where it has nothing to say.

        A trunk seen from the side leans as one: left and right may lie apart, but change alike. A
        shoulder that a plate hides is guessed, with high visibility, and then they do not.
        """
        if pick != "change" or not isinstance(signal, Lean) or self.scene.view.name != "side":
            return 0.0
        if (signal.lower, signal.upper) != _TRUNK:
            return 0.0
        left, right = (
            self.read(replace(signal, side=side), rep, when=when, pick=pick).value
            for side in _SIDES
        )
        sigma = abs(left - right) / sqrt(2.0)  # of one reading, told by a pair of them
        return sigma if isfinite(sigma) else 0.0

    def at(self, signal: Signal, t_s: float) -> float:
        """Value at a moment, from the nearest seen frame within 0.1 s; NaN if there is none."""
        series = self.series(signal)
        near = np.flatnonzero(np.abs(self.scene.track.t_s - t_s) <= 0.1)
        near = near[np.isfinite(series.values[near])]
        if not near.size:
            return nan
        closest = near[np.argmin(np.abs(self.scene.track.t_s[near] - t_s))]
        return float(series.values[closest])

    def start_seen(self, rep: Rep) -> bool:
        """Whether the recording shows the lifter leaving rest."""
        return rep.start_seen or rep.start_s - float(self.scene.track.t_s[0]) >= _REST_SEEN_S

    def turn_seen(self, rep: Rep) -> bool:
        """Whether the recording shows the turnaround, not only the way to it or from it."""
        t_s = self.scene.track.t_s
        if rep.turn_end_s - rep.turn_start_s >= _TURN_SEEN_S:
            return True
        is_first = rep.turn_s - float(t_s[0]) < _TURN_SEEN_S
        is_last = float(t_s[-1]) - rep.turn_s < _TURN_SEEN_S
        return not (is_first or is_last)

    def end_seen(self, rep: Rep) -> bool:
        """Whether the recording shows the lifter reaching rest."""
        return rep.end_seen or float(self.scene.track.t_s[-1]) - rep.end_s >= _REST_SEEN_S

    def yaw_deg_of(self, rep: Span) -> float:
        """Mean yaw during one repetition; the set's where it is unknown."""
        span = rep.start_s, rep.end_s
        if span not in self._yaws:
            self._yaws[span] = _mean_yaw_deg(self.scene, *span)
        return self._yaws[span]

    def view_of(self, rep: Span) -> ViewName:
        """View during one repetition."""
        return view_of_yaw(self.yaw_deg_of(rep))


def _mean_yaw_deg(scene: Scene, from_s: float, to_s: float) -> float:
    t_s = scene.track.t_s
    yaw_deg = scene.view.yaw_deg[(t_s >= from_s) & (t_s <= to_s)]
    yaw_deg = yaw_deg[np.isfinite(yaw_deg)]
    if not yaw_deg.size:
        return scene.view.median_yaw_deg
    return float(np.degrees(np.angle(np.exp(1j * np.radians(yaw_deg)).mean())))


def _observed(signal: Signal, scene: Scene) -> Series:
    values = measure(signal, scene)
    seen, side = _visibility(signal, scene)
    return Series(np.where(seen >= _MIN_VISIBILITY, values, nan), seen, side)


def _one_side(signal: _Sided, scene: Scene, side: Literal["left", "right"]) -> Series:
    seen = visibility_of(points_of(signal), scene, side)
    values = measure_side(signal, scene, side)
    return Series(np.where(seen >= _MIN_VISIBILITY, values, nan), seen, side)


def _visibility(signal: Signal, scene: Scene) -> tuple[FloatArray, _PickedSide]:
    """(N,) visibility of the points the signal was taken from, and that side."""
    if isinstance(signal, Ratio):
        parts = [_visibility(part, scene)[0] for part in (signal.numerator, signal.denominator)]
        return np.minimum(*parts), ""
    left, right = (visibility_of(points_of(signal), scene, side) for side in ("left", "right"))
    if not isinstance(signal, _Sided):
        return np.minimum(left, right), ""
    match signal.side:
        case "left":
            return left, "left"
        case "right":
            return right, "right"
        case "mean" | "lead" | "trail":  # a lead nobody knows has no value to see
            return np.maximum(left, right), ""
        case "near" | "worse":
            is_left = scene.view.near_left > 0.5
            return np.where(is_left, left, right), "left" if is_left.mean() > 0.5 else "right"


def _frame_noise(values: FloatArray) -> float:
    """Scatter from frame to frame by second differences, which a smooth movement leaves small."""
    bends = np.abs(np.diff(values, n=2))
    bends = bends[np.isfinite(bends)]
    return median(bends) / 0.6745 / sqrt(6.0) if bends.size else 0.0


def sigma_in(view: ViewName, sigma: float, view_sigma: Sequence[tuple[ViewName, float]]) -> float:
    """Declared one-sigma error in a view."""
    return dict(view_sigma).get(view, sigma)


def turning_sigma(signal: Signal, yaw_deg: float) -> float:
    """Error of a sideways shift when the lifter does not quite face the camera.

    Hips end about 0.25 leg lengths behind the ankles in a squat (heuristic); seen at an angle
    that looks like a shift.
    """
    return 0.25 * abs(sin(radians(yaw_deg))) if isinstance(signal, Shift) else 0.0


def default_sigma(signal: Signal, view: ViewName) -> float:
    """One-sigma error of a signal nobody declared one for.

    Side on 6 degrees (Cosoli 2026), elsewhere 12 (world landmarks, measured on rendered ground
    truth); lengths 0.05 and 0.1 (heuristic).
    """
    is_side = view == "side"
    match signal:
        case Angle() | Lean():
            return 6.0 if is_side else 12.0
        case Ratio(numerator, denominator):
            return hypot(default_sigma(numerator, view), default_sigma(denominator, view))
        case _:
            return 0.05 if is_side else 0.1


def unit_of(signal: Signal) -> str:
    """Unit a signal is measured in: ``deg`` or a body length such as ``leg``."""
    match signal:
        case Angle() | Lean():
            return "deg"
        case Ratio():
            return "ratio"
        case _:
            return signal.unit
