"""What a movement on the spot has in common: the feet stay where they are."""

from __future__ import annotations

from typing import Final

from repsight.core.signals import Place
from repsight.core.spec import Gate

__all__ = ["FEET_DO_NOT_WALK", "FEET_END_WHERE_THEY_BEGAN"]

_FEET: Final = Place("ankle", "leg")

# Margins: a lifter resets the feet by less, a camera held by hand moves by less (heuristic).
FEET_END_WHERE_THEY_BEGAN: Final = Gate(
    _FEET, "rest", low=-0.5, high=0.5, soft=0.4, pick="change", reason="the feet walked off"
)
FEET_DO_NOT_WALK: Final = Gate(
    _FEET, "rep", high=0.9, soft=0.4, pick="range", reason="the feet walked off"
)
