"""The way of the bar: of its plate where that can be followed, else of the hand that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene
from repsight.core.report import Measure
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.core.windows import Span, window_of

__all__ = ["BarWay", "bar_metrics", "bar_seen_by", "bar_way", "hand_path"]

_MIN_VISIBILITY: Final = 0.5
#: One-sigma error of a horizontal place in leg lengths: 2 cm for a wrist, which is guessed behind
#: the plate, 1 cm for the centre of a rim (heuristic).
_DRIFT_SIGMA: Final = {"hands": 0.025, "plate": 0.0125}
#: A plate is believed where it is seen in this share of a repetition, ...
_SEEN_SHARE: Final = 0.8
_LEAST_FRAMES: Final = 8
#: ... moves up and down with the hands (a thigh or a wheel on the wall does not), ...
_LIKENESS: Final = 0.95
_LEAST_RISE: Final = 0.25
#: ... by as much, or more where it is nearer to the camera than they are, ...
_NEARER: Final = (0.85, 1.6)
#: ... and has the hands above or before it, not far to one side. Leg lengths; all heuristic.
_ASIDE: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class BarWay:
    """The bar through one repetition.

    ``t_s`` (M,), ``points`` (M, 2) in frame heights, ``nearer`` by how much larger its movements
    look than the hands' (1 for the hands), and what was followed.
    """

    t_s: FloatArray
    points: FloatArray
    nearer: float
    seen_by: Literal["plate", "hands"]


def hand_path(scene: Scene) -> FloatArray:
    """(N, 2) near wrist in frame heights; NaN where it is not seen."""
    return _hand(scene, scene.view.near_left > 0.5)


def _hand(scene: Scene, is_left: NDArray[np.bool_]) -> FloatArray:
    """(N, 2) the left wrist where ``is_left``, else the right one; NaN where it is not seen."""
    left, right = BILATERAL["wrist"]
    wrist = np.where(is_left[:, None], scene.track.xy[:, left], scene.track.xy[:, right])
    seen = np.where(is_left, scene.track.visibility[:, left], scene.track.visibility[:, right])
    return np.where((seen >= _MIN_VISIBILITY)[:, None], wrist, nan)


def bar_way(scene: Scene, start_s: float, end_s: float) -> BarWay:
    """The bar between two times; without frames in which it is not seen."""
    t_s = scene.track.t_s
    inside = (t_s >= start_s) & (t_s <= end_s)
    nearer = _plate_moves_with_hands(scene, inside)
    if scene.track.plate is None or np.isnan(nearer):
        # One hand for the whole way: seen from the front, the nearer one may change within it.
        is_left = np.mean(scene.view.near_left[inside] > 0.5) > 0.5 if inside.any() else False
        hands = _hand(scene, np.full(len(t_s), is_left))
        kept = inside & np.isfinite(hands[:, 0])
        return BarWay(t_s[kept], hands[kept], 1.0, "hands")
    kept = inside & np.isfinite(scene.track.plate[:, 0])
    return BarWay(t_s[kept], scene.track.plate[kept, :2], nearer, "plate")


def _plate_moves_with_hands(scene: Scene, inside: NDArray[np.bool_]) -> float:
    """By how much larger the plate's rise looks than the hands'; NaN if it is not in them.

    Hands that hide behind the plate are guessed, but well enough to tell how far they rise.
    """
    plate = scene.track.plate
    hands = scene.track.xy[:, list(BILATERAL["wrist"])].mean(axis=1)
    if plate is None or scene.view.name != "side":
        return nan
    both = inside & np.isfinite(plate[:, 0]) & np.isfinite(hands[:, 0])
    if both.sum() < max(_LEAST_FRAMES, _SEEN_SHARE * inside.sum()):
        return nan
    leg = float(np.median(scene.body.in_picture("leg")[both]))
    held, rim = hands[both], plate[both, :2]
    aside = abs(float(np.median(rim[:, 0] - held[:, 0])))
    rise = min(float(np.ptp(held[:, 1])), float(np.ptp(rim[:, 1])))
    if not (aside <= _ASIDE * leg and rise >= _LEAST_RISE * leg):
        return nan
    likeness = float(np.corrcoef(held[:, 1], rim[:, 1])[0, 1])
    nearer = float(np.std(rim[:, 1]) / np.std(held[:, 1]))
    is_it = likeness >= _LIKENESS and _NEARER[0] <= nearer <= _NEARER[1]
    return nearer if is_it else nan


def bar_seen_by(
    scene: Scene, reps: Sequence[Span], spec: ExerciseSpec
) -> Literal["plate", "hands", "none"]:
    """What the paths of a set's repetitions follow: the plate if it does so in most of them."""
    if spec.bar != "hands" or not reps:
        return "none"
    plates = sum(bar_way(scene, rep.start_s, rep.end_s).seen_by == "plate" for rep in reps)
    return "plate" if 2 * plates > len(reps) else "hands"


def bar_metrics(scene: Scene, rep: Span, *, spec: ExerciseSpec) -> dict[str, Measure]:
    """Largest horizontal departure from where the concentric began, and path over rise.

    The departure is in leg lengths, forwards positive. A path of 1.0 is a straight line up. Side
    view only: from elsewhere neither can be seen.
    """
    unknown = {"bar_drift": Measure(nan, "leg", nan), "bar_path": Measure(nan, "ratio", nan)}
    if scene.view.name != "side":
        return unknown
    way = bar_way(scene, rep.start_s, rep.end_s)
    ((from_s, to_s),) = window_of("concentric", rep, concentric=spec.cycle.concentric)
    lifting = (way.t_s >= from_s) & (way.t_s <= to_s)
    here = np.isin(scene.track.t_s, way.t_s[lifting])
    leg = scene.body.in_picture("leg")[here] * way.nearer
    facing = float(np.sign(np.sum(scene.view.facing[here])))
    path = way.points[lifting]
    rise = float(np.ptp(path[:, 1])) if len(path) else 0.0
    if len(path) < 4 or rise <= 0 or facing == 0:
        return unknown
    away = (path[:, 0] - path[0, 0]) * facing / np.median(leg)
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    return {
        "bar_drift": Measure(
            float(away[np.argmax(np.abs(away))]), "leg", _DRIFT_SIGMA[way.seen_by]
        ),
        "bar_path": Measure(length / rise, "ratio", 0.02),
    }
