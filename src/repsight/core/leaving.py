"""Standing up empty-handed after the last pull and walking off is not one more repetition.

A rise from the floor looks like a pull to any pose model, with a bar or without. What comes after
it tells them apart: a bar is lowered again where it was lifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from repsight.core.excursions import Candidate
from repsight.core.measure import Scene, measure
from repsight.core.signals import Height, Place
from repsight.core.spec import Cycle
from repsight.core.types import FloatArray

__all__ = ["LEFT", "UNSURE_LAST", "has_left", "is_unsure", "stands_up"]

#: Said of a rise that was not a repetition.
LEFT = "you stood up and left without lowering anything"
#: Said when the recording ends before it shows what the last rise was.
UNSURE_LAST = (
    "The recording ends at the top of the last one: if you only stood up there, it is one fewer."
)

_FEET = Place("ankle", "leg")
#: Nobody walks this far (leg lengths) or comes this much nearer or farther with a loaded bar.
_WALKED_LEGS = 0.6
_NEARER = log(1.18)
#: Upright for this long is no lockout any more.
_UPRIGHT_S = 6.0
#: The rise is done at the first share of the usual way, lowered below the second.
_RISEN_SHARE = 0.8
_LOWERED_SHARE = 0.5
#: What lasts shorter than this is a wild frame.
_LASTING_S = 0.3


def stands_up(cycle: Cycle) -> bool:
    """Whether the work is rising from the floor, which one also does without a weight."""
    driver = cycle.driver
    if not isinstance(driver, Height) or driver.reference != "floor":
        return False
    rises = cycle.turn == "high" and cycle.concentric == "before"
    return rises and driver.point in {"shoulder", "hip"}


def has_left(counted: Sequence[Candidate], scene: Scene, driver: FloatArray) -> bool:
    """Whether the last of ``counted`` was the lifter leaving.

    ``driver`` (N,) rises with the lifter. Only an earlier repetition that was seen to be lowered
    shows that this lifter lowers at all.
    """
    if len(counted) < 2 or not any(map(_is_lowered, counted[:-1])):
        return False
    last = counted[-1]
    usual = float(np.median([one.before for one in counted[:-1]]))
    t_s = scene.track.t_s
    after_start = t_s >= last.start_s
    bottom = float(np.interp(last.start_s, t_s, driver))
    top_s = _first_s(t_s, after_start & (driver >= bottom + _RISEN_SHARE * usual))
    since = t_s >= top_s
    low_s = _first_s(t_s, since & (driver < bottom + _LOWERED_SHARE * usual))
    return _left_s(scene, top_s) < low_s


def is_unsure(counted: Sequence[Candidate]) -> bool:
    """Whether the recording ends before it shows what the last rise was."""
    return len(counted) > 1 and not _is_lowered(counted[-1]) and any(map(_is_lowered, counted))


def _is_lowered(candidate: Candidate) -> bool:
    return candidate.after >= _LOWERED_SHARE * candidate.before


def _left_s(scene: Scene, top_s: float) -> float:
    """When the lifter walked off or had just stood there for long; infinity if never.

    Who vanishes may have left the picture or have been cut out of the film: that says nothing.
    """
    t_s = scene.track.t_s
    since = t_s >= top_s
    place = measure(_FEET, scene)
    walked = _away(place, t_s, top_s) >= _WALKED_LEGS
    if scene.body.is_metric:
        walked |= _away(np.log(scene.body.scale), t_s, top_s) >= _NEARER
    seen_s = t_s[since & np.isfinite(place)]
    stood_s = float(seen_s[-1]) - top_s if seen_s.size else 0.0
    return min(_first_s(t_s, since & walked), top_s + _UPRIGHT_S if stood_s >= _UPRIGHT_S else inf)


def _away(values: FloatArray, t_s: FloatArray, top_s: float) -> FloatArray:
    """(N,) distance from the value at the top; 0 where unknown."""
    at_top = values[np.abs(t_s - top_s) <= _LASTING_S]
    at_top = at_top[np.isfinite(at_top)]
    if not at_top.size:
        return np.zeros(len(values))
    return np.nan_to_num(np.abs(values - np.median(at_top)))


def _first_s(t_s: FloatArray, mask: NDArray[np.bool_]) -> float:
    """When ``mask`` first holds for as long as _LASTING_S, or to the end; infinity if never."""
    begins = np.flatnonzero(mask & ~np.concatenate([[False], mask[:-1]]))
    ends = np.flatnonzero(mask & ~np.concatenate([mask[1:], [False]]))
    for begin, end in zip(begins, ends, strict=True):
        if t_s[end] - t_s[begin] >= _LASTING_S or end == len(t_s) - 1:
            return float(t_s[begin])
    return inf
