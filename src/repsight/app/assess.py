"""From a track of poses to set reports: choose the exercise, run the engine, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import nan

import numpy as np

from repsight.app.circuit import is_circuit, stretches_of
from repsight.core.assemble import report_set
from repsight.core.bare_rep import bare_rep
from repsight.core.calibration import Calibration, calibrated
from repsight.core.engine import SetEngine
from repsight.core.gating import doubted, speaks_for
from repsight.core.measure import Scene, observe
from repsight.core.periodic import Periodic, count_repetitions
from repsight.core.periodic_gates import BODY, UNASKED
from repsight.core.refine import Refined, refine
from repsight.core.report import ExerciseSeen, Rep, SetReport
from repsight.core.spec import ExerciseSpec
from repsight.core.types import FloatArray, PoseTrack
from repsight.exercises import catalog, spec_of
from repsight.pose.runtime import open_session
from repsight.recognize import Choice, Routed, Router, choose, load_router

__all__ = ["assess_track", "default_router", "recognition_notes"]

#: Rest longer than this between two repetitions ends a set (heuristic: singles of a heavy set
#: are seldom further apart, sets seldom closer).
_SET_BREAK_S = 45.0
#: Nobody between two repetitions for this long ends one as well: the lifter has left the picture
#: and sets up anew (heuristic: who is lost from sight within a set is found again in a second or
#: two).
_ABSENT_S = 10.0


@cache
def default_router() -> Router:
    """The released router, loaded once; its notes say if it is not the best one."""
    return load_router(open_session=open_session)


def recognition_notes(exercise: str) -> tuple[str, ...]:
    """What a report has to say of how ``exercise`` was found: nothing but with ``auto``."""
    return default_router().notes if exercise == "auto" else ()


def assess_track(
    track: PoseTrack,
    *,
    exercise: str = "auto",
    variation: str = "",
    height_m: float = nan,
    router: Router | None = None,
    calibrations: Sequence[Calibration] = (),
) -> tuple[SetReport, ...]:
    """Reports of the sets in a track in time order; empty when nothing was done in it.

    ``exercise`` is an id of the catalog, ``unknown`` (count any repetitive movement) or ``auto``:
    each exercise of a circuit gives its own sets then. ``height_m`` is the lifter's own height
    (NaN: unknown), ``router`` replaces the released one. ``calibrations`` are what is known of the
    lifter: recognition goes without them, counting and judging with them.
    Raises UnknownName for an exercise or variation that does not exist.
    """
    if exercise not in ("auto", "unknown"):
        spec = spec_of(exercise)
        seen = ExerciseSeen(spec.id, spec.name, 1.0, "given")
        return _sets(track, spec, seen, told=_Told(variation, height_m, tuple(calibrations)))
    scene = observe(track)
    if exercise == "unknown":
        return _unknown(scene, {}, is_given=True)
    routed = (router or default_router()).route(scene).among(catalog())
    told = _Told(height_m=height_m, calibrations=tuple(calibrations))
    stretches = stretches_of(routed)
    if len(stretches) > 1:
        parts = [_stretch(track, routed, stretch, told=told) for stretch in stretches]
        sets = tuple(one for part in parts for one in part)
        if is_circuit(sets):
            return sets
    return _recognised(track, scene, routed, told=told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lifter said of the set and of themselves."""

    variation: str = ""
    height_m: float = nan
    calibrations: tuple[Calibration, ...] = ()


def _stretch(
    track: PoseTrack, routed: Routed, stretch: tuple[float, float], *, told: _Told
) -> tuple[SetReport, ...]:
    """The sets between two cuts of a circuit."""
    start_s, end_s = stretch
    part = track.part((track.t_s >= start_s) & (track.t_s < end_s))
    return _recognised(part, observe(part), routed.between(start_s, end_s), told=told)


def _recognised(
    track: PoseTrack, scene: Scene, routed: Routed, *, told: _Told
) -> tuple[SetReport, ...]:
    """The sets of the one exercise that is done in a track."""
    choice = choose(scene, routed, catalog())
    if choice.fit is None:
        return _unknown(scene, choice.likely, is_given=False)
    spec = choice.fit.spec
    seen = ExerciseSeen(spec.id, spec.name, choice.confidence, choice.method, choice.others)
    sets = _sets(track, spec, seen, told=told, scene=scene)
    better = {speaks_for(one, spec) for one in sets} & choice.rivals.keys()
    if better:
        return _renamed(track, scene, choice, max(better, key=choice.rivals.__getitem__), told=told)
    names = {rival: catalog()[rival].name for rival in choice.rivals}
    return tuple(doubted(one, spec, names) for one in sets)


