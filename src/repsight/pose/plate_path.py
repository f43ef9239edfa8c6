"""Follow one plate through a clip: of the circles seen at each moment, those that are one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.core.skeleton import BILATERAL
from repsight.core.types import FloatArray
from repsight.pose.landmarks import Pose
from repsight.pose.plate import Disc, find_discs

__all__ = ["PLATE_EVERY_S", "PlateSight", "look_for_plate", "plate_path"]

#: How often to look: a bar moves smoothly, and between two looks it is off a line by millimetres.
PLATE_EVERY_S: Final = 0.095


#: A circle is worth its support less this much, so a poor one is worth less than none.
_WORTHLESS: Final = 0.5
#: What it costs when the plate moves by a leg length against the hands, and when it swells by e.
_SLIDES: Final = 3.0
_SWELLS: Final = 3.0
#: Leg over the side of the square around the body: 0.32 to 0.41 at the median of real clips.
_LEG_SHARE: Final = 0.33
#: A chain may miss the plate for so many looks.
_LOOKS_BACK: Final = 5
#: Circles of another size than the usual one by more than this are something else.
_SIZE_TOLERANCE: Final = 0.15
#: Longer gaps are not bridged, as with landmarks.
_GAP_S: Final = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class PlateSight:
    """Circles seen at ``t_s`` near ``hands`` (2,); ``leg`` is the length of a leg there."""

    t_s: float
    hands: FloatArray
    leg: float
    discs: tuple[Disc, ...]


def look_for_plate(picture: Picture, pose: Pose) -> PlateSight:
    """Circles beside the hands of ``pose``.

    Of the legs the one that looks longer is less foreshortened; behind a plate both are guessed,
    often too short, where the square around the whole body is not.
    """
    hands = pose.xy[list(BILATERAL["wrist"])].mean(axis=0)
    hip, knee, ankle = (pose.xy[list(BILATERAL[part])] for part in ("hip", "knee", "ankle"))
    legs = np.linalg.norm(knee - hip, axis=1) + np.linalg.norm(ankle - knee, axis=1)
    leg = max(float(legs.max()), _LEG_SHARE * pose.roi.size)
    return PlateSight(picture.t_s, hands, leg, find_discs(picture, hands, leg))


def plate_path(sights: Sequence[PlateSight], t_s: FloatArray) -> FloatArray:
    """(N, 3) centre and radius of the plate in frame heights at ``t_s``; NaN where none is seen.

    ``sights`` are in order. What the path is worth is for its user to say: in a clip without a
    plate it may follow a thigh for a while.
    """
    chosen = _usual_size(_linked([sight for sight in sights if sight.discs]))
    if len(chosen) < 2:
        return np.full((len(t_s), 3), np.nan)
    times = np.array([sight.t_s for sight, _ in chosen])
    rows = np.array([(disc.x, disc.y, disc.radius) for _, disc in chosen])
    columns: list[FloatArray] = [np.interp(t_s, times, rows[:, one]) for one in range(3)]
    path = np.stack(columns, axis=1)
    after = np.clip(np.searchsorted(times, t_s), 1, len(times) - 1)
    is_gap = (times[after] - times[after - 1] > _GAP_S) & ~np.isin(t_s, times)
    path[is_gap | (t_s < times[0]) | (t_s > times[-1])] = np.nan
    return path


_Chosen = list[tuple[PlateSight, Disc]]


def _linked(sights: Sequence[PlateSight]) -> _Chosen:
    """The chain of circles of greatest worth (dynamic programming); it may leave moments out."""
    best: list[list[_Link]] = []
    for index, sight in enumerate(sights):
        recent = range(max(index - _LOOKS_BACK, 0), index)
        links = [link for at in recent for link in _ends(sights[at], best[at], at)]
        best.append([_continued(disc, sight, links) for disc in sight.discs])
    return _traced(sights, best)


@dataclass(frozen=True, slots=True)
class _Link:
    """The worth of the best chain that ends in a circle, and the circle before it (None: none)."""

    worth: float
    before: tuple[int, int] | None = None


_End = tuple[_Link, PlateSight, Disc, tuple[int, int]]


def _ends(sight: PlateSight, links: Sequence[_Link], index: int) -> list[_End]:
    return [
        (link, sight, disc, (index, one))
        for one, (link, disc) in enumerate(zip(links, sight.discs, strict=True))
    ]


def _continued(disc: Disc, sight: PlateSight, ends: Sequence[_End]) -> _Link:
    """The best chain that this circle continues; it may as well be the first of one."""
    own = disc.support - _WORTHLESS
    choices = [_Link(own)]
    choices += [
        _Link(own + link.worth - _jump(other, before, disc, sight), place)
        for link, before, other, place in ends
    ]
    return max(choices, key=lambda one: one.worth)


def _jump(first: Disc, before: PlateSight, second: Disc, sight: PlateSight) -> float:
    """How unlike one thing two circles are: the plate keeps its place at the hands and its size."""
    slide = np.hypot(
        (second.x - sight.hands[0]) - (first.x - before.hands[0]),
        (second.y - sight.hands[1]) - (first.y - before.hands[1]),
    )
    swell = abs(float(np.log(second.radius / first.radius)))
    return _SLIDES * float(slide) / sight.leg + _SWELLS * swell


def _traced(sights: Sequence[PlateSight], best: Sequence[Sequence[_Link]]) -> _Chosen:
    """The chains from their ends backwards, the last one first."""
    chosen: _Chosen = []
    index = len(sights) - 1
    while index >= 0:
        one = max(range(len(best[index])), key=lambda n: best[index][n].worth)
        at: tuple[int, int] | None = (index, one)
        while at is not None:
            index, one = at
            chosen.append((sights[index], sights[index].discs[one]))
            at = best[index][one].before
        index -= 1
    return chosen[::-1]


def _usual_size(chosen: _Chosen) -> _Chosen:
    """Without circles that are not of the usual size."""
    if not chosen:
        return []
    usual = median(disc.radius for _, disc in chosen)
    return [pair for pair in chosen if abs(pair[1].radius - usual) <= _SIZE_TOLERANCE * usual]
