"""Why a repeating movement is not an exercise: too small, too irregular, walking, travelling.

The gates speak in body lengths (trunk plus leg, about 1.4 m for an adult) and need real
coordinates: isotropic, with the global motion kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.periodic_cycles import Train
from repsight.core.periodic_signals import GRID_HZ, Bank
from repsight.core.skeleton import Landmark
from repsight.core.types import FloatArray

__all__ = ["BODY", "UNASKED", "Gates", "body_length", "objection", "range_share"]

_SHOULDERS: Final = [int(Landmark.LEFT_SHOULDER), int(Landmark.RIGHT_SHOULDER)]
_WRISTS: Final = [int(Landmark.LEFT_WRIST), int(Landmark.RIGHT_WRIST)]
_HIPS: Final = [int(Landmark.LEFT_HIP), int(Landmark.RIGHT_HIP)]
_KNEES: Final = [int(Landmark.LEFT_KNEE), int(Landmark.RIGHT_KNEE)]
_ANKLES: Final = [int(Landmark.LEFT_ANKLE), int(Landmark.RIGHT_ANKLE)]
_LEG_PER_TRUNK: Final = 1.7  # where the legs are not seen; ordinary adult proportions

_FEW: Final = 2
_MANY: Final = 5
_MANY_LIKENESS: Final = 0.8
_UPRIGHT_DEG: Final = 30.0
_HANDS_UP_SHARE: Final = 0.1  # of the time with a hand above the shoulders


@dataclass(frozen=True, slots=True)
class Gates:
    """Absolute floors; every number is heuristic, chosen with room on both sides on real clips.

    ``floor``: the largest movement of a repetition, in body lengths. ``likeness``: the median
    likeness of neighbours for five and more repetitions, ``few_likeness`` for three and four,
    ``pair_likeness`` for two; movements below ``small`` body lengths need ``small_likeness``
    however many there are.
    ``moving_share`` and ``pair_moving_share``: how much of the time in motion the repetitions
    must explain, unless there are many and they are alike. ``longest_s``: median length.
    ``travel``: how far the hips may move across the picture over all repetitions unless they
    sink by ``sink`` each time (walking lunges). ``stride``: how far the feet swing or lift
    against each other in upright walking with quiet hands and level hips.
    """

    floor: float = 0.08
    likeness: float = 0.6
    few_likeness: float = 0.6
    pair_likeness: float = 0.68
    small: float = 0.0
    small_likeness: float = 0.75
    moving_share: float = 0.25
    pair_moving_share: float = 0.5
    longest_s: float = 10.0
    travel: float = 1.0
    sink: float = 0.15
    stride: float = 0.15
    level_hips: float = 0.1
    knee_lift: float = 0.25


#: The gates for coordinates with a true shape and scale.
BODY: Final = Gates()
#: Where nobody said that anything is done: so few must be as alike as real sets of so few are
#: (0.77 to 0.99 on clips); gestures of somebody who talks reach 0.72.
#: Hands that talk move by 0.16 to 0.23 body lengths, alike by 0.62 to 0.69.
UNASKED: Final = Gates(few_likeness=0.75, pair_likeness=0.75, small=0.25)


def objection(bank: Bank, train: Train, gates: Gates) -> str:
    """Why the train is not a set of repetitions, in a lifter's words; empty if it is."""
    body = body_length(bank.points)
    if not np.isfinite(body) or body <= 0:
        return "too little of the body was seen"
    sink = _range_within(bank.points[:, _HIPS, 1].mean(axis=1), train) / body
    checks = (
        (
            range_share(train, body) < gates.floor,
            "the movement is too small to be a repetition",
        ),
        (
            float(np.median(train.durations_s)) > gates.longest_s,
            "the movement is too slow to be a repetition",
        ),
        (
            not _is_regular(bank, train, gates, body=body),
            "the movements do not resemble each other",
        ),
        (
            _travels(bank, train, gates, body=body, sink=sink),
            "the body travels through the picture",
        ),
        (
            sink < gates.level_hips and _walks(bank, train, gates, body=body),
            "it looks like walking",
        ),
    )
    return next((reason for holds, reason in checks if holds), "")


