"""The closed vocabulary of signals: what can be measured on a moving skeleton.

A signal is data (it can be written to TOML or run in another language); ``measure`` in
``repsight.core.measure`` turns it into one number per frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Angle",
    "Asymmetry",
    "Deviation",
    "Distance",
    "Height",
    "Lean",
    "LengthUnit",
    "Offset",
    "Place",
    "Ratio",
    "Shift",
    "Side",
    "Signal",
    "Spread",
    "Stagger",
    "Travel",
]

#: ``mean``: both sides weighted by visibility; ``near``: the side towards the camera;
#: ``worse``: both sides are judged and the one further from what is expected counts. ``lead`` and
#: ``trail``: the side that leads the repetition (``side_of`` or ``sides`` of its cycle tells
#: which) and the other one; NaN outside a repetition and where the leading side is unknown.
Side = Literal["mean", "near", "left", "right", "worse", "lead", "trail"]

#: Body lengths that make distances comparable between people and distances.
LengthUnit = Literal[
    "leg", "thigh", "shank", "trunk", "arm", "upper_arm", "forearm", "foot",
    "shoulder_width", "hip_width",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Angle:
    """Interior angle at ``vertex`` in degrees; 180 is straight."""

    first: str
    vertex: str
    last: str
    side: Side = "mean"


@dataclass(frozen=True, slots=True)
class Lean:
    """Angle of the segment lower -> upper from vertical in degrees.

    0 is upright, 90 horizontal, 180 upside down. ``signed`` makes leaning forward (to where
    the person faces) positive and leaning back negative; NaN where facing is unknown.
    """

    lower: str
    upper: str
    side: Side = "mean"
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Height:
    """How far ``point`` is above ``reference``, in ``unit`` lengths.

    The reference is a point, ``floor`` (the level of the lifter's own feet when they stand on
    the ground) or ``picture`` (the middle of the picture: only a change or a range of it means
    anything, and only while the camera stands still).
    """

    point: str
    reference: str
    unit: LengthUnit
    side: Side = "mean"


@dataclass(frozen=True, slots=True)
class Offset:
    """How far ``point`` is in front of ``reference`` (facing direction), in ``unit`` lengths.

    ``mid_foot`` is a valid point here: halfway between heel and toe.
    """

    point: str
    reference: str
    unit: LengthUnit
    side: Side = "near"


@dataclass(frozen=True, slots=True)
class Distance:
    """Distance between two points in the picture, in ``unit`` lengths."""

    first: str
    second: str
    unit: LengthUnit
    side: Side = "mean"


@dataclass(frozen=True, slots=True)
class Deviation:
    """Signed distance of ``point`` from the line start -> end in ``unit``; below is positive."""

    point: str
    start: str
    end: str
    unit: LengthUnit
    side: Side = "near"


@dataclass(frozen=True, slots=True)
class Spread:
    """Horizontal distance between the left and the right ``point``, in ``unit`` lengths."""

    point: str
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """Height of the left ``point`` minus height of the right one, in ``unit`` lengths."""

    point: str
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class Shift:
    """Midpoint of left and right ``point`` minus midpoint of ``reference``, sideways.

    Towards the lifter's left is positive, in ``unit`` lengths; NaN unless seen from the front or
    the back.
    """

    point: str
    reference: str
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class Stagger:
    """Fore-and-aft distance between the left and the right ``point``, in ``unit`` lengths.

    Large in a lunge or split stance, small when both feet are side by side. It needs world
    landmarks unless seen from the side; NaN without either.
    """

    point: str
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class Travel:
    """Horizontal place of ``point`` towards where the lifter faces, in ``unit`` lengths.

    Its origin is arbitrary: only a change or a range of it means anything. NaN where facing is
    unknown.
    """

    point: str
    unit: LengthUnit
    side: Side = "near"


@dataclass(frozen=True, slots=True)
class Place:
    """Where across the picture the middle of the left and the right ``point`` is, in ``unit``.

    Its origin is arbitrary: only a change or a range of it means anything, and a camera that
    pans moves it. Unlike Travel it does not ask where the lifter faces.
    """

    point: str
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class Ratio:
    """One signal divided by another; NaN where the divisor is below 1e-3."""

    numerator: Signal
    denominator: Signal


Signal = (
    Angle
    | Lean
    | Height
    | Offset
    | Distance
    | Deviation
    | Spread
    | Asymmetry
    | Shift
    | Stagger
    | Travel
    | Place
    | Ratio
)
