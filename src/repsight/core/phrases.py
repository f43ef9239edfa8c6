"""Plain words for signals and units, the same wherever a number is explained."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from repsight.core.signals import (
    Angle,
    Asymmetry,
    Deviation,
    Distance,
    Height,
    Lean,
    Offset,
    Place,
    Ratio,
    Shift,
    Signal,
    Spread,
    Stagger,
    Travel,
)

__all__ = ["phrase_of", "value_text"]

_TEMPLATES: Final[dict[type, str]] = {
    Angle: "{vertex} angle",
    Lean: "lean from {lower} to {upper}",
    Height: "{point} above {reference}",
    Offset: "{point} in front of {reference}",
    Distance: "{first} to {second}",
    Deviation: "{point} below the line from {start} to {end}",
    Spread: "{point}s apart",
    Asymmetry: "left {point} above the right",
    Shift: "{point}s to the side of the {reference}s",
    Travel: "{point} forwards",
    Place: "{point}s across the picture",
    Stagger: "one {point} in front of the other",
}
_SHORTER: Final = {"lean from hip to shoulder": "trunk lean"}
_UNITS: Final = {"deg": "degrees", "ratio": "", "shoulder_width": "shoulder widths",
                 "hip_width": "hip widths"}  # fmt: skip


def phrase_of(signal: Signal) -> str:
    """What a signal measures, for example ``knee angle``."""
    if isinstance(signal, Ratio):
        return f"{phrase_of(signal.numerator)} over {phrase_of(signal.denominator)}"
    words = {
        part.name: str(getattr(signal, part.name)).replace("_", " ") for part in fields(signal)
    }
    phrase = _TEMPLATES[type(signal)].format(**words).replace("mid foot", "middle of the foot")
    return _SHORTER.get(phrase, phrase)


def value_text(value: float, unit: str) -> str:
    """A number with its unit: whole degrees, two digits of a body length."""
    digits = 0 if unit == "deg" else 2
    name = _UNITS.get(unit, f"{unit.replace('_', ' ')} lengths")
    return f"{value:.{digits}f} {name}".rstrip()
