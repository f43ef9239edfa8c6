"""Repsight: a local-first exercise form coach.

``analyze`` reads a clip or a landmark file and returns its report; ``SetEngine`` takes poses one
by one for live use. Importing this package loads numpy only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from repsight.core.report import ClipReport, SetReport
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseFrame, PoseTrack

if TYPE_CHECKING:
    from repsight.app.analyze import analyze
    from repsight.core.engine import SetEngine

__all__ = [
    "ClipReport",
    "ExerciseSpec",
    "PoseFrame",
    "PoseTrack",
    "SetEngine",
    "SetReport",
    "__version__",
    "analyze",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load ``analyze`` on first use: it brings the heavy edges with it."""
    if name == "SetEngine":
        from repsight.core.engine import SetEngine

        return SetEngine
    if name == "analyze":
        from repsight.app.analyze import analyze

        return analyze
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
