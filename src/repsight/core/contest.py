"""What somebody said against a finding, folded into it; the first version is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Literal, TypeVar

from repsight.core.bare_rep import bare_rep
from repsight.core.refine import Refined
from repsight.core.report import Rejected, Rep, SetReport, Verdict

__all__ = [
    "Contest",
    "ContestKind",
    "contested",
    "exercise_named",
    "standing",
    "without_faults",
]

#: ``counts``: a refused movement was a repetition; ``does_not_count``: a counted one was none;
#: ``not_a_fault``: the verdict of ``rule`` on a repetition (or the set) is wrong;
#: ``wrong_exercise``: the set was the ``exercise`` of this id.
ContestKind = Literal["counts", "does_not_count", "not_a_fault", "wrong_exercise"]

_Movement = TypeVar("_Movement", Rep, Rejected)

#: A movement is meant whose turnaround is at most this far from the time that was said.
_NEAR_S = 0.75


@dataclass(frozen=True, slots=True)
class Contest:
    """One objection; ``t_s`` is the turnaround of the movement that is meant (NaN: the set)."""

    kind: ContestKind | Literal["taken_back"]
    t_s: float
    rule: str = ""
    exercise: str = ""


def exercise_named(contests: Iterable[Contest]) -> str:
    """The exercise that a set is said to have been; empty if nobody objected to it."""
    return next((one.exercise for one in contests if one.kind == "wrong_exercise"), "")


def standing(contests: Iterable[Contest]) -> tuple[Contest, ...]:
    """Those that still hold: the last word on a place and rule wins, one taken back is gone."""
    last: dict[tuple[float, str], Contest] = {}
    for one in contests:
        place = (_place(one.t_s), one.rule)
        last.pop(place, None)
        if one.kind != "taken_back":
            last[place] = one
    return tuple(last.values())


def _place(t_s: float) -> float:
    return -1.0 if isnan(t_s) else round(t_s, 2)


def contested(refined: Refined, contests: Sequence[Contest]) -> Refined:
    """The second look with the objections to its counting; what they do not meet stays."""
    reps, rejected = list(refined.reps), list(refined.rejected)
    for one in contests:
        if one.kind == "counts" and (found := _nearest(rejected, one.t_s)) is not None:
            rejected.remove(found)
            reps.append(_as_rep(found, refined.own_range))
        elif one.kind == "does_not_count" and (gone := _nearest(reps, one.t_s)) is not None:
            reps.remove(gone)
            rejected.append(_as_rejected(gone))
    reps.sort(key=lambda rep: rep.start_s)
    numbered = tuple(replace(rep, number=n) for n, rep in enumerate(reps, start=1))
    rejected.sort(key=lambda one: one.start_s)
    return replace(refined, reps=numbered, rejected=tuple(rejected))


def without_faults(report: SetReport, contests: Sequence[Contest]) -> SetReport:
    """The set without the verdicts that were objected to: they are open, not fine."""
    objections = [one for one in contests if one.kind == "not_a_fault"]
    turns = {rep.number: rep.turn_s for rep in report.reps}

    def is_meant(verdict: Verdict) -> bool:
        turn_s = turns.get(verdict.rep, nan)
        return any(
            one.rule == verdict.rule and (isnan(one.t_s) or abs(one.t_s - turn_s) <= _NEAR_S)
            for one in objections
        )

    return replace(
        report,
        verdicts=tuple(
            _opened(verdict) if is_meant(verdict) else verdict for verdict in report.verdicts
        ),
    )


def _opened(verdict: Verdict) -> Verdict:
    if verdict.outcome not in ("issue", "watch"):
        return verdict
    reason = "it was contested: somebody who was there says that it was no fault"
    return replace(verdict, outcome="cannot_judge", reason=reason, cue="", severity=0.0)


def _nearest(among: Sequence[_Movement], t_s: float) -> _Movement | None:
    near = [one for one in among if abs(one.turn_s - t_s) <= _NEAR_S]
    return min(near, key=lambda one: abs(one.turn_s - t_s), default=None)


def _as_rep(found: Rejected, own_range: float) -> Rep:
    """A refused movement as a repetition: what was not measured for it is unknown."""
    share = found.value / own_range if found.unit == "driver" and own_range else nan
    return bare_rep(
        0,
        start_s=found.start_s,
        turn_s=found.turn_s,
        end_s=found.end_s,
        range_share=share,
        side=found.side,
    )


def _as_rejected(gone: Rep) -> Rejected:
    words = "it was contested: somebody who was there says that it was no repetition"
    return Rejected(
        gone.start_s, gone.turn_s, gone.end_s, "wrong_posture", words, nan, nan, "", gone.side
    )
