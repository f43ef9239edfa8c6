"""The way of the hands, which stand for the bar."""

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
#: One-sigma error of a wrist's horizontal place, in foot lengths (2 cm of 27; heuristic).
_DRIFT_SIGMA: Final = 0.08


def bar_path(scene: Scene) -> FloatArray:
    """(N, 2) middle of the seen wrists in frame heights; NaN where neither is seen."""
    columns = list(BILATERAL["wrist"])
    wrists = scene.track.xy[:, columns]
    seen = scene.track.visibility[:, columns] >= _MIN_VISIBILITY
    seen &= np.isfinite(wrists).all(axis=2)
    weight = seen / np.maximum(seen.sum(axis=1, keepdims=True), 1)
    middle = (np.nan_to_num(wrists) * weight[..., None]).sum(axis=1)
    return np.where(seen.any(axis=1, keepdims=True), middle, nan)


def bar_metrics(scene: Scene, rep: Span, *, spec: ExerciseSpec) -> dict[str, Measure]:
    """Horizontal drift from where the concentric began (foot lengths) and path over rise.

    Side view only: from elsewhere the drift cannot be seen. A path of 1.0 is a straight line.
    """
    unknown = {"bar_drift": Measure(nan, "foot", nan), "bar_path": Measure(nan, "ratio", nan)}
    if scene.view.name != "side":
        return unknown
    t_s = scene.track.t_s
    ((from_s, to_s),) = window_of("concentric", rep, concentric=spec.cycle.concentric)
    path = bar_path(scene)
    inside = (t_s >= from_s) & (t_s <= to_s) & np.isfinite(path[:, 0])
    if inside.sum() < 4:
        return unknown
    path, foot = path[inside], scene.body.in_picture("foot")[inside]
    drift = (path[:, 0] - path[0, 0]) / foot
    rise = float(np.ptp(path[:, 1]))
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    worst = float(drift[np.argmax(np.abs(drift))])
    facing = float(np.sign(np.median(scene.view.facing[inside]))) or 1.0
    return {
        "bar_drift": Measure(worst * facing, "foot", _DRIFT_SIGMA),
        "bar_path": Measure(length / rise if rise > 0 else nan, "ratio", 0.02),
    }
