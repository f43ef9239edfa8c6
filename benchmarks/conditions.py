"""Sets of the digital athlete under one difficulty at a time, as landmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from repsight.athlete.camera import framed
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.pose_error import ErrorModel
from repsight.core.spec import Cycle
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = ["CONDITIONS", "Condition", "filmed_from_deg", "made_set", "repeated"]

#: Joints hidden together, left ones where it is one side.
_HIDDEN = {
    "feet": range(27, 33), "legs from the knee": range(25, 33), "head": range(11),
    "left arm": (13, 15, 17, 19, 21), "left leg": (25, 27, 29, 31),
}  # fmt: skip
_YAW = {"front": 0.0, "back": 180.0, "side": 90.0, "oblique": 45.0, "unknown": 90.0}
#: Where one limb works at a time, the other one would hide it from the side.
_ONE_AT_A_TIME = ("alternating", "one_arm")
_BOTH_LIMBS_DEG = 40.0


@dataclass(frozen=True, slots=True)
class Condition:
    """One difficulty: ``group`` is the curve, ``level`` a point on it."""

    group: str
    level: str
    film: Callable[[Performance, float, int], PoseTrack]


def repeated() -> list[str]:
    """Exercises with repetitions that both the catalog and the athlete know."""
    known = catalog()
    return sorted(n for n in STYLES if n in known and isinstance(known[n].movement, Cycle))


def made_set(exercise: str, seed: int) -> tuple[Performance, float]:
    """A balanced set of four and the yaw from which this exercise should be filmed."""
    variations = STYLES[exercise].variations
    made = perform(exercise, reps=4, seed=seed, variation=variations[seed % len(variations)])
    return made, filmed_from_deg(made)


def filmed_from_deg(made: Performance) -> float:
    """The camera's yaw that shows a set as recommended, and every limb that works alone."""
    usual = _YAW[catalog()[made.truth.exercise].recommended_view]
    is_alone = made.truth.variation in _ONE_AT_A_TIME
    return _BOTH_LIMBS_DEG if is_alone and usual == _YAW["side"] else usual


def _usual(**changes: float) -> Callable[[Performance, float, int], PoseTrack]:
    """Filmed as recommended, by a pose model whose errors differ from the usual in ``changes``."""

    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        model = replace(ErrorModel(), **changes)
        return made.track(made.camera(yaw_deg=yaw_deg), noise=model, seed=seed)

    return film


def _at_rate(fps: float) -> Callable[[Performance, float, int], PoseTrack]:
    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        return made.track(made.camera(yaw_deg=yaw_deg), fps=fps, seed=seed)

    return film


def _graded(level: float) -> Callable[[Performance, float, int], PoseTrack]:
    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        return made.track(made.camera(yaw_deg=yaw_deg), noise=level, seed=seed)

    return film


def _turned(by_deg: float) -> Callable[[Performance, float, int], PoseTrack]:
    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        return made.track(made.camera(yaw_deg=yaw_deg + by_deg), seed=seed)

    return film


def _shaped(ratio: float) -> Callable[[Performance, float, int], PoseTrack]:
    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        return made.track(made.camera(yaw_deg=yaw_deg, aspect_ratio=ratio), seed=seed)

    return film


def _far(margin: float) -> Callable[[Performance, float, int], PoseTrack]:
    """``margin`` of the picture stays empty, so the lifter is small and errors weigh more."""

    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        camera = framed(made.points, yaw_deg=yaw_deg, margin=margin)
        worse = 0.78 / (1.0 - margin)  # errors stay the same in pixels
        return made.track(camera, noise=worse, seed=seed)

    return film


def _hiding(columns: tuple[int, ...]) -> Callable[[Performance, float, int], PoseTrack]:
    def film(made: Performance, yaw_deg: float, seed: int) -> PoseTrack:
        track = made.track(made.camera(yaw_deg=yaw_deg), seed=seed)
        xy, visibility = track.xy.copy(), track.visibility.copy()
        xy[:, columns], visibility[:, columns] = np.nan, 0.0
        world = None if track.world is None else track.world.copy()
        if world is not None:
            world[:, columns] = np.nan
        return PoseTrack(track.t_s, xy, visibility, world, track.aspect_ratio)

    return film


CONDITIONS: tuple[Condition, ...] = (
    *(Condition("frame rate", f"{fps} Hz", _at_rate(fps)) for fps in (5, 8, 10, 15, 30, 60, 120)),
    *(Condition("landmark error", f"{x:g} x", _graded(x)) for x in (0.0, 1.0, 2.0, 3.0, 4.0)),
    *(
        Condition("drop-outs", f"{hz:g} a second", _usual(dropouts_hz=hz, dropout_s=0.25))
        for hz in (0.1, 0.5, 1.0)
    ),
    *(
        Condition("left and right swapped", f"{hz:g} a second", _usual(swaps_hz=hz))
        for hz in (0.1, 0.5, 1.0)
    ),
    *(
        Condition("camera turned away", f"{by:g} degrees", _turned(by))
        for by in (-60.0, -30.0, -15.0, 15.0, 30.0, 60.0, 180.0)
    ),
    *(
        Condition("picture", name, _shaped(ratio))
        for name, ratio in (("portrait 9:16", 0.5625), ("square", 1.0), ("landscape 16:9", 16 / 9))
    ),
    *(Condition("lifter fills", f"{1 - m:.0%}", _far(m)) for m in (0.1, 0.5, 0.7)),
    *(Condition("hidden", name, _hiding(tuple(columns))) for name, columns in _HIDDEN.items()),
)
