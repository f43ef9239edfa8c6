"""One set's report from its scene: refine, judge, and what changed against the running count."""

from __future__ import annotations

from repsight.core.judge import judge_reps
from repsight.core.measure import Scene
from repsight.core.refine import Refined, refine
from repsight.core.report import ExerciseSeen, SetReport
from repsight.core.spec import ExerciseSpec

__all__ = ["report_set"]


def report_set(
    scene: Scene,
    spec: ExerciseSpec,
    seen: ExerciseSeen,
    *,
    variation: str = "",
    running_count: int | None = None,
    refined: Refined | None = None,
) -> SetReport:
    """The report of one set.

    ``seen`` says how the exercise was found, ``running_count`` what a live counter showed
    (None: there was none) and ``refined`` saves a second look that was already taken. Raises
    UnknownName for a ``variation`` the exercise does not have.
    """
    refined = refine(scene, spec) if refined is None else refined
    judged = judge_reps(scene, spec, refined.reps, variation=variation)
    count = len(refined.reps)
    live = count if running_count is None else running_count
    return SetReport(
        exercise=seen,
        start_s=_first(scene, refined),
        end_s=_last(scene, refined),
        rep_count=count,
        reps=tuple(judged.reps),
        rejected=refined.rejected,
        verdicts=tuple(judged.verdicts),
        variations=tuple(judged.variations),
        not_judged=tuple(judged.not_judged),
        metrics=dict(judged.metrics),
        view=scene.view.name,
        view_yaw_deg=scene.view.median_yaw_deg,
        running_count=live,
        corrections=_corrections(live, count),
        curves=tuple(judged.curves),
    )


def _first(scene: Scene, refined: Refined) -> float:
    starts = [rep.start_s for rep in refined.reps]
    return min(starts) if starts else float(scene.track.t_s[0]) if len(scene.track) else 0.0


def _last(scene: Scene, refined: Refined) -> float:
    ends = [rep.end_s for rep in refined.reps]
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
