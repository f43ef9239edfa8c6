"""A person built of sphere-swept parts around the 33 landmarks: muscles, clothes and a face."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.limbs import leftwards, unit
from repsight.core.skeleton import Landmark, columns, middle
from repsight.core.types import FloatArray

__all__ = ["Colour", "Look", "Parts", "figure_parts"]

#: Red, green and blue, 0 to 255.
Colour = tuple[int, int, int]

_SKIN_LIGHT: Final = np.array([236.0, 196.0, 168.0])
_SKIN_DARK: Final = np.array([104.0, 66.0, 46.0])
_SHIRTS: Final[tuple[Colour, ...]] = (
    (38, 110, 165), (178, 52, 46), (52, 132, 88), (214, 214, 218), (120, 82, 150), (52, 56, 66),
)  # fmt: skip
#: The landmarks of the left hand; those of the right one follow each of them.
_HAND: Final = (Landmark.LEFT_WRIST, Landmark.LEFT_PINKY, Landmark.LEFT_INDEX, Landmark.LEFT_THUMB)
_SHORTS: Final[tuple[Colour, ...]] = ((34, 37, 48), (62, 66, 78), (24, 58, 84))
_HAIR: Final[tuple[Colour, ...]] = ((42, 30, 24), (92, 62, 38), (26, 24, 26), (150, 112, 66))


@dataclass(frozen=True, slots=True)
class Look:
    """What a person wears; colours are sRGB."""

    shirt: Colour = (38, 110, 165)
    shorts: Colour = (34, 37, 48)
    shoes: Colour = (226, 92, 52)
    hair: Colour = (42, 30, 24)

    @classmethod
    def varied(cls, seed: int) -> Look:
        """Clothes and hair drawn by seed."""
        rng = np.random.default_rng([seed, 0x10CC])
        return cls(
            shirt=_SHIRTS[int(rng.integers(len(_SHIRTS)))],
            shorts=_SHORTS[int(rng.integers(len(_SHORTS)))],
            hair=_HAIR[int(rng.integers(len(_HAIR)))],
        )


@dataclass(slots=True)
class Parts:
    """Rounded cones that grow as a figure is built: ends (3,), radii in metres, colour."""

    first: list[FloatArray] = field(default_factory=list[FloatArray])
    last: list[FloatArray] = field(default_factory=list[FloatArray])
    first_m: list[float] = field(default_factory=list[float])
    last_m: list[float] = field(default_factory=list[float])
    colour: list[Colour] = field(default_factory=list[Colour])

    def add(
        self,
        first: FloatArray,
        last: FloatArray,
        *,
        radius_m: float,
        last_m: float | None = None,
        colour: Colour,
    ) -> None:
        """Sweep a sphere from ``first`` to ``last``; its radius goes to ``last_m`` if given."""
        self.first.append(first)
        self.last.append(last)
        self.first_m.append(radius_m)
        self.last_m.append(radius_m if last_m is None else last_m)
        self.colour.append(colour)


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """Landmarks (33, 3) of one moment with the trunk's axes and the size of the person."""

    points: FloatArray
    up: FloatArray
    left: FloatArray
    front: FloatArray
    size: float
    girth: float

    def at(self, landmark: int) -> FloatArray:
        """Place (3,) of one landmark."""
        return self.points[landmark]

    def between(self, first: int, last: int, share: float) -> FloatArray:
        """Place (3,) on the way from one landmark to another."""
        return self.points[first] + share * (self.points[last] - self.points[first])


def figure_parts(points: FloatArray, body: Body, look: Look, *, fists: bool = False) -> Parts:
    """The person at one moment from landmarks (33, 3) in the floor frame.

    ``fists`` closes the hands, as around a bar.
    """
    hips, shoulders = middle(points, "hip"), middle(points, "shoulder")
    up = unit(shoulders - hips)
    left = leftwards(points, "shoulder")
    size = body.height_m / 1.75
    frame = _Frame(points, up, left, np.cross(left, up), size, size * body.girth)
    tone = _SKIN_LIGHT + body.skin * (_SKIN_DARK - _SKIN_LIGHT)
    skin: Colour = (int(tone[0]), int(tone[1]), int(tone[2]))
    parts = Parts()
    _add_trunk(parts, frame, look)
    for side in (0, 1):
        _add_leg(parts, frame, side, look=look, skin=skin)
        _add_arm(parts, frame, side, look=look, skin=skin)
        _add_hand(parts, frame, side, fist=fists, skin=skin)
    _add_head(parts, frame, look=look, skin=skin)
    return parts


