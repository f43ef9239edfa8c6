"""Who is in a clip: sightings become tracks, tracks become people, one of them is the lifter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from repsight.core.skeleton import columns
from repsight.core.types import FloatArray
from repsight.errors import UnknownName
from repsight.pose.looks import likeness
from repsight.pose.roi import Roi

__all__ = [
    "Person",
    "Sighting",
    "Tracklet",
    "choose_lifter",
    "hidden_spans_s",
    "link_tracklets",
]

_MEMORY_SHARE: Final = 0.1
_ALIKE: Final = 0.6
_ALIKE_ALONE: Final = 0.35
_SIGHTINGS_AT_LEAST: Final = 5
_OVERLAP_S: Final = 0.25
#: One body can have two followers for this long: one that is losing it and one that took over.
_HANDOVER_S: Final = 0.75
#: And for this long where the clothes are as alike as one person's.
_LONG_HANDOVER_S: Final = 1.5
_ONE_PERSONS: Final = 0.85
_SAME_PLACE: Final = 0.25
_REACH_PER_S: Final = 1.5
_LIMBS: Final = columns("shoulder", "wrist", "hip", "knee")
_HIPS: Final = columns("hip")
_MOVING: Final = 0.06
_SWELLING_PER_S: Final = 0.75
_SWELLING_OVER_S: Final = 0.28
_OFTEN_SHARE: Final = 0.2
_ELSEWHERE: Final = 0.35
_LEAP_S: Final = 0.5
_LEAP_SIZE: Final = 1.35
_MORE_ALIKE: Final = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One person at one coarse moment: where (``roi``, ``xy`` (33, 2)) and how they look."""

    t_s: float
    roi: Roi
    xy: FloatArray
    look: FloatArray


