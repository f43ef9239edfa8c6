"""Sets done by the digital athlete, seen through a camera with errors, counted and judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.judge import Judged, judge_reps
from repsight.core.measure import Scene, observe
from repsight.core.refine import Refined, refine
from repsight.exercises import spec_of

__all__ = ["Trial", "scene_of", "try_set"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One set and what was made of it; ``issues`` are the ids of the rules that flag it."""

    refined: Refined
    judged: Judged

    @property
    def count(self) -> int:
        """Counted repetitions."""
        return len(self.refined.reps)

    @property
    def issues(self) -> set[str]:
        """Rules that found an issue."""
        return {v.rule for v in self.judged.verdicts if v.outcome == "issue"}


@cache
def scene_of(
    exercise: str,
    *,
    variation: str | None = None,
    yaw_deg: float = 90.0,
    seed: int = 0,
    fault: str = "",
    ratios: tuple[float, ...] = (1.0,),
    reps: int = 5,
) -> Scene:
    """A set as a pose model would report it."""
    faults: Sequence[Fault] = (Fault(fault),) if fault else ()
    done = perform(
        exercise, variation=variation, seed=seed, faults=faults, range_ratio=ratios, reps=reps
    )
    return observe(done.track(done.camera(yaw_deg=yaw_deg), seed=seed))


def try_set(
    exercise: str,
    *,
    variation: str | None = None,
    yaw_deg: float = 90.0,
    seed: int = 0,
    fault: str = "",
    ratios: tuple[float, ...] = (1.0,),
    reps: int = 5,
) -> Trial:
    """A set counted and judged; the lifter does not say which variation it is."""
    spec = spec_of(exercise)
    scene = scene_of(
        exercise, variation=variation, yaw_deg=yaw_deg, seed=seed, fault=fault, ratios=ratios,
        reps=reps,
    )  # fmt: skip
    refined = refine(scene, spec)
    return Trial(refined, judge_reps(scene, spec, refined.reps))
