"""A repetition of which only the times are known."""

from __future__ import annotations

from math import nan

from repsight.core.report import Rep
from repsight.core.sides import Limb

__all__ = ["bare_rep"]


def bare_rep(
    number: int,
    *,
    start_s: float,
    turn_s: float,
    end_s: float,
    range_share: float = nan,
    side: Limb = "both",
) -> Rep:
    """A repetition whose halves and pause nobody measured: they are NaN."""
    return Rep(
        number=number,
        start_s=start_s,
        turn_s=turn_s,
        end_s=end_s,
        turn_start_s=turn_s,
        turn_end_s=turn_s,
        eccentric_s=nan,
        pause_s=nan,
        concentric_s=nan,
        range_share=range_share,
        start_seen=True,
        end_seen=True,
        metrics={},
        side=side,
    )
