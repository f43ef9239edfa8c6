"""From windows to sets: which exercise is done from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray
from repsight.recognize.features import RATE_HZ, SAMPLES
from repsight.recognize.router import UNKNOWN, Routed

__all__ = ["Claim", "Segment", "claims_of", "segments_of"]

#: Changing the label costs this much log probability: about three sure windows.
_SWITCH: Final = 7.0
#: Windows overlap, so one tells only a part of what two seconds do.
_NEW_SHARE: Final = 0.5
#: A set of a circuit lasts at least this long and is this likely (heuristic).
_SHORTEST_S: Final = 5.0
_SURE: Final = 0.5
#: A claim rests on this many of its best windows, or this share of them if that is more.
_BEST: Final = 3
_BEST_SHARE: Final = 0.25
_HALF_WINDOW_S: Final = SAMPLES / RATE_HZ / 2.0


@dataclass(frozen=True, slots=True)
class Claim:
    """How likely it is that ``label`` is what is done in some stretch of time.

    ``probability`` 0..1; ``agreement`` is the share of the windows showing any exercise whose
    likeliest exercise is this one.
    """

    label: str
    probability: float
    agreement: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time in which one exercise is done, by the router."""

    label: str
    start_s: float
    end_s: float
    probability: float


def claims_of(routed: Routed) -> list[Claim]:
    """What the windows say together, likeliest first; empty without windows.

    Windows that look like an exercise count more than those that look like none, so rest before
    and after a set takes nothing from it; the best of them say whether it is there at all.
    """
    if not len(routed.t_s):
        return []
    known = routed.classes.index(UNKNOWN)
    doing = 1.0 - routed.probability[:, known]
    share = (routed.probability * doing[:, None]).sum(axis=0)
    share /= max(float((doing**2).sum()), 1e-9)
    best = np.sort(doing)[::-1][: max(_BEST, round(_BEST_SHARE * len(doing)))]
    top = np.delete(routed.probability, known, axis=1).argmax(axis=1)
    names = [name for name in routed.classes if name != UNKNOWN]
    weight = doing / max(float(doing.sum()), 1e-9)
    claims = [
        Claim(
            name,
            float(share[routed.classes.index(name)] * best.mean()),
            float(weight[top == number].sum()),
        )
        for number, name in enumerate(names)
    ]
    return sorted(claims, key=lambda claim: -claim.probability)


def segments_of(routed: Routed) -> list[Segment]:
    """Sets of a circuit in time order: stretches of one exercise, long and sure enough.

    Between them is rest or something unknown. The likeliest sequence of labels is taken, with
    a price for every change, so that a few odd windows do not split a set.
    """
    if not len(routed.t_s):
        return []
    labels = _smoothed(routed.probability)
    edges = np.flatnonzero(np.diff(labels)) + 1
    found: list[Segment] = []
    for part in np.split(np.arange(len(labels)), edges):
        label = routed.classes[labels[part[0]]]
        start_s = float(routed.t_s[part[0]]) - _HALF_WINDOW_S
        end_s = float(routed.t_s[part[-1]]) + _HALF_WINDOW_S
        sure = float(routed.probability[part, labels[part[0]]].mean())
        if label != UNKNOWN and end_s - start_s >= _SHORTEST_S and sure >= _SURE:
            found.append(Segment(label, start_s, end_s, sure))
    return _joined(found)


def _smoothed(probability: FloatArray) -> NDArray[np.intp]:
    """(W,) likeliest sequence of class numbers with _SWITCH paid for each change."""
    gain: FloatArray = _NEW_SHARE * np.log(np.maximum(probability, 1e-4))
    total: FloatArray = gain[0].copy()
    came = np.zeros(gain.shape, np.intp)
    for i in range(1, len(gain)):
        best = int(np.argmax(total))
        changes = total[best] - _SWITCH > total
        came[i] = np.where(changes, best, np.arange(len(total)))
        total = gain[i] + np.where(changes, total[best] - _SWITCH, total)
    labels = np.empty(len(gain), np.intp)
    labels[-1] = int(np.argmax(total))
    for i in range(len(gain) - 1, 0, -1):
        labels[i - 1] = came[i, labels[i]]
    return labels


def _joined(found: list[Segment]) -> list[Segment]:
    """Neighbours of the same exercise as one: rest between its sets is the counter's business."""
    joined: list[Segment] = []
    for one in found:
        if joined and joined[-1].label == one.label:
            before = joined.pop()
            sure = (before.probability + one.probability) / 2
            joined.append(Segment(one.label, before.start_s, one.end_s, sure))
        else:
            joined.append(one)
    return joined