def body_length(points: FloatArray) -> float:
    """Trunk plus leg of (N, 33, 2) at full stretch, in their unit; NaN without a trunk."""
    trunk = _length(points[:, _SHOULDERS].mean(axis=1), points[:, _HIPS].mean(axis=1))
    leg = sum(
        _length(points[:, hip], points[:, knee]) + _length(points[:, knee], points[:, ankle])
        for hip, knee, ankle in zip(_HIPS, _KNEES, _ANKLES, strict=True)
    )
    whole = trunk + np.where(np.isfinite(leg), leg / 2, _LEG_PER_TRUNK * trunk)
    whole = whole[np.isfinite(whole)]
    return float(np.percentile(whole, 90)) if len(whole) else float("nan")


def range_share(train: Train, body: float) -> float:
    """Largest movement of any pose feature within a repetition (median), in body lengths."""
    return float(np.median(train.ranges, axis=0).max()) / body


def _length(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.linalg.norm(one - other, axis=-1)


def _is_regular(bank: Bank, train: Train, gates: Gates, *, body: float) -> bool:
    likeness, count = float(np.median(train.likeness)), len(train.turns)
    if count < _FEW:
        return False
    share = train.explained_s / max(_moving_s(bank), train.explained_s, 1e-9)
    if range_share(train, body) < gates.small and likeness < gates.small_likeness:
        return False
    if count == _FEW:
        return likeness >= gates.pair_likeness and share >= gates.pair_moving_share
    if count >= _MANY and likeness >= _MANY_LIKENESS:
        return True
    wanted = gates.likeness if count >= _MANY else gates.few_likeness
    return likeness >= wanted and share >= gates.moving_share


def _moving_s(bank: Bank) -> float:
    """Time in which somebody was seen moving: faster than a tenth of the fastest they move."""
    speed = np.abs(np.diff(bank.pose, axis=0)).max(axis=1)
    quick = float(np.percentile(speed[bank.seen[1:]], 95)) if bank.seen[1:].any() else 0.0
    return float((speed[bank.seen[1:]] > 0.1 * quick).sum()) / GRID_HZ


def _range_within(values: FloatArray, train: Train) -> float:
    """Median range of a signal (N,) within a repetition; 0 where it was not seen."""
    spans = zip(train.starts, train.ends, strict=True)
    value = float(np.median([np.ptp(values[start : end + 1]) for start, end in spans]))
    return value if np.isfinite(value) else 0.0


def _travels(bank: Bank, train: Train, gates: Gates, *, body: float, sink: float) -> bool:
    across = bank.points[train.starts[0] : train.ends[-1] + 1, _HIPS, 0].mean(axis=1)
    sinks = sink >= gates.sink and len(train.turns) > _FEW
    return bool(np.ptp(across) > gates.travel * body) and not sinks


def _walks(bank: Bank, train: Train, gates: Gates, *, body: float) -> bool:
    """Upright, hands down, feet moving against each other, knees low."""
    points = bank.points
    apart = points[:, _ANKLES[0]] - points[:, _ANKLES[1]]
    stride = max(_range_within(apart[:, axis], train) for axis in (0, 1)) / body
    knee_lift = _range_within(points[:, _KNEES, 1].min(axis=1), train) / body
    if stride < gates.stride or knee_lift > gates.knee_lift:
        return False
    during = points[train.starts[0] : train.ends[-1] + 1]
    shoulders, hips = during[:, _SHOULDERS].mean(axis=1), during[:, _HIPS].mean(axis=1)
    lean_deg = np.degrees(
        np.abs(np.arctan2(hips[:, 0] - shoulders[:, 0], hips[:, 1] - shoulders[:, 1]))
    )
    hands_up = (during[:, _WRISTS, 1].min(axis=1) < shoulders[:, 1]).mean()
    return bool(np.median(lean_deg) < _UPRIGHT_DEG) and float(hands_up) < _HANDS_UP_SHARE
