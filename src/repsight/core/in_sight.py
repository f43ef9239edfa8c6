"""Whether a movement was in the picture at all, or only in the pose model's imagination.

A pose model draws legs below the lower edge of the picture as well. What such legs do is a guess,
and a guess that bends is no squat.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.measure import Scene, measure, points_of
from repsight.core.signals import Height, Signal
from repsight.core.skeleton import BILATERAL
from repsight.core.windows import Span

__all__ = ["OUT_OF_SIGHT", "is_out_of_sight"]

OUT_OF_SIGHT: Final = "most of what it is measured by was outside the picture"

#: A landmark just beyond the edge is still well placed: its limb is seen.
_MARGIN: Final = 0.03
#: Landmarks that must be inside, on the better side, as a share over the movement.
_LEAST: Final = 0.5
#: A height is believed when its point went this share of the way that the height says.
_OWN_WAY: Final = 0.7
#: What a height above the floor rests on.
_LEG: Final = ("knee", "ankle")


def is_out_of_sight(span: Span, scene: Scene, signal: Signal) -> bool:
    """Whether most of the landmarks of ``signal`` lie outside the picture during a movement.

    A height counts nevertheless when its upper point is inside and really went that way: hips
    that sink in the picture sink, whether or not the feet are seen.
    """
    first, last = np.searchsorted(scene.track.t_s, [span.start_s, span.end_s + 1e-9])
    part = scene.part(slice(int(first), int(last)))
    if not len(part.track):
        return False
    names = points_of(signal)
    if isinstance(signal, Height) and signal.reference == "floor":
        names += _LEG
    inside = {name: _inside(part, name) for name in names}
    if np.mean(list(inside.values())) >= _LEAST:
        return False
    is_believed = (
        isinstance(signal, Height)
        and inside[signal.point] >= _LEAST
        and _went(part, signal) >= _OWN_WAY
    )
    return not is_believed


def _inside(scene: Scene, name: str) -> float:
    """Share of the frames in which ``name`` is in the picture on its better side."""
    xy = scene.track.xy[:, list(BILATERAL[name])]
    high = np.array([scene.track.aspect_ratio, 1.0]) + _MARGIN
    beyond = ((xy < -_MARGIN) | (xy > high) | ~np.isfinite(xy)).max(axis=2)
    return float(1.0 - beyond.min(axis=1).mean())


def _went(scene: Scene, height: Height) -> float:
    """How far the upper point itself went, as a share of what the height says; 0 if unknown."""
    own = scene.track.xy[:, list(BILATERAL[height.point]), 1].mean(axis=1)
    told = measure(height, scene) * scene.body.in_picture(height.unit)
    known = np.isfinite(own) & np.isfinite(told)
    if not known.any():
        return 0.0
    return float(np.ptp(own[known]) / max(np.ptp(told[known]), 1e-9))
