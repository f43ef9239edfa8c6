"""The way of the hand nearer to the camera, which stands for the bar."""

from __future__ import annotations

from math import nan
from typing import Final

import numpy as np

from repsight.core.measure import Scene
from repsight.core.report import Measure
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray
from repsight.core.windows import Span, window_of

__all__ = ["bar_metrics", "bar_path"]

_MIN_VISIBILITY: Final = 0.5
#: One-sigma error of a wrist's horizontal place, in leg lengths (2 cm; heuristic).
_DRIFT_SIGMA: Final = 0.025


def bar_path(scene: Scene) -> FloatArray:
    """(N, 2) near wrist in frame heights; NaN where it is not seen."""
    left, right = BILATERAL["wrist"]
    is_left = scene.view.near_left > 0.5
    wrist = np.where(is_left[:, None], scene.track.xy[:, left], scene.track.xy[:, right])
    seen = np.where(is_left, scene.track.visibility[:, left], scene.track.visibility[:, right])
    return np.where((seen >= _MIN_VISIBILITY)[:, None], wrist, nan)


def bar_metrics(scene: Scene, rep: Span, *, spec: ExerciseSpec) -> dict[str, Measure]:
    """Largest horizontal departure from where the concentric began, and path over rise.

    The departure is in leg lengths, forwards positive. A path of 1.0 is a straight line up. Side
    view only: from elsewhere neither can be seen.
    """
    unknown = {"bar_drift": Measure(nan, "leg", nan), "bar_path": Measure(nan, "ratio", nan)}
    if scene.view.name != "side":
        return unknown
    t_s = scene.track.t_s
    ((from_s, to_s),) = window_of("concentric", rep, concentric=spec.cycle.concentric)
    path = bar_path(scene)
    inside = (t_s >= from_s) & (t_s <= to_s) & np.isfinite(path[:, 0])
    leg = scene.body.in_picture("leg")[inside]
    facing = float(np.sign(np.sum(scene.view.facing[inside])))
    rise = float(np.ptp(path[inside, 1])) if inside.any() else 0.0
    if inside.sum() < 4 or rise <= 0 or facing == 0:
        return unknown
    path = path[inside]
    away = (path[:, 0] - path[0, 0]) * facing / np.median(leg)
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    return {
        "bar_drift": Measure(float(away[np.argmax(np.abs(away))]), "leg", _DRIFT_SIGMA),
        "bar_path": Measure(length / rise, "ratio", 0.02),
    }
