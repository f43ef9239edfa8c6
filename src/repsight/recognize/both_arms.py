"""Whether both arms are about the same thing: in a set they are, in talk hardly ever."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from repsight.core.measure import Scene, measure
from repsight.core.report import Rep
from repsight.core.sides import on_side
from repsight.core.signals import Height, Signal
from repsight.core.types import FloatArray

__all__ = ["are_at_odds"]

#: The arm that moves less is not at rest beyond this share of the way of the other one: it rests
#: within 0.04 to 0.35 in sets of one arm.
_RESTS: Final = 0.4
#: Arms that work together go up and down together: correlations of 0.95 and more in real sets
#: (slow ones of the digital athlete 0.85 and more), -0.6 to 0.85 where hands talk.
_TOGETHER: Final = 0.9
#: Most repetitions must be like that.
_MOSTLY: Final = 0.5
#: Hands go over the head (in arm lengths above the shoulders) for weights, hardly in talk; a far
#: arm that is hidden up there is guessed badly.
_OVERHEAD: Final = 0.5
_HANDS: Final = Height("wrist", "shoulder", "arm")


def are_at_odds(scene: Scene, driver: Signal, reps: Sequence[Rep]) -> bool:
    """Whether in most ``reps`` both arms move by ``driver``, but not together.

    One arm that works while the other rests is fine, and so are arms that take turns.
    """
    if not reps or _take_turns(reps) or _goes_overhead(scene, reps):
        return False
    left, right = (measure(on_side(driver, side), scene) for side in ("left", "right"))
    apart = [_is_apart(left[inside], right[inside]) for inside in _inside(scene, reps)]
    return sum(apart) > _MOSTLY * len(reps)


def _take_turns(reps: Sequence[Rep]) -> bool:
    sides = [rep.side for rep in reps]
    return len(sides) > 1 and all("both" not in two and two[0] != two[1] for two in pairwise(sides))


def _goes_overhead(scene: Scene, reps: Sequence[Rep]) -> bool:
    height = measure(_HANDS, scene)
    tops = [np.nanmax(height[one], initial=-np.inf) for one in _inside(scene, reps)]
    return float(np.median(tops)) > _OVERHEAD


def _inside(scene: Scene, reps: Sequence[Rep]) -> list[np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    t_s = scene.track.t_s
    return [(t_s >= rep.start_s) & (t_s <= rep.end_s) for rep in reps]


def _is_apart(left: FloatArray, right: FloatArray) -> bool:
    """Whether two arms (N,) both move, each for itself; False where one is not seen."""
    known = np.isfinite(left) & np.isfinite(right)
    ways = sorted((float(np.ptp(one[known])) if known.any() else 0.0) for one in (left, right))
    if ways[0] <= _RESTS * ways[1]:
        return False
    return float(np.corrcoef(left[known], right[known])[0, 1]) < _TOGETHER
