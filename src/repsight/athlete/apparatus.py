"""What stands in the gym and what is held beside a bar: bars to hang from, benches, dumbbells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from repsight.athlete.figure import Colour, Parts
from repsight.athlete.limbs import leftwards, unit
from repsight.core.skeleton import Landmark, columns, middle
from repsight.core.types import FloatArray

__all__ = ["RUBBER", "STANDING", "STEEL", "UP", "add_bench", "add_box", "add_dumbbells", "add_seat"]

UP: Final[FloatArray] = np.array([0.0, 0.0, 1.0])
STEEL: Final[Colour] = (176, 180, 186)
RUBBER: Final[Colour] = (34, 36, 40)

_ACROSS: Final[FloatArray] = np.array([0.0, 1.0, 0.0])

#: The landmarks that show how the left hand holds something; those of the right one follow each.
_GRIP: Final = (Landmark.LEFT_WRIST, Landmark.LEFT_PINKY, Landmark.LEFT_INDEX)

#: Adds one apparatus to the scene from the landmarks (33, 3), the load's place (3,) and the
#: variation.
_Build = Callable[[Parts, FloatArray, FloatArray, str], None]


def add_seat(parts: Parts, points: FloatArray) -> None:
    """A seat with a tall back under somebody who sits."""
    hips = middle(points, "hip")
    for y in (-0.1, 0.0, 0.1):
        seat, back = (hips + np.array(place) for place in ((-0.1, y, -0.16), (-0.2, y, -0.1)))
        parts.add(seat, seat + np.array([0.32, 0.0, 0.0]), radius_m=0.045, colour=RUBBER)
        parts.add(back, back + np.array([-0.08, 0.0, 0.62]), radius_m=0.04, colour=RUBBER)
    for x in (-0.1, 0.2):
        leg = hips + np.array([x, 0.0, -0.18])
        parts.add(leg, np.array([leg[0], leg[1], 0.03]), radius_m=0.03, colour=STEEL)


def _add_rod(
    parts: Parts,
    middle: FloatArray,
    half: tuple[float, float, float],
    *,
    thick_m: float = 0.016,
) -> None:
    """A steel rod that reaches ``half`` (m) to either side of its middle."""
    reach = np.array(half)
    parts.add(middle - reach, middle + reach, radius_m=thick_m, colour=STEEL)


def _pull_up_bar(parts: Parts, points: FloatArray, load: FloatArray, variation: str) -> None:
    """A bar held out by two posts; parallel handles stick out of it for a neutral grip."""
    for side in (-0.8, 0.8):
        end = load + np.array([0.0, side, 0.0])
        top = end + np.array([0.6, 0.0, 0.0])  # in profile a post at the bar would hide the body
        parts.add(end, top, radius_m=0.02, colour=RUBBER)
        parts.add(top, top * [1.0, 1.0, 0.0], radius_m=0.03, colour=RUBBER)
    rail = load if variation != "neutral" else load + np.array([0.12, 0.0, 0.04])
    _add_rod(parts, rail, (0.0, 0.8, 0.0))
    if variation != "neutral":
        return
    for wrist in points[columns("wrist")]:
        grip = np.array([load[0], wrist[1], load[2]])
        _add_rod(parts, grip, (0.12, 0.0, 0.0))


def add_bench(parts: Parts, points: FloatArray) -> None:
    """A bench under the back and the hips of somebody who lies on it, on two feet."""
    hips, shoulders = middle(points, "hip"), middle(points, "shoulder")
    along = unit(shoulders - hips)
    under = np.cross(leftwards(points, "shoulder"), along) * -0.15  # behind the back
    head = shoulders + 0.24 * along + under
    seat = hips + under
    if abs(float(along[2])) < 0.4:  # a flat bench stays flat when the hips leave it
        seat[2] = head[2]
    for y in (-0.1, 0.0, 0.1):
        aside = np.array([0.0, y, 0.0])
        parts.add(seat + aside, head + aside, radius_m=0.045, colour=RUBBER)
    for place in (seat + 0.1 * along, head - 0.2 * along):
        parts.add(place - 0.06 * UP, place * [1.0, 1.0, 0.0], radius_m=0.03, colour=STEEL)


def add_box(parts: Parts, place: FloatArray) -> None:
    """A box that reaches from the floor to just below ``place`` (3,)."""
    for share in (0.14, 0.44, 0.76):
        middle = place * [1.0, 1.0, share] + np.array([0.06, 0.0, 0.02])
        for x in (-0.12, 0.0, 0.12):
            end = middle + np.array([x, 0.0, 0.0])
            parts.add(end - 0.4 * _ACROSS, end + 0.4 * _ACROSS, radius_m=0.09, colour=RUBBER)


def add_dumbbells(parts: Parts, points: FloatArray) -> None:
    """A dumbbell in each hand, along the knuckles."""
    for side in (0, 1):
        wrist, pinky, index = (points[landmark + side] for landmark in _GRIP)
        palm, handle = wrist + 0.75 * (0.5 * (pinky + index) - wrist), unit(index - pinky)
        parts.add(palm - 0.09 * handle, palm + 0.09 * handle, radius_m=0.014, colour=STEEL)
        for end in (-1.0, 1.0):
            disc = palm + 0.1 * end * handle
            parts.add(disc - 0.02 * handle, disc + 0.02 * handle, radius_m=0.045, colour=RUBBER)


def _dip_bars(parts: Parts, points: FloatArray, load: FloatArray, variation: str) -> None:
    """Two parallel bars on posts, or a bench across, where the hands are."""
    if variation == "bench":
        for x in (-0.24, -0.15, -0.06):
            _add_rod(parts, load + np.array([x, 0.0, -0.045]), (0.0, 0.5, 0.0), thick_m=0.045)
        return
    for wrist in points[columns("wrist")]:
        middle = np.array([load[0], wrist[1], load[2] - 0.02])
        _add_rod(parts, middle, (0.35, 0.0, 0.0), thick_m=0.02)
        for x in (-0.35, 0.35):
            top = middle + np.array([x, 0.0, 0.0])
            parts.add(top, top * [1.0, 1.0, 0.0], radius_m=0.02, colour=RUBBER)


def _cable(parts: Parts, points: FloatArray, load: FloatArray, variation: str) -> None:
    """What triceps extensions are done with: a cable from above, or one dumbbell."""
    if variation == "kickback":
        add_dumbbells(parts, points)
        return
    if variation == "overhead":
        for end in (-1.0, 1.0):
            disc = load - 0.08 * UP + 0.07 * end * UP
            parts.add(disc, disc + 0.01 * UP, radius_m=0.06, colour=RUBBER)
        return
    pulley = load * [0.0, 1.0, 0.0] + np.array([0.55, 0.0, 2.15])
    grip = middle(points, "wrist")
    knot = load + 0.12 * unit(pulley - load)
    parts.add(pulley, knot, radius_m=0.006, colour=STEEL)
    parts.add(pulley, pulley + 0.01 * UP, radius_m=0.05, colour=RUBBER)
    for wrist in points[columns("wrist")]:
        hand = wrist + (load - grip)
        parts.add(knot, hand, radius_m=0.012, colour=RUBBER)


#: Movements with something other than a barbell; their load is its place.
STANDING: Final[Mapping[str, _Build]] = MappingProxyType(
    {"pull_up": _pull_up_bar, "dip": _dip_bars, "triceps_extension": _cable}
)
