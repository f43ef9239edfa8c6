"""One look at what was seen of a live set so far: which exercise is it, how often was it done?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from repsight.app.assess import default_router
from repsight.app.auto_live import Look
from repsight.core.calibration import Calibration, calibrated
from repsight.core.engine import SetEngine
from repsight.core.measure import observe
from repsight.core.periodic import count_repetitions
from repsight.core.types import PoseTrack
from repsight.exercises import catalog
from repsight.live.session import MEMORY_S
from repsight.recognize import choose

__all__ = ["look_at"]

#: A newer look says more than an older stretch: only the last minute decides which exercise it is.
_LAST_S: Final = 60.0


def look_at(track: PoseTrack, known: Sequence[Calibration] = ()) -> Look:
    """The exercise by router and specification, with an engine that has seen the whole track.

    Without one, the ends of its plain repetitions. ``known`` are calibrations of the lifter.
    """
    began_s = time.thread_time()
    seen_s = float(track.t_s[-1])
    scene = observe(track.part(track.t_s >= seen_s - _LAST_S))
    routed = default_router().route(scene).among(catalog())
    choice = choose(scene, routed, catalog())
    fit = choice.fit
    if fit is None:
        plain = count_repetitions(observe(track).track)
        ends_s = tuple(rep.end_s for rep in plain.reps)
        cost_s = time.thread_time() - began_s
        return Look(
            exercise="", confidence=choice.confidence, seen_s=seen_s, ends_s=ends_s, cost_s=cost_s
        )
    engine = SetEngine(calibrated(fit.spec, known), memory_s=MEMORY_S)
    for frame in track.frames():
        engine.push(frame)
    is_set = len(fit.refined.reps) > 1 or bool(fit.refined.spells)
    cost_s = time.thread_time() - began_s
    return Look(
        exercise=fit.spec.id, confidence=choice.confidence, seen_s=seen_s, is_set=is_set,
        engine=engine, cost_s=cost_s,
    )  # fmt: skip
