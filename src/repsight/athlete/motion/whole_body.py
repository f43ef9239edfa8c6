"""The exercises of the floor and the whole body, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from repsight.athlete.motion import jumping_jack, plank_family, sit_up
from repsight.athlete.motion.order import Style

__all__ = ["STYLES"]

STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "sit_up": sit_up.SIT_UP,
        "crunch": sit_up.CRUNCH,
        "jumping_jack": jumping_jack.STYLE,
        "burpee": plank_family.BURPEE,
        "mountain_climber": plank_family.MOUNTAIN_CLIMBER,
    }
)
