"""A set as a live engine sees it: frame by frame, to its end."""

from __future__ import annotations

from repsight.core.engine import SetEngine
from repsight.core.events import Event
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseTrack

__all__ = ["run_live"]


def run_live(
    track: PoseTrack, spec: ExerciseSpec, *, coaches: bool = True
) -> tuple[SetEngine, list[Event]]:
    """The engine after every frame and the end of the set, and all that it said."""
    engine = SetEngine(spec, coaches=coaches)
    events = [event for frame in track.frames() for event in engine.push(frame)]
    return engine, [*events, *engine.finish()]
