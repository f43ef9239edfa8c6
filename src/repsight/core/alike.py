"""Which repetitions of a set compare with one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from repsight.core.reading import Signals
from repsight.core.report import Rep
from repsight.core.types import FloatArray

__all__ = ["alike_by", "alike_of"]

#: Repetitions seen from further apart than this do not compare: a picture shows less of the same
#: range once the lifter has turned (heuristic).
_TURNED_DEG: Final = 20.0


def alike_of(signals: Signals, reps: Sequence[Rep]) -> tuple[int, ...]:
    """A number for each repetition, equal for those that compare.

    They are of the same side, and the lifter stood the same way to the camera.
    """
    yaw_deg = np.array([signals.yaw_deg_of(rep) for rep in reps])
    return alike_by([rep.side for rep in reps], yaw_deg)


def alike_by(sides: Sequence[str], yaw_deg: FloatArray) -> tuple[int, ...]:
    """As ``alike_of``, from the side of each repetition and its camera yaw (N,); NaN compares."""
    turn = _groups_of_yaw(yaw_deg)
    pairs = list(zip(sides, turn, strict=True))
    numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    return tuple(numbers[pair] for pair in pairs)


def _groups_of_yaw(yaw_deg: FloatArray) -> list[int]:
    """Yaws fall apart where the next one, round the circle, is further off than a turn."""
    known = np.flatnonzero(np.isfinite(yaw_deg))
    if not known.size:
        return [0] * len(yaw_deg)
    middle = np.angle(np.exp(1j * np.radians(yaw_deg[known])).mean())
    off_deg = np.degrees(np.angle(np.exp(1j * (np.radians(yaw_deg[known]) - middle))))
    order = np.argsort(off_deg)
    parts = np.cumsum(np.diff(off_deg[order], prepend=off_deg[order[0]]) > _TURNED_DEG)
    groups = np.zeros(len(yaw_deg), np.intp)
    groups[known[order]] = parts
    groups[~np.isfinite(yaw_deg)] = np.bincount(parts).argmax()  # the most usual one
    return [int(group) for group in groups]