def _add_trunk(parts: Parts, frame: _Frame, look: Look) -> None:
    hips, shoulders = middle(frame.points, "hip"), middle(frame.points, "shoulder")
    up, left, front, g = frame.up, frame.left, frame.front, frame.girth
    across = partial(frame.between, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    parts.add(
        across(0.1) - 0.005 * up, across(0.9) - 0.005 * up,
        radius_m=0.06 * g, colour=look.shirt,
    )  # fmt: skip
    for side in (0.22, 0.78):  # neck to shoulder
        parts.add(shoulders + 0.045 * up - 0.02 * front, across(side) + 0.012 * up,
                  radius_m=0.048 * g, last_m=0.056 * g, colour=look.shirt)  # fmt: skip
    # One broad sweep across the chest and one across the belly keep the shirt in one piece.
    ribs = shoulders - 0.105 * up * frame.size + 0.012 * front
    parts.add(ribs + 0.07 * left * g, ribs - 0.07 * left * g, radius_m=0.106 * g,
              colour=look.shirt)  # fmt: skip
    parts.add(ribs, hips + 0.1 * up, radius_m=0.106 * g, last_m=0.097 * g, colour=look.shirt)
    for side in (1.0, -1.0):
        chest = shoulders - 0.105 * up * frame.size + side * 0.07 * left * g + 0.012 * front
        waist = hips + 0.19 * up * frame.size + side * 0.05 * left * g
        seat = hips + 0.03 * up + side * 0.062 * left * g
        parts.add(chest, waist, radius_m=0.106 * g, last_m=0.09 * g, colour=look.shirt)
        parts.add(waist, hips + 0.08 * up + side * 0.056 * left * g, radius_m=0.09 * g,
                  last_m=0.1 * g, colour=look.shirt)  # fmt: skip
        parts.add(seat, seat - 0.055 * front - 0.03 * up, radius_m=0.1 * g, last_m=0.082 * g,
                  colour=look.shorts)  # fmt: skip


def _add_leg(parts: Parts, frame: _Frame, side: int, *, look: Look, skin: Colour) -> None:
    hip, knee, ankle, heel, toe = columns("hip", "knee", "ankle", "heel", "toe")[side::2]
    g = frame.girth
    shorts_end = frame.between(hip, knee, 0.5)
    parts.add(frame.at(hip), shorts_end, radius_m=0.094 * g, last_m=0.078 * g, colour=look.shorts)
    parts.add(frame.between(hip, knee, 0.3), frame.at(knee), radius_m=0.08 * g,
              last_m=0.054 * g, colour=skin)  # fmt: skip
    shin = unit(frame.at(ankle) - frame.at(knee))
    sole = unit(frame.at(toe) - frame.at(heel))
    back = unit(-sole + (sole @ shin) * shin)
    calf = frame.between(knee, ankle, 0.3) + 0.016 * g * back
    # A bent knee shows its cap, outside of the joint's axis.
    fold = unit(frame.at(knee) - frame.at(hip)) + unit(frame.at(knee) - frame.at(ankle))
    cap = frame.at(knee) + 0.024 * g * fold
    parts.add(cap, frame.at(knee), radius_m=0.049 * g, last_m=0.053 * g, colour=skin)
    parts.add(frame.at(knee), calf, radius_m=0.052 * g, last_m=0.056 * g, colour=skin)
    parts.add(calf, frame.at(ankle), radius_m=0.056 * g, last_m=0.036 * g, colour=skin)
    parts.add(frame.between(knee, ankle, 0.9), frame.at(ankle), radius_m=0.042 * g,
              last_m=0.041 * g, colour=(238, 238, 240))  # fmt: skip
    _add_shoe(parts, frame, (ankle, heel, toe), colour=look.shoes)


def _add_shoe(parts: Parts, frame: _Frame, foot: tuple[int, int, int], *, colour: Colour) -> None:
    ankle, heel, toe = (frame.at(landmark) for landmark in foot)
    s = frame.size
    sole = unit(toe - heel)
    up = unit((ankle - heel) - ((ankle - heel) @ sole) * sole)
    ball = heel + 0.72 * (toe - heel)
    parts.add(heel + 0.022 * up + 0.03 * sole, ball + 0.02 * up, radius_m=0.037 * s,
              last_m=0.036 * s, colour=colour)  # fmt: skip
    parts.add(ball + 0.018 * up, toe - 0.02 * sole + 0.012 * up, radius_m=0.036 * s,
              last_m=0.027 * s, colour=colour)  # fmt: skip
    parts.add(ankle - 0.022 * up, heel + 0.45 * (toe - heel) + 0.03 * up, radius_m=0.041 * s,
              last_m=0.036 * s, colour=colour)  # fmt: skip
    parts.add(heel + 0.02 * sole - 0.003 * up, toe - 0.025 * sole - 0.003 * up,
              radius_m=0.022 * s, last_m=0.02 * s, colour=(240, 240, 236))  # fmt: skip


def _add_arm(parts: Parts, frame: _Frame, side: int, *, look: Look, skin: Colour) -> None:
    shoulder, elbow, wrist = columns("shoulder", "elbow", "wrist")[side::2]
    g = frame.girth
    parts.add(frame.at(shoulder), frame.between(shoulder, elbow, 0.52), radius_m=0.059 * g,
              last_m=0.052 * g, colour=look.shirt)  # fmt: skip
    parts.add(frame.between(shoulder, elbow, 0.35), frame.at(elbow), radius_m=0.047 * g,
              last_m=0.037 * g, colour=skin)  # fmt: skip
    belly = frame.between(elbow, wrist, 0.3)
    parts.add(frame.at(elbow), belly, radius_m=0.037 * g, last_m=0.041 * g, colour=skin)
    parts.add(belly, frame.at(wrist), radius_m=0.041 * g, last_m=0.027 * g, colour=skin)


def _add_hand(parts: Parts, frame: _Frame, side: int, *, fist: bool, skin: Colour) -> None:
    wrist, pinky, index, thumb = (frame.at(landmark + side) for landmark in _HAND)
    s = frame.size
    palm = 0.5 * (pinky + index)
    if fist:
        for finger in (pinky, index):
            knuckle = wrist + 0.72 * (finger - wrist)
            parts.add(wrist, knuckle, radius_m=0.025 * s, last_m=0.033 * s, colour=skin)
        return
    for finger in (pinky, index):
        knuckle = wrist + 0.75 * (finger - wrist)
        parts.add(wrist, knuckle, radius_m=0.024 * s, last_m=0.022 * s, colour=skin)
    tip = palm + 0.03 * s * unit(palm - wrist)
    parts.add(palm, tip, radius_m=0.024 * s, last_m=0.015 * s, colour=skin)
    parts.add(wrist, thumb, radius_m=0.018 * s, last_m=0.012 * s, colour=skin)


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    """Middle between the ears (3,) and the head's axes, scaled to the size of the person."""

    centre: FloatArray
    forward: FloatArray
    left: FloatArray
    up: FloatArray
    size: float

    def at(self, forward_m: float, left_m: float, up_m: float) -> FloatArray:
        """Place (3,) in the floor frame of a place in the head."""
        return self.centre + self.size * (
            forward_m * self.forward + left_m * self.left + up_m * self.up
        )


def _add_head(parts: Parts, frame: _Frame, *, look: Look, skin: Colour) -> None:
    ears = frame.points[7:9]
    centre = ears.mean(axis=0)
    left = unit(ears[0] - ears[1])
    nose = frame.at(Landmark.NOSE) - centre
    eyes = frame.points[[2, 5]].mean(axis=0) - centre
    up = unit(np.cross(nose, left) + np.cross(eyes, left))
    head = _Head(centre, np.cross(left, up), left, up, frame.size)
    s = frame.size
    neck = middle(frame.points, "shoulder")
    parts.add(neck - 0.01 * frame.front * s, head.at(-0.01, 0.0, -0.03), radius_m=0.058 * s,
              last_m=0.052 * s, colour=skin)  # fmt: skip
    parts.add(head.at(-0.02, 0, 0.03), head.at(0.02, 0, 0.03), radius_m=0.078 * s, colour=skin)
    parts.add(head.at(0.03, 0, 0.0), head.at(0.047, 0, -0.07), radius_m=0.062 * s,
              last_m=0.042 * s, colour=skin)  # fmt: skip
    parts.add(head.at(0.022, 0, 0.03), head.at(0.034, 0, -0.03), radius_m=0.0735 * s,
              last_m=0.06 * s, colour=skin)  # fmt: skip
    parts.add(head.at(-0.02, 0, 0.075), head.at(0.0, 0, 0.075), radius_m=0.081 * s,
              colour=look.hair)  # fmt: skip
    parts.add(head.at(-0.034, 0, 0.03), head.at(-0.03, 0, -0.012), radius_m=0.078 * s,
              last_m=0.062 * s, colour=look.hair)  # fmt: skip
    for side in (1.0, -1.0):
        ear = head.at(0.0, side * 0.074, 0.008), head.at(0.006, side * 0.074, -0.014)
        parts.add(*ear, radius_m=0.018 * s, last_m=0.013 * s, colour=skin)
    _add_face(parts, head, look=look, skin=skin)


def _add_face(parts: Parts, head: _Head, *, look: Look, skin: Colour) -> None:
    s = head.size
    warm: Colour = (int(0.95 * skin[0]), int(0.86 * skin[1]), int(0.84 * skin[2]))
    parts.add(head.at(0.094, 0, 0.024), head.at(0.106, 0, -0.008), radius_m=0.010 * s,
              last_m=0.0155 * s, colour=warm)  # fmt: skip
    parts.add(head.at(0.083, 0.022, -0.045), head.at(0.083, -0.022, -0.045), radius_m=0.0085 * s,
              colour=(168, 84, 84))  # fmt: skip
    for side in (1.0, -1.0):
        parts.add(head.at(0.083, side * 0.027, 0.022), head.at(0.081, side * 0.036, 0.022),
                  radius_m=0.0125 * s, colour=(246, 246, 246))  # fmt: skip
        pupil = head.at(0.0925, side * 0.031, 0.022)
        parts.add(pupil, pupil, radius_m=0.0065 * s, colour=(40, 30, 28))
        parts.add(head.at(0.095, side * 0.018, 0.043), head.at(0.085, side * 0.046, 0.042),
                  radius_m=0.006 * s, colour=look.hair)  # fmt: skip