@dataclass(slots=True, eq=False)
class Tracklet:
    """An unbroken run of sightings; ``look`` is the slowly changing memory of the clothes."""

    sightings: list[Sighting] = field(default_factory=list[Sighting])
    look: FloatArray | None = None

    def add(self, sighting: Sighting) -> None:
        """Append a later sighting and let the memory follow it a little."""
        self.sightings.append(sighting)
        share = max(_MEMORY_SHARE, 1 / len(self.sightings))
        old = sighting.look if self.look is None else self.look
        mixed = (1 - share) * old + share * sighting.look
        # A part seen for the first time, or not seen now, keeps what is known of it.
        known = np.where(np.isnan(old), sighting.look, old)
        self.look = np.where(np.isnan(mixed), known, mixed)

    def drop_after(self, t_s: float) -> None:
        """Forget the sightings later than ``t_s``."""
        self.sightings = [one for one in self.sightings if one.t_s <= t_s]

    def resembles(self, look: FloatArray) -> float:
        """Likeness of ``look`` to the memory; NaN if they cannot be compared."""
        return float("nan") if self.look is None else likeness(self.look, look)

    def is_about(self, from_s: float, to_s: float) -> bool:
        """Whether any sighting lies within half a second of the span."""
        around_s = 0.5
        return any(
            from_s - around_s <= sighting.t_s <= to_s + around_s for sighting in self.sightings
        )

    def meets(self, other: Tracklet) -> bool:
        """Whether both were in sight at the same time, as two people are."""
        late, early = max(self, other, key=_start_s), min(self, other, key=_start_s)
        return early.last.t_s - _start_s(late) > _OVERLAP_S and not _is_handover(early, late)

    @property
    def last(self) -> Sighting:
        """The newest sighting."""
        return self.sightings[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Somebody in the clip; ``index`` counts from 0, left to right at first sight.

    ``seen_share`` is the share of coarse moments; ``prominence`` ranks people as lifters by
    presence, size, movement and closeness to the middle.
    """

    index: int
    sightings: tuple[Sighting, ...]
    seen_share: float
    prominence: float
    handovers: int

    @property
    def first_s(self) -> float:
        """Media time of the first sighting."""
        return self.sightings[0].t_s

    @property
    def last_s(self) -> float:
        """Media time of the last sighting."""
        return self.sightings[-1].t_s


def link_tracklets(
    tracklets: Sequence[Tracklet], *, moments: int, aspect_ratio: float, cuts_s: FloatArray
) -> tuple[Person, ...]:
    """Join tracklets of the same person over gaps, and order the people from left to right.

    Somebody seen in fewer than 5 moments (and fewer than a tenth of them) is left out, and so is
    a thing that keeps changing its size, which no body does.
    """
    chains = _chained(tracklets, cuts_s)
    least = min(_SIGHTINGS_AT_LEAST, moments / 10)
    people = [
        chain
        for chain in chains
        if sum(len(part.sightings) for part in chain) >= least and not _is_swelling(chain)
    ]
    people.sort(key=_first_place)
    return tuple(_person(index, chain, moments, aspect_ratio) for index, chain in enumerate(people))


def choose_lifter(people: Sequence[Person], wanted: int | None = None) -> Person | None:
    """The person asked for, else the most prominent one; None if nobody was seen.

    Raises UnknownName if ``wanted`` is not the index of anybody.
    """
    if wanted is not None:
        if not 0 <= wanted < len(people):
            raise UnknownName(
                f"There is no person {wanted} in this clip; people found: {len(people)}.",
                wanted="People are numbered from 0, left to right.",
                next_step="Leave the person out to have the lifter chosen.",
            )
        return people[wanted]
    return max(people, key=lambda person: person.prominence, default=None)


def hidden_spans_s(lifter: Person, people: Sequence[Person]) -> FloatArray:
    """(K, 2) spans of media time in which somebody else is where the lifter was last seen.

    Between two sightings of the lifter, or before the first (from -inf) or after the last (to
    inf). Whoever is found there, it is not the lifter. Somebody who never is anywhere else may
    be the lifter, seen twice, and hides nobody.
    """
    seen = lifter.sightings
    others = [
        one
        for other in people
        if other is not lifter and any(_is_elsewhere(one, lifter) for one in other.sightings)
        for one in other.sightings
    ]
    spans: list[tuple[float, float]] = []
    for before, after in [(None, seen[0]), *pairwise(seen), (seen[-1], None)]:
        edges = [edge.roi for edge in (before, after) if edge is not None]
        start_s, end_s = _gap_s(before, after)
        there = [
            one
            for one in others
            if start_s < one.t_s < end_s and any(_is_same_place(one.roi, edge) for edge in edges)
        ]
        if len(there) >= _SIGHTINGS_AT_LEAST:
            spans.append((start_s, end_s))
    return np.array(spans).reshape(-1, 2)


def _is_elsewhere(sighting: Sighting, lifter: Person) -> bool:
    """Whether somebody is clearly beside where the lifter was seen nearest in time."""
    t_s = np.array([one.t_s for one in lifter.sightings])
    near = lifter.sightings[int(np.argmin(np.abs(t_s - sighting.t_s)))].roi
    away = float(np.hypot(sighting.roi.x - near.x, sighting.roi.y - near.y))
    return away > _ELSEWHERE * max(sighting.roi.size, near.size)


def _gap_s(before: Sighting | None, after: Sighting | None) -> tuple[float, float]:
    return before.t_s if before else -float("inf"), after.t_s if after else float("inf")


def _chained(tracklets: Sequence[Tracklet], cuts_s: FloatArray) -> list[list[Tracklet]]:
    """Tracklets strung together, the surest continuations first.

    Chains may interlock, as when a scene is shown again later, but never be in two places.
    Between two parts of one person nobody comes who leaps from there or to there and looks less
    like either than they look like each other: that is who stood in front of them.
    """
    pairs = [
        (_affinity(before, after, tracklets), before, after)
        for before in tracklets
        for after in tracklets
        if before is not after
    ]
    chain_of = {id(tracklet): [tracklet] for tracklet in tracklets}
    for score, before, after in sorted(pairs, key=_score, reverse=True):
        first, second = chain_of[id(before)], chain_of[id(after)]
        apart = not any(one.meets(other) for one in first for other in second)
        joined = sorted([*first, *second], key=_start_s)
        if score > 0 and first is not second and apart and not _has_intruder(joined, cuts_s):
            chain_of.update({id(tracklet): joined for tracklet in joined})
    return list({id(chain): chain for chain in chain_of.values()}.values())


def _has_intruder(parts: list[Tracklet], cuts_s: FloatArray) -> bool:
    """Whether somebody stands between two parts that belong together better without them."""
    return any(
        sum(len(one.sightings) for one in between) >= _SIGHTINGS_AT_LEAST
        and (_leaps(before, between[0], cuts_s) or _leaps(between[-1], after, cuts_s))
        and all(
            _alike(before, after) > _MORE_ALIKE + max(_alike(before, one), _alike(one, after))
            for one in between
        )
        for last in range(2, len(parts))
        for first in range(last - 1)
        for before, between, after in [(parts[first], parts[first + 1 : last], parts[last])]
    )


def _leaps(before: Tracklet, after: Tracklet, cuts_s: FloatArray) -> bool:
    """Whether no body gets from the end of one to the start of the other, in one scene."""
    last, first = before.last, after.sightings[0]
    if np.any((cuts_s > last.t_s) & (cuts_s <= first.t_s)):
        return False
    away = float(np.hypot(first.roi.x - last.roi.x, first.roi.y - last.roi.y))
    larger, smaller = max(first.roi.size, last.roi.size), min(first.roi.size, last.roi.size)
    soon = first.t_s - last.t_s <= _LEAP_S
    return soon and (away > _SAME_PLACE * larger or larger > _LEAP_SIZE * smaller)


def _alike(first: Tracklet, second: Tracklet) -> float:
    """Likeness of the clothes; 0 if they cannot be compared."""
    alike = float("nan") if second.look is None else first.resembles(second.look)
    return 0.0 if np.isnan(alike) else alike


def _is_swelling(chain: list[Tracklet]) -> bool:
    """Whether the square doubles or halves about every second for a good part of the time.

    People bend and come closer, but slower; the light model's idea of a body among rocks or in
    the leaves of a tree breathes like that.
    """
    sightings = sorted((one for part in chain for one in part.sightings), key=_moment)
    t_s = np.array([one.t_s for one in sightings])
    size = np.log([one.roi.size for one in sightings])
    later = np.searchsorted(t_s, t_s + _SWELLING_OVER_S)
    first = np.flatnonzero(later < len(t_s))
    later = later[first]
    step_s = t_s[later] - t_s[first]
    speed = (np.abs(size[later] - size[first]) / step_s)[step_s < 2 * _SWELLING_OVER_S]
    return bool(speed.size and np.quantile(speed, 1 - _OFTEN_SHARE) > _SWELLING_PER_S)


def _score(pair: tuple[float, Tracklet, Tracklet]) -> float:
    return pair[0]


def _affinity(before: Tracklet, after: Tracklet, everybody: Sequence[Tracklet]) -> float:
    """How well a tracklet continues another; 0 if it cannot.

    Without a rival, being near or a new scene is enough unless the clothes are quite different.
    """
    last, first = before.last, after.sightings[0]
    gap_s = first.t_s - last.t_s
    is_late = gap_s < -_OVERLAP_S and not _is_handover(before, after)
    if is_late or after.last.t_s <= last.t_s:
        return 0.0
    away = float(np.hypot(first.roi.x - last.roi.x, first.roi.y - last.roi.y))
    near = away <= (0.5 + _REACH_PER_S * max(gap_s, 0.0)) * max(first.roi.size, last.roi.size)
    alike = float("nan") if after.look is None else before.resembles(after.look)
    if np.isnan(alike):
        alike = _ALIKE if near else 0.0
    rival = any(
        other.is_about(last.t_s, first.t_s) and (other.meets(before) or other.meets(after))
        for other in everybody
        if other is not before and other is not after
    )
    if alike < (_ALIKE if rival else _ALIKE_ALONE):
        return 0.0
    # Of two that look alike the sooner one comes next, and the later one after it.
    return alike + (0.2 if near else 0.0) + 0.1 / (1 + max(gap_s, 0.0))


def _is_handover(before: Tracklet, after: Tracklet) -> bool:
    """Whether the overlap of two tracklets is short and shows one body twice."""
    longest_s = _LONG_HANDOVER_S if _alike(before, after) >= _ONE_PERSONS else _HANDOVER_S
    if before.last.t_s - _start_s(after) > longest_s:
        return False
    places = {one.t_s: one.roi for one in after.sightings}
    pairs = [(one.roi, places[one.t_s]) for one in before.sightings if one.t_s in places]
    return bool(pairs) and all(_is_same_place(*pair) for pair in pairs)


def _is_same_place(first: Roi, second: Roi) -> bool:
    away = float(np.hypot(first.x - second.x, first.y - second.y))
    return away < _SAME_PLACE * max(first.size, second.size)


def _start_s(tracklet: Tracklet) -> float:
    return tracklet.sightings[0].t_s


def _moment(sighting: Sighting) -> float:
    return sighting.t_s


def _first_place(chain: list[Tracklet]) -> float:
    return chain[0].sightings[0].roi.x


def _person(index: int, chain: list[Tracklet], moments: int, aspect_ratio: float) -> Person:
    sightings = sorted((s for part in chain for s in part.sightings), key=_moment)
    once = [
        sighting
        for position, sighting in enumerate(sightings)
        if position == 0 or sighting.t_s > sightings[position - 1].t_s
    ]
    seen_share = len(once) / max(moments, 1)
    return Person(
        index, tuple(once), seen_share, _prominence(once, seen_share, aspect_ratio), len(chain) - 1
    )


def _prominence(sightings: list[Sighting], seen_share: float, aspect_ratio: float) -> float:
    size = float(np.median([sighting.roi.size for sighting in sightings]))
    x = float(np.median([sighting.roi.x for sighting in sightings]))
    off_centre = min(abs(x / aspect_ratio - 0.5) * 2, 1.0)
    moving = min(_movement(sightings) / _MOVING, 1.0)
    return seen_share * min(size, 1.5) * (0.25 + 0.75 * moving) * (1 - 0.5 * off_centre)


def _movement(sightings: list[Sighting]) -> float:
    """Spread of the limbs over time in body sizes; walking across the picture does not count."""
    xy = np.stack([sighting.xy for sighting in sightings])
    across = xy[:, _LIMBS, 0] - xy[:, _HIPS, 0].mean(1)[:, None]
    down = xy[:, _LIMBS, 1]
    size = float(np.median([sighting.roi.size for sighting in sightings]))
    spread: FloatArray = across.std(axis=0) + down.std(axis=0)
    return float(spread.mean()) / 2 / max(size, 1e-9)
