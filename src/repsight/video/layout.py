"""Where the counter and the messages go: the corners that the lifter needs least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from repsight.core.types import FloatArray

__all__ = ["Box", "Place", "Scale", "choose_places", "covered_share", "overlap", "scale_of"]

#: Left, top, width and height in pixels.
Box = tuple[int, int, int, int]

#: How much busier than another a corner may be before the other is taken.
_LOWER_COST: Final = 0.08
_RIGHT_COST: Final = 0.02
#: Hiding all of the lifter counts this much more than hiding a hand.
_MUCH_COST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in pixels that fit a picture."""

    text: int
    small: int
    number: int
    margin: int
    padding: int
    card_width: int
    bone: float


@dataclass(frozen=True, slots=True)
class Place:
    """A corner for a card; ``offset`` is how far it is moved inwards from the horizontal edge."""

    side: Literal["left", "right"]
    edge: Literal["top", "bottom"]
    margin: int
    offset: int = 0

    def corner(self, size: tuple[int, int], picture: tuple[int, int]) -> tuple[int, int]:
        """Upper left pixel of a card of ``size`` (width, height), kept inside the picture."""
        width, height = picture
        x = self.margin if self.side == "left" else width - self.margin - size[0]
        inset = self.margin + self.offset
        y = inset if self.edge == "top" else height - inset - size[1]
        return max(min(x, width - size[0]), 0), max(min(y, height - size[1]), 0)


def scale_of(width: int, height: int) -> Scale:
    """Sizes for a picture: text is read at arm's length on a phone, so it follows the width."""
    short = min(width, height)
    upright = height > width
    unit = short / 100
    text = max(12, round((4.3 if upright else 4.0) * unit))
    share = 0.92 if upright else 0.42
    return Scale(
        text=text,
        small=max(11, round(text * 0.84)),
        number=max(24, round((13 if upright else 12) * unit)),
        margin=max(4, round(2.2 * unit)),
        padding=max(5, round(1.7 * unit)),
        card_width=round(width * share) // 2 * 2,
        bone=max(1.25, 0.42 * unit),
    )


def choose_places(
    points: FloatArray,
    picture: tuple[int, int],
    *,
    counter: tuple[int, int],
    message: tuple[int, int],
    margin: int,
) -> tuple[Place, Place]:
    """Places of the counter and of the messages that hide the fewest moments of the lifter.

    ``points`` (F, P, 2) are pixels on the lifter at F moments, NaN where unseen; ``counter`` and
    ``message`` the largest sizes of the cards.
    """
    counter_place = min(_corners(margin), key=lambda place: _cost(points, place, counter, picture))
    taken = (*counter_place.corner(counter, picture), *counter)
    candidates = [_beside(place, taken, message, picture) for place in _corners(margin)]
    return counter_place, min(candidates, key=lambda place: _cost(points, place, message, picture))


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share some room."""
    return all(
        first[i] < second[i] + second[i + 2] and second[i] < first[i] + first[i + 2] for i in (0, 1)
    )


def _corners(margin: int) -> Iterator[Place]:
    for edge in ("top", "bottom"):
        for side in ("left", "right"):
            yield Place(side, edge, margin)


def _beside(
    place: Place,
    taken: Box,
    size: tuple[int, int],
    picture: tuple[int, int],
) -> Place:
    """The place moved past the counter if both want the same room."""
    x, y = place.corner(size, picture)
    if not overlap((x, y, *size), taken):
        return place
    return Place(place.side, place.edge, place.margin, taken[3] + place.margin // 2)


def covered_share(points: FloatArray, box: Box) -> float:
    """How much of a lifter a box hides: share of moments with anything hidden, plus how much.

    ``points`` (F, P, 2) are pixels on the lifter; NaN is never hidden.
    """
    if not len(points):
        return 0.0
    x, y, width, height = box
    inside = (
        (points[..., 0] > x) & (points[..., 0] < x + width)
        & (points[..., 1] > y) & (points[..., 1] < y + height)
    )  # fmt: skip
    return float(inside.any(axis=1).mean()) + _MUCH_COST * float(inside.mean())


def _cost(points: FloatArray, place: Place, size: tuple[int, int], picture: tuple[int, int]
          ) -> float:  # fmt: skip
    """What a card hides there, plus preferences."""
    hidden = covered_share(points, (*place.corner(size, picture), *size))
    return hidden + _LOWER_COST * (place.edge == "bottom") + _RIGHT_COST * (place.side == "right")