def _renamed(
    track: PoseTrack, scene: Scene, choice: Choice, name: str, *, told: _Told
) -> tuple[SetReport, ...]:
    """The sets as a rival exercise, since they do most of what tells it from the likeliest."""
    spec = spec_of(name)
    others = {other: value for other, value in choice.likely.items() if other != name}
    seen = ExerciseSeen(spec.id, spec.name, choice.rivals[name], choice.method, others)
    return _sets(track, spec, seen, told=told, scene=scene)


def _sets(
    track: PoseTrack,
    spec: ExerciseSpec,
    seen: ExerciseSeen,
    *,
    told: _Told,
    scene: Scene | None = None,
) -> tuple[SetReport, ...]:
    """One report per set: the track is cut in the middle of long rests.

    ``scene`` saves observing the track once more.
    """
    if not len(track):
        return ()
    scene = observe(track) if scene is None else scene
    spec = calibrated(spec, told.calibrations)
    refined = refine(scene, spec)
    cuts = _rests(refined, track)
    if not cuts:
        return (_run(scene, track, spec, seen, told=told, refined=refined),)
    edges = [float("-inf"), *cuts, float("inf")]
    parts = [
        track.part((track.t_s >= first) & (track.t_s < last)) for first, last in pairwise(edges)
    ]
    return tuple(_run(observe(part), part, spec, seen, told=told) for part in parts)


def _rests(refined: Refined, track: PoseTrack) -> list[float]:
    """Middles of the rests that end a set: long ones, and those with nobody in the picture."""
    seen_s = track.t_s[np.isfinite(track.xy).any(axis=(1, 2))]
    return [
        (before.end_s + after.start_s) / 2
        for before, after in pairwise(refined.spans)
        if after.start_s - before.end_s > _SET_BREAK_S
        or _absent_s(seen_s, before.end_s, after.start_s) > _ABSENT_S
    ]


def _absent_s(seen_s: FloatArray, from_s: float, to_s: float) -> float:
    """The longest time between two moments in which nobody was seen; ``seen_s`` (N,) in order."""
    between = seen_s[(seen_s > from_s) & (seen_s < to_s)]
    return float(np.diff(between, prepend=from_s, append=to_s).max())


def _run(
    scene: Scene,
    track: PoseTrack,
    spec: ExerciseSpec,
    seen: ExerciseSeen,
    *,
    told: _Told,
    refined: Refined | None = None,
) -> SetReport:
    """The report of one set with the count that a live counter would have shown."""
    engine = SetEngine(spec, coaches=False)
    for frame in track.frames():
        engine.push(frame)
    engine.finish()
    return report_set(
        scene,
        spec,
        seen,
        variation=told.variation,
        height_m=told.height_m,
        running_count=engine.count,
        running_held_s=engine.held_s,
        refined=refined,
    )


def _unknown(scene: Scene, likely: dict[str, float], *, is_given: bool) -> tuple[SetReport, ...]:
    """A set of a movement outside the catalog: counted, not judged."""
    found = count_repetitions(scene.track, gates=BODY if is_given else UNASKED)
    if not found.reps:
        return ()
    method = "given" if is_given else "periodicity"
    seen = ExerciseSeen("unknown", "Unknown exercise", found.confidence, method, likely)
    reps = _plain_reps(found)
    return (
        SetReport(
            exercise=seen,
            start_s=reps[0].start_s,
            end_s=reps[-1].end_s,
            rep_count=len(reps),
            reps=reps,
            rejected=(),
            verdicts=(),
            variations=(),
            not_judged=(),
            metrics={},
            view=scene.view.name,
            view_yaw_deg=scene.view.median_yaw_deg,
            running_count=len(reps),
        ),
    )


def _plain_reps(found: Periodic) -> tuple[Rep, ...]:
    """Repetitions of unknown shape: which half is the work cannot be told, so neither is."""
    return tuple(
        bare_rep(number, start_s=rep.start_s, turn_s=rep.turn_s, end_s=rep.end_s)
        for number, rep in enumerate(found.reps, start=1)
    )
