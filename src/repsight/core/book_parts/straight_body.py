"""What a straight body on hands or forearms has in common: push-ups, planks, burpees."""

from __future__ import annotations

from typing import Final

from repsight.core.book_parts.body import BODY_LINE
from repsight.core.signals import Height
from repsight.core.spec import Fixed, Metric, Rule

__all__ = ["BODY_LINE_METRIC", "HEAD", "HEAD_DROP", "HIP_PIKE", "HIP_SAG"]

HEAD: Final = Height("ear", "shoulder", "trunk", "near")

HIP_SAG: Final = Rule(
    "hip_sag",
    "Hips sag",
    BODY_LINE,
    "turn",
    "median",
    Fixed(high=0.10),
    "trunk",
    0.03,
    ("side",),
    good="Hips did not sag",
    cue="Make a straight plank from head to heels",
    source="APFT push-up standard: straight line; limit heuristic",
    joints=("shoulder", "hip", "ankle"),
    severity=0.8,
)
HIP_PIKE: Final = Rule(
    "hip_pike",
    "Hips too high",
    BODY_LINE,
    "turn",
    "median",
    Fixed(low=-0.10),
    "trunk",
    0.03,
    ("side",),
    good="Hips did not pike",
    cue="Make a straight plank from head to heels",
    source="APFT push-up standard: straight line; limit heuristic",
    joints=("shoulder", "hip", "ankle"),
    severity=0.6,
)
HEAD_DROP: Final = Rule(
    "head_drop",
    "Head hangs",
    HEAD,
    "turn",
    "median",
    Fixed(low=-0.10),
    "trunk",
    0.04,
    ("side",),
    good="Head stayed in line",
    cue="Look at a spot between your hands",
    source="heuristic",
    joints=("ear", "shoulder"),
    severity=0.4,
)
BODY_LINE_METRIC: Final = Metric(
    "body_line", "Hips below the line shoulder to ankle", BODY_LINE, "turn", "median", "trunk",
    0.03, ("side",),
)  # fmt: skip
