"""Every upper-body movement the athlete knows beside push-up and shoulder press, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from repsight.athlete.motion import (
    bench_press,
    biceps_curl,
    dip,
    pull_up,
    raises,
    triceps_extension,
)
from repsight.athlete.motion.order import Style

__all__ = ["STYLES"]

STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "biceps_curl": biceps_curl.STYLE,
        "lateral_raise": raises.LATERAL_RAISE,
        "front_raise": raises.FRONT_RAISE,
        "pull_up": pull_up.STYLE,
        "bench_press": bench_press.STYLE,
        "dip": dip.STYLE,
        "triceps_extension": triceps_extension.STYLE,
    }
)
