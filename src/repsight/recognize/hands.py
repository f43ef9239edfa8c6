"""How much of what the hands do is repetitions, and how much is something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from repsight.core.measure import Scene
from repsight.core.report import Rep
from repsight.core.skeleton import BILATERAL

__all__ = ["share_in_reps"]

_SHOULDERS: Final = list(BILATERAL["shoulder"])
_WRISTS: Final = list(BILATERAL["wrist"])
_VISIBLE: Final = 0.5
#: Slower than this share of their quickest, hands that rest seem to move by the landmarks' errors.
_MOVES_SHARE: Final = 0.15
#: What happens longer before or after belongs to something else.
_AROUND_S: Final = 10.0


def share_in_reps(scene: Scene, reps: Sequence[Rep]) -> float:
    """Share of the way that the hands go around ``reps`` that lies within them, 0..1.

    The way is relative to the shoulders, so walking counts little, and only of hands that are
    seen. 1 where none is seen to move.
    """
    t_s = scene.track.t_s
    if not reps or len(t_s) < 2:
        return 1.0
    middle = scene.track.xy[:, _SHOULDERS].mean(axis=1, keepdims=True)
    steps = np.linalg.norm(np.diff(scene.track.xy[:, _WRISTS] - middle, axis=0), axis=2)
    is_seen = np.isfinite(steps) & (scene.track.visibility[1:, _WRISTS] > _VISIBLE)
    steps = np.where(is_seen, steps, 0.0)
    speed = steps / np.diff(t_s)[:, None]
    way = np.where(speed > _MOVES_SHARE * np.percentile(speed, 95), steps, 0.0).sum(axis=1)
    near = (t_s >= reps[0].start_s - _AROUND_S) & (t_s <= reps[-1].end_s + _AROUND_S)
    within = np.zeros(len(t_s), dtype=bool)
    for rep in reps:
        within |= (t_s >= rep.start_s) & (t_s <= rep.end_s)
    whole = float(way[near[1:]].sum())
    return float(way[within[1:]].sum()) / whole if whole > 0 else 1.0
