"""One set's report from its scene: refine, judge, and what changed against the running count."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

from repsight.core.barpath import bar_seen_by
from repsight.core.holds import as_rep
from repsight.core.judge import judge_reps
from repsight.core.measure import Scene
from repsight.core.refine import Refined, refine
from repsight.core.report import ExerciseSeen, Held, Rep, SetReport
from repsight.core.sides import side_counts
from repsight.core.spec import ExerciseSpec, Hold

__all__ = ["report_set"]

#: A clock that was off by less is not worth a word.
_CLOCK_DIFFERS_S = 1.0


def report_set(
    scene: Scene,
    spec: ExerciseSpec,
    seen: ExerciseSeen,
    *,
    variation: str = "",
    height_m: float = nan,
    running_count: int | None = None,
    running_held_s: float | None = None,
    refined: Refined | None = None,
) -> SetReport:
    """The report of one set.

    ``seen`` says how the exercise was found, ``height_m`` how tall the lifter is (NaN: unknown;
    speeds are relative then), ``running_count`` and ``running_held_s`` what a live
    counter or clock showed (None: there was none) and ``refined`` saves a second look that was
    already taken. Raises UnknownName for a ``variation`` the exercise does not have.
    """
    refined = refine(scene, spec) if refined is None else refined
    spells = [as_rep(spell, n, scene) for n, spell in enumerate(refined.spells, start=1)]
    judged = judge_reps(scene, spec, refined.reps or spells, variation=variation, height_m=height_m)
    holds = _holds(judged.reps, refined) if refined.spells else ()
    held_s = sum(spell.lasted_s for spell in refined.spells)
    count = len(refined.reps)
    live = count if running_count is None else running_count
    clock_s = held_s if running_held_s is None else running_held_s
    return SetReport(
        exercise=seen,
        start_s=_first(scene, refined),
        end_s=_last(scene, refined),
        rep_count=count,
        reps=() if holds else judged.reps,
        rejected=refined.rejected,
        verdicts=tuple(judged.verdicts),
        variations=tuple(judged.variations),
        not_judged=tuple(judged.not_judged),
        metrics=dict(judged.metrics),
        view=scene.view.name,
        view_yaw_deg=scene.view.median_yaw_deg,
        running_count=live,
        corrections=(
            *_corrections(live, count),
            *_clock_corrections(clock_s, held_s),
            *refined.notes,
        ),
        curves=tuple(judged.curves),
        counts="holds" if isinstance(spec.movement, Hold) else "reps",
        side_counts=side_counts(spec, refined.reps),
        holds=holds,
        held_s=held_s,
        bar_seen_by=bar_seen_by(scene, refined.reps, spec),
    )


def _holds(reps: Sequence[Rep], refined: Refined) -> tuple[Held, ...]:
    return tuple(
        Held(rep.number, rep.start_s, rep.end_s, rep.metrics, rep.moments, spell.left_by)
        for rep, spell in zip(reps, refined.spells, strict=True)
    )


def _first(scene: Scene, refined: Refined) -> float:
    starts = [one.start_s for one in refined.spans]
    return min(starts) if starts else float(scene.track.t_s[0]) if len(scene.track) else 0.0


def _last(scene: Scene, refined: Refined) -> float:
    ends = [one.end_s for one in refined.spans]
    return max(ends) if ends else float(scene.track.t_s[-1]) if len(scene.track) else 0.0


def _corrections(live: int, count: int) -> tuple[str, ...]:
    if live == count:
        return ()
    what = "more" if count > live else "fewer"
    text = (
        f"The running count was {live}. Seen as a whole, the set has {abs(count - live)} {what} "
        f"({count}): your own range is only known once the set is over."
    )
    return (text,)


def _clock_corrections(live_s: float, held_s: float) -> tuple[str, ...]:
    if abs(live_s - held_s) < _CLOCK_DIFFERS_S:
        return ()
    text = (
        f"The running clock showed {live_s:.0f} s. Seen as a whole, you were in position for "
        f"{held_s:.0f} s."
    )
    return (text,)
